import assert from 'node:assert/strict';
import { useAdapter } from './adapter';

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

describe('GET /api/openapi.json', () => {
  const adapter = useAdapter();
  let description: Description;
  before(async () => {
    description = (await adapter.send('GET', '/api/openapi.json')).json<Description>();
  });
  const operations = (): [string, Operation][] =>
    Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path}`,
        operation,
      ]),
    );

  it('describes exactly the routes there are', () => {
    assert.equal(description.openapi, '3.1.0');
    const order = '/api/orders/{year}/{number}/{lot}';
    assert.deepEqual(
      operations()
        .map(([name]) => name)
        .sort(),
      [
        `DELETE ${order}/declarations/{declaration}`,
        'DELETE /api/saved-searches/{name}',
        'GET /api/barcodes/{barcode}',
        'GET /api/companies',
        'GET /api/downloads/{company}/{token}',
        'GET /api/health',
        'GET /api/imports/{company}/{id}',
        'GET /api/movements',
        'GET /api/movements/export',
        'GET /api/orders',
        'GET /api/orders/looser',
        'GET /api/orders/stream',
        'GET /api/orders/whole',
        `GET ${order}`,
        `GET ${order}/declarations`,
        `GET ${order}/explain`,
        `GET ${order}/reservations`,
        `GET ${order}/unwind`,
        `GET ${order}/work`,
        'GET /api/policy',
        'GET /api/ready',
        'GET /api/release-defaults',
        'GET /api/runs',
        'GET /api/runs/{id}',
        'GET /api/runs/{id}/log',
        'GET /api/runs/{id}/outcomes',
        'GET /api/runs/{id}/withdrawals',
        'GET /api/saved-searches',
        'GET /api/session',
        'GET /api/warehouse-requests',
        'GET /api/warehouse-requests/export',
        'GET /api/warehouses',
        'GET /api/work',
        'GET /api/work-centres',
        `PATCH ${order}`,
        'POST /api/downloads',
        'POST /api/imports',
        'POST /api/imports/{company}/{id}/cancel',
        'POST /api/orders',
        `POST ${order}/declarations`,
        `POST ${order}/declarations/{declaration}/register`,
        `POST ${order}/declarations/{declaration}/roll-back`,
        `POST ${order}/materials/{material}`,
        `POST ${order}/operations/{line}/{operation}`,
        `POST ${order}/reservations/cancel`,
        `POST ${order}/reservations/reserve`,
        `POST ${order}/work`,
        `POST ${order}/work/{work}/cancel`,
        `POST ${order}/work/{work}/close`,
        `POST ${order}/work/{work}/confirm`,
        `POST ${order}/work/{work}/lines/{line}/confirm`,
        `POST ${order}/work/{work}/lines/{line}/reverse`,
        `POST ${order}/work/{work}/start`,
        'POST /api/papers',
        'POST /api/runs',
        'POST /api/runs/{id}/cancel',
        'POST /api/runs/{id}/undo',
        'PUT /api/policy',
        'PUT /api/release-defaults',
        'PUT /api/saved-searches/{name}',
      ],
    );
  });

  it('says of every route what it is for, and that it may answer with a problem', () => {
    for (const [name, { summary, responses }] of operations()) {
      assert.ok(summary, name);
      assert.ok('4XX' in responses && '5XX' in responses, name);
    }
  });

  it('asks for the key where one is needed', () => {
    const withKey = operations().filter(([, { parameters }]) =>
      parameters?.some((parameter) => parameter.name === 'idempotency-key'),
    );
    assert.equal(withKey.length, 20);
  });

  it('refers only to parts it has, and has none it does not refer to', () => {
    const named = new Set(
      [...JSON.stringify(description).matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]),
    );
    assert.deepEqual(named, new Set(Object.keys(description.components.schemas)));
  });
});

import assert from 'node:assert/strict';
import { LooserSearch, OrderDetail, OrderDetailList, OrderPage } from '../../../src/contract/orders';
import { problemIn, useAdapter } from './adapter';

describe('GET /api/orders', () => {
  const adapter = useAdapter();
  before(() =>
    adapter.add(
      { number: 1, start: '2026-11-23' },
      { number: 2, start: '2026-11-21', workCentre: '210' },
      { number: 3, start: '2026-11-22', workCentre: '210' },
      { number: 4, start: '2026-11-20', state: 'executive' },
    ),
  );

  const keysAt = async (query: string): Promise<string[]> => {
    const reply = await adapter.send('GET', `/api/orders?${query}`);
    assert.equal(reply.statusCode, 200, reply.body);
    return OrderPage.parse(reply.json()).items.map(({ key }) => key);
  };

  it('finds orders by start date', async () => {
    assert.deepEqual(await keysAt('state=launched'), ['2026/2/0', '2026/3/0', '2026/1/0']);
  });

  it('takes a criterion once or repeated', async () => {
    assert.deepEqual(await keysAt('state=launched&workCentre=210'), ['2026/2/0', '2026/3/0']);
    assert.equal((await keysAt('state=launched&workCentre=210&workCentre=100')).length, 3);
  });

  it('says on request whether the materials of launched orders are there', async () => {
    const reply = await adapter.send('GET', '/api/orders?include=materials');
    assert.deepEqual(
      OrderPage.parse(reply.json()).items.map(({ key, materialStatus }) => [key, materialStatus]),
      [
        ['2026/4/0', undefined],
        ['2026/2/0', 'complete'],
        ['2026/3/0', 'complete'],
        ['2026/1/0', 'complete'],
      ],
    );
    const plain = OrderPage.parse((await adapter.send('GET', '/api/orders')).json());
    assert.ok(plain.items.every((order) => !('materialStatus' in order)));
  });

  it('says on request what a restore would say', async () => {
    const reply = await adapter.send('GET', '/api/orders?include=restore&include=materials&state=launched');
    const [order] = OrderPage.parse(reply.json()).items;
    assert.deepEqual(order?.restore, {
      refusals: [{ code: 'RES-01', params: { order: order?.key, state: 'launched' } }],
      ...{ warnings: [], next: null, lastDeclaration: null },
    });
    assert.equal(order?.materialStatus, 'complete');
    const plain = OrderPage.parse((await adapter.send('GET', '/api/orders')).json());
    assert.ok(plain.items.every((row) => !('restore' in row)));
  });

  it('goes from page to page', async () => {
    const first = OrderPage.parse((await adapter.send('GET', '/api/orders?limit=3')).json());
    assert.equal(first.total, 4);
    assert.equal(first.items.length, 3);
    const next = encodeURIComponent(first.next ?? '');
    const second = OrderPage.parse((await adapter.send('GET', `/api/orders?limit=3&cursor=${next}`)).json());
    assert.deepEqual(
      second.items.map(({ key }) => key),
      ['2026/1/0'],
    );
    assert.equal(second.next, null);
  });

  it('says what each criterion leaves out, from and to as one, and what there is in other states', async () => {
    const looser = async (query: string) => {
      const reply = await adapter.send('GET', `/api/orders/looser?${query}`);
      assert.equal(reply.statusCode, 200, reply.body);
      return LooserSearch.parse(reply.json());
    };
    const days = 'startFrom=2026-11-20&startTo=2026-11-22';
    const { without, states } = await looser(`state=launched&order=2026/1&workCentre=210&${days}`);
    assert.deepEqual(Object.fromEntries(without.map(({ criterion, found }) => [criterion, found])), {
      order: 2,
      workCentre: 0,
      start: 0,
    });
    assert.deepEqual(states, []);
    assert.deepEqual(await looser('state=launched&order=2026/4'), {
      without: [{ criterion: 'order', found: 3 }],
      states: [{ state: 'executive', found: 1 }],
    });
    assert.deepEqual((await looser('')).states, []);
    problemIn(await adapter.send('GET', '/api/orders/looser?colour=red'), 'invalidRequest', 400);
  });

  it('says so when a cursor is not from this search', async () => {
    const problem = problemIn(await adapter.send('GET', '/api/orders?cursor=made-up'), 'invalidRequest', 400);
    assert.deepEqual(
      problem.errors?.map(({ path }) => path),
      ['cursor'],
    );
  });

  it('refuses a criterion it does not know, which would restrict nothing', async () => {
    for (const address of ['/api/orders', '/api/orders/stream', '/api/movements', '/api/movements/export']) {
      const reply = await adapter.send('GET', `${address}?item=A&custommer=Rossi`);
      const problem = problemIn(reply, 'invalidRequest', 400);
      assert.deepEqual(
        problem.errors?.map(({ path }) => path),
        ['custommer'],
      );
    }
  });

  it('reads one order with its materials', async () => {
    const reply = await adapter.send('GET', '/api/orders/2026/1/0');
    const order = OrderDetail.parse(reply.json());
    assert.equal(order.key, '2026/1/0');
    assert.deepEqual(
      order.materials.map(({ item, quantity }) => `${item} ${quantity}`),
      ['A 100', 'D 3', 'E 50', 'B 50', 'C 25'],
    );
  });

  it('reads many orders whole, and leaves out those that are not there', async () => {
    const asked = ['2026/3/0', '2026/99/0', '2026/1/0'].map((order) => `order=${order}`).join('&');
    const reply = await adapter.send('GET', `/api/orders/whole?${asked}`);
    assert.equal(reply.statusCode, 200, reply.body);
    const { items } = OrderDetailList.parse(reply.json());
    assert.deepEqual(items.map(({ key }) => key).sort(), ['2026/1/0', '2026/3/0']);
    for (const order of items) {
      const alone = await adapter.send('GET', `/api/orders/${order.key}`);
      assert.deepEqual(order, OrderDetail.parse(alone.json()));
    }
  });

  it('says which orders to read whole are none, and how many are too many', async () => {
    const many = Array.from({ length: 201 }, () => 'order=2026/1/0').join('&');
    for (const [query, path] of [
      ['', 'order'],
      ['order=2026/1/0&order=x', 'order.1'],
      [many, 'order'],
    ] as const) {
      const reply = await adapter.send('GET', `/api/orders/whole?${query}`);
      const problem = problemIn(reply, 'invalidRequest', 400);
      assert.deepEqual(
        problem.errors?.map((error) => error.path),
        [path],
      );
    }
  });

  for (const address of ['2026/99/0', '2026/01/0', 'x/y/z']) {
    it(`has nothing at ${address}`, async () => {
      problemIn(await adapter.send('GET', `/api/orders/${address}`), 'notFound', 404);
    });
  }
});

describe('PATCH /api/orders/:year/:number/:lot', () => {
  const adapter = useAdapter();
  before(() => adapter.add({ number: 125, state: 'executive' }));

  it('T-39 refuses to set a state by hand with CHG-01, and changes nothing', async () => {
    const reply = await adapter.send('PATCH', '/api/orders/2026/125/0', { payload: { state: 'launched' } });
    const problem = problemIn(reply, 'refused', 409);
    assert.deepEqual(
      problem.refusals?.map(({ code }) => code),
      ['CHG-01'],
    );
    const order = OrderDetail.parse((await adapter.send('GET', '/api/orders/2026/125/0')).json());
    assert.equal(order.state, 'executive');
    assert.equal(order.version, 1);
  });

  it('knows no order that is not there', async () => {
    const reply = await adapter.send('PATCH', '/api/orders/2026/99/0', { payload: { state: 'launched' } });
    problemIn(reply, 'notFound', 404);
  });

  it('says what states there are', async () => {
    const reply = await adapter.send('PATCH', '/api/orders/2026/125/0', { payload: { state: 'ready' } });
    const { errors } = problemIn(reply, 'invalidRequest', 400);
    assert.deepEqual(errors, [
      { path: 'state', message: 'Use one of: launched, executive, fulfilled, historical.' },
    ]);
  });
});

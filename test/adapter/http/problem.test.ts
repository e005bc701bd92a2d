import assert from 'node:assert/strict';
import { BadCursor } from '../../../src/adapter/orderbook/order-book';
import { migrate } from '../../../src/adapter/orderbook/postgres/migrate';
import { problemCodes } from '../../../src/contract/problem';
import { textsIn } from '../../../src/adapter/texts';
import { languages } from '../../../src/language/text';
import { newKey, problemIn, useAdapter } from './adapter';

describe('problems', () => {
  const adapter = useAdapter();

  it('are there for unknown addresses, in English when nothing else is asked for', async () => {
    const problem = problemIn(await adapter.send('GET', '/api/nothing'), 'notFound', 404);
    assert.equal(problem.title, 'Not found');
    assert.equal(problem.type, 'urn:launchbook:problem:notFound');
  });

  it('are in the language the caller prefers', async () => {
    const reply = await adapter.send('GET', '/api/nothing', {
      headers: { 'accept-language': 'de, en;q=0.3, it-CH;q=0.9' },
    });
    assert.equal(problemIn(reply, 'notFound', 404).title, 'Non trovato');
    assert.equal(reply.headers['content-language'], 'it');
    assert.equal(reply.headers.vary, 'accept, accept-language');
  });

  it('have a title and a detail for every code in every language', () => {
    for (const { text } of languages.map(textsIn)) {
      for (const code of problemCodes) {
        for (const key of [`problem.${code}.title`, `problem.${code}.detail`] as const) {
          assert.notEqual(text(key), key);
        }
      }
    }
  });

  it('name what is wrong in a query', async () => {
    const { errors } = problemIn(
      await adapter.send('GET', '/api/orders?limit=5000&startFrom=tomorrow'),
      'invalidRequest',
      400,
    );
    assert.deepEqual(errors?.map(({ path }) => path).sort(), ['limit', 'startFrom']);
  });

  it('tell what is missing from what is wrong', async () => {
    const { errors } = problemIn(
      await adapter.send('POST', '/api/runs', { payload: { orders: 'all' } }),
      'invalidRequest',
      400,
    );
    assert.deepEqual(errors, [
      { path: 'command', message: 'This is missing.' },
      { path: 'orders', message: 'This must be a list.' },
    ]);
  });

  it('list no more errors than anybody reads', async () => {
    const orders = Array.from({ length: 1000 }, () => ({}));
    const reply = await adapter.send('POST', '/api/runs', { payload: { command: 'release', orders } });
    assert.equal(problemIn(reply, 'invalidRequest', 400).errors?.length, 100);
  });

  it('say when a body is no JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const reply = await adapter.send('POST', '/api/runs', { payload: '{"command":', headers });
    assert.deepEqual(problemIn(reply, 'invalidRequest', 400).errors, [
      { path: 'body', message: 'This is not valid JSON.' },
    ]);
  });

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    it(`refuse a body of ${type}`, async () => {
      const headers = { 'content-type': type };
      const reply = await adapter.send('POST', '/api/runs', { payload: '{}', headers });
      problemIn(reply, 'unsupportedMediaType', 415);
    });
  }

  it('refuse a body that is too large', async () => {
    const payload = { command: 'release', filling: 'x'.repeat(5 * 1024 * 1024) };
    problemIn(await adapter.send('POST', '/api/runs', { payload, key: newKey() }), 'tooLarge', 413);
  });

  it('name the companies when the one asked for is unknown', async () => {
    const headers = { 'x-company': 'NOBODY' };
    const problem = problemIn(await adapter.send('GET', '/api/session', { headers }), 'unknownCompany', 400);
    assert.match(problem.detail, /x-company: IT\./);
  });
});

describe('an order book of two companies', () => {
  const adapter = useAdapter();
  before(() =>
    adapter.pool.query(`insert into company values ('US', 'Other', 'America/New_York', 'refuse', 'none', 0)`),
  );

  it('has to be told which one', async () => {
    problemIn(await adapter.send('GET', '/api/session'), 'unknownCompany', 400);
    const reply = await adapter.send('GET', '/api/session', { headers: { 'x-company': 'US' } });
    assert.equal(reply.json<{ company: { code: string } }>().company.code, 'US');
  });

  it('shows a company only its own orders', async () => {
    await adapter.add({ number: 1 });
    const reply = await adapter.send('GET', '/api/orders', { headers: { 'x-company': 'US' } });
    assert.deepEqual(reply.json(), { items: [], next: null, total: 0 });
  });
});

describe('an order book without a company', () => {
  const adapter = useAdapter(() => ({}), migrate);

  it('is not ready', async () => {
    problemIn(await adapter.send('GET', '/api/ready'), 'notReady', 503);
    problemIn(await adapter.send('GET', '/api/orders'), 'notReady', 503);
    assert.equal((await adapter.send('GET', '/api/health')).statusCode, 200);
  });
});

describe('a fault on our side', () => {
  const secret = 'password=hunter2 at /srv/secret.ts:12';
  const adapter = useAdapter(({ book }) => ({
    book: {
      ...book,
      search: async () => Promise.reject(new Error(secret)),
      movements: async () => Promise.reject(new BadCursor('not ours')),
      // Not what the contract promises: a state there is none of.
      rows: async () => [{ state: 'unheard of' }] as never,
      workCentres: async () => [{ code: 1 }] as never,
    },
  }));

  it('says nothing about the inside, but gives a number that the log knows', async () => {
    const reply = await adapter.send('GET', '/api/orders', { headers: { 'accept-language': 'it' } });
    const problem = problemIn(reply, 'internal', 500);
    assert.doesNotMatch(reply.body, /hunter2|secret|Error/);
    const id = String(reply.headers['x-request-id']);
    assert.ok(problem.detail.includes(id));
    const line = adapter.logged.find((logged) => logged.includes(id) && logged.includes('request failed'));
    assert.match(line ?? '', /hunter2/);
  });

  it('is a reply that does not keep the contract', async () => {
    problemIn(await adapter.send('GET', '/api/work-centres'), 'internal', 500);
  });
});

import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { OrderPage } from '../../../src/contract/orders';
import { RunReply } from '../../../src/contract/runs';
import type { App } from '../../../src/adapter/app';
import { createPostgresOrderBook } from '../../../src/adapter/orderbook/postgres/book';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { createPostgresRunLedger } from '../../../src/adapter/runs/postgres-run-ledger';
import { wayTo, type Way } from '../severed-database';
import { newKey, problemIn, useAdapter } from './adapter';
import { useDatabase } from '../../postgres';
import { addOrder, preparePlant, setStock, stockOf } from '../orderbook/small-plant';
import { assertInvariants } from '../orderbook/invariants';

describe('when the database goes away under a running adapter', () => {
  const database = useDatabase(preparePlant);
  const adapter = useAdapter();
  let way: Way;
  let far: Pool;
  let app: App;
  let server: FastifyInstance;
  let beforeChunk: (chunk: number) => Promise<void>;

  before(async () => {
    way = await wayTo(database.connectionString);
    far = createPool(way.connectionString);
    const book = createPostgresOrderBook(far, (message) => assert.fail(message));
    let chunks = 0;
    app = await adapter.another({
      book: {
        ...book,
        perform: async (...chunk) => {
          await beforeChunk(chunks++);
          return book.perform(...chunk);
        },
      },
      ledger: createPostgresRunLedger(far, 'far'),
      holder: 'far',
      chunkSize: 2,
    });
    server = app.server;
    beforeChunk = async () => undefined;
    await setStock(database.pool, { A: '10000', D: '10000', E: '10000' });
    for (const number of [1, 2, 3, 4, 5, 6]) await addOrder(database.pool, { number });
  });
  after(async () => {
    await far.end();
    await way.cut();
  });
  afterEach('the book is sound', () => assertInvariants(database.pool));

  const get = (url: string) => server.inject({ method: 'GET', url });
  const release = (numbers: number[], key: string) =>
    server.inject({
      method: 'POST',
      url: '/api/runs',
      payload: {
        command: 'release',
        orders: numbers.map((number) => ({ key: `2026/${number}/0`, version: 1 })),
      },
      headers: { 'idempotency-key': key },
    });

  it('every request is answered 503 with a problem that says so, and the adapter recovers by itself', async () => {
    assert.equal((await get('/api/orders')).statusCode, 200);
    await way.cut();
    for (const url of ['/api/orders', '/api/runs', '/api/session', '/api/ready', '/api/movements']) {
      const reply = await get(url);
      problemIn(reply, 'notReady', 503);
      assert.equal(reply.headers['retry-after'], '2');
      assert.doesNotMatch(reply.body, /ECONN|127\.0\.0\.1/);
    }
    problemIn(await release([1], newKey()), 'notReady', 503);
    assert.equal((await get('/api/health')).statusCode, 200, 'the program itself is well');
    await way.mend();
    assert.equal(OrderPage.parse((await get('/api/orders')).json()).total, 6);
  });

  it('a run in its middle says 503, goes on at the next look, and its key then finds it done', async () => {
    beforeChunk = async (chunk) => {
      if (chunk === 1) await way.cut();
    };
    const key = newKey();
    problemIn(await release([1, 2, 3, 4, 5], key), 'notReady', 503);
    await way.mend();
    await app.runner.resume();
    const reply = await release([1, 2, 3, 4, 5], key);
    assert.equal(reply.statusCode, 200, reply.body);
    const { run, replayed } = RunReply.parse(reply.json());
    assert.deepEqual([run.state, run.succeeded, replayed], ['done', 5, true]);
    assert.equal((await stockOf(database.pool))['A'], '9500');
  });
});

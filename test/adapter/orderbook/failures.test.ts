import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { Instant } from '../../../src/domain/calendar';
import { quantity, zero } from '../../../src/domain/quantity';
import type { Command, OrderBook, StoredOutcome } from '../../../src/adapter/orderbook/order-book';
import { createPostgresOrderBook } from '../../../src/adapter/orderbook/postgres/book';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { createPostgresRunLedger } from '../../../src/adapter/runs/postgres-run-ledger';
import type { Asked } from '../../../src/adapter/runs/request';
import { createRunner, type Runner } from '../../../src/adapter/runs/runner';
import { useDatabase } from '../../postgres';
import { bookState, changeLine, freshBook } from './fresh-book';
import { assertInvariants } from './invariants';
import { key, postingDate } from './planner';
import { addOrder, company, preparePlant, setStock, stockOf } from './small-plant';

const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };
const numbers = [1, 2, 3, 4, 5, 6, 7];
const largest = 2_147_483_647;
/** Longer than any lease. */
const anHour = 3_600_000;

describe('when something breaks', () => {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  let book: OrderBook;
  let logged: string[];
  let now: number;

  before(() => {
    pool = createPool(database.connectionString);
    book = createPostgresOrderBook(pool, (message) => logged.push(message));
  });
  after(() => pool.end());
  beforeEach('seven launched orders', async () => {
    logged = [];
    now = Date.parse('2026-11-20T09:00:00.000Z');
    await freshBook(pool, database.connectionString);
    await setStock(pool, { A: '10000', D: '10000', E: '10000' });
    for (const number of numbers) await addOrder(pool, { number });
  });
  afterEach('the book is sound', () => assertInvariants(pool));

  /** A process of its own on the database; `through` stands between it and the book. */
  function start(through: Partial<OrderBook> = {}, chunkSize = 1000): Runner {
    const holder = uuidv7();
    return createRunner({
      book: { ...book, ...through },
      ledger: createPostgresRunLedger(pool, holder),
      holder,
      clock: () => new Date(now).toISOString() as Instant,
      log: { error: (_, message) => logged.push(message) },
      replyWithin: 60_000,
      chunkSize,
    });
  }

  async function run(runner: Runner, asked: Asked, which: readonly number[] = numbers) {
    const keys = which.map((number) => key(`2026/${number}/0`));
    const orders = (await book.rows(company, keys)).map((row) => ({ key: row.key, version: row.version }));
    const ran = await runner.run(
      { company: plant, actor: 'anna', asked, orders, sequence: 'byStart' },
      uuidv7(),
    );
    assert.ok(ran.kind === 'run');
    return ran.run;
  }
  const outcomesOf = async (id: string): Promise<readonly StoredOutcome[]> =>
    (await createPostgresRunLedger(pool, 'reader').outcomes(company, id, { limit: 100 })).items;
  const results = async (id: string) => (await outcomesOf(id)).map(({ result }) => result);
  const release: Asked = { kind: 'release', postingDate };

  /** The order's next version does not fit into the database: an error no rule foresees. */
  const breakOrders = (broken: readonly number[]) =>
    pool.query('update production_order set version = $1 where number = any($2)', [largest, broken]);

  describe('with single orders, the others go', () => {
    for (const broken of [[4], [1], [7], [3, 4], [1, 7], [2, 4, 6], numbers]) {
      it(`releasing, orders ${broken.join(', ')}`, async () => {
        await breakOrders(broken);
        const { id, state, succeeded, failed } = await run(start(), release);
        assert.deepEqual(
          await results(id),
          numbers.map((number) => (broken.includes(number) ? 'failed' : 'released')),
        );
        assert.deepEqual([state, failed, succeeded], ['done', broken.length, 7 - broken.length]);
        assert.deepEqual(
          logged,
          broken.map((number) => `Order 2026/${number}/0 could not be performed`),
        );
        assert.equal((await stockOf(pool))['A'], String(10_000 - 100 * (7 - broken.length)));
      });
    }

    it('releasing in chunks, the order that is broken in the middle of one', async () => {
      await breakOrders([5]);
      const { id } = await run(start({}, 3), release);
      const expected = numbers.map((number) => (number === 5 ? 'failed' : 'released'));
      assert.deepEqual(await results(id), expected);
    });

    it('releasing, an order whose quantity is finer than a quantity can be', async () => {
      await changeLine(pool, 2, 'A', { quantity: '1.0000000001' });
      const { id } = await run(start(), release);
      const expected = numbers.map((number) => (number === 2 ? 'failed' : 'released'));
      assert.deepEqual(await results(id), expected);
    });

    it('restoring', async () => {
      await run(start(), release);
      await breakOrders([3]);
      const { id } = await run(start(), { kind: 'restore' });
      const expected = numbers.map((number) => (number === 3 ? 'failed' : 'restored'));
      assert.deepEqual(await results(id), expected);
      assert.equal((await stockOf(pool))['A'], '9900');
      // The trail ends before the version that was forced upon it.
      await pool.query('update production_order set version = 2 where number = 3');
    });

    it('declaring', async () => {
      await run(start(), release, [1]);
      const opening = { step: 'open', quantity: quantity('1'), scrap: zero, closing: false } as const;
      await run(start(), { kind: 'declare', step: opening }, [1]);
      await breakOrders([1]);
      const { id } = await run(start(), { kind: 'declare', step: { step: 'register', number: 1 } }, [1]);
      assert.deepEqual(await results(id), ['failed']);
      const [order] = await book.read(company, [key('2026/1/0')]);
      assert.equal(order?.declarations[0]?.registeredAt, null);
      await pool.query('update production_order set version = 2 where number = 1');
    });

    it('gives the refused ones their refusals, and scarce stock to those that go', async () => {
      await setStock(pool, { A: '200' });
      await breakOrders([1]);
      const { id } = await run(start(), release, [1, 2, 3, 4]);
      assert.deepEqual(await results(id), ['failed', 'released', 'released', 'refused']);
    });
  });

  it('a run is in the book before its first order is touched', async () => {
    const seen: unknown[] = [];
    const { id } = await run(
      start({
        async perform(...given) {
          const { rows } = await database.pool.query<Record<string, unknown>>(
            'select run_id as id, state, done, cardinality(order_keys) as total from run',
          );
          seen.push(...rows);
          return book.perform(...given);
        },
      }),
      release,
    );
    assert.deepEqual(seen, [{ id, state: 'open', done: 0, total: 7 }]);
  });

  describe('with the connection in the middle of a run', () => {
    /**
     * Runs a command over all orders in chunks of two and ends the connection of its second chunk while that one waits for
     * order 3, which somebody else holds.
     */
    async function cutOff(asked: Asked) {
      const other = await database.pool.connect();
      await other.query('begin');
      await other.query('select from production_order where number = 3 for update');
      const runner = start({}, 2);
      const running = run(runner, asked);
      await database.pool.query('select pg_terminate_backend($1)', [await waitingForALock()]);
      const cut = await running;
      await other.query('rollback');
      other.release();
      return { runner, cut };
    }
    /** The process of the connection that waits for a lock, once there is one. */
    async function waitingForALock(): Promise<number> {
      for (;;) {
        const { rows } = await database.pool.query<{ pid: number }>(
          `select pid from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and application_name = 'launchbook'`,
        );
        if (rows[0]) return rows[0].pid;
      }
    }

    for (const code of ['EPIPE', 'EAI_AGAIN', 'ECONNRESET']) {
      it(`by ${code}: no order is reported failed for it`, async () => {
        let lost = 1;
        const connect = async () => {
          if (lost-- > 0) throw Object.assign(new Error('lost'), { code });
          return pool.connect();
        };
        const fragile = new Proxy(pool, {
          get: (target, name) => (name === 'connect' ? connect : (Reflect.get(target, name) as unknown)),
        });
        const behind = createPostgresOrderBook(fragile, (message) => logged.push(message));
        const runner = start({ perform: (...given) => behind.perform(...given) });
        const { id, state } = await run(runner, release, [1]);
        assert.equal(state, 'open');
        now += anHour;
        await runner.resume();
        assert.deepEqual(await results(id), ['released']);
      });
    }

    const commands: readonly [Command['kind'], Asked, result: string, stock: string][] = [
      ['release', release, 'released', '9300'],
      ['restore', { kind: 'restore' }, 'restored', '10000'],
    ];
    for (const [kind, asked, result, stock] of commands) {
      it(`a ${kind} stays open, and its process goes on at the first order without outcome when it looks again`, async () => {
        if (kind === 'restore') await run(start(), release);
        const { runner, cut } = await cutOff(asked);
        assert.deepEqual([cut.state, cut.done, cut.succeeded], ['open', 2, 2]);
        assert.deepEqual(logged, ['run interrupted']);
        await assertInvariants(pool);
        const before = await bookState(pool);

        await start().resume();
        assert.deepEqual(await bookState(pool), before, 'nobody else touches it while the lease holds');

        await runner.resume();
        assert.deepEqual(
          await results(cut.id),
          numbers.map(() => result),
        );
        assert.equal((await stockOf(pool))['A'], stock);
        const after = await bookState(pool);
        await runner.resume();
        assert.deepEqual(await bookState(pool), after, 'nothing happens twice');
      });
    }
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { uuidv7 } from 'uuidv7';
import type { Pool } from 'pg';
import { quantity, zero } from '../../../src/domain/quantity';
import type { CalendarDate, Instant } from '../../../src/domain/calendar';
import type { OrderBook } from '../../../src/adapter/orderbook/order-book';
import { createPostgresOrderBook } from '../../../src/adapter/orderbook/postgres/book';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { createPostgresRunLedger } from '../../../src/adapter/runs/postgres-run-ledger';
import type { Asked } from '../../../src/adapter/runs/request';
import { createRunner, type Ran, type Runner, type RunnerOptions } from '../../../src/adapter/runs/runner';
import { useDatabase } from '../../postgres';
import { assertInvariants } from '../orderbook/invariants';
import { key, onDays } from '../orderbook/planner';
import { addOrder, company, preparePlant, setStock } from '../orderbook/small-plant';

const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };
const release: Asked = { kind: 'release', postingDate: undefined };
const tenInTheMorning = '2026-11-20T09:00:00.000Z' as Instant;
/** Longer than any lease. */
const oneHourLater = '2026-11-20T10:00:00.000Z' as Instant;

describe('the runner', () => {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  let book: OrderBook;
  let now: Instant;
  let failures: unknown[];

  before(() => {
    pool = createPool(database.connectionString);
    book = createPostgresOrderBook(pool, (message) => assert.fail(message));
  });
  after(() => pool.end());
  beforeEach('a plant with five launched orders', async () => {
    now = tenInTheMorning;
    failures = [];
    await pool.query(
      'truncate production_order, order_material, declaration, movement, movement_record, restored_movement, stock, record_counter, run, outcome, audit_event cascade',
    );
    await setStock(pool, { A: '10000', D: '10000', E: '10000' });
    for (const number of [1, 2, 3, 4, 5]) await addOrder(pool, { number });
  });
  afterEach('the book is sound', () => assertInvariants(pool));

  /** A process of its own on the database. */
  function start(changes: Partial<RunnerOptions> = {}): Runner {
    const holder = uuidv7();
    return createRunner({
      book,
      ledger: createPostgresRunLedger(pool, holder),
      holder,
      clock: () => now,
      log: { error: (fields) => failures.push(fields) },
      replyWithin: 60_000,
      ...changes,
    });
  }

  const marked = (...numbers: number[]) =>
    numbers.map((number) => ({ key: key(`2026/${number}/0`), version: 1 }));
  const run = (
    runner: Runner,
    numbers: number[],
    requestKey: string,
    asked: Asked = release,
    sequence: 'byStart' | 'asGiven' = 'byStart',
  ) => runner.run({ company: plant, actor: 'anna', asked, orders: marked(...numbers), sequence }, requestKey);
  function summaryOf(ran: Ran) {
    assert.ok(ran.kind === 'run');
    return ran.run;
  }
  const outcomesOf = async (id: string): Promise<string[]> =>
    (await createPostgresRunLedger(pool, 'reader').outcomes(company, id, { limit: 100 })).items.map(
      ({ key, result }) => `${key} ${result}`,
    );
  /** The book, which notes the chunks it performs and calls `before` ahead of each. */
  function watched(before: (chunk: number) => Promise<void> | void): { book: OrderBook; chunks: string[] } {
    const chunks: string[] = [];
    return {
      chunks,
      book: {
        ...book,
        async perform(command, orders, claim, moment) {
          await before(chunks.length);
          chunks.push(orders.map((order) => order.key.split('/')[1]).join(' '));
          return book.perform(command, orders, claim, moment);
        },
      },
    };
  }

  it('performs a run in chunks, in sequence', async () => {
    await pool.query(`update production_order set start_on = '2026-11-21' where number = 5`);
    const { book: watching, chunks } = watched(() => undefined);
    const summary = summaryOf(
      await run(start({ book: watching, chunkSize: 2 }), [4, 3, 2, 1, 5], 'sequence'),
    );
    assert.deepEqual(chunks, ['5 1', '2 3', '4']);
    assert.deepEqual([summary.state, summary.done, summary.succeeded], ['done', 5, 5]);
  });

  it('keeps the sequence it is given', async () => {
    const summary = summaryOf(await run(start(), [4, 1, 3], 'as given', release, 'asGiven'));
    assert.deepEqual(await outcomesOf(summary.id), [
      '2026/4/0 released',
      '2026/1/0 released',
      '2026/3/0 released',
    ]);
  });

  it('gives scarce stock out in that sequence, across chunks', async () => {
    await setStock(pool, { A: '250' });
    const summary = summaryOf(await run(start({ chunkSize: 2 }), [3, 2, 1], 'scarce', release, 'asGiven'));
    assert.deepEqual(await outcomesOf(summary.id), [
      '2026/3/0 released',
      '2026/2/0 released',
      '2026/1/0 refused',
    ]);
  });

  it('previews in the very same sequence', async () => {
    await setStock(pool, { A: '250' });
    const { outcomes } = await start().preview({
      company: plant,
      actor: 'anna',
      asked: release,
      orders: marked(3, 2, 1),
      sequence: 'asGiven',
    });
    assert.deepEqual(
      outcomes.map(({ key, result }) => `${key} ${result}`),
      ['2026/3/0 released', '2026/2/0 released', '2026/1/0 refused'],
    );
  });

  it('stops between chunks when it is cancelled', async () => {
    const ledger = createPostgresRunLedger(pool, 'canceller');
    const { book: watching, chunks } = watched(async (chunk) => {
      if (chunk !== 1) return;
      const [open] = (await ledger.list(company, {}, { limit: 1 })).items;
      await ledger.cancel(company, open?.id ?? '', now);
    });
    const summary = summaryOf(
      await run(start({ book: watching, chunkSize: 2 }), [1, 2, 3, 4, 5], 'cancelled'),
    );
    assert.deepEqual([summary.state, summary.done], ['cancelled', 2]);
    assert.deepEqual(
      chunks,
      ['1 2', '3 4'],
      'the chunk at which it learned of it was the last one, and wrote nothing',
    );
    assert.deepEqual(await outcomesOf(summary.id), ['2026/1/0 released', '2026/2/0 released']);
    assert.deepEqual(failures, []);
  });

  describe('after a crash in the middle', () => {
    /** A run whose process died after its first chunk. */
    async function interrupted(
      requestKey: string,
      holder: string = uuidv7(),
      asked: Asked = release,
    ): Promise<string> {
      const { book: dying } = watched((chunk) => {
        if (chunk === 1) throw new Error('Connection terminated unexpectedly');
      });
      const ledger = createPostgresRunLedger(pool, holder);
      const runner = start({ book: dying, chunkSize: 2, holder, ledger });
      const { id, state, done } = summaryOf(await run(runner, [1, 2, 3, 4, 5], requestKey, asked));
      assert.deepEqual([state, done, failures.length], ['open', 2, 1]);
      return id;
    }

    it('goes on at the first order without an outcome once the lease has lapsed', async () => {
      const id = await interrupted('crash');
      now = oneHourLater;
      const { book: watching, chunks } = watched(() => undefined);
      await start({ book: watching, chunkSize: 2 }).resume();
      assert.deepEqual(chunks, ['3 4', '5']);
      assert.equal((await outcomesOf(id)).length, 5);
    });

    it('goes on at once where its process is known to be dead', async () => {
      const dead = spawn(process.execPath, ['-e', '']);
      await once(dead, 'exit');
      const id = await interrupted('killed', `${hostname()}:${dead.pid}:${uuidv7()}`);
      await start({ chunkSize: 2 }).resume();
      assert.equal((await outcomesOf(id)).length, 5);
    });

    it('is fenced off when it was taken for dead but is not', async () => {
      const { book: slow, chunks } = watched(async (chunk) => {
        // Between its first chunk and its second, another process takes the run over and ends it.
        if (chunk !== 1) return;
        await pool.query(`update run set lease_until = opened_at`);
        await start().resume();
      });
      const summary = summaryOf(await run(start({ book: slow, chunkSize: 2 }), [1, 2, 3, 4, 5], 'fenced'));
      assert.deepEqual(chunks, ['1 2', '3 4'], 'its second chunk was its last, and wrote nothing');
      assert.deepEqual([summary.state, summary.done, summary.succeeded], ['done', 5, 5]);
      assert.deepEqual(failures, []);
    });

    it('goes on by itself where only the connection was lost', async () => {
      let broken = true;
      const { book: dying, chunks } = watched((chunk) => {
        if (chunk === 1 && broken) throw new Error('Connection terminated unexpectedly');
      });
      const runner = start({ book: dying, chunkSize: 2 });
      const { id } = summaryOf(await run(runner, [1, 2, 3, 4, 5], 'lost'));
      broken = false;
      await runner.resume();
      assert.deepEqual(chunks, ['1 2', '3 4', '5']);
      assert.equal((await outcomesOf(id)).length, 5);
    });

    it('is tried once a round when it fails every time', async () => {
      const { book: dying } = watched((chunk) => {
        if (chunk === 1) throw new Error('Connection terminated unexpectedly');
      });
      const runner = start({ book: dying, chunkSize: 2 });
      await run(runner, [1, 2, 3, 4, 5], 'broken for good');
      await runner.resume();
      assert.equal(failures.length, 2);
    });

    it('leaves it alone while the lease holds', async () => {
      const id = await interrupted('held');
      await start().resume();
      assert.equal((await outcomesOf(id)).length, 2);
    });

    it('replays it to its caller when it is done', async () => {
      await interrupted('replayed');
      now = oneHourLater;
      const other = start();
      await other.resume();
      const ran = await run(other, [5, 4, 3, 2, 1], 'replayed');
      assert.ok(ran.kind === 'run' && ran.replayed);
      assert.equal(ran.run.succeeded, 5);
    });

    it('lets only one of two processes take it over', async () => {
      const id = await interrupted('raced');
      now = oneHourLater;
      await Promise.all([start().resume(), start().resume()]);
      assert.equal((await outcomesOf(id)).length, 5);
    });

    it('keeps the posting date of the day it was opened', async () => {
      await interrupted('over midnight');
      now = '2026-11-22T09:00:00.000Z' as Instant;
      await start().resume();
      const { items } = await book.movements(company, {}, { limit: 100 });
      assert.deepEqual(new Set(items.map(({ postedOn }) => postedOn)), new Set(['2026-11-20']));
    });

    it('keeps the posting days of single orders', async () => {
      const postingDates = onDays({ '2026/2/0': '2026-12-01', '2026/5/0': '2026-12-02' });
      await interrupted('days of their own', uuidv7(), { ...release, postingDates });
      now = oneHourLater;
      await start().resume();
      const { items } = await book.movements(company, {}, { limit: 100 });
      assert.deepEqual(
        [...new Set(items.map(({ order, postedOn }) => `${order} ${postedOn}`))],
        ['1/0 2026-11-20', '2/0 2026-12-01', '3/0 2026-11-20', '4/0 2026-11-20', '5/0 2026-12-02'].map(
          (posted) => `2026/${posted}`,
        ),
      );
    });

    it('stays with the planner who asked for it', async () => {
      await interrupted('by anna');
      now = oneHourLater;
      await start().resume();
      const [row] = await book.rows(company, [key('2026/5/0')]);
      assert.equal(row?.releasedBy, 'anna');
    });
  });

  it('resumes a declaration step with its quantities', async () => {
    await pool.query(`update production_order set state = 'executive', origin = 'direct' where number = 1`);
    const step = { step: 'open', quantity: quantity('0.0000001'), scrap: zero, closing: false } as const;
    const { book: dying } = watched(() => {
      throw new Error('Connection terminated unexpectedly');
    });
    await run(start({ book: dying }), [1], 'declare', { kind: 'declare', step });
    now = oneHourLater;
    await start().resume();
    const [order] = await book.read(company, [key('2026/1/0')]);
    assert.deepEqual(
      order?.declarations.map((declaration) => declaration.quantity),
      ['0.0000001'],
    );
  });

  it('ends with the running chunk and lets the next start go on at once', async () => {
    const runner = start({ ...watchedShutdown(), chunkSize: 2 });
    function watchedShutdown() {
      return watched((chunk) => {
        // Asked for while the first chunk runs.
        if (chunk === 0) void runner.shutdown();
      });
    }
    const summary = summaryOf(await run(runner, [1, 2, 3, 4, 5], 'shutdown'));
    await runner.shutdown();
    assert.deepEqual([summary.state, summary.done], ['open', 2]);
    await start().resume();
    assert.equal((await outcomesOf(summary.id)).length, 5);
  });

  it('lets a run that broke off go when it ends, so that the next start goes on at once', async () => {
    const { book: dying } = watched((chunk) => {
      if (chunk === 1) throw new Error('Connection terminated unexpectedly');
    });
    const runner = start({ book: dying, chunkSize: 2 });
    const { id } = summaryOf(await run(runner, [1, 2, 3, 4, 5], 'broke off'));
    await runner.shutdown();
    await start().resume();
    assert.equal((await outcomesOf(id)).length, 5);
  });

  it('lets a run whose opening was not answered go when it ends', async () => {
    const holder = uuidv7();
    const ledger = createPostgresRunLedger(pool, holder);
    const deaf: typeof ledger = {
      ...ledger,
      async open(...given) {
        await ledger.open(...given);
        throw new Error('Connection terminated unexpectedly');
      },
    };
    const runner = start({ ledger: deaf, holder });
    await assert.rejects(run(runner, [1, 2], 'unanswered'));
    await runner.shutdown();
    await start().resume();
    const [open] = (await ledger.list(company, {}, { limit: 1 })).items;
    assert.deepEqual([open?.state, open?.done], ['done', 2]);
  });

  it('posts on the day it is in the plant when no day is given', async () => {
    // In Rome it is the next day already.
    now = '2026-11-20T23:30:00.000Z' as Instant;
    await run(start(), [1], 'late');
    const { items } = await book.movements(company, {}, { limit: 1 });
    assert.equal(items[0]?.postedOn, '2026-11-21' as CalendarDate);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { instant } from '../../../src/domain/calendar';
import { quantity, zero } from '../../../src/domain/quantity';
import { ClaimLost, type Command, type StoredOutcome } from '../../../src/adapter/orderbook/order-book';
import { createPostgresRunLedger } from '../../../src/adapter/runs/postgres-run-ledger';
import type { Ran, Runner } from '../../../src/adapter/runs/runner';
import { seed } from '../../seed';
import { bookState } from './fresh-book';
import { assertInvariants } from './invariants';
import { codesOf, createPlanner, key, postingDate, type Planner } from './planner';
import { releaseShares, useRace } from './race';
import { addOrder, countLines, company, setStock, stockOf, type Lines } from './small-plant';

const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };
const opening = { step: 'open', quantity: quantity('1'), scrap: zero, closing: false } as const;
const orderCount = 24;
const numbers = Array.from({ length: orderCount }, (_, index) => index + 1);
const keysOf = (which: readonly number[]) => which.map((number) => `2026/${number}/0`);

describe('several adapters on one order book', () => {
  const { database, pools, planners } = useRace();

  afterEach('no order is declared without a release', async () => {
    const { rows } = await database.pool.query(
      `select o.number from production_order o join declaration d using (company_id, order_id) where o.state = 'launched'`,
    );
    assert.deepEqual(rows, [], 'launched orders with declarations');
  });

  /** Until this many clients, all there are, wait for a lock. */
  async function allWait(clientCount: number): Promise<void> {
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await database.pool.query(waiting)).rowCount !== clientCount);
  }

  describe('any commands at the same time', () => {
    const someOrders = fc.shuffledSubarray(numbers, { minLength: 1, maxLength: orderCount });
    const anyDeed = fc.oneof(
      { weight: 3, arbitrary: fc.record({ deed: fc.constant('release' as const), orders: someOrders }) },
      { weight: 3, arbitrary: fc.record({ deed: fc.constant('restore' as const), orders: someOrders }) },
      {
        weight: 1,
        arbitrary: fc.record({
          deed: fc.constantFrom('open' as const, 'delete' as const),
          orders: someOrders,
        }),
      },
    );
    type Deed = typeof anyDeed extends fc.Arbitrary<infer T> ? T : never;
    const anyLines = fc.dictionary(
      fc.constantFrom('A', 'B', 'C', 'D', 'E'),
      fc.integer({ min: 1, max: 60 }).map(String),
      { noNullPrototype: true, minKeys: 1 },
    );
    /** Six clients, each with a list of deeds to do one after the other. */
    const sampled = <T>(arbitrary: fc.Arbitrary<T>, count: number, salt: number) =>
      fc.sample(arbitrary, { seed: seed + salt, numRuns: count });

    async function perform(client: Planner, { deed, orders }: Deed): Promise<readonly StoredOutcome[]> {
      if (deed === 'release') return client.release(...keysOf(orders));
      if (deed === 'restore') return client.restore(...keysOf(orders));
      const [order = ''] = keysOf(orders);
      if (deed === 'open') return [await client.declare(order, opening)];
      const [known] = await client.book.read(company, [key(order)]);
      const number = known?.declarations[0]?.number ?? 1;
      return [await client.declare(order, { step: 'delete', number })];
    }

    async function waves(count: number): Promise<void> {
      for (const [number, lines] of sampled(anyLines, orderCount, 0).entries())
        await addOrder(pools[0], { number: number + 1, lines });
      for (let wave = 1; wave <= count; wave++) {
        const deeds = sampled(fc.array(anyDeed, { minLength: 2, maxLength: 3 }), 6, wave);
        const outcomes = await Promise.all(
          planners().map(async (client, index) => {
            const done: StoredOutcome[] = [];
            for (const deed of deeds[index] ?? []) {
              const given = await perform(client, deed);
              assert.equal(
                given.length,
                deed.deed === 'release' || deed.deed === 'restore' ? deed.orders.length : 1,
              );
              done.push(...given);
            }
            return done;
          }),
        );
        assert.deepEqual(
          outcomes.flat().filter(({ result }) => result === 'failed'),
          [],
        );
        await assertInvariants(database.pool);
      }
    }

    it(`never sells a stock twice, and nothing fails (seed ${seed})`, async () => {
      await setStock(pools[0], { A: '150', D: '80', E: '200' });
      await waves(6);
      for (const [item, onHand] of Object.entries(await stockOf(pools[0])))
        assert.ok(quantity(onHand).gte(zero), `${item}: ${onHand}`);
    });

    it(`balances a stock that nobody counted yet (seed ${seed})`, async () => {
      await pools[0].query(`update company set shortage_policy = 'negative'`);
      await pools[0].query(`update warehouse set negative_stock = true`);
      await pools[0].query(`update item set pickup_type = 'automatic' where item <> 'P'`);
      await waves(4);
    });
  });

  it('gives scarce stock to as many orders as it covers, however many ask at once', async () => {
    await setStock(pools[0], { A: '70' });
    for (const number of numbers) await addOrder(pools[0], { number, lines: { A: '10' } });
    const outcomes = await releaseShares(planners(), numbers);
    assert.equal(outcomes.filter(({ result }) => result === 'released').length, 7);
    assert.deepEqual(await stockOf(pools[0]), { A: '0' });
  });

  it('releases an order once when everybody marks it', async () => {
    await setStock(pools[0], { A: '1000', D: '1000', E: '1000' });
    for (const number of numbers) await addOrder(pools[0], { number });
    const outcomes = (
      await Promise.all(planners().map((client) => client.release(...keysOf(numbers))))
    ).flat();
    const released = outcomes.filter(({ result }) => result === 'released').map(({ key: order }) => order);
    assert.equal(released.length, new Set(released).size);
    // 100 of A each: stock for ten.
    assert.equal(released.length, 10);
  });

  it('numbers the stock records of a warehouse and day without a gap or a repeat', async () => {
    await setStock(pools[0], { A: '10000', D: '10000', E: '10000' });
    for (const number of numbers) await addOrder(pools[0], { number });
    await releaseShares(planners(), numbers);
    const { rows } = await pools[0].query<{ record: number }>(
      `select record from movement_record where warehouse = 'MAG1' order by record`,
    );
    assert.deepEqual(
      rows.map(({ record }) => record),
      numbers,
    );
  });

  it('creates, lowers and raises the same many stocks at once without waiting in a ring', async () => {
    await database.pool.query(`update company set shortage_policy = 'negative'`);
    await database.pool.query(`update warehouse set negative_stock = true`);
    for (const number of numbers) await addOrder(database.pool, { number, lines: {} });
    // 200 variants that nobody counted yet, in every order, half of the orders name them the other way round.
    await database.pool.query(`
      insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
      select company_id, order_id, case number % 2 when 0 then n else 1000 - n end, 'A', 'V' || n, '', 'PC', 1, false, 1, start_on
        from production_order, generate_series(1, 200) n`);
    await countLines(database.pool);
    const everybody = planners();
    const all = async (deed: (client: Planner, index: number) => Promise<readonly StoredOutcome[]>) => {
      const results = (await Promise.all(everybody.map(deed))).flat().map(({ result }) => result);
      return Object.fromEntries(
        [...new Set(results)].map((r) => [r, results.filter((each) => each === r).length]),
      );
    };
    const order = (number: number) => `2026/${number}/0`;
    // Somebody else creates a stock in the middle, so that all six meet while they create theirs.
    const other = await database.pool.connect();
    await other.query('begin');
    await other.query(`insert into stock values ($1, 'A', 'V5', 'MAG1', '', 0, 0)`, [company]);
    const released = all((client, index) => client.release(order(index + 1)));
    await allWait(6);
    await other.query('rollback');
    other.release();
    assert.deepEqual(await released, { released: 6 });
    const mixed = await all((client, index) =>
      index % 2 === 0 ? client.restore(order(index + 1)) : client.release(order(index + 7)),
    );
    assert.deepEqual(mixed, { restored: 3, released: 3 });
    const { rows } = await database.pool.query(
      'select trim_scale(on_hand)::text as on_hand, count(*)::int as stocks from stock group by 1',
    );
    assert.deepEqual(rows, [{ on_hand: '-6', stocks: 200 }]);
  });

  it('locks none of its stocks before those that are missing are there', async () => {
    // What lies in MAG1 is counted; E, in MAG2, nobody counted yet, and may go below zero.
    await database.pool.query(`update company set shortage_policy = 'negative'`);
    await database.pool.query(`update warehouse set negative_stock = warehouse = 'MAG2'`);
    await setStock(database.pool, { A: '15' });
    for (const number of [1, 2]) await addOrder(database.pool, { number, lines: { A: '10', E: '5' } });
    const other = await database.pool.connect();
    await other.query('begin');
    await other.query(`insert into stock values ($1, 'E', '', 'MAG2', '', 0, 0)`, [company]);
    const released = Promise.all(
      pools.map((pool, adapter) => createPlanner(pool, `anna${adapter}`).release(`2026/${adapter + 1}/0`)),
    );
    await allWait(2);
    try {
      // The other writer has created its stock and goes on to lock the rest: nobody stands in its way.
      await other.query(`select from stock where item = 'A' for no key update nowait`);
    } finally {
      await other.query('rollback');
      other.release();
    }
    assert.deepEqual((await released).flat().map(codesOf).sort(), [[], ['REL-10']]);
    assert.deepEqual(await stockOf(database.pool), { A: '5', E: '-5' });
  });

  it('a restore racing a declaration: one of the two is refused', async () => {
    const lines: Lines = { A: '1' };
    await setStock(pools[0], { A: '1000' });
    for (const number of numbers) await addOrder(pools[0], { number, lines });
    const [anna, bruno] = [createPlanner(pools[0], 'anna'), createPlanner(pools[1], 'bruno')];
    await anna.release(...keysOf(numbers));
    const races = keysOf(numbers).map(async (order) => {
      const [[restored], declared] = await Promise.all([anna.restore(order), bruno.declare(order, opening)]);
      const succeeded = [restored?.result === 'restored', declared.result === 'declared'].filter(Boolean);
      assert.equal(succeeded.length, 1, `${order}: ${restored?.result}, ${declared.result}`);
    });
    await Promise.all(races);
  });

  describe('one request', () => {
    beforeEach(async () => {
      await setStock(pools[0], { A: '1000', D: '1000', E: '1000' });
      for (const number of [1, 2, 3]) await addOrder(pools[0], { number });
    });
    const request = (runner: Runner, requestKey: string): Promise<Ran> =>
      runner.run(
        {
          ...{ company: plant, actor: 'anna', sequence: 'byStart' },
          asked: { kind: 'release', postingDate },
          orders: keysOf([1, 2, 3]).map((order) => ({ key: key(order), version: 1 })),
        },
        requestKey,
      );

    it('sent to several adapters at once has one effect, and is replayed ever after', async () => {
      const runners = planners().map(({ runner }) => runner);
      const answers = await Promise.all(runners.map((runner) => request(runner, 'raced')));
      const runs = new Set(answers.map((ran) => (ran.kind === 'run' ? ran.run.id : ran.kind)));
      assert.equal(runs.size, 1);
      const { rows } = await pools[0].query('select done, succeeded, movements from run');
      assert.deepEqual(rows, [{ done: 3, succeeded: 3, movements: 9 }]);
      for (const runner of runners) {
        const again = await request(runner, 'raced');
        assert.ok(again.kind === 'run' && again.replayed);
        assert.deepEqual([again.run.state, again.run.succeeded, runs.has(again.run.id)], ['done', 3, true]);
      }
      assert.equal((await stockOf(pools[0]))['A'], '700');
    });
  });

  describe('a chunk', () => {
    const at = instant(new Date('2026-11-20T09:00:00Z'));
    const moment = { company, actor: 'anna', at };
    const command: Command = { kind: 'release', postingDate };
    const orders = keysOf([1, 2]).map((order) => ({ key: key(order), version: 1 }));
    let books: Planner['book'][];

    beforeEach(async () => {
      books = pools.map((pool) => createPlanner(pool).book);
      await setStock(pools[0], { A: '1000', D: '1000', E: '1000' });
      for (const number of [1, 2]) await addOrder(pools[0], { number });
    });
    async function openRun(): Promise<string> {
      const ledger = createPostgresRunLedger(pools[0], 'me');
      const opened = await ledger.open(
        { company, actor: 'anna', key: uuidv7() },
        'hash',
        { command, orders },
        at,
      );
      assert.ok(opened.kind === 'opened');
      return opened.run.id;
    }
    const performBy = (book: Planner['book'] | undefined, run: string, holder = 'me', from = 0) => {
      assert.ok(book);
      return book.perform(command, orders.slice(from), { run, holder, from }, moment);
    };
    /** Performing must be refused for want of the claim, and write nothing. */
    async function losesTheClaim(...given: Parameters<typeof performBy>) {
      const before = await bookState(pools[0]);
      await assert.rejects(performBy(...given), ClaimLost);
      assert.deepEqual(await bookState(pools[0]), before);
    }

    it('performed a second time writes nothing', async () => {
      const run = await openRun();
      await performBy(books[0], run);
      await losesTheClaim(books[0], run);
      await losesTheClaim(books[1], run);
    });

    it('performed by two at once is performed by one', async () => {
      const run = await openRun();
      const both = await Promise.allSettled(books.map((book) => performBy(book, run)));
      const lost = both.filter((each) => each.status === 'rejected');
      assert.equal(lost.length, 1);
      assert.ok(lost[0]?.reason instanceof ClaimLost);
    });

    it('is not performed by somebody who does not hold the run', async () => {
      await losesTheClaim(books[1], await openRun(), 'somebody else');
    });

    it('is not performed out of turn', async () => {
      await losesTheClaim(books[0], await openRun(), 'me', 1);
    });

    it('is not performed once the run is cancelled', async () => {
      const run = await openRun();
      await createPostgresRunLedger(pools[1], 'other').cancel(company, run, at);
      await losesTheClaim(books[0], run);
    });
  });
});

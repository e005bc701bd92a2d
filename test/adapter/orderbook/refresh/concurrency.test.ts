import assert from 'node:assert/strict';
import { uuidv7 } from 'uuidv7';
import { instant } from '../../../../src/domain/calendar';
import { quantity } from '../../../../src/domain/quantity';
import { defaultOptions } from '../../../../src/domain/refresh/options';
import { useDatabase } from '../../../postgres';
import { freshBook } from '../fresh-book';
import { assertInvariants } from '../invariants';
import { codesOf, key, postingDate } from '../planner';
import { addOrder, company, preparePlant, setStock } from '../small-plant';
import { addMethods, createRefresher, useAdapterPool } from './methods';

const numbers = Array.from({ length: 12 }, (_, place) => place + 1);
const orders = numbers.map((number) => `2026/${number}/0`);

describe('refreshes at the same time', () => {
  const database = useDatabase(preparePlant);
  const pool = useAdapterPool(database);

  beforeEach(async () => {
    await freshBook(database.pool, database.connectionString);
    await addMethods(database.pool);
    await setStock(database.pool, { A: '10000', D: '10000', E: '10000' });
    for (const number of numbers)
      await addOrder(database.pool, { number, quantity: '20', start: '2026-11-23' });
  });
  afterEach(() => assertInvariants(database.pool));

  it('do not meet in one order: the second is told that it changed', async () => {
    const [ours, theirs] = [createRefresher(pool(), 'anna', 3), createRefresher(pool(), 'bruno', 3)];
    const outcomes = (await Promise.all([ours.refresh({}, ...orders), theirs.refresh({}, ...orders)])).flat();
    for (const order of orders) {
      const both = outcomes.filter((outcome) => outcome.key === key(order));
      assert.deepEqual(both.map(({ result }) => result).sort(), ['refreshed', 'refused'], order);
      assert.deepEqual(both.flatMap(codesOf), ['REF-15']);
    }
  });

  it('and releases: an order is refreshed, then refused, or released, then refused', async () => {
    const [ours, theirs] = [createRefresher(pool(), 'anna', 3), createRefresher(pool(), 'bruno', 3)];
    const [refreshed, released] = await Promise.all([ours.refresh({}, ...orders), theirs.release(...orders)]);
    for (const order of orders) {
      const of = (list: typeof refreshed) => list.find((outcome) => outcome.key === key(order));
      assert.deepEqual(
        [of(refreshed)?.result === 'refreshed', of(released)?.result === 'released'].filter(Boolean).length,
        1,
        order,
      );
    }
  });

  it('never book a constrained centre twice', async () => {
    await pool().query(
      `update work_centre set constrained = true, critical_load = 100 where work_centre = '100'`,
    );
    const [ours, theirs] = [createRefresher(pool(), 'anna', 2), createRefresher(pool(), 'bruno', 2)];
    const [mine, others] = [orders.slice(0, 6), orders.slice(6)];
    await Promise.all([ours.refresh({}, ...mine), theirs.refresh({}, ...others)]);
    const { rows } = await pool().query(`
      select a.order_id from capacity_need a join capacity_need b
          on a.work_centre = b.work_centre and a.starts_at < b.ends_at and b.starts_at < a.ends_at
         and (a.order_id, a.order_line, a.operation, a.piece) < (b.order_id, b.order_line, b.operation, b.piece)`);
    assert.deepEqual(rows, []);
  });

  describe('of executive orders that are restored and released with it', () => {
    const inOne = { executive: 'restoreAndRelease', postingDate } as const;

    beforeEach(async () => {
      const planner = createRefresher(pool());
      await planner.refresh({}, ...orders);
      await planner.release(...orders);
    });

    it('and declarations: either the order is declared, or it is done anew', async () => {
      const [ours, theirs] = [createRefresher(pool(), 'anna', 3), createRefresher(pool(), 'bruno')];
      const step = {
        step: 'open',
        operation: 20,
        quantity: quantity('1'),
        scrap: quantity('0'),
        closing: false,
      } as const;
      const [refreshed, declared] = await Promise.all([
        ours.refresh(inOne, ...orders),
        Promise.all(orders.map(async (order) => theirs.declare(order, step))),
      ]);
      for (const [place, order] of orders.entries()) {
        const outcome = refreshed.find((each) => each.key === key(order));
        // Declared after it, it is both; declared before it, the restore is refused.
        if (outcome?.result === 'refused') assert.deepEqual(codesOf(outcome), ['RES-02']);
        else assert.equal(outcome?.result, 'refreshed');
        assert.equal(declared[place]?.result, 'declared');
      }
    });

    it('and restores: each order goes one way, once', async () => {
      const [ours, theirs] = [createRefresher(pool(), 'anna', 3), createRefresher(pool(), 'bruno', 3)];
      const [refreshed, restored] = await Promise.all([
        ours.refresh(inOne, ...orders),
        theirs.restore(...[...orders].reverse()),
      ]);
      for (const order of orders) {
        const results = [refreshed, restored].map(
          (list) => list.find((each) => each.key === key(order))?.result,
        );
        assert.ok(['refreshed,refused', 'refused,restored'].includes(results.join()), results.join());
      }
    });

    it('and releases of others that want the same stock: nobody takes it twice', async () => {
      await addOrder(database.pool, { number: 20, quantity: '20', lines: { A: '9700' } });
      const [ours, theirs] = [createRefresher(pool(), 'anna', 3), createRefresher(pool(), 'bruno')];
      const changes = Object.fromEntries(orders.map((order) => [key(order), { quantity: '30' }]));
      await Promise.all([ours.refresh({ ...inOne, changes }, ...orders), theirs.release('2026/20/0')]);
      const { rows } = await pool().query('select on_hand from stock where on_hand < 0');
      assert.deepEqual(rows, []);
    });

    it('a run that broke off is taken up, and posts once', async () => {
      const planner = createRefresher(pool());
      const marked = (await planner.book.rows(company, orders.map(key))).map((row) => ({
        key: row.key,
        version: row.version,
      }));
      await planner.ledger.open(
        { company, actor: 'anna', key: uuidv7() },
        'hash',
        { command: { kind: 'refresh', changes: {}, ...defaultOptions, ...inOne }, orders: marked },
        instant(new Date('2026-01-01T00:00:00Z')),
      );
      await planner.runner.resume();
      assert.deepEqual(await planner.movementsOf('2026/1/0'), ['MAG1/SCP A 40']);
      const { rows } = await pool().query(`select distinct state, version from production_order`);
      assert.deepEqual(rows, [{ state: 'executive', version: 6 }]);
    });
  });

  it('a run asked for twice is carried out once', async () => {
    const planner = createRefresher(pool());
    const [request, id] = [await planner.request({}, orders), uuidv7()];
    await planner.runner.run(request, id);
    const again = await planner.runner.run(request, id);
    assert.ok(again.kind === 'run' && again.replayed && again.run.succeeded === orders.length);
    const { rows } = await pool().query('select distinct version from production_order');
    assert.deepEqual(rows, [{ version: 2 }]);
  });

  it('a run that broke off is taken up at its first order without an outcome, with what was wanted of it', async () => {
    const planner = createRefresher(pool());
    const changes = { [key('2026/2/0')]: { quantity: '35' } };
    const marked = orders.map((order) => ({ key: key(order), version: 1 }));
    const long = instant(new Date('2026-01-01T00:00:00Z'));
    await planner.ledger.open(
      { company, actor: 'anna', key: uuidv7() },
      'hash',
      { command: { kind: 'refresh', changes, ...defaultOptions }, orders: marked },
      long,
    );
    await planner.runner.resume();
    assert.equal((await planner.planOf('2026/2/0')).header[3], '35');
    const { rows } = await pool().query('select state, done from run');
    assert.deepEqual(rows, [{ state: 'done', done: orders.length }]);
  });

  it('a change by hand that broke off is taken up with its quantities', async () => {
    const planner = createRefresher(pool());
    await planner.refresh({}, '2026/1/0');
    const run = { time: quantity('10'), unit: 'minutes' } as const;
    const change = {
      part: 'operation',
      orderLine: 10_000,
      operation: 20,
      startsAt: null,
      edit: { run },
    } as const;
    await planner.ledger.open(
      { company, actor: 'anna', key: uuidv7() },
      'hash',
      { command: { kind: 'change', change }, orders: [{ key: key('2026/1/0'), version: 2 }] },
      instant(new Date('2026-01-01T00:00:00Z')),
    );
    await planner.runner.resume();
    const { rows } = await pool().query(
      'select trim_scale(run_time)::text as run, by_hand from order_operation where operation = 20',
    );
    assert.deepEqual(rows, [{ run: '10', by_hand: true }]);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { seed } from '../../seed';
import { assertInvariants } from './invariants';
import { createPlanner, type Planner } from './planner';
import { useRace } from './race';
import { addOrder, company, setStock, stockOf } from './small-plant';

describe('several adapters that split and merge the same orders', () => {
  const { database, pools } = useRace();

  beforeEach('a company that splits', async () => {
    await database.pool.query(`update company set shortage_policy = 'split'`);
  });

  /** Every order of a number as `lot state quantity`. */
  async function lotsOf(number: number): Promise<string[]> {
    const { rows } = await database.pool.query<{ row: string }>(
      `select concat_ws(' ', lot, state, trim_scale(quantity)) as row
         from production_order where number = $1 order by lot`,
      [number],
    );
    return rows.map(({ row }) => row);
  }

  it('never give a lot twice: two lots of one number, split at the same time, get rests of their own', async () => {
    for (let round = 0; round < 10; round++) {
      const number = 200 + round;
      // Each from a stock of its own, so that neither waits for the other's.
      await setStock(database.pool, { A: '30', E: '30' });
      await addOrder(database.pool, { number, quantity: '50', lines: { A: '50' } });
      await addOrder(database.pool, { number: number + 1000, quantity: '50', lines: { E: '50' } });
      await database.pool.query(
        `update production_order set number = $1, lot = 1 where company_id = $2 and number = $3`,
        [number, company, number + 1000],
      );
      const orders = [`2026/${number}/0`, `2026/${number}/1`];
      const outcomes = await Promise.all(
        orders.map((order, adapter) => createPlanner(pools[adapter] as Pool).release(order)),
      );
      const rests = outcomes.map(([outcome]) => outcome?.warnings[0]?.params['restOrder'] ?? '');
      assert.deepEqual(
        outcomes.map(([outcome]) => outcome?.result),
        ['released', 'released'],
      );
      assert.deepEqual([...rests].sort(), [`2026/${number}/2`, `2026/${number}/3`]);
      assert.deepEqual(await lotsOf(number), [
        ...['0 executive 30', '1 executive 30', '2 launched 20', '3 launched 20'],
      ]);
    }
  });

  it('split an order once that both release at the same time', async () => {
    await setStock(database.pool, { A: '30' });
    await addOrder(database.pool, { number: 1, quantity: '50', lines: { A: '50' } });
    const outcomes = await Promise.all(pools.map((pool) => createPlanner(pool).release('2026/1/0')));
    const results = outcomes.map(([outcome]) => outcome?.result);
    assert.deepEqual([...results].sort(), ['refused', 'released']);
    assert.deepEqual(await lotsOf(1), ['0 executive 30', '1 launched 20']);
  });

  it('merge a split once, asked for both halves at the same time', async () => {
    await setStock(database.pool, { A: '30' });
    await addOrder(database.pool, { number: 1, quantity: '50', lines: { A: '50' } });
    const planners = pools.map((pool) => createPlanner(pool)) as [Planner, Planner];
    await planners[0].release('2026/1/0');
    await planners[0].restore('2026/1/0');
    const outcomes = await Promise.all([planners[0].merge('2026/1/0'), planners[1].merge('2026/1/1')]);
    const results = outcomes.map(([outcome]) => outcome?.result);
    assert.deepEqual([...results].sort(), ['merged', 'refused']);
    assert.deepEqual(await lotsOf(1), ['0 launched 50', '1 historical 0']);
  });

  it(`leave a sound book, whatever they do in which order (seed ${seed})`, async () => {
    const numbers = Array.from({ length: 8 }, (_, index) => index + 1);
    await setStock(database.pool, { A: '150', E: '120', D: '40' });
    for (const number of numbers)
      await addOrder(database.pool, {
        ...{ number, quantity: '30' },
        lines: number % 2 ? { A: '45', D: '3' } : { A: '20', E: '33' },
      });
    await database.pool.query(`update order_material set fixed = true where item = 'D'`);
    const before = await stockOf(database.pool);
    const anyDeed = fc.record({
      deed: fc.constantFrom('release' as const, 'release' as const, 'restore' as const, 'merge' as const),
      orders: fc.shuffledSubarray(
        numbers.flatMap((number) => [0, 1, 2].map((lot) => `2026/${number}/${lot}`)),
        { minLength: 1, maxLength: 10 },
      ),
    });
    const deeds = fc.sample(anyDeed, { seed, numRuns: 32 });
    const planners = pools.flatMap((pool) => ['anna', 'bruno'].map((name) => createPlanner(pool, name, 3)));
    await Promise.all(
      planners.map(async (planner, client) => {
        for (const { deed, orders } of deeds.slice(client * 8, client * 8 + 8)) {
          const outcomes = await planner[deed](...orders);
          assert.ok(!outcomes.some(({ result }) => result === 'failed'));
        }
      }),
    );
    const { rows } = await database.pool.query<{ number: number; made: string }>(
      `select number, trim_scale(sum(quantity))::text as made from production_order group by number order by number`,
    );
    assert.deepEqual(
      rows.map(({ made }) => made),
      numbers.map(() => '30'),
    );
    await assertInvariants(database.pool);
    const planner = planners[0] as Planner;
    const keys = await database.pool.query<{ key: string }>(
      `select key_text as key from production_order where state = 'executive'`,
    );
    await planner.restore(...keys.rows.map(({ key }) => key));
    assert.deepEqual(await stockOf(database.pool), before);
  });
});

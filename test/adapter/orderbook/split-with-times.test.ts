import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { useDatabase } from '../../postgres';
import { freshBook } from './fresh-book';
import { assertInvariants } from './invariants';
import { addMethods, createRefresher, useAdapterPool, type Refresher } from './refresh/methods';
import { addOrder, company, preparePlant, setStock } from './small-plant';

const order = '2026/125/0';
const rest = '2026/125/1';

describe('an order with times that stock does not cover', () => {
  const database = useDatabase(preparePlant);
  const poolOf = useAdapterPool(database);
  let pool: Pool;
  let planner: Refresher;

  beforeEach('order 2026/125/0, refreshed: 60 pieces by Thursday 26 November at 16:00', async () => {
    pool = poolOf();
    planner = createRefresher(pool);
    await freshBook(pool, database.connectionString);
    await pool.query(`update company set shortage_policy = 'split'`);
    await addMethods(pool);
    await addOrder(pool, { number: 125, quantity: '60', lines: {} });
    await pool.query(`update production_order set due_on = '2026-11-27'`);
    const [refreshed] = await planner.refresh({}, order);
    assert.equal(refreshed?.result, 'refreshed');
    await setStock(pool, { A: '40', B: '1000' });
  });
  afterEach('the book is sound', () => assertInvariants(pool));

  it('is split with the times its quantities take: the part from the old start, the rest up to the old end', async () => {
    assert.deepEqual((await planner.planOf(order)).operations, [
      '10: 25 14:45 – 26 12:45',
      '20: 26 12:45 – 26 16:00',
    ]);
    const [outcome] = await planner.release(order);
    assert.equal(outcome?.warnings[0]?.params['quantity'], '20');
    // 20 pieces: setup 30 + 100 minutes to Thursday 9:55, waiting 20, moving 10; 15 + 60. On Wednesday 75 minutes are left.
    const part = await planner.planOf(order);
    assert.deepEqual(part.operations, ['10: 25 14:45 – 26 09:25', '20: 26 09:25 – 26 10:40']);
    assert.deepEqual(part.materials, ['A 40: 25 14:45', 'B 20: 25 14:45']);
    assert.deepEqual(part.header, ['2026-11-25', '2026-11-26', '2026-11-27', '20']);
    // 40 pieces, from Thursday 16:00 back: 15 + 120, then 30 + 200 with 20 of waiting and 10 of moving.
    const left = await planner.planOf(rest);
    assert.deepEqual(left.operations, ['10: 26 09:25 – 26 13:45', '20: 26 13:45 – 26 16:00']);
    assert.deepEqual(left.materials, ['A 80: 26 09:25', 'B 40: 26 09:25']);
    assert.deepEqual(left.header, ['2026-11-26', '2026-11-26', '2026-11-27', '40']);
  });

  it('has its times back when it is merged', async () => {
    const taken = async () => {
      const { rows } = await pool.query<{ row: string }>(
        `select concat_ws(' ', n.starts_at, n.ends_at, n.minutes) as row
           from capacity_need n join production_order o using (order_id) where o.lot = 0
          order by order_line, operation, piece`,
      );
      return rows.map(({ row }) => row);
    };
    const [plan, needs] = [await planner.planOf(order), await taken()];
    await planner.release(order);
    assert.notDeepEqual(await taken(), needs);
    await planner.restore(order);
    const [merged] = await planner.merge(rest);
    assert.equal(merged?.result, 'merged');
    assert.deepEqual(await planner.planOf(order), plan);
    assert.deepEqual(await taken(), needs);
    const { rows } = await pool.query(
      'select 1 from capacity_need n join production_order o using (order_id) where lot = 1',
    );
    assert.equal(rows.length, 0);
  });

  it('takes no more of a constrained centre than it has: the rest goes around the part', async () => {
    await pool.query(
      `update work_centre set constrained = true where company_id = '${company}' and work_centre = '100'`,
    );
    await planner.release(order);
    const { rows } = await pool.query<{ day: string; minutes: string }>(
      `select day, sum(minutes)::text as minutes from capacity_need group by day having sum(minutes) > 480`,
    );
    assert.deepEqual(rows, []);
    const overlapping = await pool.query(
      `select a.operation, b.operation from capacity_need a join capacity_need b
           on (a.order_id, a.operation, a.piece) < (b.order_id, b.operation, b.piece)
          and a.starts_at < b.ends_at and b.starts_at < a.ends_at`,
    );
    assert.deepEqual(overlapping.rows, []);
  });
});

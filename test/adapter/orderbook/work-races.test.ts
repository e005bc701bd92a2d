import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { instant } from '../../../src/domain/calendar';
import { useDatabase } from '../../postgres';
import { handleConsumption } from './handled-warehouse';
import { assertInvariants } from './invariants';
import { createPlanner, type Planner } from './planner';
import { addOrder, company, preparePlant, setStock } from './small-plant';
import { useTwoAdapters } from './two-adapters';

/** Another one every time; it stands in the names of the tests that use it. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const numbers = Array.from({ length: 24 }, (_, index) => index + 1);

describe('several adapters that release orders with picking work under full reservation', () => {
  const database = useDatabase(preparePlant);
  const adapters = useTwoAdapters(database);
  let pools: readonly [Pool, Pool];

  beforeEach(async () => {
    pools = adapters();
    await handleConsumption(pools[0]);
    await createPlanner(pools[0]).book.setPolicy(
      { company, actor: 'anna', at: instant(new Date('2026-11-20T08:00:00Z')) },
      { shortage: 'refuse', reservation: 'full', picking: 'work' },
      0,
    );
    await pools[0].query(`update item set pickup_type = 'with_list' where item = 'D'`);
  });
  afterEach('the book is sound', () => assertInvariants(database.pool));

  const clients = (): Planner[] =>
    pools.flatMap((pool, adapter) =>
      ['anna', 'bruno', 'carla'].map((name) => createPlanner(pool, `${name}${adapter}`, 5)),
    );

  /** What open work is to fetch beyond what is there, and orders on the shop floor that work does not fetch all for. */
  async function broken(): Promise<unknown[]> {
    const promised = await database.pool.query<Record<string, unknown>>(`
      select l.item, l.pick_from, sum(l.promised) as promised, s.on_hand
        from work_line l join stock s on s.company_id = l.company_id and s.item = l.item and s.warehouse = l.pick_from
       where l.state = 'open' group by l.item, l.pick_from, s.on_hand having sum(l.promised) > s.on_hand`);
    const fetched = await database.pool.query<Record<string, unknown>>(`
      select o.number, o.state, m.item, m.quantity, coalesce(l.quantity, 0) as fetched
        from production_order o
        join order_material m using (company_id, order_id)
        join item i on i.company_id = m.company_id and i.item = m.item and i.pickup_type = 'with_list'
        left join (select order_id, material, sum(quantity) as quantity from work_line where state = 'open' group by 1, 2) l
               on l.order_id = m.order_id and l.material = m.line
       where coalesce(l.quantity, 0) <> case o.state when 'executive' then m.quantity else 0 end`);
    return [...promised.rows, ...fetched.rows];
  }

  it(`promise nothing twice and let no order go with less than all of it, and nothing fails (seed ${seed})`, async () => {
    await setStock(pools[0], { A: '500', B: '150', D: '120' });
    const anyLines = fc.dictionary(
      fc.constantFrom('A', 'B', 'D'),
      fc.integer({ min: 1, max: 40 }).map(String),
      { noNullPrototype: true, minKeys: 1 },
    );
    const lines = fc.sample(anyLines, { seed, numRuns: numbers.length });
    for (const number of numbers) await addOrder(pools[0], { number, lines: lines[number - 1] ?? {} });
    const anyOrders = fc.shuffledSubarray(numbers, { minLength: 1 });
    for (let wave = 1; wave <= 5; wave++) {
      const deeds = fc.sample(fc.tuple(fc.boolean(), anyOrders), { seed: seed + wave, numRuns: 6 });
      const outcomes = await Promise.all(
        clients().map((client, index) => {
          const [releases, orders] = deeds[index] ?? [true, numbers];
          const keys = orders.map((number) => `2026/${number}/0`);
          return releases ? client.release(...keys) : client.restore(...keys);
        }),
      );
      assert.deepEqual(
        outcomes.flat().filter(({ result }) => result === 'failed'),
        [],
      );
      await assertInvariants(database.pool);
      assert.deepEqual(await broken(), []);
    }
  });

  it('give every piece to one order, however many ask at once', async () => {
    await setStock(pools[0], { B: '196' });
    for (const number of numbers) await addOrder(pools[0], { number, lines: { B: '10' } });
    const each = clients().map((client, index) =>
      client.release(...numbers.filter((number) => number % 6 === index).map((number) => `2026/${number}/0`)),
    );
    const outcomes = (await Promise.all(each)).flat();
    assert.deepEqual(
      outcomes.filter(({ result }) => result !== 'released').map(({ refusals }) => refusals[0]?.code),
      Array.from({ length: 5 }, () => 'REL-15'),
    );
    assert.deepEqual(await broken(), []);
  });
});

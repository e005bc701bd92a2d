import assert from 'node:assert/strict';
import fc from 'fast-check';
import { instant } from '../../../src/domain/calendar';
import { seed } from '../../seed';
import { handleConsumption } from './handled-warehouse';
import { assertInvariants } from './invariants';
import { createPlanner } from './planner';
import { addAnyOrders, releaseAndRestore, releaseShares, useRace } from './race';
import { addOrder, company, setStock } from './small-plant';

const numbers = Array.from({ length: 24 }, (_, index) => index + 1);

describe('several adapters that release orders with picking work under full reservation', () => {
  const { database, pools, planners } = useRace();

  beforeEach(async () => {
    await handleConsumption(pools[0]);
    await createPlanner(pools[0]).book.setPolicy(
      { company, actor: 'anna', at: instant(new Date('2026-11-20T08:00:00Z')) },
      { shortage: 'refuse', reservation: 'full', picking: 'work' },
      0,
    );
    await pools[0].query(`update item set pickup_type = 'with_list' where item = 'D'`);
  });

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
    await addAnyOrders(pools[0], numbers, ['A', 'B', 'D'], 40);
    await releaseAndRestore(planners(), numbers, async () => {
      await assertInvariants(database.pool);
      assert.deepEqual(await broken(), []);
    });
  });

  it(`confirm the lines of one work together, one by one and back, and each is picked once (seed ${seed})`, async () => {
    await setStock(pools[0], { B: '400', D: '400' });
    for (const number of numbers.slice(0, 4))
      await addOrder(pools[0], { number, lines: { B: '10', D: '10' } });
    await createPlanner(pools[0]).release(...numbers.slice(0, 4).map((number) => `2026/${number}/0`));
    const steps = fc.record({
      work: fc.integer({ min: 1, max: 4 }),
      line: fc.integer({ min: 1, max: 2 }),
      step: fc.constantFrom('confirm' as const, 'confirmAll' as const, 'reverse' as const),
    });
    const clients = planners();
    for (let wave = 1; wave <= 5; wave++) {
      const taken = fc.sample(steps, { seed: seed + wave, numRuns: clients.length });
      const outcomes = await Promise.all(
        clients.map((planner, index) => {
          const { work, line, step } = taken[index] ?? { work: 1, line: 1, step: 'confirmAll' };
          return planner.work(
            `2026/${work}/0`,
            step === 'confirmAll' ? { step, work } : { step, work, line },
          );
        }),
      );
      assert.deepEqual(
        outcomes.filter(({ result }) => result === 'failed'),
        [],
      );
      await assertInvariants(database.pool);
      const { rows } = await database.pool.query(`
        select m.order_id, m.item from order_material m
          left join work_line l on l.order_id = m.order_id and l.material = m.line and l.state = 'confirmed'
         where m.picked <> coalesce(l.picked, 0)`);
      assert.deepEqual(rows, []);
    }
  });

  it('give every piece to one order, however many ask at once', async () => {
    await setStock(pools[0], { B: '196' });
    for (const number of numbers) await addOrder(pools[0], { number, lines: { B: '10' } });
    const outcomes = await releaseShares(planners(), numbers);
    assert.deepEqual(
      outcomes.filter(({ result }) => result !== 'released').map(({ refusals }) => refusals[0]?.code),
      Array.from({ length: 5 }, () => 'REL-15'),
    );
    assert.deepEqual(await broken(), []);
  });
});

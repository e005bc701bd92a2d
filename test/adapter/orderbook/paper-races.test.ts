import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type PaperKind, paperKinds } from '../../../src/domain/papers/paper';
import { seed } from '../../seed';
import { assertInvariants } from './invariants';
import { codesOf, createPlanner } from './planner';
import { useRace } from './race';
import { addOrder, company, setStock } from './small-plant';

const numbers = Array.from({ length: 24 }, (_, index) => index + 1);
const every = numbers.map((number) => `2026/${number}/0`);

interface Paper {
  readonly number: number;
  readonly order: string;
  readonly kind: PaperKind;
  readonly copies: number;
  readonly inUse: boolean;
  readonly state: string;
}

describe('several adapters that print definitive papers', () => {
  const { database, pools, planners: clients } = useRace();

  beforeEach('orders that can have every paper', async () => {
    await setStock(pools[0], { A: '10000' });
    for (const number of numbers) await addOrder(pools[0], { number, lines: { A: '10' } });
    await pools[0].query(`
      insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable,
                                   starts_at, ends_at)
      select company_id, order_id, 10, '100', 'Assembly', '2026-11-23', '2026-11-23', true, false,
             timestamptz '2026-11-23 08:00Z', timestamptz '2026-11-23 09:00Z'
        from production_order;
      update production_order set operation_lines = 1`);
  });

  async function papers(): Promise<Paper[]> {
    const { rows } = await database.pool.query<Paper>(
      `select p.number, o.year || '/' || o.number || '/' || o.lot as order, p.kind, p.copies, p.voided_at is null as "inUse", o.state
         from paper p join production_order o using (company_id, order_id) where company_id = $1 order by p.number`,
      [company],
    );
    return rows;
  }
  /** From 1 on, none twice and none left out. */
  const assertNumberedThrough = (of: readonly Paper[]) =>
    assert.deepEqual(
      of.map(({ number }) => number),
      of.map((_, index) => index + 1),
    );
  const anyKinds = fc.shuffledSubarray([...paperKinds], { minLength: 1 });
  const anyOrders = fc.shuffledSubarray(every, { minLength: 1 });

  it(`give each paper one number, whoever prints it at the same time, and count the copies (seed ${seed})`, async () => {
    await createPlanner(pools[0]).release(...every);
    const wanted = new Map<string, number>();
    for (let wave = 1; wave <= 4; wave++) {
      const prints = fc.sample(fc.tuple(anyKinds, anyOrders), { seed: seed + wave, numRuns: 6 });
      const outcomes = await Promise.all(
        clients().map((client, index) => {
          const [kinds, orders] = prints[index] ?? [[...paperKinds], every];
          for (const kind of kinds)
            for (const order of orders)
              wanted.set(`${order} ${kind}`, (wanted.get(`${order} ${kind}`) ?? 0) + 1);
          return client.print(kinds, ...orders);
        }),
      );
      assert.deepEqual([...new Set(outcomes.flat().map(({ result }) => result))], ['printed']);
      const there = await papers();
      assertNumberedThrough(there);
      assert.deepEqual(
        there.map(({ order, kind, copies }) => `${order} ${kind} ${copies}`).sort(),
        [...wanted].map(([paper, copies]) => `${paper} ${copies}`).sort(),
      );
      await assertInvariants(database.pool);
    }
  });

  it('number the same papers of the same orders once where all of them print at once', async () => {
    await createPlanner(pools[0]).release(...every);
    await Promise.all(clients().map((client) => client.print(paperKinds, ...every)));
    const there = await papers();
    assertNumberedThrough(there);
    assert.equal(there.length, every.length * paperKinds.length);
    assert.deepEqual([...new Set(there.map(({ copies }) => copies))], [6]);
  });

  it(`leave papers in use of executive orders only where others restore them meanwhile (seed ${seed})`, async () => {
    const aDeed = fc.tuple(fc.constantFrom('print', 'print', 'restore', 'release'), anyOrders);
    await createPlanner(pools[0]).release(...every);
    for (let wave = 1; wave <= 5; wave++) {
      const deeds = fc.sample(aDeed, { seed: seed + 10 + wave, numRuns: 6 });
      const outcomes = await Promise.all(
        clients().map((client, index) => {
          const [deed, orders] = deeds[index] ?? ['print', every];
          return deed === 'print' ? client.print(paperKinds, ...orders) : client[deed](...orders);
        }),
      );
      assert.deepEqual(
        outcomes.flat().filter(({ result }) => result === 'failed'),
        [],
      );
      const refusedPrints = outcomes.flatMap((of, index) => (deeds[index]?.[0] === 'print' ? of : []));
      assert.deepEqual(
        refusedPrints.flatMap(codesOf).filter((code) => code !== 'PRT-01'),
        [],
      );
      const there = await papers();
      assertNumberedThrough(there);
      assert.deepEqual(
        there.filter(({ inUse, state }) => inUse && state !== 'executive'),
        [],
      );
      await assertInvariants(database.pool);
    }
    assert.deepEqual(new Set((await papers()).map(({ inUse }) => inUse)), new Set([true, false]));
  });
});

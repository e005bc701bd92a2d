import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { quantity, zero } from '../../../src/domain/quantity';
import { useDatabase } from '../../postgres';
import { assertInvariants } from './invariants';
import { createPlanner, type Planner } from './planner';
import { addOrder, company, preparePlant, setStock } from './small-plant';
import { useTwoAdapters } from './two-adapters';

/** Another one every time; it stands in the names of the tests that use it. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const numbers = Array.from({ length: 24 }, (_, index) => index + 1);

describe('several adapters on the same lots', () => {
  const database = useDatabase(preparePlant);
  const adapters = useTwoAdapters(database);
  let pools: readonly [Pool, Pool];

  beforeEach(async () => {
    pools = adapters();
    await setStock(pools[0], { D: '60' });
    await pools[0].query(`update item set lot_managed = true where item in ('A', 'E')`);
    await pools[0].query(
      `insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, received_on)
       select $1, i.item, '', i.warehouse, 'L' || n, 20 + n, 20 + n, date '2026-10-01' + n
         from item i, generate_series(1, 8) n where i.company_id = $1 and i.item in ('A', 'E')`,
      [company],
    );
  });
  afterEach('the book is sound', () => assertInvariants(database.pool));

  const clients = (): Planner[] =>
    pools.flatMap((pool, adapter) =>
      ['anna', 'bruno', 'carla'].map((name) => createPlanner(pool, `${name}${adapter}`, 5)),
    );

  it(`take no lot below zero and every line whole, and nothing fails (seed ${seed})`, async () => {
    const anyLines = fc.dictionary(
      fc.constantFrom('A', 'D', 'E'),
      fc.integer({ min: 1, max: 50 }).map(String),
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
    }
    const { rows } = await pools[0].query<{ lot: string; on_hand: string }>(
      'select lot, on_hand::text from stock',
    );
    for (const { lot, on_hand: onHand } of rows) assert.ok(quantity(onHand).gte(zero), `${lot}: ${onHand}`);
  });

  it('give out every piece of all lots once, however many ask at once', async () => {
    // 8 lots hold 196 of A: 24 orders of 10 each, of which 19 find theirs.
    for (const number of numbers) await addOrder(pools[0], { number, lines: { A: '10' } });
    const each = clients().map((client, index) =>
      client.release(...numbers.filter((number) => number % 6 === index).map((number) => `2026/${number}/0`)),
    );
    const outcomes = (await Promise.all(each)).flat();
    assert.equal(outcomes.filter(({ result }) => result === 'released').length, 19);
    const { rows } = await pools[0].query<{ left: string }>(
      `select trim_scale(sum(on_hand))::text as left from stock where item = 'A'`,
    );
    assert.deepEqual(rows, [{ left: '6' }]);
  });
});

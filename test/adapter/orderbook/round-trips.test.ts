import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pool } from 'pg';
import type { DeclarationStep } from '../../../src/domain/declaration/declaration';
import { quantity, zero } from '../../../src/domain/quantity';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { useDatabase } from '../../postgres';
import { freshBook } from './fresh-book';
import { assertInvariants } from './invariants';
import { codesOf, createPlanner, key, type Planner } from './planner';
import { addOrder, company, preparePlant, setStock, stockOf } from './small-plant';

/** Quantities down to the milligram: whatever is lost on the way back would show. */
const amount = fc
  .integer({ min: 1, max: 99_999_999 })
  .map((thousandths) => `${(thousandths / 1e6).toFixed(6)}`);
const plan = fc.record({
  lines: fc.record({ A: amount, D: amount, E: amount, B: amount, C: amount }),
  stock: fc.record({ A: amount, D: amount, E: amount, B: amount, C: amount }),
  rounds: fc.array(
    fc.record({
      /** What partial declarations report, and the closing one. */
      pieces: fc.array(amount, { maxLength: 2 }),
      closing: fc.option(amount),
      registrations: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

describe('release, declaration and the way back', () => {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  let planner: Planner;
  before(() => {
    pool = createPool(database.connectionString);
    planner = createPlanner(pool);
  });
  after(() => pool.end());

  const order = '2026/1/0';
  const open = (good: string, closing: boolean): DeclarationStep => ({
    ...{ step: 'open', quantity: quantity(good), scrap: zero, closing },
  });
  async function take(step: DeclarationStep): Promise<void> {
    const outcome = await planner.declare(order, step);
    assert.deepEqual([outcome.result, codesOf(outcome)], ['declared', []], JSON.stringify(step));
    await assertInvariants(pool);
  }

  /** Opens and registers what a round reports, as often as it says, and takes everything back in reverse. */
  async function thereAndBack(declared: readonly DeclarationStep[], registrations: number): Promise<void> {
    for (const step of declared) await take(step);
    const [shown] = await planner.book.read(company, [key(order)]);
    const numbers = shown?.declarations.map(({ number }) => number) ?? [];
    assert.equal(numbers.length, declared.length);
    for (let turn = 0; turn < registrations; turn++) {
      for (const number of numbers) await take({ step: 'register', number });
      for (const number of numbers.toReversed()) await take({ step: 'rollBack', number });
    }
    for (const number of numbers.toReversed()) await take({ step: 'delete', number });
  }

  it('any number of times leave stock, quantity produced and state to the exact gram', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ lines, stock, rounds }) => {
        await freshBook(pool, database.connectionString);
        await addOrder(pool, { number: 1, lines });
        // What is needed, and something on top that must still be there in the end.
        const opening = Object.fromEntries(
          Object.entries(lines).map(([item, need]) => [
            item,
            quantity(need)
              .plus(stock[item as keyof typeof stock])
              .toFixed(),
          ]),
        );
        await setStock(pool, opening);
        const atFirst = await stockOf(pool);
        for (const { pieces, closing, registrations } of rounds) {
          const [released] = await planner.release(order);
          assert.deepEqual([released?.result, released?.movements], ['released', 3]);
          const declared = [
            ...pieces.map((good) => open(good, false)),
            ...(closing === null ? [] : [open(closing, true)]),
          ];
          await thereAndBack(declared, registrations);
          const [restored] = await planner.restore(order);
          assert.deepEqual([restored?.result, restored?.movements], ['restored', 3]);
          await assertInvariants(pool);
          const { P: output = '0', ...materials } = await stockOf(pool);
          assert.deepEqual([output, materials], ['0', atFirst]);
        }
        const [row] = await planner.book.rows(company, [key(order)]);
        assert.deepEqual([row?.state, row?.quantityProduced], ['launched', '0']);
      }),
      { numRuns: 8, seed: 20261121 },
    );
  });
});

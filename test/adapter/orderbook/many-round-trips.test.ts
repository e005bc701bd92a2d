import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { quantity, zero, type Quantity } from '../../../src/domain/quantity';
import { useDatabase } from '../../postgres';
import { freshBook } from './fresh-book';
import { assertInvariants } from './invariants';
import { createPlanner, type Planner } from './planner';
import { addOrder, company, countLines, preparePlant, setStock, stockOf } from './small-plant';

const automatic = ['A', 'D', 'E'] as const;
/** Needs with nine decimals, some zero and some below: by-products. */
const need = fc
  .bigInt({ min: -2_000_000_000n, max: 20_000_000_000n })
  .map((parts) => quantity(decimalText(parts)));
const line = fc.record({ item: fc.constantFrom(...automatic), need });
const plan = fc.record({
  // An item may stand in many lines of one order: its stock is one.
  orders: fc.array(fc.array(line, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
  stock: fc.record({ A: fc.nat(60), D: fc.nat(60), E: fc.nat(60) }),
  rounds: fc.integer({ min: 1, max: 3 }),
  chunk: fc.integer({ min: 1, max: 4 }),
});

function decimalText(billionths: bigint): string {
  const sign = billionths < 0n ? '-' : '';
  const digits = (billionths < 0n ? -billionths : billionths).toString().padStart(10, '0');
  return `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

describe('releases and restores of many orders with many lines', () => {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  before(() => (pool = createPool(database.connectionString)));
  after(() => pool.end());

  async function addLines(number: number, lines: readonly { item: string; need: Quantity }[]): Promise<void> {
    await addOrder(pool, { number, lines: {}, start: `2026-11-2${number}` });
    await pool.query(
      `insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
       select o.company_id, o.order_id, l.line, l.item, '', '', 'PC', 1, false, l.need, o.start_on
         from production_order o, unnest($3::text[], $4::numeric[]) with ordinality as l(item, need, line)
        where o.company_id = $1 and o.number = $2`,
      [company, number, lines.map(({ item }) => item), lines.map((one) => one.need.toFixed())],
    );
    await countLines(pool);
  }

  /** One round: what is released has taken exactly its lines above zero, and a restore gives exactly that back. */
  async function thereAndBack(
    planner: Planner,
    orders: readonly (readonly { item: string; need: Quantity }[])[],
    atFirst: Readonly<Record<string, string>>,
  ): Promise<string[]> {
    const outcomes = await planner.release(...orders.map((_, index) => `2026/${index + 1}/0`));
    await assertInvariants(pool);
    const released = outcomes.filter(({ result }) => result === 'released').map(({ key }) => key);
    const taken = released.flatMap((key) => orders[Number(key.split('/')[1]) - 1] ?? []);
    const left = await stockOf(pool);
    for (const item of automatic) {
      const sum = taken
        .filter((one) => one.item === item && one.need.gt(zero))
        .reduce((total, one) => total.plus(one.need), zero);
      const expected = quantity(atFirst[item] ?? '0').minus(sum);
      assert.ok(
        quantity(left[item] ?? '0').eq(expected),
        `${item}: ${left[item]} is not ${expected.toFixed()}`,
      );
      assert.ok(!expected.isNegative(), `${item} is below zero`);
    }
    if (released.length > 0) await planner.restore(...released);
    await assertInvariants(pool);
    return released;
  }

  it('leave the stock to the last decimal as it was, and release the same orders every time', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ orders, stock, rounds, chunk }) => {
        await freshBook(pool, database.connectionString);
        for (const [index, lines] of orders.entries()) await addLines(index + 1, lines);
        await setStock(pool, { A: `${stock.A}.5`, D: `${stock.D}.000000001`, E: `${stock.E}` });
        const planner = createPlanner(pool, 'planner', chunk);
        const atFirst = await stockOf(pool);
        let first: string[] | undefined;
        for (let round = 0; round < rounds; round++) {
          const released = await thereAndBack(planner, orders, atFirst);
          assert.deepEqual(await stockOf(pool), atFirst);
          assert.deepEqual(released, (first ??= released));
        }
      }),
      { numRuns: 12, seed: 20261121 },
    );
  });
});

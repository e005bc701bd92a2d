import assert from 'node:assert/strict';
import type { DeclarationStep } from '../../../../src/domain/declaration/declaration';
import { quantity, zero } from '../../../../src/domain/quantity';
import type { OrderDetail } from '../../../../src/contract/orders';
import type { StoredOutcome } from '../../../../src/adapter/orderbook/order-book';
import { bookState } from '../fresh-book';
import { assertInvariants } from '../invariants';
import { codesOf, key } from '../planner';
import { addOrder, company, countLines, setStock } from '../small-plant';
import { usePlanner } from '../use-planner';

export const order = '2026/125/0';
/** Needs 100 of A, 3 of D and 50 of E, all automatic, and 25 of C, which is manual. */
export const ample = { A: '1000', D: '1000', E: '1000', B: '1000', C: '1000' };
export const released = { ...ample, A: '900', D: '997', E: '950' };

export const open = (
  amount: string,
  changes: Partial<DeclarationStep & { step: 'open' }> = {},
): DeclarationStep => ({
  ...{ step: 'open', quantity: quantity(amount), scrap: zero, closing: false },
  ...changes,
});
export const closing = (amount: string, operation?: number) => open(amount, { closing: true, operation });
export const register = (number = 1, lot?: string): DeclarationStep => ({ step: 'register', number, lot });
export const rollBack = (number = 1): DeclarationStep => ({ step: 'rollBack', number });
export const remove = (number = 1): DeclarationStep => ({ step: 'delete', number });

/** Gives the surrounding `describe` a book in which {@link order} has just been released. */
export function useShopFloor() {
  const { pool, planner } = usePlanner('anna');

  beforeEach('order 2026/125/0 is on the shop floor', async () => {
    await setStock(pool, ample);
    await addOrder(pool, { number: 125 });
    await planner.release(order);
  });

  /** The refusals of a step, which must have written nothing. */
  async function refused(step: DeclarationStep) {
    const before = await bookState(pool);
    const outcome = await planner.declare(order, step);
    assert.deepEqual([outcome.result, outcome.movements], ['refused', 0]);
    assert.deepEqual(await bookState(pool), before);
    return outcome.refusals;
  }

  const refusedCodes = async (step: DeclarationStep) => (await refused(step)).map(({ code }) => code);

  /** Takes steps that must be accepted, and gives the last outcome. */
  async function take(...steps: DeclarationStep[]): Promise<StoredOutcome | undefined> {
    let last: StoredOutcome | undefined;
    for (const step of steps) {
      last = await planner.declare(order, step);
      assert.deepEqual([last.result, codesOf(last)], ['declared', []]);
      await assertInvariants(pool);
    }
    return last;
  }

  async function detail(): Promise<OrderDetail> {
    const [found] = await planner.book.read(company, [key(order)]);
    assert.ok(found);
    return found;
  }

  async function addOperations(
    ...operations: [number: number, productive: boolean, movable: boolean, machine?: string][]
  ): Promise<void> {
    for (const [operation, productive, movable, machine = ''] of operations) {
      await pool.query(
        `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable, machine)
         select company_id, order_id, $1, '100', 'Work', start_on, end_on, $2, $3, $4 from production_order`,
        [operation, productive, movable, machine],
      );
    }
    await countLines(pool);
  }

  const setItem = (item: string, assignments: string) =>
    pool.query(`update item set ${assignments} where item = $1`, [item]);

  return {
    pool,
    planner,
    ...{ refused, refusedCodes, take, detail, addOperations, setItem },
  };
}

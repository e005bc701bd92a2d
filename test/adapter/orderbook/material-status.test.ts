import assert from 'node:assert/strict';
import { changeLine } from './fresh-book';
import { key } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

describe('the status of materials', () => {
  const { pool, planner } = usePlanner();

  const statusOf = async (...numbers: number[]) => {
    const keys = numbers.map((number) => key(`2026/${number}/0`));
    const statuses = await planner.book.materialStatuses(company, keys);
    return keys.map((of) => statuses.get(of));
  };
  const reserve = (number: number | null, quantity: string) =>
    pool.query(
      `insert into reservation (company_id, document, line, item, variant, warehouse, lot, quantity, order_id)
       values ($1, $2, 1, 'A', '', 'MAG1', '', $3,
               (select order_id from production_order where company_id = $1 and number = $4))`,
      [company, `DOC ${String(number)}`, quantity, number],
    );

  it('is complete when enough of all is there, partial of some, missing of none', async () => {
    await setStock(pool, { A: '10', D: '4.999' });
    await addOrder(pool, { number: 1, lines: { A: '10' } });
    await addOrder(pool, { number: 2, lines: { A: '10', D: '5' } });
    await addOrder(pool, { number: 3, lines: { A: '10.001', D: '5' } });
    assert.deepEqual(await statusOf(1, 2, 3), ['complete', 'partial', 'missing']);
  });

  it('looks at every order by itself: two may have the same pieces in view', async () => {
    await setStock(pool, { A: '10' });
    await addOrder(pool, { number: 1, lines: { A: '10' } });
    await addOrder(pool, { number: 2, lines: { A: '10' } });
    assert.deepEqual(await statusOf(1, 2), ['complete', 'complete']);
  });

  it('counts what is reserved for the order itself, and not what is reserved for others', async () => {
    await setStock(pool, { A: '10' });
    await addOrder(pool, { number: 1, lines: { A: '10' } });
    await addOrder(pool, { number: 2, lines: { A: '10' } });
    await reserve(1, '10');
    assert.deepEqual(await statusOf(1, 2), ['complete', 'missing']);
    await planner.release('2026/1/0');
    await setStock(pool, { A: '10' });
    assert.deepEqual(await statusOf(2), ['complete'], 'a released order has redeemed its reservation');
    await reserve(null, '1');
    assert.deepEqual(await statusOf(2), ['missing']);
  });

  it('is missing where no stock record is, and where no warehouse is found', async () => {
    await addOrder(pool, { number: 1, lines: { A: '1' } });
    await changeLine(pool, 1, 'A', { variant: 'red' });
    assert.deepEqual(await statusOf(1), ['missing']);
    await setStock(pool, { A: '5' });
    await changeLine(pool, 1, 'A', { variant: '', warehouse: 'MAG2', reason: 'CAR' });
    assert.deepEqual(await statusOf(1), ['missing']);
  });

  it('is complete where nothing is withdrawn, and not said of what is not launched or not there', async () => {
    await addOrder(pool, { number: 1, lines: {} });
    await addOrder(pool, { number: 2, lines: { A: '1' }, state: 'executive' });
    assert.deepEqual(await statusOf(1, 2, 99), ['complete', undefined, undefined]);
  });

  it('agrees with a release: complete is released, everything else is short', async () => {
    await setStock(pool, { A: '3', D: '3' });
    for (const [number, lines] of [
      { A: '3' },
      { A: '3', D: '4' },
      { D: '4' },
      { A: '1', D: '3' },
    ].entries()) {
      await addOrder(pool, { number: number + 1, lines });
    }
    const statuses = await statusOf(1, 2, 3, 4);
    for (const [at, status] of statuses.entries()) {
      const order = `2026/${at + 1}/0`;
      const [outcome] = await planner.release(order);
      assert.equal(outcome?.result, status === 'complete' ? 'released' : 'refused', order);
      if (outcome?.result === 'released') await planner.restore(order);
    }
  });
});

import assert from 'node:assert/strict';
import { quantity, zero } from '../../../src/domain/quantity';
import { addOrder, setStock } from './small-plant';
import { usePlanner } from './use-planner';

describe('the numbers of stock records', () => {
  const { pool, planner } = usePlanner('anna');

  beforeEach(async () => {
    await setStock(pool, { A: '1000', D: '1000', E: '1000', C: '1000' });
  });

  /** `warehouse number order reason` of every record. */
  async function records(): Promise<string[]> {
    const { rows } = await pool.query<{ record: string }>(
      `select r.warehouse || ' ' || r.record || ' ' || o.number || ' ' || r.reason as record
         from movement_record r join production_order o using (company_id, order_id) order by r.warehouse, r.posted_on, r.record`,
    );
    return rows.map(({ record }) => record);
  }

  it('follow the sequence in which the orders of a run are released, by warehouse', async () => {
    await addOrder(pool, { number: 1, start: '2026-11-25' });
    await addOrder(pool, { number: 2, start: '2026-11-23', lines: { A: '1' } });
    await addOrder(pool, { number: 3, start: '2026-11-24' });
    await planner.release('2026/1/0', '2026/2/0', '2026/3/0');
    assert.deepEqual(await records(), [
      ...['MAG1 1 2 SCP', 'MAG1 2 3 SCP', 'MAG1 3 1 SCP'],
      ...['MAG2 1 3 SCP', 'MAG2 2 1 SCP'],
    ]);
    await addOrder(pool, { number: 4, lines: { A: '1' } });
    await planner.release('2026/4/0');
    assert.ok((await records()).includes('MAG1 4 4 SCP'));
  });

  it('follow the reasons of what a declaration posts', async () => {
    await addOrder(pool, { number: 1, state: 'executive' });
    await planner.declare('2026/1/0', { step: 'open', quantity: quantity('50'), scrap: zero, closing: true });
    await planner.declare('2026/1/0', { step: 'register', number: 1 });
    assert.deepEqual(await records(), ['MAG1 1 1 CAR', 'MAG1 2 1 SCP']);
  });
});

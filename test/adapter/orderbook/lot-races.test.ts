import assert from 'node:assert/strict';
import { quantity, zero } from '../../../src/domain/quantity';
import { seed } from '../../seed';
import { assertInvariants } from './invariants';
import { addAnyOrders, releaseAndRestore, releaseShares, useRace } from './race';
import { addOrder, company, setStock } from './small-plant';

const numbers = Array.from({ length: 24 }, (_, index) => index + 1);

describe('several adapters on the same lots', () => {
  const { database, pools, planners } = useRace();

  beforeEach(async () => {
    await setStock(pools[0], { D: '60' });
    await pools[0].query(`update item set lot_managed = true where item in ('A', 'E')`);
    await pools[0].query(
      `insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, received_on)
       select $1, i.item, '', i.warehouse, 'L' || n, 20 + n, 20 + n, date '2026-10-01' + n
         from item i, generate_series(1, 8) n where i.company_id = $1 and i.item in ('A', 'E')`,
      [company],
    );
  });

  it(`take no lot below zero and every line whole, and nothing fails (seed ${seed})`, async () => {
    await addAnyOrders(pools[0], numbers, ['A', 'D', 'E'], 50);
    await releaseAndRestore(planners(), numbers, () => assertInvariants(database.pool));
    const { rows } = await pools[0].query<{ lot: string; on_hand: string }>(
      'select lot, on_hand::text from stock',
    );
    for (const { lot, on_hand: onHand } of rows) assert.ok(quantity(onHand).gte(zero), `${lot}: ${onHand}`);
  });

  it('give out every piece of all lots once, however many ask at once', async () => {
    // 8 lots hold 196 of A: 24 orders of 10 each, of which 19 find theirs.
    for (const number of numbers) await addOrder(pools[0], { number, lines: { A: '10' } });
    const outcomes = await releaseShares(planners(), numbers);
    assert.equal(outcomes.filter(({ result }) => result === 'released').length, 19);
    const { rows } = await pools[0].query<{ left: string }>(
      `select trim_scale(sum(on_hand))::text as left from stock where item = 'A'`,
    );
    assert.deepEqual(rows, [{ left: '6' }]);
  });
});

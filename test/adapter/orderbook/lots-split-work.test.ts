import assert from 'node:assert/strict';
import { instant } from '../../../src/domain/calendar';
import { handleConsumption } from './handled-warehouse';
import { assertInvariants } from './invariants';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

describe('lots, a split and picking work in one run', () => {
  const { pool, planner } = usePlanner();

  /** A is withdrawn and B fetched from lots; of E there is enough for 30 of the 50 pieces of the first order. */
  beforeEach(async () => {
    await handleConsumption(pool);
    await planner.book.setPolicy(
      { company, actor: 'anna', at: instant(new Date('2026-11-20T08:00:00Z')) },
      { shortage: 'split', reservation: 'partial', picking: 'work' },
      0,
    );
    await pool.query(`update item set lot_managed = true where item in ('A', 'B')`);
    for (const [item, lot, quantity, received] of [
      ...[['A', 'OLD', '50', '2026-10-01'] as const, ['A', 'NEW', '100', '2026-11-01'] as const],
      ...[['B', 'OLD', '10', '2026-10-01'] as const, ['B', 'NEW', '100', '2026-11-01'] as const],
    ])
      await pool.query(
        `insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, received_on)
         values ($1, $2, '', 'MAG1', $3, $4, $4, $5)`,
        [company, item, lot, quantity, received],
      );
    await setStock(pool, { E: '30' });
    await addOrder(pool, { number: 1, quantity: '50', lines: { A: '100', B: '50', E: '50' } });
    await addOrder(pool, {
      ...{ number: 2, quantity: '5', lines: { A: '20', B: '5' }, start: '2026-11-24' },
    });
  });

  const texts = async (query: string): Promise<string[]> =>
    (await pool.query<{ text: string }>(query)).rows.map(({ text }) => text);
  const withdrawn = () =>
    texts(`select concat_ws(' ', o.number || '/' || o.lot, m.item, nullif(m.lot, ''), trim_scale(m.quantity)) as text
             from movement m join production_order o using (company_id, order_id)
            order by o.number, o.lot, m.line, m.part`);
  const fetched = () =>
    texts(`select concat_ws(' ', o.number || '/' || o.lot, l.item, l.lot, trim_scale(l.quantity)) as text
             from work_line l join work w on w.company_id = l.company_id and w.number = l.work
             join production_order o on o.company_id = w.company_id and o.order_id = w.order_id
            where l.state = 'open' order by o.number, o.lot, l.line`);
  const stocks = () =>
    texts(`select concat_ws(' ', item, nullif(lot, ''), trim_scale(on_hand)) as text from stock
            where warehouse in ('MAG1', 'MAG2') order by item, received_on`);
  const orders = () =>
    texts(`select concat_ws(' ', number || '/' || lot, state, trim_scale(quantity)) as text
             from production_order order by number, lot`);

  it('each order takes the lots and is fetched what its part needs, in sequence; restored and merged all is as before', async () => {
    const before = [await stocks(), await orders()];
    const outcomes = await planner.release('2026/1/0', '2026/2/0');
    assert.deepEqual(
      outcomes.map(({ key, result, movements }) => [key, result, movements]),
      [
        ['2026/1/0', 'released', 3],
        ['2026/2/0', 'released', 1],
      ],
    );
    assert.deepEqual(await orders(), ['1/0 executive 30', '1/1 launched 20', '2/0 executive 5']);
    assert.deepEqual(await withdrawn(), ['1/0 A OLD 50', '1/0 A NEW 10', '1/0 E 30', '2/0 A NEW 20']);
    assert.deepEqual(await fetched(), ['1/0 B OLD 10', '1/0 B NEW 20', '2/0 B NEW 5']);
    assert.deepEqual(await stocks(), ['A OLD 0', 'A NEW 70', 'B OLD 10', 'B NEW 100', 'E 0']);
    await assertInvariants(pool);
    await planner.restore('2026/1/0', '2026/2/0');
    await assertInvariants(pool);
    assert.deepEqual([await withdrawn(), await fetched()], [[], []]);
    await planner.merge('2026/1/0');
    const [whole, rest, other] = await orders();
    assert.deepEqual([await stocks(), [whole, other]], before);
    assert.equal(rest, '1/1 historical 0');
  });
});

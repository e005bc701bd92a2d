import assert from 'node:assert/strict';
import { instant } from '../../../src/domain/calendar';
import { key, postingDate } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

describe('the shortages of a preview', () => {
  const { pool, planner } = usePlanner();

  beforeEach(
    'three orders of one job order that together need 160 of A, of which there are 100',
    async () => {
      await setStock(pool, { A: '100', D: '100' });
      await addOrder(pool, { number: 1, lines: { A: '60', D: '1' }, start: '2026-11-21' });
      await addOrder(pool, { number: 2, lines: { A: '60', D: '1' }, start: '2026-11-22' });
      await addOrder(pool, { number: 3, lines: { A: '50', D: '1' }, start: '2026-11-23' });
      await pool.query("update production_order set job_order = 'J1'");
    },
  );

  const incoming = (document: string, quantity: string, due: string, kind = 'purchase') =>
    pool.query('insert into incoming_supply values ($1, $2, 1, $3, $4, $5, $6, $7, $8)', [
      ...[company, document, kind, 'A', '', 'MAG1', quantity, due],
    ]);
  /** An open order that makes so much of A, ending on that day. */
  async function making(number: number, quantity: string, ends: string, jobOrder = '') {
    await addOrder(pool, { number, item: 'A', quantity, lines: {}, start: '2026-11-10' });
    await pool.query('update production_order set end_on = $1, job_order = $2 where number = $3', [
      ...[ends, jobOrder, number],
    ]);
  }

  async function preview() {
    const orders = ['2026/1/0', '2026/2/0', '2026/3/0'].map((order) => ({ key: key(order), version: 1 }));
    const moment = { company, actor: 'planner', at: instant(new Date('2026-11-20T09:00:00Z')) };
    return planner.book.preview({ kind: 'release', postingDate }, orders, moment);
  }

  it('say of each order what it needs, what is left when its turn comes, and what it lacks', async () => {
    const { shortages } = await preview();
    assert.deepEqual(
      shortages.map(({ item, warehouse, need, available, missing }) => [
        item,
        warehouse,
        need,
        available,
        missing,
      ]),
      [['A', 'MAG1', '170', '100', '70']],
    );
    assert.deepEqual(
      shortages[0]?.orders.map(({ key: order, need, available, short, feasibleOn }) => [
        ...[order, need, available, short, feasibleOn],
      ]),
      [
        ['2026/2/0', '60', '40', '20', null],
        ['2026/3/0', '50', '40', '10', null],
      ],
    );
    assert.deepEqual([shortages[0]?.supplies, shortages[0]?.maker], [[], null]);
  });

  it('say what comes in next, and the first day on which stock and supplies cover each order in sequence', async () => {
    await incoming('PO-2', '40', '2026-12-01');
    await incoming('PO-1', '30', '2026-11-25');
    const { shortages, outcomes } = await preview();
    assert.deepEqual(
      shortages[0]?.supplies.map(({ kind, document, quantity, on }) => [kind, document, quantity, on]),
      [
        ['purchase', 'PO-1', '30', '2026-11-25'],
        ['purchase', 'PO-2', '40', '2026-12-01'],
      ],
    );
    // 40 are left by the first order: 30 more cover the second, another 40 the third.
    assert.deepEqual(
      shortages[0].orders.map(({ feasibleOn }) => feasibleOn),
      ['2026-11-25', '2026-12-01'],
    );
    assert.deepEqual(
      outcomes.map(({ feasibleOn }) => feasibleOn),
      [undefined, '2026-11-25', '2026-12-01'],
    );
  });

  it('name the open order that makes it, of the same job order before any other', async () => {
    await making(11, '25', '2026-11-24');
    await making(12, '500', '2026-11-30', 'J1');
    const { shortages } = await preview();
    const [{ maker, orders } = { maker: null, orders: [] }] = shortages;
    assert.deepEqual([maker?.document, maker?.on, maker?.state], ['2026/11/0', '2026-11-24', 'launched']);
    assert.deepEqual(
      orders.map(({ subOrder, feasibleOn }) => [subOrder?.document, subOrder?.quantity, feasibleOn]),
      [
        ['2026/12/0', '500', '2026-11-24'],
        ['2026/12/0', '500', '2026-11-30'],
      ],
    );
  });

  it('count of an open order only what is left to make and not promised, in the warehouse it goes to', async () => {
    await making(11, '50', '2026-11-24');
    await making(12, '50', '2026-11-25');
    await pool.query('update production_order set quantity_produced = 30 where number = 11');
    await pool.query(
      `insert into output_reservation select company_id, 'SO-1', 1, order_id, 15 from production_order where number = 11`,
    );
    await pool.query("update production_order set deposit_warehouse = 'MAG2' where number = 12");
    const { shortages } = await preview();
    assert.deepEqual(
      shortages[0]?.supplies.map(({ document, quantity }) => [document, quantity]),
      [['2026/11/0', '5']],
    );
  });

  it('leave out orders that are done with', async () => {
    await making(11, '50', '2026-11-24');
    await pool.query("update production_order set state = 'fulfilled', origin = 'direct' where number = 11");
    assert.deepEqual((await preview()).shortages[0]?.supplies, []);
  });

  it('leave what the part of a split order takes to nobody', async () => {
    await pool.query("update company set shortage_policy = 'split'");
    await pool.query("update order_material set quantity_per = 1.2, quantity = 60 where item = 'A'");
    await incoming('PO-1', '30', '2026-11-25');
    const { shortages, outcomes } = await preview();
    assert.deepEqual(
      outcomes.map(({ result }) => result),
      ['released', 'released', 'refused'],
    );
    // The first takes 60, the part of the second 39.6: 0.4 and 30 do not cover the third.
    assert.deepEqual(
      shortages[0]?.orders.map(({ key: order, feasibleOn }) => [order, feasibleOn]),
      [['2026/3/0', null]],
    );
  });
});

import assert from 'node:assert/strict';
import { instant } from '../../../src/domain/calendar';
import { handleConsumption } from './handled-warehouse';
import { codesOf, key, onDays, postingDate } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

const [first, second, third] = ['2026/1/0', '2026/2/0', '2026/3/0'];
const later = '2026-12-01';

describe('a release that posts orders on days of their own', () => {
  const { pool, planner } = usePlanner('anna');

  beforeEach(async () => {
    await setStock(pool, { A: '1000', D: '1000', E: '1000' });
    for (const number of [1, 2, 3])
      await addOrder(pool, { number, start: `2026-11-2${number}`, lines: { A: '100', E: '10' } });
  });

  const preview = (days: Readonly<Record<string, string>>, ...orders: string[]) =>
    planner.book.preview(
      { kind: 'release', postingDate, postingDates: onDays(days) },
      orders.map((order) => ({ key: key(order), version: 1 })),
      { company, actor: 'anna', at: instant(new Date('2026-11-20T08:00:00Z')) },
    );
  /** `day warehouse number order` of every record. */
  async function records(): Promise<string[]> {
    const { rows } = await pool.query<{ record: string }>(
      `select r.posted_on || ' ' || r.warehouse || ' ' || r.record || ' ' || o.number as record
         from movement_record r join production_order o using (company_id, order_id)
        order by r.posted_on, r.warehouse, r.record`,
    );
    return rows.map(({ record }) => record);
  }

  it('numbers their stock records by warehouse and day, on from those that are there', async () => {
    await addOrder(pool, { number: 9, lines: { A: '1' } });
    await planner.releaseOn({ '2026/9/0': later }, '2026/9/0');
    const outcomes = await planner.releaseOn({ [second]: later }, first, second, third);
    assert.deepEqual(
      outcomes.map(({ result, movements }) => [result, movements]),
      [
        ['released', 2],
        ['released', 2],
        ['released', 2],
      ],
    );
    assert.deepEqual(await records(), [
      ...['2026-11-20 MAG1 1 1', '2026-11-20 MAG1 2 3', '2026-11-20 MAG2 1 1', '2026-11-20 MAG2 2 3'],
      ...[`${later} MAG1 1 9`, `${later} MAG1 2 2`, `${later} MAG2 1 2`],
    ]);
    await planner.restore(first, second, third);
    assert.deepEqual(await records(), [`${later} MAG1 1 9`]);
  });

  it('REL-11 refuses those alone whose own day is closed in a warehouse they post to', async () => {
    await pool.query('insert into closed_period values ($1, $2, $3, $3)', [company, 'MAG2', later]);
    await addOrder(pool, { number: 4, lines: { A: '1' }, start: '2026-11-24' });
    const days = { [second]: later, '2026/4/0': later };
    const told = (await preview(days, first, second, third, '2026/4/0')).outcomes;
    const outcomes = await planner.releaseOn(days, first, second, third, '2026/4/0');
    assert.deepEqual(outcomes.map(codesOf), [[], ['REL-11'], [], []]);
    assert.equal(outcomes[1]?.refusals[0]?.params['date'], later);
    assert.deepEqual(
      told.map(({ result, refusals, movements }) => ({ result, refusals, movements })),
      outcomes.map(({ result, refusals, movements }) => ({ result, refusals, movements })),
    );
  });

  it('REL-11 minds the day of all only for orders that are posted on it', async () => {
    await pool.query('insert into closed_period values ($1, $2, $3, $3)', [company, '', postingDate]);
    assert.deepEqual((await planner.releaseOn({ [second]: later }, first, second)).map(codesOf), [
      ['REL-11', 'REL-11'],
      [],
    ]);
    assert.deepEqual((await planner.releaseOn({ [first]: later }, first)).map(codesOf), [[]]);
  });

  describe('where lots are picked by expiry', () => {
    beforeEach(async () => {
      await pool.query(`delete from stock where item = 'A'`);
      await pool.query(`update item set lot_managed = true, lot_picking = 'expiry' where item = 'A'`);
      for (const [lot, expires] of [
        ['L1', '2026-11-25'],
        ['L2', '2027-01-31'],
      ])
        await pool.query(
          `insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, expires_on)
           values ($1, 'A', '', 'MAG1', $2, 150, 150, $3)`,
          [company, lot, expires],
        );
    });
    const lotsTaken = async () => {
      const { rows } = await pool.query<{ taken: string }>(
        `select o.number || ' ' || m.lot || ' ' || trim_scale(m.quantity) as taken
           from movement m join production_order o using (company_id, order_id)
          where m.item = 'A' order by o.number, m.part`,
      );
      return rows.map(({ taken }) => taken);
    };

    it('gives each the lots that are good on its day', async () => {
      await planner.releaseOn({ [first]: later }, first, second);
      assert.deepEqual(await lotsTaken(), ['1 L2 100', '2 L1 100']);
    });

    it('tells of one short on its day what its day knows, and when it can go then', async () => {
      await pool.query('insert into incoming_supply values ($1, $2, 1, $3, $4, $5, $6, $7, $8)', [
        ...[company, 'PO-1', 'purchase', 'A', '', 'MAG1', '200', '2026-11-24'],
      ]);
      const days = { [second]: later, [third]: later };
      const { outcomes, shortages } = await preview(days, first, second, third);
      assert.deepEqual(
        outcomes.map(({ result, feasibleOn }) => [result, feasibleOn]),
        [
          ['released', undefined],
          ['released', undefined],
          ['refused', later],
        ],
      );
      // 150 in the lot that is good then, and the 100 of the other one that the first order takes before.
      const [a] = shortages;
      assert.deepEqual([a?.item, a?.need, a?.available, a?.missing], ['A', '300', '250', '50']);
      assert.deepEqual((await planner.releaseOn(days, first, second, third)).map(codesOf), [
        [],
        [],
        ['REL-10'],
      ]);
    });
  });

  it('fetches for each from lots that are good on its day', async () => {
    await handleConsumption(pool);
    await planner.book.setPolicy(
      { company, actor: 'anna', at: instant(new Date('2026-11-20T08:00:00Z')) },
      { shortage: 'refuse', reservation: 'partial', picking: 'work' },
      0,
    );
    await pool.query(`update item set lot_managed = true, lot_picking = 'expiry' where item = 'B'`);
    for (const [lot, expires] of [
      ['L1', '2026-11-25'],
      ['L2', '2027-01-31'],
    ])
      await pool.query(
        `insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, expires_on)
         values ($1, 'B', '', 'MAG1', $2, 100, 100, $3)`,
        [company, lot, expires],
      );
    for (const number of [5, 6]) await addOrder(pool, { number, lines: { B: '50' } });
    await planner.releaseOn({ '2026/5/0': later }, '2026/5/0', '2026/6/0');
    const lotsOf = async (order: string) =>
      (await planner.book.work(company, key(order))).flatMap(({ lines }) => lines.map(({ lot }) => lot));
    assert.deepEqual([await lotsOf('2026/5/0'), await lotsOf('2026/6/0')], [['L2'], ['L1']]);
  });
});

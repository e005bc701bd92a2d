import assert from 'node:assert/strict';
import type { DeclarationStep } from '../../../src/domain/declaration/declaration';
import { instant } from '../../../src/domain/calendar';
import { quantity } from '../../../src/domain/quantity';
import { handleConsumption } from './handled-warehouse';
import { assertInvariants } from './invariants';
import { postingDate } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

const order = '2026/1/0';
const now = instant(new Date('2026-11-20T08:00:00Z'));

describe('the day a lot came', () => {
  const { pool, planner } = usePlanner('anna', () => now);

  async function putLot(item: string, lot: string, received: string | null, expires: string | null = null) {
    await pool.query(
      `insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, received_on, expires_on)
       values ($1, $2, '', 'MAG1', $3, 40, 40, $4, $5)`,
      [company, item, lot, received, expires],
    );
  }
  const manageByLot = (item: string, assignments = '') =>
    pool.query(`update item set lot_managed = true ${assignments} where item = $1`, [item]);

  /** `warehouse lot quantity came expires` of an item's lots. */
  async function lotsOf(item: string): Promise<string[]> {
    const { rows } = await pool.query<{ lot: string }>(
      `select concat_ws(' ', warehouse, lot, trim_scale(on_hand), coalesce(received_on::text, '?'), expires_on) as lot
         from stock where item = $1 order by warehouse, lot`,
      [item],
    );
    return rows.map(({ lot }) => lot);
  }

  describe('that an order makes', () => {
    beforeEach(async () => {
      await manageByLot('P', `, pickup_type = 'automatic', warehouse = 'MAG1', reason = 'SCP'`);
      await setStock(pool, { A: '1000' });
      await addOrder(pool, { number: 1, lines: { A: '50' }, quantity: '50' });
      await planner.release(order);
      await take({ step: 'open', quantity: quantity('50'), scrap: quantity('0'), closing: true });
    });
    const take = async (step: DeclarationStep) => {
      const { result, refusals } = await planner.declare(order, step);
      assert.deepEqual([result, refusals], ['declared', []]);
      await assertInvariants(pool);
    };
    const register = (lot: string) => take({ step: 'register', number: 1, lot });

    it('is the day it is posted: first in, first out takes what came before', async () => {
      await putLot('P', 'OLD', '2026-11-19');
      await register('A1');
      assert.deepEqual(await lotsOf('P'), [`MAG1 A1 50 ${postingDate}`, 'MAG1 OLD 40 2026-11-19']);
      await addOrder(pool, { number: 2, lines: { P: '60' } });
      await planner.release('2026/2/0');
      assert.deepEqual(await lotsOf('P'), [`MAG1 A1 30 ${postingDate}`, 'MAG1 OLD 0 2026-11-19']);
    });

    it('is forgotten with its rollback', async () => {
      await register('A1');
      await take({ step: 'rollBack', number: 1 });
      assert.deepEqual(await lotsOf('P'), ['MAG1 A1 0 ?']);
    });

    for (const [title, came] of [
      ['stays what it was where some of it lies there already', '2026-10-01'],
      ['stays unknown where nobody knows when that came which lies there', null],
    ] as const)
      it(title, async () => {
        await putLot('P', 'A1', came);
        await register('A1');
        assert.deepEqual(await lotsOf('P'), [`MAG1 A1 90 ${came ?? '?'}`]);
        await take({ step: 'rollBack', number: 1 });
        assert.deepEqual(await lotsOf('P'), [`MAG1 A1 40 ${came ?? '?'}`]);
      });
  });

  describe('that the warehouse moves', () => {
    beforeEach(async () => {
      await handleConsumption(pool);
      await planner.book.setPolicy(
        { company, actor: 'anna', at: now },
        { shortage: 'refuse', reservation: 'partial', picking: 'work' },
        0,
      );
      await manageByLot('B');
    });
    const confirm = async (line: number) => {
      const { result } = await planner.work(order, { step: 'confirm', work: 1, line });
      assert.equal(result, 'worked');
    };

    it('goes along to the input location, with its last good day, and back', async () => {
      await putLot('B', 'L1', '2026-10-05', '2027-01-31');
      await addOrder(pool, { number: 1, lines: { B: '30' } });
      await planner.release(order);
      await confirm(1);
      assert.deepEqual(await lotsOf('B'), [
        'LINE1 L1 30 2026-10-05 2027-01-31',
        'MAG1 L1 10 2026-10-05 2027-01-31',
      ]);
      await planner.work(order, { step: 'reverse', work: 1, line: 1 });
      assert.deepEqual(await lotsOf('B'), ['LINE1 L1 0 ?', 'MAG1 L1 40 2026-10-05 2027-01-31']);
    });

    it('counts as the oldest where nobody knows it, as in a release', async () => {
      await putLot('B', 'L1', '2026-10-05');
      await putLot('B', 'L2', null);
      await addOrder(pool, { number: 1, lines: { B: '50' } });
      await planner.release(order);
      const { rows } = await pool.query<{ lot: string }>('select lot from work_line order by line');
      assert.deepEqual(
        rows.map(({ lot }) => lot),
        ['L2', 'L1'],
      );
    });
  });
});

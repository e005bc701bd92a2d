import assert from 'node:assert/strict';
import { changeLine, countStock } from './fresh-book';
import { key } from './planner';
import { addOrder, company, countLines } from './small-plant';
import { usePlanner } from './use-planner';

const order = '2026/1/0';

describe('which material is withdrawn, and from where', () => {
  const { pool, planner } = usePlanner();

  beforeEach('an order that needs 5 A, and A in four warehouses', async () => {
    for (const name of ['LINE', 'SITE', 'ITEM', 'GEN']) {
      await pool.query(`insert into warehouse values ($1, $2, $2, 'S1', false)`, [company, name]);
      await pool.query(`insert into movement_reason values ($1, $2, $3, 'Withdrawal', 'unload', true)`, [
        ...[company, name, `R-${name}`],
      ]);
      await countStock(pool, { item: 'A', warehouse: name, quantity: '100' });
    }
    await addOrder(pool, { number: 1, lines: { A: '5' } });
    await changeLine(pool, 1, 'A', { warehouse: 'LINE', reason: 'R-LINE' });
    await setDefault('S1', 'SITE');
    await pool.query(`update item set warehouse = 'ITEM', reason = 'R-ITEM' where item = 'A'`);
    await setDefault('', 'GEN');
  });

  /** Where raw material is taken from at a site; site '' is every site. */
  const setDefault = (site: string, warehouse: string, section = 'raw_material') =>
    pool.query(
      `insert into withdrawal_default values ($1, $2, $3, $4, 'R-' || $4)
         on conflict (company_id, site, section) do update set warehouse = excluded.warehouse, reason = excluded.reason`,
      [company, site, section, warehouse],
    );
  const withoutLine = () => changeLine(pool, 1, 'A', { warehouse: null, reason: null });
  const withoutSite = () => pool.query(`delete from withdrawal_default where site = 'S1'`);
  const withoutItem = () => pool.query(`update item set warehouse = null, reason = null where item = 'A'`);

  /** Releases the order and says what it withdrew. What its details and its preview announced must be the same. */
  async function withdrawn(): Promise<string[]> {
    const [detail] = await planner.book.read(company, [key(order)]);
    const [outcome] = await planner.release(order);
    assert.equal(outcome?.result, 'released', JSON.stringify(outcome?.refusals));
    const movements = await planner.movementsOf(order);
    const announced = (detail?.materials ?? [])
      .filter(({ reason }) => reason !== null)
      .map((m) => `${m.warehouse}/${m.reason} ${m.item} ${m.quantity}`);
    assert.deepEqual(announced, movements);
    return movements;
  }

  it('from the warehouse of the line before all others', async () => {
    assert.deepEqual(await withdrawn(), ['LINE/R-LINE A 5']);
  });

  it("from the site's warehouse when the line names none", async () => {
    await withoutLine();
    assert.deepEqual(await withdrawn(), ['SITE/R-SITE A 5']);
  });

  it("from the item's warehouse when neither line nor site name one", async () => {
    await Promise.all([withoutLine(), withoutSite()]);
    assert.deepEqual(await withdrawn(), ['ITEM/R-ITEM A 5']);
  });

  it('from the general warehouse when nobody else names one', async () => {
    await Promise.all([withoutLine(), withoutSite(), withoutItem()]);
    assert.deepEqual(await withdrawn(), ['GEN/R-GEN A 5']);
  });

  it("not from another site's warehouse", async () => {
    await Promise.all([withoutLine(), withoutItem()]);
    await pool.query(`insert into site values ('${company}', 'S2', 'Other plant')`);
    await pool.query(`update production_order set site = 'S2'`);
    assert.deepEqual(await withdrawn(), ['GEN/R-GEN A 5']);
  });

  it('from the general warehouse when the order has no site', async () => {
    await Promise.all([withoutLine(), withoutItem()]);
    await pool.query(`update production_order set site = ''`);
    assert.deepEqual(await withdrawn(), ['GEN/R-GEN A 5']);
  });

  for (const procurement of ['production', 'subcontract']) {
    it(`from the warehouse for unfinished products when the material comes from ${procurement}`, async () => {
      await Promise.all([withoutLine(), withoutSite(), withoutItem(), setDefault('', 'SITE', 'unfinished')]);
      await pool.query(`update item set procurement = $1 where item = 'A'`, [procurement]);
      assert.deepEqual(await withdrawn(), ['SITE/R-SITE A 5']);
    });
  }

  for (const pickupType of ['manual', 'with_list']) {
    it(`nothing, when the item became ${pickupType} after the order was made`, async () => {
      await pool.query(`update item set pickup_type = $1 where item = 'A'`, [pickupType]);
      assert.deepEqual(await withdrawn(), []);
    });
  }

  it('what became automatic after the order was made', async () => {
    await addOrder(pool, { number: 2, lines: { C: '3' } });
    await pool.query(`update item set pickup_type = 'automatic' where item = 'C'`);
    await countStock(pool, { item: 'C', warehouse: 'MAG1', quantity: '10' });
    await withoutSite();
    await planner.release('2026/2/0');
    assert.deepEqual(await planner.movementsOf('2026/2/0'), ['MAG1/SCP C 3']);
  });

  it('back what was in fact posted, whatever the item has become since', async () => {
    await withdrawn();
    await pool.query(`update item set pickup_type = 'manual', warehouse = 'GEN' where item = 'A'`);
    await withoutLine();
    const [outcome] = await planner.restore(order);
    assert.deepEqual([outcome?.result, outcome?.movements], ['restored', 1]);
    const { rows } = await pool.query('select distinct on_hand::text as on_hand from stock');
    assert.deepEqual(rows, [{ on_hand: '100' }]);
  });

  it('never a line of quantity zero', async () => {
    await changeLine(pool, 1, 'A', { quantity: '0' });
    assert.deepEqual((await planner.release(order))[0]?.result, 'released');
    assert.deepEqual(await planner.movementsOf(order), []);
  });

  it('a line below zero, what an order yields beside its output: never, and it covers no need', async () => {
    await addOrder(pool, { number: 2, lines: { A: '-3', D: '5' } });
    await changeLine(pool, 2, 'A', { warehouse: 'GEN', reason: 'R-GEN' });
    await addLine(2, 20, 'A', '101');
    await countStock(pool, { item: 'D', warehouse: 'SITE', quantity: '5' });
    const [refused] = await planner.release('2026/2/0');
    // 101 of the 100 in the warehouse of the site: the 3 that come out of the order do not help.
    assert.deepEqual(
      refused?.refusals.map(({ code, params }) => [code, params['short']]),
      [['REL-10', '1']],
    );
    await pool.query(`update order_material set quantity = 100 where quantity = 101`);
    const [released] = await planner.release('2026/2/0');
    assert.deepEqual([released?.result, released?.movements], ['released', 2]);
    assert.deepEqual(await planner.movementsOf('2026/2/0'), ['SITE/R-SITE D 5', 'SITE/R-SITE A 100']);
  });

  it('all lines of one stock, added up', async () => {
    await addLine(1, 20, 'A', '96');
    await changeLine(pool, 1, 'A', { warehouse: 'LINE', reason: 'R-LINE' });
    const [refused] = await planner.release(order);
    assert.deepEqual(
      refused?.refusals.map(({ code, params }) => [code, params['need'], params['short']]),
      [['REL-10', '101', '1']],
    );
    await pool.query(`update order_material set quantity = 95 where quantity = 96`);
    assert.equal((await planner.release(order))[0]?.result, 'released');
  });

  it('never what is not stock-managed, which is never short either', async () => {
    await pool.query(`update item set stock_managed = false where item = 'A'`);
    await changeLine(pool, 1, 'A', { quantity: '1000000' });
    assert.deepEqual(await withdrawn(), []);
  });

  describe("where the machine of the line's operation stands in a site of its own", () => {
    beforeEach('machine M1 in site S2, which withdraws from MACH', async () => {
      await pool.query(`
        insert into warehouse values ('${company}', 'MACH', 'MACH', 'S2', false);
        insert into movement_reason values ('${company}', 'MACH', 'R-MACH', 'Withdrawal', 'unload', true);
        insert into site values ('${company}', 'S2', 'Other plant');
        insert into machine values ('${company}', 'M1', 'Press', '100', 'S2');
        insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive,
                                     movable, machine)
        select company_id, order_id, 10, '100', 'Press', start_on, end_on, true, true, 'M1' from production_order;
        update order_material set operation = 10`);
      await countLines(pool);
      await countStock(pool, { item: 'A', warehouse: 'MACH', quantity: '100' });
      await setDefault('S2', 'MACH');
      await Promise.all([withoutLine(), withoutSite(), withoutItem()]);
    });

    it('from the warehouse of that site when neither line, site nor item name one', async () => {
      assert.deepEqual(await withdrawn(), ['MACH/R-MACH A 5']);
    });

    it("from the item's warehouse before it", async () => {
      await pool.query(`update item set warehouse = 'ITEM', reason = 'R-ITEM' where item = 'A'`);
      assert.deepEqual(await withdrawn(), ['ITEM/R-ITEM A 5']);
    });

    it('from the general warehouse when the line belongs to no operation', async () => {
      await pool.query('update order_material set operation = null');
      assert.deepEqual(await withdrawn(), ['GEN/R-GEN A 5']);
    });

    it('from the general warehouse when the machine stands in no site', async () => {
      await pool.query(`update machine set site = ''`);
      assert.deepEqual(await withdrawn(), ['GEN/R-GEN A 5']);
    });
  });

  /** A further line of order `number`. */
  async function addLine(number: number, line: number, item: string, quantity: string): Promise<void> {
    await pool.query(
      `insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
       select company_id, order_id, $3, $4, '', '', 'PC', 1, false, $5, start_on from production_order
        where company_id = $1 and number = $2`,
      [company, number, line + 100, item, quantity],
    );
    await countLines(pool);
  }
});

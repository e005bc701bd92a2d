import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { useDatabase } from '../../postgres';
import { changeLine, countStock, freshBook } from './fresh-book';
import { assertInvariants } from './invariants';
import { createPlanner, key, type Planner } from './planner';
import { addOrder, company, preparePlant } from './small-plant';

const order = '2026/1/0';

describe('which material is withdrawn, and from where', () => {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  let planner: Planner;

  before(() => {
    pool = createPool(database.connectionString);
    planner = createPlanner(pool);
  });
  after(() => pool.end());
  beforeEach('an order that needs 5 A, and A in four warehouses', async () => {
    await freshBook(pool, database.connectionString);
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
  afterEach('the book is sound', () => assertInvariants(pool));

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

  it('never what is not stock-managed', async () => {
    await pool.query(`update item set stock_managed = false where item = 'A'`);
    assert.deepEqual(await withdrawn(), []);
  });

  it('never a line of quantity zero', async () => {
    await changeLine(pool, 1, 'A', { quantity: '0' });
    assert.deepEqual((await planner.release(order))[0]?.result, 'released');
    assert.deepEqual(await planner.movementsOf(order), []);
  });
});

import assert from 'node:assert/strict';
import { shortagePicture } from '../../src/addin/taskpane/shortage/shortage-picture';
import { dayOfSerial } from '../../src/addin/sync/cells';
import { calendarDate } from '../../src/domain/calendar';
import type { OrderKey } from '../../src/domain/order';
import { useAdapter } from '../adapter/http/adapter';
import { setStock } from '../adapter/orderbook/small-plant';
import { rowsOf, useWorkbook } from './excel/workbook';
import { usePaneAtAdapter } from './pane-at-adapter';

const today = calendarDate('2026-11-20');

describe('shortages in pane and sheet', () => {
  const adapter = useAdapter();
  const workbook = useWorkbook();
  const desk = usePaneAtAdapter(adapter, workbook);
  const { pane, state } = desk;

  before('three orders, one of which fits with the first, and a purchase under way', async () => {
    await adapter.add(
      { number: 1, lines: { A: '60' } },
      { number: 2, lines: { A: '60' } },
      { number: 3, lines: { A: '40' } },
    );
    await setStock(adapter.pool, { A: '100' });
    await adapter.pool.query(`
      update item set description = '=cmd|x' where item = 'A';
      insert into incoming_supply values ('IT', '-PO-1', 1, 'purchase', 'A', '', 'MAG1', 80, '2026-11-27')`);
  });
  beforeEach('mark all orders', async () => {
    await pane.actions.search();
    await pane.actions.mark('release', 'visible');
    await pane.actions.previewAsStockAllows();
  });
  afterEach('nothing went wrong', () => assert.equal(state().trouble, null));

  it('says in the row what is left as it is, for want of what, and the first day it can go', async () => {
    const [, second] = await rowsOf('values', 'Orders');
    const said = String(second?.['Result']);
    assert.match(said, /^Would be passed over: REL-10 A, MAG1: need 60 PC, available 40, short 20/);
    assert.match(said, /First possible on .*27/);
  });

  it('writes a row for each order a material is short for, with text as text, and says that no chart could be drawn', async () => {
    assert.equal(await pane.actions.writeShortages(), false);
    const rows = await rowsOf('values', 'Shortages');
    assert.equal(rows.length, 1);
    const { Key, ...row } = rows[0] ?? {};
    assert.deepEqual(row, {
      ...{ Item: 'A', Description: '=cmd|x', Warehouse: 'MAG1', Lot: '', Order: '2026/2/0', Need: 60 },
      ...{ Available: 40, Short: 20, Unit: 'PC', 'Next supply': 'Purchase -PO-1', Coming: 80 },
      ...{ 'Supply on': row['Supply on'], 'Made by': '', 'Made by: end': '' },
      ...{ 'Material on': row['Material on'], 'Order from': row['Order from'] },
    });
    for (const header of ['Supply on', 'Material on', 'Order from'])
      assert.equal(dayOfSerial(rows[0]?.[header], 1900), '2026-11-27');
    assert.match(String(Key), /2026\/2\/0/);
  });

  it('takes the place of the shortages before, in Italian as well', async () => {
    await pane.actions.writeShortages();
    desk.language = 'it';
    await pane.actions.writeShortages();
    const rows = await rowsOf('values', 'Shortages');
    assert.deepEqual(
      rows.map((row) => Object.values(row)[9]),
      ['Acquisto -PO-1'],
    );
  });

  it('commits what was previewed', async () => {
    await pane.actions.commit();
    const { result } = state();
    assert.deepEqual(
      result?.outcomes.map(({ result: became }) => became),
      ['released', 'skipped', 'released'],
    );
    const [, second] = await rowsOf('values', 'Orders');
    assert.match(String(second?.['Result']), /^Passed over: A, MAG1/);
  });

  it('explains an order', async () => {
    const { release } = await pane.actions.explain('2026/2/0' as OrderKey);
    assert.equal(release.find(({ code }) => code === 'REL-05')?.verdict, 'pass');
  });
});

describe('the picture of shortages', () => {
  const shortage = {
    ...{ item: 'A', variant: '', description: '', warehouse: 'MAG1', lot: '', unit: 'PC' },
    ...{ need: '100', available: '25', missing: '75', moreSupplies: 0, maker: null },
    supplies: [
      { kind: 'purchase', document: 'PO-1', quantity: '50', on: calendarDate('2026-11-25'), state: null },
      { kind: 'purchase', document: 'PO-2', quantity: '50', on: calendarDate('2026-11-30'), state: null },
    ],
    orders: [{ key: '2026/1/0' as OrderKey, need: '100', available: '25', short: '75', subOrder: null }],
  } as const;
  const of = (feasibleOn: string | null) => {
    const on = feasibleOn === null ? null : calendarDate(feasibleOn);
    const orders = shortage.orders.map((order) => ({ ...order, feasibleOn: on }));
    return shortagePicture([{ ...shortage, supplies: [...shortage.supplies], orders }], today);
  };

  it('puts arrivals and the day of cover between today and the last day', () => {
    const { rows, last } = of('2026-11-30');
    assert.equal(last, '2026-11-30');
    assert.deepEqual(
      rows.map(({ covered, arrivals, coveredAt, coveredOn }) => [covered, arrivals, coveredAt, coveredOn]),
      [[0.25, [0.5, 1], 1, '2026-11-30']],
    );
  });

  it('knows no day where one of the orders is never covered', () => {
    assert.deepEqual(
      of(null).rows.map(({ coveredAt }) => coveredAt),
      [null],
    );
  });
});

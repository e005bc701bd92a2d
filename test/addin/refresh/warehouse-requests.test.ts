import assert from 'node:assert/strict';
import { newKey, useAdapter } from '../../adapter/http/adapter';
import { rowsOf, useWorkbook } from '../excel/workbook';
import { usePaneAtAdapter } from '../pane-at-adapter';

describe('the sheet of warehouse requests', () => {
  const adapter = useAdapter();
  const workbook = useWorkbook();
  const desk = usePaneAtAdapter(adapter, workbook);
  const { pane, state } = desk;

  before('an order that is released, with two materials by list in a warehouse that picks', async () => {
    await adapter.pool.query(`
      update item set pickup_type = 'with_list', description = '=cmd|x' where item = 'D';
      update warehouse set consumption_handling = 'inventory_pick' where warehouse = 'MAG1'`);
    await adapter.add({ number: 1, lines: { B: '7.5', D: '-3', C: '2' } });
    const payload = { command: 'release', orders: [{ key: '2026/1/0', version: 1 }] };
    const reply = await adapter.send('POST', '/api/runs', { key: newKey(), payload });
    assert.equal(reply.statusCode, 200, reply.body);
  });
  afterEach('nothing went wrong', () => assert.equal(state().trouble, null));

  const pick = (to: string) =>
    adapter.pool.query(`update order_material set picked = ${to} where item = 'B'`);
  const shown = async () =>
    (await rowsOf('values', 'WarehouseRequests')).map((row) => Object.values(row).slice(0, -1));

  it('says what is to be picked and put away, for which order, with text as text', async () => {
    assert.equal(await pane.actions.loadRequests(false), 2);
    assert.deepEqual(Object.keys((await rowsOf('values', 'WarehouseRequests'))[0] ?? {}), [
      ...['Request', 'Order', 'Line', 'Warehouse', 'Item', 'Description', 'Lot', 'Qty', 'Remaining', 'Unit'],
      ...['Handled', 'Run', 'Key'],
    ]);
    const place = 'MAG1 Raw material';
    assert.deepEqual(await shown(), [
      ['Pick of materials', '2026/1/0', 10, place, 'B', 'Material B', '', 7.5, 7.5, 'PC', '', 1],
      ['Put-away of by-product', '2026/1/0', 20, place, 'D', '=cmd|x', '', 3, 3, 'PC', '', 1],
    ]);
  });

  it('takes the place of what was there, with or without what is done, in Italian as well', async () => {
    await pane.actions.loadRequests(false);
    await pick('7.5');
    assert.equal(await pane.actions.loadRequests(false), 1);
    assert.deepEqual(
      (await shown()).map(([request]) => request),
      ['Put-away of by-product'],
    );
    desk.language = 'it';
    assert.equal(await pane.actions.loadRequests(true), 2);
    assert.deepEqual(
      (await shown()).map((row) => [row[0], row[8], row[10]]),
      [
        ['Prelievo di materiali', 0, 'sì'],
        ['Stoccaggio del sottoprodotto', 3, ''],
      ],
    );
    await pick('0');
  });

  it('is emptied when the workbook turns to another company', async () => {
    await pane.actions.loadRequests(false);
    await workbook.sheet.changeCompany('DE');
    assert.deepEqual(
      (await shown()).map((row) => row.join('')),
      [''],
    );
  });
});

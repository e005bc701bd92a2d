import assert from 'node:assert/strict';
import { type HeadlessExcel, createHeadlessExcel } from '../../src/workbench/transport/headless';
import { failure } from './failure';
import { ORDERS, writeOrders } from './orders-sheet';

describe('Tables on the headless workbook', () => {
  let excel: HeadlessExcel;

  beforeEach(async () => {
    excel = createHeadlessExcel();
    await writeOrders(excel);
  });

  afterEach(() => {
    excel.dispose();
  });

  it('knows its parts', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      const parts = [table.getRange(), table.getHeaderRowRange(), table.getDataBodyRange()];
      const qty = table.columns.getItem('Qty');
      const lanes = [qty.getRange(), qty.getHeaderRowRange(), qty.getDataBodyRange()];
      for (const range of [...parts, ...lanes]) range.load('address');
      table.load('name, style, showTotals, showBandedRows, worksheet/name');
      table.columns.load('items/name, items/index, count');
      table.rows.load('count');
      await context.sync();
      assert.deepEqual(
        [...parts, ...lanes].map((range) => range.address),
        ['Orders!A1:E5', 'Orders!A1:E1', 'Orders!A2:E5', 'Orders!C1:C5', 'Orders!C1', 'Orders!C2:C5'],
      );
      assert.deepEqual(
        table.columns.items.map((column) => column.name),
        ORDERS[0],
      );
      assert.equal(table.rows.count, 4);
      assert.equal(table.worksheet.name, 'Orders');
      assert.equal(table.showTotals, false);
    });
  });

  it('finds columns by id after they were renamed', async () => {
    await excel.Excel.run(async (context) => {
      const column = context.workbook.tables.getItem('Orders').columns.getItem('Qty');
      column.load('id');
      await context.sync();
      column.name = 'Quantity';
      const again = context.workbook.tables.getItem('Orders').columns.getItem(column.id);
      again.load('name');
      const header = again.getHeaderRowRange();
      header.load('values');
      await context.sync();
      assert.equal(again.name, 'Quantity');
      assert.deepEqual(header.values, [['Quantity']]);
    });
  });

  it('refuses a second table of the same name, and one over another', async () => {
    const named = await failure(() =>
      excel.Excel.run(async (context) => {
        context.workbook.tables.add('Sheet1!A1:B2', true).name = 'orders';
        await context.sync();
      }),
    );
    assert.equal(named.code, 'ItemAlreadyExists');
    const overlapping = await failure(() =>
      excel.Excel.run(async (context) => {
        context.workbook.tables.add('Orders!E5:G9', true);
        await context.sync();
      }),
    );
    assert.equal(overlapping.code, 'InvalidOperation');
  });

  it('takes in rows written under it, with formats, dropdowns, conditional formats and calculated columns', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      const sheet = table.worksheet;
      sheet.getRange('F1:F5').formulas = [['Twice'], ['=C2*2'], ['=C3*2'], ['=C4*2'], ['=C5*2']];
      sheet.getRange('D2:D5').numberFormat = Array.from({ length: 4 }, () => ['dd/mm/yyyy']);
      const action = table.columns.getItem('Action').getDataBodyRange();
      action.dataValidation.rule = { list: { inCellDropDown: true, source: 'REL,RES' } };
      const format = action.conditionalFormats.add('CellValue');
      format.cellValue.rule = { formula1: '="REL"', operator: 'EqualTo' };
      await context.sync();

      table.getDataBodyRange().getRowsBelow(2).getCell(0, 0).getResizedRange(1, 3).values = [
        ["'2026/5/1", 'Frame', 50, 46004],
        ["'2026/6/1", 'Wheel', 60, 46005],
      ];
      const range = table.getRange();
      range.load('address');
      const body = sheet.getRange('A6:F7');
      body.load('values, numberFormat, text');
      const dropdown = sheet.getRange('E7').dataValidation;
      dropdown.load('type');
      const formats = sheet.getRange('E7').conditionalFormats;
      formats.load('items/type');
      await context.sync();
      assert.equal(range.address, 'Orders!A1:F7');
      assert.deepEqual(body.values, [
        ['2026/5/1', 'Frame', 50, 46004, '', 100],
        ['2026/6/1', 'Wheel', 60, 46005, '', 120],
      ]);
      assert.equal(body.text[0]?.[3], '13/12/2025');
      assert.equal(dropdown.type, 'List');
      assert.equal(formats.items.length, 1);
    });
  });

  it('grows and shrinks to a new range, and keeps the columns it knows', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      const item = table.columns.getItem('Item');
      item.load('id');
      await context.sync();
      table.resize('A1:F7');
      table.columns.load('items/name, items/id');
      await context.sync();
      assert.deepEqual(
        table.columns.items.map((column) => column.name),
        [...(ORDERS[0] ?? []), 'Column1'],
      );
      assert.equal(table.columns.items[1]?.id, item.id);
      table.resize('A1:D3');
      table.rows.load('count');
      table.columns.load('count');
      await context.sync();
      assert.deepEqual([table.rows.count, table.columns.count], [2, 4]);
    });
    const error = await failure(() =>
      excel.Excel.run(async (context) => {
        context.workbook.tables.getItem('Orders').resize('A2:D9');
        await context.sync();
      }),
    );
    assert.equal(error.code, 'InvalidArgument');
  });

  it('loses the rows that are deleted', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.getDataBodyRange().getRow(1).getResizedRange(1, 0).getEntireRow().delete('Up');
      const body = table.getDataBodyRange();
      body.load('values');
      await context.sync();
      assert.deepEqual(
        body.values.map((row) => row[0] as unknown),
        ['2026/1/1', '2026/4/1'],
      );
    });
  });

  it('adds rows and columns', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.rows.add(-1, [['2026/5/1', 'Bell', 1, 46000, '']]);
      table.rows.add(0, [['2026/9/1', 'Bell', 1, 46000, '']]);
      table.columns.add(1, undefined, 'Note');
      const column = table.columns.getItem('Order').getDataBodyRange();
      const header = table.getHeaderRowRange();
      column.load('values');
      header.load('values');
      await context.sync();
      assert.deepEqual(
        column.values.map((row) => row[0] as unknown),
        ['2026/9/1', '2026/1/1', '2026/2/1', '2026/3/1', '2026/4/1', '2026/5/1'],
      );
      assert.deepEqual(header.values, [['Order', 'Note', 'Item', 'Qty', 'Due', 'Action']]);
      table.columns.getItem('Note').delete();
      table.columns.load('items/name');
      await context.sync();
      assert.deepEqual(
        table.columns.items.map((item) => item.name),
        ORDERS[0],
      );
    });
  });

  it('sorts whole rows', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.sort.apply([
        { key: 1, ascending: true },
        { key: 2, ascending: false },
      ]);
      const body = table.getDataBodyRange();
      body.load('values');
      await context.sync();
      assert.deepEqual(
        body.values.map((row) => row.slice(0, 3) as unknown[]),
        [
          ['2026/3/1', 'Frame', 30],
          ['2026/1/1', 'Frame', 10],
          ['2026/4/1', 'Saddle', 40],
          ['2026/2/1', 'Wheel', 20],
        ],
      );
    });
  });

  it('shows a total row under the body', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.columns.getItem('Action').delete();
      table.columns.getItem('Due').delete();
      table.showTotals = true;
      const [totals, range] = [table.getTotalRowRange(), table.getRange()];
      totals.load('values');
      range.load('address');
      await context.sync();
      assert.deepEqual(totals.values, [['Total', '', 100]]);
      assert.equal(range.address, 'Orders!A1:C6');
    });
  });

  it('leaves its cells when it becomes a range', async () => {
    await excel.Excel.run(async (context) => {
      const range = context.workbook.tables.getItem('Orders').convertToRange();
      range.load('address, values');
      const gone = context.workbook.tables.getItemOrNullObject('Orders');
      await context.sync();
      assert.equal(gone.isNullObject, true);
      assert.deepEqual(range.values, ORDERS);
    });
  });
});

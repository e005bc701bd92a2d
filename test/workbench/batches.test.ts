import assert from 'node:assert/strict';
import { type HeadlessExcel, createHeadlessExcel } from '../../src/workbench/transport/headless';
import { failure } from './failure';

describe('A batch of office.js on the headless workbook', () => {
  let excel: HeadlessExcel;

  beforeEach(() => {
    excel = createHeadlessExcel();
  });

  afterEach(() => {
    excel.dispose();
  });

  it('writes and reads cells within one sync', async () => {
    await excel.Excel.run(async (context) => {
      const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:B2');
      range.values = [
        ['Item', 'Qty'],
        ['A', 2],
      ];
      range.load('values, address');
      await context.sync();
      assert.deepEqual(range.values, [
        ['Item', 'Qty'],
        ['A', 2],
      ]);
      assert.equal(range.address, 'Sheet1!A1:B2');
    });
  });

  it('keeps what was done before the action that fails, and does nothing after it', async () => {
    const error = await failure(() =>
      excel.Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet();
        sheet.getRange('A1').values = [['before']];
        context.workbook.worksheets.getItem('Nowhere').activate();
        sheet.getRange('A2').values = [['after']];
        await context.sync();
      }),
    );
    assert.equal(error.code, 'ItemNotFound');
    const area = { row: 0, column: 0, rows: 2, columns: 1 };
    assert.deepEqual(excel.workbook.activeSheet.values(area), [['before'], ['']]);
  });

  it("names the failing statement in office.js's own debug information", async () => {
    const error = await failure(() =>
      excel.Excel.run(async (context) => {
        context.workbook.tables.getItem('Orders').load('name');
        await context.sync();
      }),
    );
    assert.equal(error.code, 'ItemNotFound');
    assert.equal(error.debugInfo.errorLocation, 'TableCollection.getItem');
    assert.match(String(error.debugInfo.statement), /tables\.getItem/);
  });

  it('adds an object once, though office.js names it twice', async () => {
    await excel.Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.add('Orders');
      const range = sheet.getRange('A1');
      range.load('address');
      await context.sync();
      assert.equal(range.address, 'Orders!A1');
    });
    assert.deepEqual(
      excel.workbook.sheets.map((sheet) => sheet.name),
      ['Sheet1', 'Orders'],
    );
  });

  it('answers a null object for what is not there, and for everything asked of it', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItemOrNullObject('Orders');
      const column = table.columns.getItemOrNullObject('Qty');
      const body = column.getDataBodyRange();
      table.load('name');
      body.load('values');
      await context.sync();
      assert.equal(table.isNullObject, true);
      assert.equal(column.isNullObject, true);
      assert.equal(body.isNullObject, true);
    });
  });

  it('refuses to read what was not loaded', async () => {
    const error = await failure(() =>
      excel.Excel.run(async (context) => {
        const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1');
        range.load('address');
        await context.sync();
        return range.values;
      }),
    );
    assert.equal(error.code, 'PropertyNotLoaded');
  });

  it('loads collections with the selected properties of their items, and nested ones', async () => {
    excel.workbook.addSheet('Orders');
    await excel.Excel.run(async (context) => {
      const { worksheets } = context.workbook;
      worksheets.load('items/name, items/visibility');
      const range = worksheets.getItem('Orders').getRange('B2:C3');
      range.load('rowCount, worksheet/name, format/fill/color');
      await context.sync();
      assert.deepEqual(
        worksheets.items.map((sheet) => [sheet.name, sheet.visibility]),
        [
          ['Sheet1', 'Visible'],
          ['Orders', 'Visible'],
        ],
      );
      assert.throws(() => worksheets.items[0]?.position, /PropertyNotLoaded|not available/);
      assert.equal(range.rowCount, 2);
      assert.equal(range.worksheet.name, 'Orders');
      assert.equal(range.format.fill.color, '#FFFFFF');
    });
  });

  it('forgets the ranges of a run when it has ended', async () => {
    await excel.Excel.run(async (context) => {
      const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1');
      range.load('values');
      await context.sync();
      assert.equal(excel.host.interpreter.references.size, 1);
    });
    await excel.Excel.run((context) => context.sync());
    assert.equal(excel.host.interpreter.references.size, 0);
  });

  it('moves a tracked range with rows that are inserted between two syncs', async () => {
    const sheet = excel.workbook.activeSheet;
    sheet.write(4, 0, [['mark']]);
    await excel.Excel.run(async (context) => {
      const range = context.workbook.worksheets.getActiveWorksheet().getRange('A5');
      range.load('address');
      await context.sync();
      sheet.insertRows(1, 3);
      range.load('address, values');
      await context.sync();
      assert.equal(range.address, 'Sheet1!A8');
      assert.deepEqual(range.values, [['mark']]);
    });
  });

  it('cuts a big write into chunks and reads it back whole', async () => {
    const rows = Array.from({ length: 2500 }, (_row, row) =>
      Array.from({ length: 20 }, (_cell, column) => row * 20 + column),
    );
    await excel.Excel.run(async (context) => {
      const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:T2500');
      range.values = rows;
      range.load('values');
      await context.sync();
      assert.deepEqual(range.values, rows);
    });
  });

  it('refuses an array that does not fit its range', async () => {
    for (const size of [2, 2000]) {
      const error = await failure(() =>
        excel.Excel.run(async (context) => {
          const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:B3');
          range.values = Array.from({ length: size }, () => [1, 2]);
          await context.sync();
        }),
      );
      assert.equal(error.code, 'InvalidArgument');
    }
  });
});

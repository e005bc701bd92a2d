import assert from 'node:assert/strict';
import { type HeadlessExcel, createHeadlessExcel } from '../../src/workbench/transport/headless';
import { writeOrders } from './orders-sheet';

describe('Cells of the headless workbook', () => {
  let excel: HeadlessExcel;

  beforeEach(() => {
    excel = createHeadlessExcel();
  });

  afterEach(() => {
    excel.dispose();
  });

  /** Writes one column of values and reads it back. */
  async function written(
    values: unknown[],
    format?: string,
  ): Promise<{ values: unknown[]; formulas: unknown[] }> {
    return excel.Excel.run(async (context) => {
      const range = context.workbook.worksheets.getActiveWorksheet().getRange(`A1:A${String(values.length)}`);
      if (format) range.numberFormat = values.map(() => [format]);
      range.values = values.map((value) => [value]);
      range.load('values, formulas');
      await context.sync();
      const flat = (lines: unknown[][]): unknown[] => lines.map((line) => line[0]);
      return { values: flat(range.values), formulas: flat(range.formulas) };
    });
  }

  it('turns text that starts with = + - into formulas, and text that reads as a number into one', async () => {
    const read = await written(['=1+2', '+2+2', '-3*2', '-5', '000123', 'true', 'text']);
    assert.deepEqual(read.values, [3, 4, -6, -5, 123, true, 'text']);
    assert.deepEqual(read.formulas.slice(0, 3), ['=1+2', '=+2+2', '=-3*2']);
  });

  it('keeps text as it is under the text format, or behind an apostrophe nobody sees', async () => {
    const harmful = ['=1+2', '+39 02', '-5', '000123', '@SUM(A1)'];
    assert.deepEqual((await written(harmful, '@')).values, harmful);
    const prefixed = await written(harmful.map((text) => `'${text}`));
    assert.deepEqual(prefixed.values, harmful);
    assert.deepEqual(prefixed.formulas, harmful);
  });

  it('leaves a cell for null and empties it for an empty text', async () => {
    await written(['a', 'b', 'c']);
    assert.deepEqual((await written([null, '', 'd'])).values, ['a', '', 'd']);
  });

  it('reads dates as serial numbers and shows them in their format', async () => {
    await excel.Excel.run(async (context) => {
      const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:B1');
      range.values = [[46346, 1234.5]];
      range.numberFormat = [['dd/mm/yyyy', '#,##0.00']];
      range.load('values, text, valueTypes');
      await context.sync();
      assert.deepEqual(range.values, [[46346, 1234.5]]);
      assert.deepEqual(range.text, [['20/11/2026', '1,234.50']]);
      assert.deepEqual(range.valueTypes, [['Double', 'Double']]);
    });
  });

  it('calculates over a table, and again when the table has grown', async () => {
    await writeOrders(excel);
    await excel.Excel.run(async (context) => {
      const sum = context.workbook.worksheets.getItem('Sheet1').getRange('A1');
      sum.formulas = [['=SUM(Orders[Qty])']];
      sum.load('values');
      await context.sync();
      assert.deepEqual(sum.values, [[100]]);
      context.workbook.worksheets.getItem('Orders').getRange('A6:C6').values = [['2026/5/1', 'Bell', 5]];
      sum.load('values');
      await context.sync();
      assert.deepEqual(sum.values, [[105]]);
    });
  });

  it('says null for properties on which cells differ', async () => {
    await excel.Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getActiveWorksheet();
      sheet.getRange('A1:C1').format.fill.color = '#FFEE00';
      sheet.getRange('A1').format.font.bold = true;
      sheet.getRange('B1').format.horizontalAlignment = 'Right';
      const row = sheet.getRange('A1:C1');
      row.load('format/fill/color, format/font/bold, format/horizontalAlignment');
      const one = sheet.getRange('A1');
      one.load('format/font/bold');
      await context.sync();
      assert.equal(row.format.fill.color, '#FFEE00');
      assert.equal(row.format.font.bold, null);
      assert.equal(row.format.horizontalAlignment, null);
      assert.equal(one.format.font.bold, true);
    });
  });

  it('reaches ranges from ranges', async () => {
    await excel.Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getActiveWorksheet();
      sheet.getRange('B2:D5').values = Array.from({ length: 4 }, () => [1, 2, 3]);
      const range = sheet.getRange('B2:D5');
      const reached = {
        'B2:D5': [sheet.getUsedRange(), range.getBoundingRect('C3')],
        C3: [range.getCell(1, 1), sheet.getRange('A1').getOffsetRange(2, 2)],
        'B5:D5': [range.getLastRow()],
        'B6:D7': [range.getRowsBelow(2)],
        'E2:E5': [range.getColumnsAfter()],
        '2:5': [range.getEntireRow()],
        'B:D': [range.getEntireColumn()],
        'C3:D5': [range.getIntersectionOrNullObject('C3:Z9')],
        'B2:E6': [range.getResizedRange(1, 1)],
      };
      const nothing = range.getIntersectionOrNullObject('Z1');
      for (const ranges of Object.values(reached)) for (const one of ranges) one.load('address');
      await context.sync();
      for (const [address, ranges] of Object.entries(reached)) {
        for (const one of ranges) assert.equal(one.address, `Sheet1!${address}`);
      }
      assert.equal(nothing.isNullObject, true);
    });
  });

  it('does not read whole columns', async () => {
    await excel.Excel.run(async (context) => {
      const column = context.workbook.worksheets.getActiveWorksheet().getRange('A:A');
      column.load('values, rowCount, isEntireColumn');
      await context.sync();
      assert.equal(column.values, null);
      assert.equal(column.rowCount, 1048576);
      assert.equal(column.isEntireColumn, true);
    });
  });

  it('hides columns and rows, sets widths and freezes panes', async () => {
    await excel.Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getActiveWorksheet();
      sheet.getRange('AC:AD').columnHidden = true;
      sheet.getRange('3:3').rowHidden = true;
      sheet.getRange('B:B').format.columnWidth = 90;
      sheet.freezePanes.freezeAt(sheet.getRange('A1:B1'));
      const [hidden, mixed, row, width, frozen] = [
        sheet.getRange('AC1'),
        sheet.getRange('AB1:AC1'),
        sheet.getRange('A3'),
        sheet.getRange('B5'),
        sheet.freezePanes.getLocationOrNullObject(),
      ];
      hidden.load('columnHidden');
      mixed.load('columnHidden');
      row.load('rowHidden');
      width.load('format/columnWidth');
      frozen.load('address');
      await context.sync();
      assert.deepEqual([hidden.columnHidden, mixed.columnHidden, row.rowHidden], [true, null, true]);
      assert.equal(width.format.columnWidth, 90);
      assert.equal(frozen.address, 'Sheet1!A1:B1');
    });
  });

  it('clears contents, formats or both', async () => {
    await excel.Excel.run(async (context) => {
      const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1');
      range.values = [['x']];
      range.format.fill.color = '#FF0000';
      range.clear('Contents');
      range.load('values, format/fill/color');
      await context.sync();
      assert.deepEqual([range.values, range.format.fill.color], [[['']], '#FF0000']);
      range.clear();
      range.load('format/fill/color');
      await context.sync();
      assert.equal(range.format.fill.color, '#FFFFFF');
    });
  });
});

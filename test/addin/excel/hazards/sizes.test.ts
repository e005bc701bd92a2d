import assert from 'node:assert/strict';
import { writeOrders } from '../../../../src/addin/excel/write-orders';
import { EXCEL_ON_THE_WEB } from '../../../../src/workbench/protocol/faults';
import { anOrder, aSearch, rowsOf } from '../workbook';
import { useSheetOfOrders } from './sheet-of-orders';

describe('what Excel is known to do: sizes', () => {
  const { workbook, orders, write } = useSheetOfOrders();

  it('partial table growth: every row is in the table, blank cells at its end or not', async () => {
    workbook.excel.faults.tableGrowthLimit = 2;
    const blank = orders(1, 2, 3, 4, 5).map((order) => ({ ...order, customer: '', site: '' }));
    await workbook.sheet.writeOrders(blank, aSearch(5), 'en');
    assert.equal((await rowsOf()).length, 5);
  });

  it('5 MB: a large search goes through a small door, and so do its marks and results', async () => {
    // A fiftieth of the limits of the web keeps the test quick; so are the chunks.
    const { request, response } = EXCEL_ON_THE_WEB;
    workbook.excel.faults.sizeLimits = { request: request / 50, response: response / 50 };
    const many = Array.from({ length: 300 }, (_, at) =>
      anOrder(at + 1, { description: 'Telaio verniciato, città'.repeat(4) }),
    );
    const chunk = request / 250;
    await Excel.run((context) => writeOrders(context, many, aSearch(300), 'en', { chunkBytes: chunk }));
    assert.equal((await rowsOfKeys()).length, 300);
  });

  it('5 MB: what is too large all the same is named', async () => {
    workbook.excel.faults.sizeLimits = { request: 20_000, response: 5_000_000 };
    const huge = [anOrder(1, { description: 'x'.repeat(30_000) })];
    await assert.rejects(workbook.sheet.writeOrders(huge, aSearch(1), 'en'), { code: 'tooLarge' });
  });

  it('null reads: nothing is deleted where Excel keeps values back', async () => {
    await write(1, 2, 3);
    workbook.excel.faults.nullReadsOverCells = 2;
    await assert.rejects(write(1), { code: 'tooLarge' });
    workbook.excel.faults.nullReadsOverCells = Infinity;
    assert.equal((await rowsOf()).length, 3);
  });

  async function rowsOfKeys(): Promise<unknown[]> {
    return Excel.run(async (context) => {
      const keys = context.workbook.tables.getItem('Orders').columns.getItem('Key').getDataBodyRange();
      keys.load('values');
      await context.sync();
      return keys.values;
    });
  }
});

import assert from 'node:assert/strict';
import { type HeadlessExcel, createHeadlessExcel } from '../../src/workbench/transport/headless';
import { failure } from './failure';
import { writeOrders } from './orders-sheet';

describe('Filters on the headless workbook', () => {
  let excel: HeadlessExcel;

  beforeEach(async () => {
    excel = createHeadlessExcel();
    await writeOrders(excel);
  });

  afterEach(() => {
    excel.dispose();
  });

  /** The orders that are shown, seen through the visible view. */
  async function shown(context: Excel.RequestContext): Promise<unknown[]> {
    const view = context.workbook.tables.getItem('Orders').getDataBodyRange().getVisibleView();
    view.load('values, rowCount');
    await context.sync();
    assert.equal(view.values.length, view.rowCount);
    return view.values.map((row) => row[0] as unknown);
  }

  it('shows the rows with one of the values', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.columns.getItem('Item').filter.applyValuesFilter(['Frame', 'Saddle']);
      assert.deepEqual(await shown(context), ['2026/1/1', '2026/3/1', '2026/4/1']);
      table.columns.getItem('Action').filter.applyValuesFilter(['']);
      assert.deepEqual(await shown(context), ['2026/1/1', '2026/3/1']);
      const hidden = table.worksheet.getRange('A3');
      hidden.load('rowHidden');
      await context.sync();
      assert.equal(hidden.rowHidden, true);
    });
  });

  it('shows the rows that meet criteria', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      const qty = table.columns.getItem('Qty').filter;
      qty.applyCustomFilter('>=20', '<40', 'And');
      assert.deepEqual(await shown(context), ['2026/2/1', '2026/3/1']);
      qty.clear();
      table.columns.getItem('Item').filter.applyCustomFilter('=*e*l*');
      assert.deepEqual(await shown(context), ['2026/2/1']);
    });
  });

  it('gives back the criteria, so that they can be taken off and put on again', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.columns.getItem('Item').filter.applyValuesFilter(['Frame']);
      table.columns.getItem('Qty').filter.applyCustomFilter('>15');
      table.autoFilter.load('criteria, isDataFiltered');
      await context.sync();
      const { criteria } = table.autoFilter;
      assert.equal(table.autoFilter.isDataFiltered, true);
      table.clearFilters();
      assert.equal((await shown(context)).length, 4);
      for (const [index, one] of criteria.entries()) {
        if (one) table.autoFilter.apply(table.getRange(), index, one);
      }
      assert.deepEqual(await shown(context), ['2026/3/1']);
    });
  });

  it('stands as it is when values change, until it is applied again', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.columns.getItem('Item').filter.applyCustomFilter('=Frame');
      table.worksheet.getRange('B3').values = [['Frame']];
      assert.deepEqual(await shown(context), ['2026/1/1', '2026/3/1']);
      table.reapplyFilters();
      assert.deepEqual(await shown(context), ['2026/1/1', '2026/2/1', '2026/3/1']);
    });
  });

  it('hides the same orders after rows above them are gone', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.columns.getItem('Item').filter.applyValuesFilter(['Frame']);
      table.worksheet.getRange('2:2').delete('Up');
      assert.deepEqual(await shown(context), ['2026/3/1']);
    });
  });

  it('names the kinds of filter that are not modelled', async () => {
    const error = await failure(() =>
      excel.Excel.run(async (context) => {
        context.workbook.tables.getItem('Orders').columns.getItem('Qty').filter.applyTopItemsFilter(2);
        await context.sync();
      }),
    );
    assert.equal(error.code, 'NotImplemented');
    assert.match(error.message, /Filter\.applyTopItemsFilter/);
  });
});

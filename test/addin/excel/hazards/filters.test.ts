import assert from 'node:assert/strict';
import { writeOrders } from '../../../../src/addin/excel/write-orders';
import { aMovement, aSearch, company, filterOrders, rowsOf, visibleOrders, whileWriting } from '../workbook';
import { useSheetOfOrders } from './sheet-of-orders';

describe('what Excel is known to do: filters', () => {
  const { workbook, orders, write, column, table } = useSheetOfOrders();

  it('visible-rows-only writes: movements reach the rows a filter hides', async () => {
    await workbook.sheet.writeMovements([aMovement(1), aMovement(2)], company, 'en');
    workbook.excel.faults.writesOnlyVisibleRows = true;
    await Excel.run(async (context) => {
      context.workbook.tables.getItem('Movements').columns.getItem('Line').filter.applyValuesFilter(['2']);
      await context.sync();
    });
    const restored = [aMovement(1, 'restored'), aMovement(2, 'restored')];
    await workbook.sheet.writeMovements(restored, company, 'en');
    const rows = await rowsOf('values', 'Movements');
    assert.deepEqual(
      rows.map((row) => row['Status']),
      ['Restored', 'Restored'],
    );
  });

  it('deletes ignored under a filter: a search still takes out what it did not find', async () => {
    workbook.excel.faults.deletesNothingUnderFilter = true;
    await write(1, 2, 3, 4);
    await filterOrders('2026/1/0');
    await write(3, 4);
    assert.deepEqual(await column('Order'), ['2026/3/0', '2026/4/0']);
  });

  it('come back after a pane that died while they were off', async () => {
    await write(1, 2, 3);
    await filterOrders('2026/2/0');
    await dieWhileWriting();
    assert.deepEqual(await visibleOrders(), ['2026/1/0', '2026/2/0', '2026/3/0']);
    assert.deepEqual(await workbook.sheet.restoreFilters(), []);
    assert.deepEqual(await visibleOrders(), ['2026/2/0']);
    assert.deepEqual(await workbook.sheet.restoreFilters(), []);
  });

  it('come back with the next search after a pane that died', async () => {
    await write(1, 2, 3);
    await filterOrders('2026/2/0');
    await dieWhileWriting();
    const report = await write(1, 2, 3, 4);
    assert.deepEqual(report.filtersLost, []);
    assert.deepEqual(await visibleOrders(), ['2026/2/0']);
  });

  it('give way to what the planner has filtered since a pane died', async () => {
    await write(1, 2, 3);
    await filterOrders('2026/2/0');
    await dieWhileWriting();
    await filterOrders('2026/3/0');
    await workbook.sheet.restoreFilters();
    assert.deepEqual(await visibleOrders(), ['2026/3/0']);
  });

  it('are named when Excel would not take them back', async () => {
    await write(1, 2, 3);
    await filterOrders('2026/2/0');
    await dieWhileWriting();
    await Excel.run(async (context) => {
      const header = context.workbook.tables.getItem('Orders').getHeaderRowRange().getCell(0, 3);
      header.values = [['Job']];
      await context.sync();
    });
    assert.deepEqual(await workbook.sheet.restoreFilters(), ['Order']);
  });

  it('set between two chunks put no row in a wrong place, and stay', async () => {
    await write(1, 2, 3, 4);
    workbook.excel.faults.writesOnlyVisibleRows = true;
    const again = orders(1, 2, 3, 4).map((order) => ({ ...order, quantity: '1' }));
    const quantities = () =>
      table()
        .sheet.values(table().body)
        .filter((row) => row[6] === 1).length;
    await whileWriting(
      workbook,
      (context) => writeOrders(context, again, aSearch(4), 'en', { chunkBytes: 1 }),
      () => quantities() > 0,
      () => {
        const order = table().columns.find(({ name }) => name === 'Order');
        if (order) table().filter(order, { kind: 'values', values: ['2026/4/0'] });
      },
    );
    const rows = await rowsOf();
    assert.deepEqual(
      rows.map((row) => [row['Order'], row['Key'], row['Qty']]),
      [1, 2, 3, 4].map((number) => [`2026/${number}/0`, `2026/${number}/0 ${company}`, 1]),
    );
    assert.deepEqual(await visibleOrders(), ['2026/4/0']);
  });

  /** A write that breaks off for good after the filters are off: nothing of ours runs any more. */
  async function dieWhileWriting(): Promise<void> {
    const job = Excel.run(async (context) => {
      const sync = context.sync.bind(context);
      let dead = false;
      context.sync = async <T>(passThrough?: T) => {
        if (dead) throw new Error('The pane is gone.');
        const passed = await sync(passThrough);
        dead = !table().isFiltered;
        // office.js passes the argument through as it is.
        return passed as T;
      };
      return writeOrders(context, orders(1, 2, 3), aSearch(3), 'en');
    });
    await assert.rejects(job);
  }
});

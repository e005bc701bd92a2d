import assert from 'node:assert/strict';
import { writeOrders } from '../../../../src/addin/excel/write-orders';
import { aSearch, company, rowsOf, typeInto, whileWriting } from '../workbook';
import { useSheetOfOrders } from './sheet-of-orders';

describe('what Excel is known to do: edits of others', () => {
  const { workbook, orders, write, table, asUser } = useSheetOfOrders();

  it('co-author edits between read and write: a search follows rows sorted meanwhile, with their marks', async () => {
    await write(1, 2, 3, 4);
    await typeInto('Action', 'Release');
    const again = orders(1, 2, 3, 4, 5).map((order) => ({ ...order, quantity: '1' }));
    const written = () =>
      table()
        .sheet.values(table().body)
        .filter((row) => row[6] === 1).length;
    await whileWriting(
      workbook,
      (context) => writeOrders(context, again, aSearch(5), 'en', { chunkBytes: 1 }),
      () => written() === 2,
      () => {
        table().sheet.sort(table().body, [{ column: 3, ascending: false }], false);
      },
    );
    const rows = await rowsOf();
    const marked = rows.filter((row) => row['Action'] !== '').map((row) => row['Order']);
    assert.deepEqual(marked, ['2026/1/0']);
    assert.deepEqual(
      rows.map((row) => row['Order']).sort(),
      orders(1, 2, 3, 4, 5).map(({ key }) => key),
    );
    assert.ok(rows.every((row) => row['Qty'] === 1 && row['Key'] === `${String(row['Order'])} ${company}`));
  });

  it('silent dropdown events: a mark nobody was told of is read all the same', async () => {
    await write(1, 2);
    workbook.excel.faults.silentDropdowns = true;
    asUser(() => {
      table().sheet.write(1, 0, [['Release']]);
    });
    const { marked } = await workbook.sheet.readMarks();
    assert.deepEqual(
      marked.map(({ key }) => key),
      ['2026/1/0'],
    );
  });
});

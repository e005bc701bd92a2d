import assert from 'node:assert/strict';
import { anOrder, aSearch, rowsOf, typeInto, useWorkbook } from './workbook';

describe('a broken orders table', () => {
  const workbook = useWorkbook();
  const search = () => workbook.sheet.writeOrders([anOrder(1), anOrder(2)], aSearch(2), 'en');
  const deleteColumns = (...headers: string[]) =>
    Excel.run(async (context) => {
      const { columns } = context.workbook.tables.getItem('Orders');
      for (const header of headers) columns.getItem(header).delete();
      await context.sync();
    });
  const addColumn = (header: string) =>
    Excel.run(async (context) => {
      context.workbook.tables.getItem('Orders').columns.add(undefined, undefined, header);
      await context.sync();
    });

  it('names the columns that are missing', async () => {
    await search();
    await deleteColumns('State', 'Result');
    await assert.rejects(workbook.sheet.readMarks(), { code: 'columnsGone', detail: 'Result, State' });
  });

  it("gets deleted columns back, with the next search's contents, beside the planner's own and the marks", async () => {
    await search();
    await addColumn('Note');
    await typeInto('Note', 'ask Rossi');
    await typeInto('Action', 'Release');
    await deleteColumns('State', 'Version');
    await workbook.sheet.rebuild('en');
    await search();
    const rows = await rowsOf();
    assert.deepEqual(
      rows.map((row) => [row['Order'], row['Note'], row['State'], row['Version'], row['Action']]),
      [
        ['2026/1/0', 'ask Rossi', 'Launched', 3, 'Release'],
        ['2026/2/0', '', 'Launched', 3, ''],
      ],
    );
    assert.deepEqual(
      (await workbook.sheet.readMarks()).marked.map(({ key }) => key),
      ['2026/1/0'],
    );
  });

  it('takes another name for a column where the planner has used it meanwhile', async () => {
    await search();
    await deleteColumns('State');
    await addColumn('state');
    await typeInto('state', 'mine');
    await workbook.sheet.rebuild('en');
    await search();
    const [first] = await rowsOf();
    assert.deepEqual([first?.['state'], first?.['State 2']], ['mine', 'Launched']);
  });

  it('without its keys is left to the planner, and the next search makes a new one', async () => {
    await search();
    await typeInto('Action', 'Release');
    await deleteColumns('Key');
    await workbook.sheet.rebuild('en');
    await search();
    assert.equal((await rowsOf('values', 'Orders'))[0]?.['Action'], 'Release');
    assert.deepEqual(
      (await rowsOf('values', 'Orders_2')).map((row) => row['Order']),
      ['2026/1/0', '2026/2/0'],
    );
    assert.deepEqual((await workbook.sheet.readMarks()).marked, []);
  });

  it('that is whole or gone altogether stays as it is', async () => {
    await workbook.sheet.rebuild('en');
    assert.deepEqual(workbook.excel.workbook.tables.length, 0);
    await search();
    const before = await rowsOf();
    await workbook.sheet.rebuild('en');
    assert.deepEqual(await rowsOf(), before);
  });
});

import assert from 'node:assert/strict';
import {
  aMovement,
  anOrder,
  anOutcome,
  aSearch,
  filterOrders,
  rowsOf,
  typeInto,
  useWorkbook,
} from './workbook';

describe('two companies in one workbook', () => {
  const workbook = useWorkbook();
  const write = (company: string, ...orders: ReturnType<typeof anOrder>[]) =>
    workbook.sheet.writeOrders(orders, aSearch(orders.length, company), 'en');
  const seen = async () => (await rowsOf()).map((row) => [row['Order'], row['Item'], row['Key']]);

  it('is remembered with the workbook from the first search on', async () => {
    assert.equal(await workbook.sheet.readCompany(), null);
    await write('IT', anOrder(1));
    assert.equal(await workbook.sheet.readCompany(), 'IT');
    assert.equal((await workbook.sheet.readLoaded())?.company, 'IT');
  });

  it('is said by every mark', async () => {
    await write('IT', anOrder(1));
    await typeInto('Action', 'Release');
    const { marked } = await workbook.sheet.readMarks();
    assert.deepEqual(
      marked.map(({ key, company, row }) => [key, company, row]),
      [['2026/1/0', 'IT', 2]],
    );
  });

  it('never share a row, though their orders have the same key', async () => {
    await write('IT', anOrder(1, { item: 'ours' }));
    await typeInto('Action', 'Release');
    await write('DE', anOrder(1, { item: 'theirs' }));
    assert.deepEqual(await seen(), [
      ['2026/1/0', 'ours', '2026/1/0 IT'],
      ['2026/1/0', 'theirs', '2026/1/0 DE'],
    ]);
  });

  it('get their outcomes into their own rows', async () => {
    await write('IT', anOrder(1));
    await typeInto('Action', 'Release');
    await write('DE', anOrder(1));
    await workbook.sheet.writeResults([anOutcome(1)], 'DE', 'en');
    assert.deepEqual(
      (await rowsOf()).map((row) => [row['Key'], row['State']]),
      [
        ['2026/1/0 IT', 'Launched'],
        ['2026/1/0 DE', 'Executive'],
      ],
    );
  });

  it('have their own movements', async () => {
    await workbook.sheet.writeMovements([aMovement(1)], 'IT', 'en');
    await workbook.sheet.writeMovements([aMovement(1, 'restored')], 'DE', 'en');
    assert.deepEqual(
      (await rowsOf('values', 'Movements')).map((row) => row['Status']),
      ['Posted', 'Restored'],
    );
  });

  it('are led back to by their own rows only', async () => {
    await write('IT', anOrder(1));
    assert.equal(await workbook.sheet.selectRows([anOrder(1).key], 'DE'), 0);
    assert.equal(await workbook.sheet.selectRows([anOrder(1).key], 'IT'), 1);
  });

  describe('when the workbook turns to another one', () => {
    it('loses all orders and movements, marked, typed beside, or hidden by a filter', async () => {
      workbook.excel.faults.writesOnlyVisibleRows = true;
      await write('IT', anOrder(1), anOrder(2), anOrder(3));
      await workbook.sheet.writeMovements([aMovement(1), aMovement(2)], 'IT', 'en');
      await typeInto('Action', 'Release');
      await ownColumn('Note', 'call Anna');
      await filterOrders('2026/2/0');
      await workbook.sheet.changeCompany('DE');
      const [only, ...rest] = await rowsOf();
      assert.deepEqual([rest, new Set(Object.values(only ?? {}))], [[], new Set([''])]);
      assert.deepEqual(
        (await rowsOf('values', 'Movements')).map((row) => row['Order']),
        [''],
      );
      assert.equal(await workbook.sheet.readCompany(), 'DE');
      assert.equal(await workbook.sheet.readLoaded(), null);
      assert.deepEqual(await workbook.sheet.readMarks(), { marked: [], newOrders: [], problems: [] });
    });

    it("keeps the planner's own rows and formulas, and fills the table again", async () => {
      await write('IT', anOrder(1), anOrder(2));
      await typeInto('Action', '=IF(G2>99,"Release","")');
      await workbook.sheet.changeCompany('DE');
      assert.equal((await rowsOf('formulas'))[0]?.['Action'], '=IF(G2>99,"Release","")');
      await typeInto('Order', 'my own row');
      await write('DE', anOrder(7));
      await workbook.sheet.changeCompany('IT');
      await write('IT', anOrder(8));
      assert.deepEqual(await seen(), [
        ['my own row', '', ''],
        ['2026/8/0', 'SP-8', '2026/8/0 IT'],
      ]);
    });

    it('may have no tables of ours yet', async () => {
      await workbook.sheet.changeCompany('DE');
      assert.equal(await workbook.sheet.readCompany(), 'DE');
    });
  });
});

function ownColumn(name: string, value: string): Promise<void> {
  return Excel.run(async (context) => {
    const column = context.workbook.tables.getItem('Orders').columns.add(undefined, undefined, name);
    column.getDataBodyRange().getCell(0, 0).values = [[value]];
    await context.sync();
  });
}

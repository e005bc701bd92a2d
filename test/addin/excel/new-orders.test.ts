import assert from 'node:assert/strict';
import { orderKey } from '../../../src/domain/order';
import { refusal } from '../../../src/domain/refusals';
import { anOrder, anOutcome, aSearch, company, filterOrders, rowsOf, useWorkbook } from './workbook';

const key = (number: number) => orderKey({ year: 2026, number, lot: 0 });

describe('new orders in the sheet', () => {
  const workbook = useWorkbook();
  const sheet = () => workbook.sheet;
  beforeEach(() => sheet().writeOrders([anOrder(1), anOrder(2)], aSearch(2), 'en'));

  type Cells = Readonly<Record<string, string | number>>;

  /** The planner writes rows below the table, which takes them in. */
  const write = (...rows: Cells[]) =>
    Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      const header = table.getHeaderRowRange();
      header.load('values');
      await context.sync();
      const headers = (header.values[0] ?? []).map(String);
      table.rows.add(
        undefined,
        rows.map((cells) => headers.map((name) => cells[name] ?? '')),
      );
      await context.sync();
    });
  const sortByItem = (ascending: boolean) =>
    Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.sort.apply([{ key: 4, ascending }]);
      await context.sync();
    });
  const frame = { Item: 'FRAME', Qty: 10, Due: 46366 };
  const order = { item: 'FRAME', variant: '', quantity: '10', due: '2026-12-10' };
  const column = async (header: string) => (await rowsOf()).map((row) => row[header]);

  it('are rows without an order, with item, quantity and due date; with variant, start and site where these are', async () => {
    await write(frame, { ...frame, Item: 'FRAME RED', Start: 46360, Site: 'MILAN', Action: 'refresh' });
    const { newOrders, problems } = await sheet().readMarks();
    assert.deepEqual(problems, []);
    assert.deepEqual(newOrders, [
      { row: 4, order, sentWith: null, hidden: false },
      {
        row: 5,
        order: { ...order, item: 'FRAME RED', start: '2026-12-04', site: 'MILAN' },
        sentWith: null,
        hidden: false,
      },
    ]);
  });

  it('are named with their row where quantity, due date or start is none', async () => {
    await write({ ...frame, Qty: '' }, { ...frame, Due: 'soon' }, { ...frame, Start: 'now' });
    const { newOrders, problems } = await sheet().readMarks();
    assert.deepEqual(newOrders, []);
    assert.deepEqual(problems, [
      { code: 'noQuantity', row: 4, text: '' },
      { code: 'noDue', row: 5, text: 'soon' },
      { code: 'noStart', row: 6, text: 'now' },
    ]);
  });

  it('are no rows with an item alone, which may be a note, and none marked Release', async () => {
    await write({ Item: 'Ask Rossi' }, { ...frame, Action: 'Release' });
    const { newOrders, problems } = await sheet().readMarks();
    assert.deepEqual(newOrders, []);
    assert.deepEqual(problems, [{ code: 'noKey', row: 5, text: '' }]);
  });

  it('stay through a search that knows nothing of them', async () => {
    await write(frame);
    await sheet().writeOrders([anOrder(3)], aSearch(1), 'en');
    assert.deepEqual((await column('Item')).toSorted(), ['FRAME', 'SP-3']);
    assert.equal((await sheet().readMarks()).newOrders.length, 1);
  });

  it('become orders marked Refresh in the rows they were written into, wherever these are sorted meanwhile', async () => {
    await write(frame, { ...frame, Item: 'A-FRAME' });
    const sent = await sheet().claimNewOrders('run 1', false, 1000);
    assert.deepEqual(
      sent.map(({ item }) => item),
      ['FRAME', 'A-FRAME'],
    );
    await sortByItem(true);
    const outcomes = ['FRAME', 'A-FRAME'].map((item, at) => {
      const made = anOrder(7 + at, { item, quantity: '10', version: 1 });
      return anOutcome(7 + at, { result: 'created', movements: 0, order: made });
    });
    await sheet().writeCreated('run 1', outcomes, company, 'it');
    const rows = (await rowsOf()).filter((row) => String(row['Item']).includes('FRAME'));
    const shown = rows.map((row) => ['Item', 'Order', 'Key', 'Version', 'Action'].map((name) => row[name]));
    assert.deepEqual(shown, [
      ['A-FRAME', key(8), `${key(8)} ${company}`, 1, 'Ricalcola'],
      ['FRAME', key(7), `${key(7)} ${company}`, 1, 'Ricalcola'],
    ]);
    assert.deepEqual((await sheet().readMarks()).newOrders, []);
  });

  it('show the days that come into their rows as the other rows do', async () => {
    await write(frame);
    await Excel.run(async (context) => {
      const due = context.workbook.tables.getItem('Orders').columns.getItem('Due').getDataBodyRange();
      due.getLastCell().numberFormat = [['General']];
      await context.sync();
    });
    await sheet().claimNewOrders('run 1', false, 1000);
    assert.equal((await rowsOf('text')).at(-1)?.['Due'], '10 Dec 2026');
  });

  it('stay new, and say why, where they were refused', async () => {
    await write(frame);
    await sheet().claimNewOrders('run 1', false, 1000);
    const refusals = [refusal('REF-07', { order: key(7), item: 'FRAME' })];
    const refused = anOutcome(7, { result: 'refused', refusals, order: null });
    await sheet().writeCreated('run 1', [refused], company, 'en');
    assert.match(String((await column('Result'))[2]), /^Refused: There is no item FRAME/);
    assert.deepEqual((await sheet().readMarks()).newOrders[0]?.sentWith, null);
  });

  it('say with which run they were sent while nobody knows what became of it', async () => {
    await write(frame);
    await sheet().claimNewOrders('run 1', false, 1000);
    assert.deepEqual((await sheet().readMarks()).newOrders[0]?.sentWith, 'run 1');
    await sheet().writeOrders([anOrder(1)], aSearch(1), 'en');
    assert.deepEqual((await sheet().readMarks()).newOrders[0]?.sentWith, 'run 1');
  });

  it('are left out where a filter hides them, unless the planner takes them along; the filter stays', async () => {
    workbook.excel.faults.writesOnlyVisibleRows = true;
    await write(frame);
    await filterOrders(key(1));
    assert.deepEqual(await sheet().claimNewOrders('run 1', false, 1000), []);
    assert.equal((await sheet().claimNewOrders('run 2', true, 1000)).length, 1);
    assert.equal((await sheet().readMarks()).newOrders[0]?.hidden, true);
    assert.deepEqual((await column('Key')).slice(0, 2), [`${key(1)} ${company}`, `${key(2)} ${company}`]);
  });

  it('are no more at once than the order book takes', async () => {
    await write(frame, frame, frame);
    assert.equal((await sheet().claimNewOrders('run 1', false, 2)).length, 2);
    const waiting = (await sheet().readMarks()).newOrders.map(({ sentWith }) => sentWith);
    assert.deepEqual(waiting, ['run 1', 'run 1', null]);
  });
});

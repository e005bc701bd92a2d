import assert from 'node:assert/strict';
import type { Restorability } from '../../../src/contract/orders';
import { calendarDate, instant } from '../../../src/domain/calendar';
import { refusal } from '../../../src/domain/refusals';
import { anOrder, anOutcome, aSearch, company, rowsOf, typeInto, useWorkbook } from './workbook';

describe('a search result in the sheet', () => {
  const workbook = useWorkbook();
  const write = (...orders: ReturnType<typeof anOrder>[]) =>
    workbook.sheet.writeOrders(orders, aSearch(orders.length), 'en');

  it('makes a table with a row per order', async () => {
    await write(anOrder(1), anOrder(2));
    const rows = await rowsOf();
    assert.deepEqual(Object.keys(rows[0] ?? {}), [
      'Action',
      'Priority',
      'Result',
      'Order',
      'Item',
      'Description',
      'Qty',
      'Unit',
      'Start',
      'End',
      'Due',
      'Days late',
      'Work centre',
      'Customer',
      'Site',
      'State',
      'Materials',
      'Hold',
      'Produced',
      'Last declaration',
      'Restorable',
      'Key',
      'Version',
      'As loaded',
    ]);
    assert.deepEqual(
      rows.map((row) => [row['Order'], row['Item'], row['Qty'], row['State'], row['Version']]),
      [
        ['2026/1/0', 'SP-1', 12.5, 'Launched', 3],
        ['2026/2/0', 'SP-2', 12.5, 'Launched', 3],
      ],
    );
  });

  it('says why an order is on hold, and who holds it', async () => {
    await write(anOrder(1), anOrder(2, { holdReason: '=drawing missing', heldBy: 'bruno' }));
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Hold']),
      ['', '=drawing missing (bruno)'],
    );
  });

  describe('of executive orders', () => {
    const restore = { refusals: [], warnings: [], next: null, lastDeclaration: null };
    const declaredOn: Restorability = {
      ...restore,
      refusals: [refusal('RES-02', { order: '2026/2/0', declarations: '1, 2' })],
      next: { step: 'rollBack', declaration: 2 },
      lastDeclaration: {
        ...{ number: 2, operation: null, registered: true },
        ...{ at: instant(new Date(0)), by: 'bruno' },
      },
    };
    const closed = { ...restore, refusals: [refusal('RES-05', {})] };
    const orders = [restore, declaredOn, closed].map((of, at) =>
      anOrder(at + 1, { state: 'executive', quantityProduced: String(at * 2.5), restore: of }),
    );
    const columnsOf = async (...columns: string[]) =>
      (await rowsOf()).map((row) => columns.map((column) => row[column]));

    it('says how far they are, whether they can be restored, and what to do first', async () => {
      await write(...orders, anOrder(4));
      assert.deepEqual(await columnsOf('Produced', 'Last declaration', 'Restorable'), [
        [0, '', 'Yes'],
        [2.5, '2 registered (bruno)', 'No: roll back declaration 2'],
        [5, '', 'No: Period closed'],
        ['', '', ''],
      ]);
    });

    it('says it in Italian', async () => {
      await workbook.sheet.writeOrders(orders, aSearch(3), 'it');
      assert.deepEqual(await columnsOf('Prodotta', 'Ultima dichiarazione', 'Ripristinabile'), [
        [0, '', 'Sì'],
        [2.5, '2 registrata (bruno)', 'No: annullare la registrazione 2'],
        [5, '', 'No: Periodo chiuso'],
      ]);
    });

    it('says it no more of an order that a restore took back', async () => {
      await write(...orders);
      const back = anOutcome(1, { result: 'restored', order: anOrder(1, { version: 5 }) });
      await workbook.sheet.writeResults([back], company, 'en');
      assert.deepEqual((await columnsOf('Produced', 'Restorable'))[0], ['', '']);
    });
  });

  it('speaks Italian on request', async () => {
    await workbook.sheet.writeOrders([anOrder(1)], aSearch(1), 'it');
    const [row] = await rowsOf('values');
    assert.equal(row?.['Stato'], 'Lanciato');
    assert.equal(row?.['Ordine'], '2026/1/0');
  });

  it('says whether the materials are there, as a word that stands in a colour', async () => {
    await write(
      anOrder(1, { materialStatus: 'complete' }),
      anOrder(2, { materialStatus: 'partial' }),
      anOrder(3, { materialStatus: 'missing' }),
      anOrder(4),
    );
    const words = (await rowsOf()).map((row) => row['Materials']);
    assert.deepEqual(words, ['Complete', 'Partial', 'Missing', '']);
    const coloured = await Excel.run(async (context) => {
      const column = context.workbook.tables.getItem('Orders').columns.getItem('Materials');
      const formats = column.getDataBodyRange().conditionalFormats;
      formats.load('items/type');
      await context.sync();
      const rules = formats.items.map(({ textComparison }) => textComparison);
      for (const rule of rules) rule.load('rule');
      await context.sync();
      return rules.map(({ rule }) => rule.text);
    });
    for (const word of [...words.filter(Boolean), 'Completi', 'Parziali', 'Mancanti']) {
      assert.ok(coloured.includes(String(word)), String(word));
    }
  });

  it('asks about materials unless the planner deleted their column', async () => {
    assert.equal(await workbook.sheet.showsMaterials(), true);
    await write(anOrder(1));
    assert.equal(await workbook.sheet.showsMaterials(), true);
    await Excel.run(async (context) => {
      context.workbook.tables.getItem('Orders').columns.getItem('Materials').delete();
      await context.sync();
    });
    assert.equal(await workbook.sheet.showsMaterials(), false);
    await write(anOrder(1, { materialStatus: 'complete' }));
  });

  it('says how many days an order is late, as a number to sort by', async () => {
    const due = (day: string) => ({ due: calendarDate(day) });
    // The plant's day is 28 November; the orders end on the 25th, the last one on 2 December.
    await write(
      anOrder(1, due('2026-11-30')),
      anOrder(2, due('2026-11-20')),
      anOrder(3, { ...due('2026-11-27'), end: calendarDate('2026-12-02') }),
    );
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Days late']),
      [0, 8, 5],
    );
  });

  it('writes days as Excel counts them, whatever the clock says', async () => {
    await write(anOrder(1));
    assert.equal((await rowsOf())[0]?.['Start'], 46347);
    assert.equal((await rowsOf('text'))[0]?.['Start'], '21 Nov 2026');
  });

  it('keeps text of the order book from becoming a formula', async () => {
    const hostile = '=HYPERLINK("http://example.com","x")';
    await write(
      anOrder(1, { description: hostile, item: '+1', customer: '@SUM(A1)' }),
      anOrder(2, { item: '0012' }),
    );
    const [first, second] = await rowsOf();
    assert.equal(first?.['Description'], hostile);
    assert.deepEqual([first?.['Item'], first?.['Customer'], second?.['Item']], ['+1', '@SUM(A1)', '0012']);
  });

  it('hides key and version', async () => {
    await write(anOrder(1));
    const hidden = await Excel.run(async (context) => {
      const columns = ['Key', 'Version', 'State'].map((name) => {
        const range = context.workbook.tables.getItem('Orders').columns.getItem(name).getRange();
        range.load('columnHidden');
        return range;
      });
      await context.sync();
      return columns.map((column) => column.columnHidden);
    });
    assert.deepEqual(hidden, [true, true, false]);
  });

  it('replaces the orders of the search before', async () => {
    await write(anOrder(1), anOrder(2), anOrder(3));
    await write(anOrder(2, { quantity: '7' }), anOrder(4));
    assert.deepEqual(
      (await rowsOf()).map((row) => [row['Order'], row['Qty']]),
      [
        ['2026/2/0', 7],
        ['2026/4/0', 12.5],
      ],
    );
  });

  it('leaves an empty table when nothing is found, and fills it again', async () => {
    await write(anOrder(1), anOrder(2));
    await write();
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Order']),
      [''],
    );
    await write(anOrder(3), anOrder(4));
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Order']),
      ['2026/3/0', '2026/4/0'],
    );
  });

  it('leaves a formula in the Action column where nothing is found', async () => {
    await write(anOrder(1));
    await typeInto('Action', '=IF(G2>99,"Release","")');
    await write();
    assert.equal((await rowsOf('formulas'))[0]?.['Action'], '=IF(G2>99,"Release","")');
  });

  it('keeps marked rows that were not found, and says so', async () => {
    await write(anOrder(1), anOrder(2));
    await typeInto('Action', 'Release');
    const report = await write(anOrder(3));
    assert.equal(report.kept, 1);
    assert.deepEqual(
      (await rowsOf()).map((row) => [row['Order'], row['Action'], row['Result']]),
      [
        ['2026/1/0', 'Release', 'Not in this search'],
        ['2026/3/0', '', ''],
      ],
    );
  });

  it("keeps the planner's own columns: what they typed and what they calculate", async () => {
    await write(anOrder(1), anOrder(2), anOrder(3));
    await addColumn('Note');
    await addColumn('Double', (row) => `=G${row}*2`);
    await typeInto('Note', '', 'call Anna');
    await write(anOrder(1, { quantity: '7' }), anOrder(3));
    const rows = await rowsOf();
    assert.deepEqual(
      rows.map((row) => [row['Order'], row['Note'], row['Double']]),
      [
        ['2026/1/0', '', 14],
        ['2026/2/0', 'call Anna', 25],
        ['2026/3/0', '', 25],
      ],
    );
  });

  it('finds its columns after the planner renamed the sheet and a header', async () => {
    await write(anOrder(1));
    await Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.worksheet.name = 'My week';
      table.getHeaderRowRange().getCell(0, 6).values = [['Pieces']];
      await context.sync();
    });
    await write(anOrder(1, { quantity: '9' }));
    assert.equal((await rowsOf())[0]?.['Pieces'], 9);
  });

  it('writes every row under a filter and puts the filter back', async () => {
    workbook.excel.faults.writesOnlyVisibleRows = true;
    await write(anOrder(1), anOrder(2, { workCentre: '200' }), anOrder(3));
    await filter('Work centre', ['200']);
    const report = await write(
      anOrder(1, { quantity: '1' }),
      anOrder(2, { quantity: '2', workCentre: '200' }),
      anOrder(3, { quantity: '3' }),
    );
    assert.deepEqual(report.filtersLost, []);
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Qty']),
      [1, 2, 3],
    );
    assert.deepEqual(await visible('Order'), ['2026/2/0']);
  });

  it('says which column is missing when the planner deleted it', async () => {
    await write(anOrder(1));
    await Excel.run(async (context) => {
      context.workbook.tables.getItem('Orders').columns.getItem('Key').delete();
      await context.sync();
    });
    await assert.rejects(write(anOrder(2)), { name: 'SheetError', code: 'columnsGone', detail: 'Key' });
  });

  it('makes the table anew after it was deleted', async () => {
    await write(anOrder(1));
    await Excel.run(async (context) => {
      context.workbook.tables.getItem('Orders').delete();
      await context.sync();
    });
    assert.equal(await workbook.sheet.readLoaded(), null);
    await write(anOrder(2));
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Order']),
      ['2026/2/0'],
    );
  });

  it('remembers with the workbook what it shows', async () => {
    assert.equal(await workbook.sheet.readLoaded(), null);
    await write(anOrder(1));
    assert.deepEqual(await workbook.sheet.readLoaded(), aSearch(1));
  });

  it('remembers which run the orders are of', async () => {
    const ofRun = { ...aSearch(1), query: {}, run: { id: 'a run', number: 17 } };
    await workbook.sheet.writeOrders([anOrder(1)], ofRun, 'en');
    assert.deepEqual(await workbook.sheet.readLoaded(), ofRun);
  });
});

function addColumn(header: string, formula?: (row: number) => string): Promise<void> {
  return Excel.run(async (context) => {
    const table = context.workbook.tables.getItem('Orders');
    const column = table.columns.add(undefined, undefined, header);
    const body = column.getDataBodyRange();
    body.load('rowIndex,rowCount');
    await context.sync();
    if (formula !== undefined) {
      body.formulas = Array.from({ length: body.rowCount }, (_, row) => [formula(body.rowIndex + row + 1)]);
    }
    await context.sync();
  });
}

function filter(header: string, values: string[]): Promise<void> {
  return Excel.run(async (context) => {
    context.workbook.tables.getItem('Orders').columns.getItem(header).filter.applyValuesFilter(values);
    await context.sync();
  });
}

function visible(header: string): Promise<unknown[]> {
  return Excel.run(async (context) => {
    const column = context.workbook.tables.getItem('Orders').columns.getItem(header);
    const view = column.getDataBodyRange().getVisibleView();
    view.load('values');
    await context.sync();
    return view.values.map(([value]: unknown[]) => value);
  });
}

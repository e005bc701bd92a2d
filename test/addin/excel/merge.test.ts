import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Scalar, Table } from '../../../src/workbench/engine/workbook';
import { numbers, Planner, step } from './planner';
import { anOrder, aSearch, company, openWorkbook, rowsOf, typeInto, useWorkbook } from './workbook';

const ROWS = 5000;

describe("a search in a planner's sheet", () => {
  it('keeps whatever they made of it beside the order it was made for', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), numbers, async (steps, last) => {
        const workbook = openWorkbook();
        try {
          // What Excel does to writes and deletions under a filter must never be seen.
          workbook.excel.faults.writesOnlyVisibleRows = true;
          workbook.excel.faults.deletesNothingUnderFilter = true;
          const planner = await Planner.withSheet(workbook);
          for (const each of steps) await planner.take(each);
          await planner.take({ does: 'search', finds: last });
        } finally {
          workbook.close();
        }
      }),
      // The same sheets every time: a failure is one of the change at hand.
      { numRuns: 25, seed: 20261121, endOnFailure: true },
    );
  });

  it('leaves a copy of the sheet alone, and goes on with the one it made', async () => {
    const workbook = openWorkbook();
    try {
      await workbook.sheet.writeOrders([anOrder(1)], aSearch(1), 'en');
      const copy = await Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.add('Orders (2)');
        const source = context.workbook.tables.getItem('Orders').getRange();
        source.load('values,rowCount,columnCount');
        await context.sync();
        const range = sheet.getRangeByIndexes(0, 0, source.rowCount, source.columnCount);
        range.values = source.values;
        const table = sheet.tables.add(range, true);
        table.name = 'Orders13';
        await context.sync();
        return table.name;
      });
      const before = await rowsOf('values', copy);
      await workbook.sheet.writeOrders([anOrder(2)], aSearch(1), 'en');
      assert.deepEqual(await rowsOf('values', copy), before);
      assert.deepEqual(
        (await rowsOf()).map((row) => row['Order']),
        ['2026/2/0'],
      );
      assert.deepEqual((await workbook.sheet.readMarks()).marked, []);
    } finally {
      workbook.close();
    }
  });
});

describe('a search after the planner rearranged the sheet', () => {
  const workbook = useWorkbook();
  const search = (...numbers: number[]) =>
    workbook.sheet.writeOrders(
      numbers.map((number) => anOrder(number, { quantity: '7' })),
      aSearch(numbers.length),
      'en',
    );
  const table = () => workbook.excel.workbook.tables[0] ?? assert.fail('There is no table.');
  const asPlanner = (change: (table: Table) => void) => {
    workbook.excel.workbook.as('user', () => {
      change(table());
    });
  };
  const place = (header: string) =>
    table().columns.find(({ name }) => name === header)?.index ?? assert.fail(header);
  const seen = async (...headers: string[]) =>
    (await rowsOf()).map((row) => headers.map((header) => row[header]));
  const whole = [
    ['2026/1/0', 'SP-1', 7, `2026/1/0 ${company}`],
    ['2026/2/0', 'SP-2', 7, `2026/2/0 ${company}`],
  ];
  const wholeNow = () => seen('Order', 'Item', 'Qty', 'Key');

  it('finds its columns where the planner moved them and Excel gave them other ids', async () => {
    await search(1, 2);
    await typeInto('Action', 'Release');
    asPlanner((of) => {
      const { sheet, area } = of;
      const moved = sheet.values({ ...area, column: area.column + place('Order'), columns: 1 });
      of.deleteColumn(of.columns[place('Order')] ?? assert.fail());
      of.addColumn(9, 'Order');
      sheet.write(area.row, area.column + 9, asText(moved));
    });
    assert.equal((await workbook.sheet.readMarks()).marked.length, 1);
    await search(1, 2);
    assert.deepEqual(await wholeNow(), whole);
    assert.equal(place('Order'), 9);
  });

  it('follows cells that were moved by hand with their headers, across a column of the planner too', async () => {
    await search(1, 2);
    asPlanner((of) => {
      of.addColumn(of.columns.length, 'Note');
    });
    await typeInto('Note', 'ask Rossi', 'late');
    await search(1, 2);
    asPlanner((of) => {
      const { area } = of;
      const all = of.sheet.values(area);
      const to = new Map([
        [place('Item'), place('Note')],
        [place('Note'), place('Order')],
        [place('Order'), place('Item')],
      ]);
      const from = new Map([...to].map(([source, target]) => [target, source]));
      const moved = all.map((row) => row.map((cell, at) => row[from.get(at) ?? at] ?? cell));
      of.sheet.write(area.row, area.column, asText(moved));
    });
    await search(1, 2);
    assert.deepEqual(await wholeNow(), whole);
    assert.deepEqual(await seen('Note'), [['ask Rossi'], ['late']]);
  });

  it('goes on with a table that the planner moved to another place of another sheet', async () => {
    await search(1);
    await typeInto('Action', 'Release');
    await moveTable('My week', 3, 2);
    const { marked } = await workbook.sheet.readMarks();
    assert.deepEqual(
      marked.map(({ key, row }) => [key, row]),
      [['2026/1/0', 5]],
    );
    await search(1, 2);
    assert.deepEqual(await wholeNow(), whole);
    assert.deepEqual([table().sheet.name, table().area.row, table().area.column], ['My week', 3, 2]);
  });

  it('keeps rows that the planner pasted or typed in by hand, whatever they hold', async () => {
    await search(1, 2);
    for (const [header, value] of [
      ['Item', 'SP-99'],
      ['Qty', 5],
      ['Customer', 'Bianchi'],
    ] as const) {
      asPlanner((of) => {
        of.sheet.write(of.area.row + of.area.rows, of.area.column + place(header), [[value]]);
      });
    }
    await search(2, 3);
    assert.deepEqual(await seen('Order', 'Item', 'Qty', 'Customer', 'Result'), [
      ['2026/2/0', 'SP-2', 7, 'Rossi', ''],
      ['', 'SP-99', '', '', ''],
      ['', '', 5, '', ''],
      ['', '', '', 'Bianchi', ''],
      ['2026/3/0', 'SP-3', 7, 'Rossi', ''],
    ]);
  });

  it('keeps a note that looks like a formula behind its apostrophe', async () => {
    await search(1, 2);
    asPlanner((of) => {
      of.addColumn(of.columns.length, 'Note');
    });
    await typeInto('Note', "'=ask Rossi");
    await search(2);
    assert.deepEqual(await seen('Order', 'Note'), [
      ['2026/1/0', '=ask Rossi'],
      ['2026/2/0', ''],
    ]);
  });

  it('reads notes that are more than Excel on the web gives at once', async function () {
    this.timeout(30_000);
    const many = Array.from({ length: 120 }, (_unused, at) => at + 1);
    await search(...many);
    for (let column = 0; column < 100; column++) {
      asPlanner((of) => {
        of.addColumn(of.columns.length, `Mine ${column}`);
      });
    }
    const long = 'x'.repeat(100);
    asPlanner((of) => {
      const notes = many.map(() => Array.from({ length: 100 }, () => long));
      of.sheet.write(of.body.row, of.body.column + place('Mine 0'), notes);
    });
    workbook.excel.faults.sizeLimits = { request: 5_000_000, response: 1_500_000 };
    assert.equal((await search(1)).kept, many.length - 1);
  });

  it('makes a new table beside what is left when the planner turned the table into plain cells', async () => {
    await search(1);
    await typeInto('Action', 'Release');
    asPlanner((of) => {
      of.convertToRange();
    });
    assert.deepEqual((await workbook.sheet.readMarks()).marked, []);
    await search(2);
    assert.deepEqual(await seen('Order'), [['2026/2/0']]);
    assert.deepEqual(
      workbook.excel.workbook.sheets.slice(1).map(({ name }) => name),
      ['Orders', 'Orders 2'],
    );
  });

  it('makes a new table when the planner goes on with a copy and deletes the sheet of the first', async () => {
    await search(1);
    await Excel.run(async (context) => {
      context.workbook.worksheets.add('Copy').getRange('A1').values = [['2026/1/0']];
      context.workbook.worksheets.getItem('Orders').delete();
      await context.sync();
    });
    assert.equal(await workbook.sheet.readLoaded(), null);
    await search(2);
    assert.deepEqual(await seen('Order'), [['2026/2/0']]);
  });
});

/** What Excel makes of a table that is cut and pasted: another place, other columns, the same table to the workbook. */
function moveTable(name: string, row: number, column: number): Promise<void> {
  return Excel.run(async (context) => {
    const { tables, worksheets, settings } = context.workbook;
    const former = tables.getItem('Orders');
    const cells = former.getRange();
    const link = settings.getItem('launchbook.orders');
    cells.load('values,numberFormat,rowCount,columnCount');
    former.columns.load('items/id,items/name');
    link.load('value');
    await context.sync();
    const range = worksheets.add(name).getRangeByIndexes(row, column, cells.rowCount, cells.columnCount);
    range.numberFormat = cells.numberFormat;
    range.values = cells.values;
    former.delete();
    const table = range.worksheet.tables.add(range, true);
    table.name = 'Orders';
    table.load('id');
    await context.sync();
    settings.add('launchbook.orders', { ...(link.value as object), table: table.id });
    await context.sync();
  });
}

/** As a person pastes them: text stays text. */
function asText(cells: readonly (readonly Scalar[])[]): Scalar[][] {
  return cells.map((row) => row.map((cell) => (typeof cell === 'string' && cell !== '' ? `'${cell}` : cell)));
}

describe('what a search sends to Excel', () => {
  const workbook = useWorkbook();

  it('is little more than the data: at most 1.2 bytes for each, the first time and again', async function () {
    this.timeout(60_000);
    // Making the table costs the same for any number of rows.
    await workbook.sheet.writeOrders([], aSearch(0), 'it');
    const { host } = workbook.excel;
    let sent = 0;
    const execute = host.execute.bind(host);
    host.execute = (body, flags) => {
      sent += Buffer.byteLength(body);
      return execute(body, flags);
    };
    const orders = Array.from({ length: ROWS }, (_, number) =>
      anOrder(number + 1, { description: 'Telaio, verniciato a più mani', materialStatus: 'partial' }),
    );
    for (let search = 0; search < 2; search++) {
      sent = 0;
      await workbook.sheet.writeOrders(orders, aSearch(ROWS), 'it');
      const data = await Excel.run(async (context) => {
        const body = context.workbook.tables.getItem('Orders').getDataBodyRange();
        body.load('values');
        await context.sync();
        return Buffer.byteLength(JSON.stringify(body.values));
      });
      const ratio = sent / data;
      assert.ok(ratio <= 1.2, `${sent} bytes for ${data} of data: ${ratio.toFixed(3)}`);
    }
  });
});

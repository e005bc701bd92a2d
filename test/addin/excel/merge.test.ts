import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeOrders } from '../../../src/addin/excel/write-orders';
import type { Table } from '../../../src/workbench/engine/workbook';
import { anOrder, aSearch, company, openWorkbook, rowsOf, type TestWorkbook, useWorkbook } from './workbook';

const ROWS = 5000;

/** What a planner does to the sheet between two searches; rows and columns count from 0 and wrap around. */
type Step =
  | { readonly does: 'search'; readonly finds: readonly number[] }
  | { readonly does: 'note' | 'mark' | 'prioritise' | 'deleteRow' | 'pasteRow'; readonly row: number }
  | { readonly does: 'insertColumn' | 'hideColumn' | 'renameColumn'; readonly column: number }
  | { readonly does: 'sort' | 'filter' | 'moveDown' | 'renameTable' | 'renameSheet' };

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 9 });
const at = fc.nat({ max: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('search' as const), finds: numbers }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom('note' as const, 'mark', 'prioritise', 'deleteRow', 'pasteRow'),
      row: at,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('insertColumn' as const, 'hideColumn', 'renameColumn'),
      column: at,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom('sort' as const, 'filter', 'moveDown', 'renameTable', 'renameSheet'),
    }),
  },
);

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
      { numRuns: 25, seed: 20261121 },
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

/** A planner who knows what they did; after every search the sheet must know it, too. */
class Planner {
  /** Beside which order each note, mark and priority stands. */
  readonly #notes = new Map<string, string>();
  readonly #marks = new Set<string>();
  readonly #priorities = new Map<string, number>();
  readonly #headers = new Map<string, string>();
  #filtered: string | null = null;
  #made = 0;

  private constructor(private readonly workbook: TestWorkbook) {}

  static async withSheet(workbook: TestWorkbook): Promise<Planner> {
    const planner = new Planner(workbook);
    const orders = [1, 2, 3, 4, 5].map((number) => anOrder(number, { quantity: '1', version: 1 }));
    await workbook.sheet.writeOrders(orders, aSearch(orders.length), 'en');
    planner.#asUser((table) => {
      table.addColumn(table.columns.length, 'Note');
      table.addColumn(table.columns.length, 'Double');
      const [at, quantity] = [planner.#column('Double'), planner.#column('Qty')];
      const letter = (column: number) => String.fromCharCode(65 + column);
      const formulas = Array.from({ length: table.body.rows }, (_, row) => [
        `=${letter(table.body.column + quantity)}${table.body.row + row + 1}*2`,
      ]);
      table.sheet.write(table.body.row, table.body.column + at, formulas);
    });
    return planner;
  }

  async take(next: Step): Promise<void> {
    if (next.does === 'search') return this.#search(next.finds);
    this.#asUser((table) => {
      this.#do(table, next);
    });
  }

  async #search(finds: readonly number[]): Promise<void> {
    this.#made += 1;
    const quantity = String(this.#made);
    const found = finds.map((number) => anOrder(number, { quantity, version: this.#made }));
    // Three orders a request, so that there are chunks between which something could go wrong.
    const report = await Excel.run((context) =>
      writeOrders(context, found, aSearch(found.length), 'en', { chunkBytes: 900 }),
    );
    assert.deepEqual(report.filtersLost, []);
    await this.#check(new Set<string>(found.map(({ key }) => key)));
  }

  async #check(found: ReadonlySet<string>): Promise<void> {
    await this.workbook.excel.workbook.settled();
    const rows = this.#rows();
    const orders = rows.map((row) => row('Order')).filter((order) => order !== '');
    assert.deepEqual(
      [...found].filter((order) => !orders.includes(order)),
      [],
      'all that was found is there',
    );
    for (const row of rows) {
      const order = row('Order');
      const kept = this.#marks.has(order) || this.#notes.has(order) || this.#priorities.has(order);
      if (order === '') continue;
      assert.equal(row('Key'), `${order} ${company}`);
      assert.ok(found.has(order) || kept, `${order} has no business in the sheet any more`);
      assert.equal(row('Result'), found.has(order) ? '' : 'Not in this search');
      if (found.has(order))
        assert.deepEqual([row('Qty'), row('Version')], [this.#made, this.#made].map(String));
    }
    const beside = (header: string) =>
      new Map(rows.flatMap((row) => (row(header) === '' ? [] : [[row('Order'), row(header)] as const])));
    assert.deepEqual(beside('Note'), this.#notes);
    assert.deepEqual(new Set(beside('Action').keys()), this.#marks);
    assert.deepEqual(beside('Priority'), new Map([...this.#priorities].map(([of, p]) => [of, String(p)])));
    for (const row of rows) {
      const double = row('Double');
      if (double !== '') assert.equal(Number(double), Number(row('Qty')) * 2);
    }
    const table = this.#table();
    const order = table.columns[this.#column('Order')];
    const filter = order && table.filterOf(order);
    assert.deepEqual(
      filter,
      this.#filtered === null ? undefined : { kind: 'values', values: [this.#filtered] },
    );
  }

  #do(table: Table, next: Exclude<Step, { does: 'search' }>): void {
    const { sheet, body } = table;
    const write = (row: number, header: string, value: string | number) => {
      sheet.write(body.row + row, body.column + this.#column(header), [[value]]);
    };
    switch (next.does) {
      case 'note':
      case 'mark':
      case 'prioritise':
      case 'deleteRow':
      case 'pasteRow': {
        const row = next.row % body.rows;
        const order = this.#rows()[row]?.('Order') ?? '';
        // Nobody types into rows that are out of view.
        if (order === '' || sheet.isRowHidden(body.row + row)) return;
        if (next.does === 'note') write(row, 'Note', this.#remember(this.#notes, order, `of ${order}`));
        if (next.does === 'mark') write(row, 'Action', 'Release');
        if (next.does === 'mark') this.#marks.add(order);
        if (next.does === 'prioritise') write(row, 'Priority', this.#remember(this.#priorities, order, 3));
        if (next.does === 'deleteRow' && body.rows > 1) this.#deleteRow(table, row, order);
        if (next.does === 'pasteRow') this.#pasteRow(table, row);
        return;
      }
      case 'insertColumn':
        this.#made += 1;
        table.addColumn(next.column % (table.columns.length + 1), `Mine ${this.#made}`);
        return;
      case 'hideColumn':
        sheet.hideColumns(body.column + (next.column % table.columns.length), 1, true);
        return;
      case 'renameColumn':
        return this.#rename(table, next.column % table.columns.length);
      case 'sort':
        if (table.isFiltered) return;
        sheet.sort(body, [{ column: this.#column('Order'), ascending: this.#made % 2 === 0 }], false);
        return;
      case 'filter':
        return this.#filter(table);
      case 'moveDown':
        sheet.insertRows(0, 2);
        return;
      case 'renameTable':
        table.name = `Plan_${++this.#made}`;
        return;
      case 'renameSheet':
        sheet.name = `Week ${++this.#made}`;
    }
  }

  #remember<T>(where: Map<string, T>, order: string, value: T): T {
    where.set(order, value);
    return value;
  }

  #deleteRow(table: Table, row: number, order: string): void {
    table.sheet.deleteRows(table.body.row + row, 1);
    // A pasted copy of the row may be left, with or without what was typed beside it.
    const copies = this.#rows().filter((left) => left('Order') === order);
    const isGone = (header: string) => copies.every((left) => left(header) === '');
    if (isGone('Note')) this.#notes.delete(order);
    if (isGone('Action')) this.#marks.delete(order);
    if (isGone('Priority')) this.#priorities.delete(order);
  }

  /** A copy of a whole row right below the table, which takes it in. */
  #pasteRow(table: Table, row: number): void {
    if (table.isFiltered) return;
    const source = { ...table.body, row: table.body.row + row, rows: 1 };
    const [cells = []] = table.sheet.values(source);
    const below = table.body.row + table.body.rows;
    table.resize({ ...table.area, rows: table.area.rows + 1 });
    const texts = cells.map((cell) => (typeof cell === 'string' && cell !== '' ? `'${cell}` : cell));
    table.sheet.write(below, table.body.column, [texts]);
    const double = table.body.column + this.#column('Double');
    table.sheet.write(below, double, [['']]);
  }

  #rename(table: Table, at: number): void {
    const column = table.columns[at];
    if (column === undefined || column.name === 'Order') return;
    const [original = column.name] = [...this.#headers].flatMap(([of, now]) =>
      now === column.name ? [of] : [],
    );
    const name = `${original} ${++this.#made}`;
    this.#headers.set(original, name);
    table.sheet.write(table.area.row, table.area.column + at, [[name]]);
  }

  #filter(table: Table): void {
    const column = table.columns[this.#column('Order')];
    const order = this.#rows()[0]?.('Order') ?? '';
    if (column === undefined || order === '') return;
    this.#filtered = this.#filtered === null ? order : null;
    table.filter(column, this.#filtered === null ? undefined : { kind: 'values', values: [this.#filtered] });
  }

  #asUser(change: (table: Table) => void): void {
    this.workbook.excel.workbook.as('user', () => {
      change(this.#table());
    });
  }

  #table(): Table {
    return this.workbook.excel.workbook.tables[0] ?? assert.fail('There is no table.');
  }

  #column(header: string): number {
    const name = this.#headers.get(header) ?? header;
    return (
      this.#table().columns.find((column) => column.name === name)?.index ?? assert.fail(`No column ${name}.`)
    );
  }

  /** The text of each row's cell under what was once this header. */
  #rows(): ((header: string) => string)[] {
    const { sheet, body } = this.#table();
    return sheet.values(body).map((cells) => (header) => String(cells[this.#column(header)] ?? ''));
  }
}

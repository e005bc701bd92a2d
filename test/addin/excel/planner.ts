import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeOrders } from '../../../src/addin/excel/write-orders';
import type { OrderRow } from '../../../src/contract/orders';
import { orderKey } from '../../../src/domain/order';
import type { Table } from '../../../src/workbench/engine/workbook';
import { assertLooksKept, looksOf, RULE_FILL } from './looks';
import { anOrder, anOutcome, aSearch, company, type TestWorkbook } from './workbook';

/** What a planner does to the sheet between two searches; rows and columns count from 0 and wrap around. */
export type Step =
  | { readonly does: 'search' | 'preview' | 'release'; readonly finds: readonly number[] }
  | { readonly does: (typeof withRows)[number]; readonly row: number }
  | { readonly does: (typeof withColumns)[number]; readonly column: number }
  | { readonly does: (typeof withAll)[number] };

const withRows = ['note', 'mark', 'prioritise', 'deleteRow', 'pasteRow', 'paint', 'heighten'] as const;
const withColumns = [
  ...(['insertColumn', 'hideColumn', 'renameColumn', 'widen', 'formatNumbers', 'colourByRule'] as const),
] as const;
const withAll = ['sort', 'filter', 'moveDown', 'renameTable', 'renameSheet', 'freeze'] as const;

export const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 9 });
const at = fc.nat({ max: 20 });
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('search' as const), finds: numbers }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('preview' as const, 'release'), finds: numbers }),
  },
  { weight: 7, arbitrary: fc.record({ does: fc.constantFrom(...withRows), row: at }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constantFrom(...withColumns), column: at }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom(...withAll) }) },
);

/** `General` makes a number or a day of what reads as one. */
const FORMATS = ['General', '0.000', 'dd.mm.yy', '@'];

/** An order whose key reads as a day wherever a cell is not formatted as text. */
function ordered(number: number, changes: Partial<OrderRow> = {}): OrderRow {
  return anOrder(number, { key: orderKey({ year: 2026, number, lot: 1 }), ...changes });
}

/** A planner who knows what they did; after every search the sheet must know it, too. */
export class Planner {
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
    const orders = [1, 2, 3, 4, 5].map((number) => ordered(number, { quantity: '1', version: 1 }));
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
    if ('finds' in next) return this.#letWrite(next.does, next.finds);
    this.#asUser((table) => {
      this.#do(table, next);
    });
  }

  /** Whatever is written, the sheet looks as the planner made it look. */
  async #letWrite(does: 'search' | 'preview' | 'release', finds: readonly number[]): Promise<void> {
    const before = looksOf(this.#table(), this.#column('Order'));
    if (does === 'search') await this.#search(finds);
    else await this.#judge(does, finds);
    assertLooksKept(before, looksOf(this.#table(), this.#column('Order')));
  }

  async #judge(does: 'preview' | 'release', of: readonly number[]): Promise<void> {
    const release = does === 'release';
    const outcomes = of.map((number) =>
      anOutcome(number, { key: ordered(number).key, order: ordered(number, { state: 'executive' }) }),
    );
    const { sheet } = this.workbook;
    await sheet[release ? 'writeResults' : 'writePreview'](outcomes, company, 'en');
    if (!release) return;
    for (const { key } of outcomes) {
      this.#marks.delete(key);
      this.#priorities.delete(key);
    }
  }

  async #search(finds: readonly number[]): Promise<void> {
    this.#made += 1;
    const quantity = String(this.#made);
    const found = finds.map((number) => ordered(number, { quantity, version: this.#made }));
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

  #do(table: Table, next: Exclude<Step, { readonly finds: readonly number[] }>): void {
    const { sheet, body } = table;
    const write = (row: number, header: string, value: string | number) => {
      sheet.write(body.row + row, body.column + this.#column(header), [[value]]);
    };
    switch (next.does) {
      case 'note':
      case 'mark':
      case 'prioritise':
      case 'deleteRow':
      case 'pasteRow':
      case 'paint':
      case 'heighten': {
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
        const whole = { ...body, row: body.row + row, rows: 1 };
        if (next.does === 'paint') sheet.format(whole, { fill: '#FFC000', bold: true });
        if (next.does === 'heighten') sheet.setRowHeight(whole.row, 1, 40);
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
      case 'widen':
        sheet.setColumnWidth(body.column + (next.column % table.columns.length), 1, 33);
        return;
      case 'formatNumbers': {
        const column = body.column + (next.column % table.columns.length);
        sheet.format(
          { ...body, column, columns: 1 },
          { numberFormat: FORMATS[next.column % FORMATS.length] ?? '' },
        );
        return;
      }
      case 'colourByRule': {
        const column = body.column + (next.column % table.columns.length);
        const condition = { kind: 'cellValue', operator: 'GreaterThan', first: '1' } as const;
        sheet.conditionalFormats.add({ ...body, column, columns: 1 }, condition, { fill: RULE_FILL });
        return;
      }
      case 'freeze':
        sheet.frozen = { rows: 1 + (this.#made % 3), columns: this.#made % 5 };
        return;
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

import { type Area, lastRow } from '../../engine/area';
import type { Entry, Table } from '../../engine/workbook';
import { invalidArgument } from '../errors';
import { RemoteCollection, RemoteObject } from '../remote-object';
import { type ExcelContext, demandWritable, wholeArgument } from './context';
import { RangeObject } from './range';

export class TableRowCollectionObject extends RemoteCollection {
  readonly className = 'TableRowCollection';

  constructor(
    private readonly context: ExcelContext,
    private readonly table: Table,
  ) {
    super();
  }

  items(): readonly TableRowObject[] {
    const { rows } = this.table.body;
    return Array.from(
      { length: rows },
      (_unused, index) => new TableRowObject(this.context, this.table, index),
    );
  }

  get count(): number {
    return this.table.body.rows;
  }

  override getCount(): number {
    return this.count;
  }

  override getItemAt(index: unknown): TableRowObject {
    const at = wholeArgument(index, 'index');
    if (at < 0 || at >= this.count) throw invalidArgument('The index is outside of the table.');
    return new TableRowObject(this.context, this.table, at);
  }

  add(index: unknown, values: unknown): TableRowObject {
    demandWritable(this.context);
    const { area, sheet } = this.table;
    const lines = asLines(values, area.columns);
    const count = Math.max(lines.length, 1);
    const wanted = wholeArgument(index, 'index', -1);
    const at = wanted === -1 ? this.count : wanted;
    if (at < 0 || at > this.count) throw invalidArgument('The index is outside of the table.');
    const row = area.row + 1 + at;
    if (at < this.count) sheet.insertRows(row, count);
    else this.#append(row, count);
    if (lines.length > 0) sheet.write(row, area.column, lines);
    return new TableRowObject(this.context, this.table, at);
  }

  #append(row: number, count: number): void {
    const { area, sheet } = this.table;
    const below = { ...area, row, rows: count };
    const isTaken = sheet
      .values(below)
      .flat()
      .some((value) => value !== '');
    if (isTaken) sheet.insertRows(row, count);
    if (lastRow(this.table.area) < row) this.table.appendRows(count);
  }
}

export class TableRowObject extends RemoteObject {
  readonly className = 'TableRow';

  constructor(
    private readonly context: ExcelContext,
    private readonly table: Table,
    readonly index: number,
  ) {
    super();
  }

  get values(): RangeObject['values'] {
    return this.getRange().values;
  }

  set values(values: unknown) {
    this.getRange().values = values; // the range checks what it is given
  }

  getRange(): RangeObject {
    const { body } = this.table;
    const area: Area = { ...body, row: body.row + this.index, rows: 1 };
    return new RangeObject(this.context, this.table.sheet, area);
  }

  delete(): void {
    this.getRange().delete('Up');
  }
}

function asLines(values: unknown, columns: number): Entry[][] {
  if (values === undefined || values === null) return [];
  if (!Array.isArray(values)) throw invalidArgument('values must be an array.');
  const lines = values.every(Array.isArray) ? (values as Entry[][]) : [values as Entry[]];
  if (lines.some((line) => line.length !== columns))
    throw invalidArgument("values don't fit the columns of the table.");
  return lines;
}

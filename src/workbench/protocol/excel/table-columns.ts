import { type Area, lastRow } from '../../engine/area';
import type { Table, TableColumn } from '../../engine/workbook';
import { invalidArgument, itemNotFound } from '../errors';
import { RemoteCollection, RemoteObject } from '../remote-object';
import { type ExcelContext, demandWritable, wholeArgument } from './context';
import { FilterObject } from './filter';
import { RangeObject } from './range';

export class TableColumnCollectionObject extends RemoteCollection {
  readonly className = 'TableColumnCollection';

  constructor(
    private readonly context: ExcelContext,
    private readonly table: Table,
  ) {
    super();
  }

  items(): readonly TableColumnObject[] {
    return this.table.columns.map((column) => new TableColumnObject(this.context, this.table, column));
  }

  get count(): number {
    return this.table.columns.length;
  }

  getItem(key: unknown): TableColumnObject {
    const found = this.getItemOrNullObject(key);
    if (!found) throw itemNotFound(`The table ${this.table.name} has no column ${String(key)}.`);
    return found;
  }

  getItemOrNullObject(key: unknown): TableColumnObject | null {
    const items = this.items();
    const wanted = String(key).toLowerCase();
    return (
      items.find((item) => item.id === String(key)) ??
      items.find((item) => item.name.toLowerCase() === wanted) ??
      null
    );
  }

  override getItemAt(index: unknown): TableColumnObject {
    const found = this.items()[wholeArgument(index, 'index')];
    if (!found) throw invalidArgument('The index is outside of the table.');
    return found;
  }

  add(index: unknown, values: unknown, name: unknown): TableColumnObject {
    demandWritable(this.context);
    const end = this.table.columns.length;
    const wanted = wholeArgument(index, 'index', end);
    const at = wanted === -1 ? end : wanted;
    if (at < 0 || at > end) throw invalidArgument('The index is outside of the table.');
    const lines = Array.isArray(values) ? (values as unknown[]) : undefined;
    const first: unknown = Array.isArray(lines?.[0]) ? (lines[0] as unknown[])[0] : undefined;
    const header =
      typeof name === 'string' ? name : typeof first === 'string' ? first : `Column${String(at + 1)}`;
    const column = this.table.addColumn(at, header);
    const added = new TableColumnObject(this.context, this.table, column);
    if (lines) added.values = typeof name === 'string' ? [[name], ...lines.slice(1)] : lines;
    return added;
  }
}

export class TableColumnObject extends RemoteObject {
  readonly className = 'TableColumn';

  constructor(
    private readonly context: ExcelContext,
    private readonly table: Table,
    private readonly column: TableColumn,
  ) {
    super();
  }

  override get identity(): string {
    return this.column.id;
  }

  get id(): string {
    return this.column.id;
  }

  get index(): number {
    return this.column.index;
  }

  get name(): string {
    return this.column.name;
  }

  set name(name: string) {
    demandWritable(this.context);
    this.column.name = name;
  }

  get values(): RangeObject['values'] {
    return this.getRange().values;
  }

  set values(values: unknown) {
    this.getRange().values = values; // the range checks what it is given
  }

  get filter(): FilterObject {
    return new FilterObject(this.context, this.table, this.column);
  }

  getRange(): RangeObject {
    return this.#lane(this.table.area);
  }

  getHeaderRowRange(): RangeObject {
    return this.#lane({ ...this.table.area, rows: 1 });
  }

  getDataBodyRange(): RangeObject {
    return this.#lane(this.table.body);
  }

  getTotalRowRange(): RangeObject {
    if (!this.table.showTotals) throw itemNotFound('The table has no total row.');
    return this.#lane({ ...this.table.area, row: lastRow(this.table.area) + 1, rows: 1 });
  }

  delete(): void {
    demandWritable(this.context);
    this.table.deleteColumn(this.column);
  }

  #lane(area: Area): RangeObject {
    const lane = { ...area, column: area.column + this.column.index, columns: 1 };
    return new RangeObject(this.context, this.table.sheet, lane);
  }
}

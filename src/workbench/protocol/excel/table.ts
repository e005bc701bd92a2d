import { type Area, intersect, lastRow } from '../../engine/area';
import type { Sheet, Table } from '../../engine/workbook';
import { invalidArgument, invalidOperation, itemAlreadyExists, itemNotFound } from '../errors';
import { RemoteCollection, RemoteObject } from '../remote-object';
import { TableAutoFilterObject } from './filter';
import { type ExcelContext, demandFocus, demandWritable, textArgument, wholeArgument } from './context';
import { RangeObject } from './range';
import { rangeArgument } from './range-argument';
import { TableSortObject } from './sort';
import { TableColumnCollectionObject } from './table-columns';
import { TableRowCollectionObject } from './table-rows';
import { WorksheetObject } from './worksheet';

/** How a table looks beyond its style; kept, not drawn. */
const looks = new WeakMap<Table, Look>();

interface Look {
  showHeaders: boolean;
  showBandedRows: boolean;
  showBandedColumns: boolean;
  showFilterButton: boolean;
  highlightFirstColumn: boolean;
  highlightLastColumn: boolean;
}

export class TableObject extends RemoteObject {
  readonly className = 'Table';

  constructor(
    private readonly context: ExcelContext,
    readonly table: Table,
  ) {
    super();
  }

  override get identity(): string {
    return this.table.id;
  }

  get id(): string {
    return this.table.id;
  }

  get legacyId(): string {
    return this.table.id;
  }

  get name(): string {
    return this.table.name;
  }

  set name(name: string) {
    demandWritable(this.context);
    if (!/^[A-Za-z_\\][\w.\\]*$/.test(name)) throw invalidArgument(`The table name ${name} is not valid.`);
    const wanted = name.toLowerCase();
    const others = this.context.workbook.tables.filter((table) => table !== this.table);
    if (others.some((table) => table.name.toLowerCase() === wanted)) {
      throw itemAlreadyExists(`There is a table ${name} already.`);
    }
    this.table.name = name;
  }

  get style(): string {
    return this.table.style;
  }

  set style(style: string) {
    demandWritable(this.context);
    this.table.style = style;
  }

  get showTotals(): boolean {
    return this.table.showTotals;
  }

  set showTotals(show: boolean) {
    demandWritable(this.context);
    this.table.showTotals = show;
  }

  get showHeaders(): boolean {
    return this.#look.showHeaders;
  }

  get showBandedRows(): boolean {
    return this.#look.showBandedRows;
  }

  set showBandedRows(show: boolean) {
    this.#look.showBandedRows = show;
  }

  get showBandedColumns(): boolean {
    return this.#look.showBandedColumns;
  }

  set showBandedColumns(show: boolean) {
    this.#look.showBandedColumns = show;
  }

  get showFilterButton(): boolean {
    return this.#look.showFilterButton;
  }

  set showFilterButton(show: boolean) {
    this.#look.showFilterButton = show;
  }

  get highlightFirstColumn(): boolean {
    return this.#look.highlightFirstColumn;
  }

  set highlightFirstColumn(highlight: boolean) {
    this.#look.highlightFirstColumn = highlight;
  }

  get highlightLastColumn(): boolean {
    return this.#look.highlightLastColumn;
  }

  set highlightLastColumn(highlight: boolean) {
    this.#look.highlightLastColumn = highlight;
  }

  get columns(): TableColumnCollectionObject {
    return new TableColumnCollectionObject(this.context, this.table);
  }

  get rows(): TableRowCollectionObject {
    return new TableRowCollectionObject(this.context, this.table);
  }

  get worksheet(): WorksheetObject {
    return new WorksheetObject(this.context, this.table.sheet);
  }

  get autoFilter(): TableAutoFilterObject {
    return new TableAutoFilterObject(this.context, this.table);
  }

  get sort(): TableSortObject {
    return new TableSortObject(this.context, this.table);
  }

  getRange(): RangeObject {
    const { area, showTotals } = this.table;
    return this.#range(showTotals ? { ...area, rows: area.rows + 1 } : area);
  }

  getHeaderRowRange(): RangeObject {
    return this.#range({ ...this.table.area, rows: 1 });
  }

  getDataBodyRange(): RangeObject {
    return this.#range(this.table.body);
  }

  getTotalRowRange(): RangeObject {
    if (!this.table.showTotals) throw itemNotFound('The table has no total row.');
    return this.#range({ ...this.table.area, row: lastRow(this.table.area) + 1, rows: 1 });
  }

  resize(range: unknown): void {
    demandWritable(this.context);
    const { sheet, area } = rangeArgument(this.context, this.table.sheet, range);
    const former = this.table.area;
    if (sheet.id !== this.table.sheet.id || area.row !== former.row || !intersect(area, former)) {
      throw invalidArgument('The new range must keep the header row and overlap the table.');
    }
    if (area.rows < 2) throw invalidArgument('A table has at least one row.');
    this.table.resize(area);
  }

  clearFilters(): void {
    demandWritable(this.context);
    demandFocus(this.context);
    for (const column of this.table.columns) {
      if (this.table.filterOf(column)) this.table.filter(column, undefined);
    }
  }

  reapplyFilters(): void {
    demandWritable(this.context);
    demandFocus(this.context);
    this.table.reapplyFilters();
  }

  convertToRange(): RangeObject {
    demandWritable(this.context);
    const range = this.getRange();
    this.table.convertToRange();
    return range;
  }

  delete(): void {
    demandWritable(this.context);
    this.table.delete();
  }

  get #look(): Look {
    const look = looks.get(this.table) ?? {
      showHeaders: true,
      showBandedRows: true,
      showBandedColumns: false,
      showFilterButton: true,
      highlightFirstColumn: false,
      highlightLastColumn: false,
    };
    looks.set(this.table, look);
    return look;
  }

  #range(area: Area): RangeObject {
    return new RangeObject(this.context, this.table.sheet, area);
  }
}

/** The tables of the workbook, or of one sheet. */
export class TableCollectionObject extends RemoteCollection {
  readonly className = 'TableCollection';

  constructor(
    private readonly context: ExcelContext,
    readonly sheet?: Sheet,
  ) {
    super();
  }

  items(): readonly TableObject[] {
    return this.context.workbook.tables
      .filter((table) => !this.sheet || table.sheet.id === this.sheet.id)
      .map((table) => new TableObject(this.context, table));
  }

  get count(): number {
    return this.items().length;
  }

  add(address: unknown, hasHeaders: unknown): TableObject {
    demandWritable(this.context);
    const { workbook } = this.context;
    const { sheet, area } = rangeArgument(this.context, this.sheet ?? workbook.activeSheet, address);
    if (workbook.tables.some((table) => table.sheet.id === sheet.id && intersect(table.area, area))) {
      throw invalidOperation("A table can't overlap another table.");
    }
    const whole = hasHeaders === true ? area : withHeaderRow(sheet, area);
    return new TableObject(
      this.context,
      workbook.addTable(sheet, { ...whole, rows: Math.max(whole.rows, 2) }),
    );
  }

  getItem(key: unknown): TableObject {
    const found = this.getItemOrNullObject(key);
    if (!found) throw itemNotFound(`There is no table ${String(key)}.`);
    return found;
  }

  getItemOrNullObject(key: unknown): TableObject | null {
    const wanted = textArgument(String(key), 'key').toLowerCase();
    return this.items().find((item) => item.id === String(key) || item.name.toLowerCase() === wanted) ?? null;
  }

  override getItemAt(index: unknown): TableObject | null {
    return this.items()[wholeArgument(index, 'index')] ?? null;
  }
}

/** A table made of cells without headers gets a header row above them; what is there moves down. */
function withHeaderRow(sheet: Sheet, area: Area): Area {
  sheet.insertRows(area.row, 1);
  return { ...area, rows: area.rows + 1 };
}

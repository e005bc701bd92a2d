import {
  AddSheetTableMutation,
  DeleteSheetTableMutation,
  type ITableColumnJson,
  type ITableConditionFilterItem,
  type ITableFilterItem,
  SetSheetTableFilterMutation,
  SetSheetTableMutation,
  SheetTableService,
  TABLE_FILTER_EMPTY_VALUE,
  TableColumnFilterTypeEnum,
  TableManager,
} from '@univerjs/sheets-table';
import { type Area, between, lastColumn, lastRow } from './area';
import { matcherOf } from './filter-criteria';
import { growDown } from './grow-tables';
import { uniqueHeaders } from './table-headers';
import { type UniverSession, areaOf, rangeOf } from './univer-session';
import type { UniverSheet } from './univer-sheet';
import type { Filter, Table, TableColumn } from './workbook';

type EngineTable = NonNullable<ReturnType<TableManager['getTableById']>>;

/** A table of the engine. What the engine lacks - a total row, criteria, column changes without loss - is added here. */
export class UniverTable implements Table {
  style = 'TableStyleMedium2';
  #showTotals = false;
  /** What the add-in asked for, beside the engine's list of values it was turned into. */
  readonly #filters = new Map<string, { filter: Filter; applied: ITableFilterItem }>();

  constructor(
    private readonly session: UniverSession,
    readonly sheet: UniverSheet,
    readonly id: string,
  ) {}

  get isDeleted(): boolean {
    return !this.#manager.getTableById(this.session.unitId, this.id);
  }

  get name(): string {
    return this.#engine.getDisplayName();
  }

  set name(name: string) {
    this.#configure({ name });
  }

  get area(): Area {
    return areaOf(this.#engine.getRange());
  }

  get body(): Area {
    const { row, column, rows, columns } = this.area;
    return { row: row + 1, column, rows: rows - 1, columns };
  }

  get columns(): readonly TableColumn[] {
    const engine = this.#engine;
    return Array.from({ length: engine.getColumnsCount() }, (_unused, index) => this.#column(index));
  }

  get showTotals(): boolean {
    return this.#showTotals;
  }

  set showTotals(show: boolean) {
    if (show === this.#showTotals) return;
    // Set first: a table without totals would take the row in.
    this.#showTotals = show;
    const { area, sheet } = this;
    const below = { ...area, row: lastRow(area) + 1, rows: 1 };
    if (show) {
      if (
        sheet
          .values(below)
          .flat()
          .some((value) => value !== '')
      )
        sheet.insertRows(below.row, 1);
      this.#writeTotals(below);
    } else sheet.clearContents(below);
  }

  get isFiltered(): boolean {
    return this.columns.some((column) => this.#engine.getTableFilterColumn(column.index) !== undefined);
  }

  resize(area: Area): void {
    const former = this.area;
    if (area.column === former.column && area.columns === former.columns) this.#setRange(area);
    else this.#rebuild(area, this.#columnsWithin(area));
  }

  appendRows(count: number): void {
    growDown(this, count);
  }

  addColumn(index: number, name: string): TableColumn {
    const { area } = this;
    const column = area.column + index;
    // Before room is made: the engine follows an insertion inside the table and loses a column over it.
    const columns = this.#columnJson().toSpliced(index, 0, this.#newColumn(name));
    this.#makeRoom(column);
    this.#rebuild({ ...area, columns: area.columns + 1 }, columns);
    this.sheet.write(area.row, column, [[`'${name}`]]);
    return this.#column(index);
  }

  deleteColumn(column: TableColumn): void {
    const { area, name } = this;
    this.filter(column, undefined);
    const at = area.column + column.index;
    const columns = this.#columnJson().filter((candidate) => candidate.id !== column.id);
    this.session.quietly(() => {
      this.#remove();
      this.sheet.deleteColumns(at, 1);
      this.#add({ ...area, columns: area.columns - 1 }, name, columns);
    });
  }

  filterOf(column: TableColumn): Filter | undefined {
    const applied = this.#engine.getTableFilterColumn(column.index);
    if (!applied) return undefined;
    const asked = this.#filters.get(column.id);
    if (asked?.applied === applied) return asked.filter;
    if (applied.filterType === TableColumnFilterTypeEnum.manual) {
      return { kind: 'values', values: applied.values.map(String) };
    }
    return { kind: 'criteria', first: conditionText(applied), operator: 'And' };
  }

  filter(column: TableColumn, filter: Filter | undefined): void {
    const applied = filter && this.#valuesMatching(column, filter);
    if (filter && applied) this.#filters.set(column.id, { filter, applied });
    else this.#filters.delete(column.id);
    const params = { tableId: this.id, column: column.index, tableFilter: applied };
    this.session.execute(SetSheetTableFilterMutation.id, { subUnitId: this.sheet.id, ...params });
  }

  reapplyFilters(): void {
    for (const column of this.columns) {
      const filter = this.filterOf(column);
      if (filter) this.filter(column, filter);
    }
  }

  delete(): void {
    const { area } = this;
    this.#remove();
    this.sheet.clearContents(area);
    this.sheet.clearFormats(area);
  }

  convertToRange(): void {
    for (const column of this.columns) if (this.filterOf(column)) this.filter(column, undefined);
    this.#remove();
  }

  /** Takes over what the header cells say now; empty and repeated names are completed as Excel does. */
  readHeader(): void {
    const { area } = this;
    const headers = this.sheet.texts({ ...area, rows: 1 })[0] ?? [];
    const names = uniqueHeaders(headers);
    const engine = this.#engine;
    for (const [index, name] of names.entries()) {
      const column = engine.getTableColumnByIndex(index);
      if (column) column.displayName = name;
    }
    const rewritten = names.map((name, index) => (name === headers[index] ? null : `'${name}`));
    if (rewritten.some((name) => name !== null)) this.sheet.write(area.row, area.column, [rewritten]);
    this.#setRange(area);
  }

  get #manager(): TableManager {
    return this.session.injector.get(TableManager);
  }

  get #engine(): EngineTable {
    const table = this.#manager.getTableById(this.session.unitId, this.id);
    if (!table) throw new Error(`The table ${this.id} is gone.`);
    return table;
  }

  #column(index: number): TableColumn {
    const column = this.#engine.getTableColumnByIndex(index);
    if (!column) throw new Error(`The table ${this.id} has no column ${String(index)}.`);
    const { area, sheet } = this;
    return {
      id: column.id,
      index,
      get name() {
        return column.getDisplayName();
      },
      set name(name: string) {
        sheet.write(area.row, area.column + index, [[`'${name}`]]);
      },
    };
  }

  /** The engine filters by lists of cell values only, so criteria become the list of the values that meet them. */
  #valuesMatching(column: TableColumn, filter: Filter): ITableFilterItem {
    const { body } = this;
    const at = body.column + column.index;
    const lane = { ...body, column: at, columns: 1 };
    const matches = matcherOf(filter);
    const service = this.session.injector.get(SheetTableService);
    const texts = this.sheet.texts(lane);
    const shown = new Set<string>();
    for (const [down, [value]] of this.sheet.values(lane).entries()) {
      if (value === undefined || !matches(value, texts[down]?.[0] ?? '')) continue;
      const key = service.getCellValueWithConditionType(this.sheet.worksheet, body.row + down, at) as unknown;
      // The engine compares the cell's own value, numbers included, though the list is declared as texts.
      shown.add((key ?? TABLE_FILTER_EMPTY_VALUE) as string);
    }
    return { filterType: TableColumnFilterTypeEnum.manual, values: [...shown] };
  }

  #setRange(area: Area): void {
    this.#configure({ updateRange: { newRange: rangeOf(area) } });
  }

  #configure(config: Readonly<Record<string, unknown>>): void {
    this.session.execute(SetSheetTableMutation.id, { subUnitId: this.sheet.id, tableId: this.id, config });
  }

  #columnJson(): ITableColumnJson[] {
    return this.#engine.toJSON().columns;
  }

  #newColumn(displayName: string): ITableColumnJson {
    const [sample] = this.#columnJson();
    if (!sample) throw new Error(`The table ${this.id} has no columns.`);
    return { ...sample, id: this.session.newId('column'), displayName, formula: '', meta: {} };
  }

  #columnsWithin(area: Area): ITableColumnJson[] {
    const former = this.area;
    const known = this.#columnJson();
    const headers = this.sheet.texts({ ...area, rows: 1 })[0] ?? [];
    return headers.map(
      (header, index) => known[area.column + index - former.column] ?? this.#newColumn(header),
    );
  }

  /** The engine loses the right columns when a range changes sideways, so the table is put back whole. */
  #rebuild(area: Area, columns: ITableColumnJson[]): void {
    const name = this.name;
    this.session.quietly(() => {
      this.#remove();
      this.#add(area, name, columns);
    });
    this.readHeader();
  }

  #remove(): void {
    this.session.execute(DeleteSheetTableMutation.id, { subUnitId: this.sheet.id, tableId: this.id });
  }

  #add(area: Area, name: string, columns: ITableColumnJson[]): void {
    const filters = columns.map((column) => this.#filters.get(column.id)?.applied);
    const options = { columns, filters, tableStyleId: 'table-default-0' };
    const params = { tableId: this.id, name, range: rangeOf(area), options };
    this.session.execute(AddSheetTableMutation.id, { subUnitId: this.sheet.id, ...params });
  }

  /** A column put inside moves what is to the right; at the right edge only when something is there. */
  #makeRoom(column: number): void {
    const { area, sheet } = this;
    const lane = between(area.row, column, lastRow(area), column);
    const isTaken = sheet
      .values(lane)
      .flat()
      .some((value) => value !== '');
    if (column <= lastColumn(area) || isTaken) {
      this.session.quietly(() => {
        sheet.insertColumns(column, 1);
      });
    }
  }

  #writeTotals(below: Area): void {
    const last = this.columns.at(-1);
    const lane = { ...this.body, column: lastColumn(this.area), columns: 1 };
    const isNumeric = this.sheet
      .values(lane)
      .flat()
      .every((value) => typeof value === 'number');
    const total = last && isNumeric ? `=SUBTOTAL(109,${this.name}[${last.name}])` : null;
    const line = this.columns.map((_column, index): string | null => (index === 0 ? 'Total' : null));
    this.sheet.write(below.row, below.column, [line.with(-1, total ?? line.at(-1) ?? null)]);
  }
}

/** What the person entered in the filter menu, as far as it is one value. */
function conditionText(filter: ITableConditionFilterItem): string {
  const { expectedValue } = filter.filterInfo;
  return typeof expectedValue === 'string' || typeof expectedValue === 'number' ? String(expectedValue) : '';
}

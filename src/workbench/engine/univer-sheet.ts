import { BooleanNumber, Direction, type ICellData } from '@univerjs/core';
import { TableManager } from '@univerjs/sheets-table';
import {
  InsertColByRangeCommand,
  InsertRowByRangeCommand,
  RemoveColByRangeCommand,
  RemoveRowByRangeCommand,
  RemoveSheetMutation,
  SetColHiddenMutation,
  SetColVisibleMutation,
  SetFrozenMutation,
  SetRowHiddenMutation,
  SetRowVisibleMutation,
  SetTabColorMutation,
  SetWorksheetColWidthMutation,
  SetWorksheetHideMutation,
  SetWorksheetNameMutation,
  SetWorksheetOrderMutation,
  SetWorksheetRowHeightMutation,
} from '@univerjs/sheets';
import { type Area, between } from './area';
import { UniverCells } from './univer-cells';
import { UniverConditionalFormats } from './univer-conditional-formats';
import { type UniverSession, WITHOUT_ACTIVATION, rangeOf } from './univer-session';
import { sortRows } from './univer-sort';
import { UniverValidations } from './univer-validations';
import type { Sheet, SortKey, Visibility } from './workbook';

const PIXELS_PER_POINT = 4 / 3;

/** One sheet: its tab, its rows and columns, and through its base its cells. */
export class UniverSheet extends UniverCells implements Sheet {
  readonly validations: UniverValidations;
  readonly conditionalFormats: UniverConditionalFormats;
  #veryHidden = false;

  constructor(session: UniverSession, id: string) {
    super(session, id);
    this.validations = new UniverValidations(session, this);
    this.conditionalFormats = new UniverConditionalFormats(session, id);
  }

  get name(): string {
    return this.worksheet.getName();
  }

  set name(name: string) {
    this.execute(SetWorksheetNameMutation.id, { name });
  }

  get visibility(): Visibility {
    if (this.worksheet.isSheetHidden() !== BooleanNumber.TRUE) return 'Visible';
    return this.#veryHidden ? 'VeryHidden' : 'Hidden';
  }

  set visibility(visibility: Visibility) {
    this.#veryHidden = visibility === 'VeryHidden';
    const hidden = visibility === 'Visible' ? BooleanNumber.FALSE : BooleanNumber.TRUE;
    const params = { subUnitId: this.id, hidden };
    this.session.execute(SetWorksheetHideMutation.id, params, WITHOUT_ACTIVATION);
  }

  get position(): number {
    return this.session.book.getConfig().sheetOrder.indexOf(this.id);
  }

  set position(position: number) {
    this.execute(SetWorksheetOrderMutation.id, { fromOrder: this.position, toOrder: position });
  }

  get tabColor(): string {
    return this.worksheet.getConfig().tabColor;
  }

  set tabColor(color: string) {
    this.execute(SetTabColorMutation.id, { color });
  }

  get frozen(): { rows: number; columns: number } {
    const { xSplit, ySplit } = this.worksheet.getFreeze();
    return { rows: ySplit, columns: xSplit };
  }

  set frozen({ rows, columns }: { rows: number; columns: number }) {
    const startRow = rows > 0 ? rows : -1;
    const startColumn = columns > 0 ? columns : -1;
    this.execute(SetFrozenMutation.id, { xSplit: columns, ySplit: rows, startRow, startColumn });
  }

  isRowHidden(row: number): boolean {
    return !this.worksheet.getRowRawVisible(row) || this.isRowFilteredOut(row);
  }

  isRowFilteredOut(row: number): boolean {
    return this.worksheet.getRowFiltered(row);
  }

  isColumnHidden(column: number): boolean {
    return !this.worksheet.getColVisible(column);
  }

  hideRows(row: number, count: number, hidden: boolean): void {
    const last = Math.min(row + count, this.worksheet.getRowCount()) - 1;
    const ranges = [rangeOf(between(row, 0, last, this.worksheet.getColumnCount() - 1))];
    this.execute(hidden ? SetRowHiddenMutation.id : SetRowVisibleMutation.id, { ranges });
  }

  hideColumns(column: number, count: number, hidden: boolean): void {
    this.grow(0, column + count - 1);
    const ranges = [rangeOf(between(0, column, this.worksheet.getRowCount() - 1, column + count - 1))];
    this.execute(hidden ? SetColHiddenMutation.id : SetColVisibleMutation.id, { ranges });
  }

  columnWidth(column: number): number {
    return this.isColumnHidden(column) ? 0 : this.worksheet.getColumnWidth(column) / PIXELS_PER_POINT;
  }

  setColumnWidth(column: number, count: number, width: number): void {
    this.grow(0, column + count - 1);
    const ranges = [rangeOf(between(0, column, 0, column + count - 1))];
    this.execute(SetWorksheetColWidthMutation.id, {
      ranges,
      colWidth: Math.round(width * PIXELS_PER_POINT),
    });
  }

  rowHeight(row: number): number {
    return this.worksheet.getRowHeight(row) / PIXELS_PER_POINT;
  }

  setRowHeight(row: number, count: number, height: number): void {
    const last = Math.min(row + count, this.worksheet.getRowCount()) - 1;
    const ranges = [rangeOf(between(row, 0, last, 0))];
    this.execute(SetWorksheetRowHeightMutation.id, {
      ranges,
      rowHeight: Math.round(height * PIXELS_PER_POINT),
    });
  }

  insertRows(row: number, count: number): void {
    this.grow(row + 1, 0);
    const range = rangeOf({ row, column: 0, rows: count, columns: this.worksheet.getColumnCount() });
    const direction = row === 0 ? Direction.UP : Direction.DOWN;
    this.session.executeOn(this.id, InsertRowByRangeCommand.id, { range, direction });
    if (row > 0) this.#inheritFormats(row, count);
  }

  deleteRows(row: number, count: number): void {
    this.grow(row + count, 0);
    const range = rangeOf({ row, column: 0, rows: count, columns: this.worksheet.getColumnCount() });
    this.session.executeOn(this.id, RemoveRowByRangeCommand.id, { range });
  }

  insertColumns(column: number, count: number): void {
    this.grow(0, column + 1);
    const range = rangeOf({ row: 0, column, rows: this.worksheet.getRowCount(), columns: count });
    const direction = column === 0 ? Direction.LEFT : Direction.RIGHT;
    this.session.executeOn(this.id, InsertColByRangeCommand.id, { range, direction });
  }

  deleteColumns(column: number, count: number): void {
    this.grow(0, column + count);
    const range = rangeOf({ row: 0, column, rows: this.worksheet.getRowCount(), columns: count });
    this.session.executeOn(this.id, RemoveColByRangeCommand.id, { range });
  }

  sort(area: Area, keys: readonly SortKey[], matchCase: boolean): void {
    this.writeCells(sortRows(this, area, keys, matchCase));
  }

  delete(): void {
    this.execute(RemoveSheetMutation.id, { subUnitName: this.name });
  }

  /** New rows look like the row above; under a header, which looks different, like the row below. */
  #inheritFormats(row: number, count: number): void {
    const tables = this.session.injector.get(TableManager).getTablesBySubunitId(this.session.unitId, this.id);
    const isUnderHeader = tables.some((table) => table.getRange().startRow === row - 1);
    const model = isUnderHeader ? row + count : row - 1;
    const line: Record<number, ICellData> = {};
    for (let column = 0; column < this.worksheet.getColumnCount(); column++) {
      const style = this.cell(model, column)?.s;
      if (style) line[column] = { s: style };
    }
    if (Object.keys(line).length === 0) return;
    const rows = Array.from({ length: count }, (_unused, index) => [row + index, line] as const);
    this.formatCells(Object.fromEntries(rows));
  }
}

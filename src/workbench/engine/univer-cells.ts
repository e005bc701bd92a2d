import type { ICellData, IObjectMatrixPrimitiveType, Worksheet } from '@univerjs/core';
import { FormulaDataModel } from '@univerjs/engine-formula';
import {
  SetRangeValuesMutation,
  SetStyleCommand,
  SetWorksheetColumnCountMutation,
  SetWorksheetRowCountMutation,
} from '@univerjs/sheets';
import { type Area, SHEET_COLUMNS, SHEET_ROWS, between, intersect, lastColumn, lastRow } from './area';
import { cellOf, textOf, valueOf } from './cell-entry';
import { readStyle, writeStyle } from './cell-style';
import type { UniverSession } from './univer-session';
import type { CellStyle, Entry, Scalar } from './workbook';

/** Rows and columns the grid grows by beyond what is needed, so that writing row after row does not resize it each time. */
const SPARE_ROWS = 200;
const SPARE_COLUMNS = 10;

export type CellBlock = IObjectMatrixPrimitiveType<ICellData>;

/** The cells of one sheet: what is in them and how it looks. */
export abstract class UniverCells {
  constructor(
    readonly session: UniverSession,
    readonly id: string,
  ) {}

  get worksheet(): Worksheet {
    return this.session.worksheet(this.id);
  }

  get isDeleted(): boolean {
    return !this.session.book.getSheetBySheetId(this.id);
  }

  values(area: Area): Scalar[][] {
    return this.#map(area, valueOf);
  }

  formulas(area: Area): Scalar[][] {
    return this.#map(area, (cell, row, column) => this.#formula(cell, row, column) ?? valueOf(cell));
  }

  texts(area: Area): string[][] {
    return this.#map(area, (cell) => textOf(cell, this.#styleOf(cell).numberFormat));
  }

  hasFormula(area: Area): boolean {
    const within = this.#within(area);
    if (!within) return false;
    const matrix = this.worksheet.getCellMatrix();
    for (let row = within.row; row <= lastRow(within); row++) {
      for (let column = within.column; column <= lastColumn(within); column++) {
        const cell = matrix.getValue(row, column);
        if (cell?.f ?? cell?.si) return true;
      }
    }
    return false;
  }

  usedArea(valuesOnly: boolean): Area | null {
    let [top, left, bottom, right] = [SHEET_ROWS, SHEET_COLUMNS, -1, -1];
    const matrix = this.worksheet.getCellMatrix().getMatrix();
    for (const rowKey in matrix) {
      for (const columnKey in matrix[rowKey]) {
        const cell = matrix[rowKey]?.[Number(columnKey)];
        if (!cell || !(hasContent(cell) || (!valuesOnly && cell.s))) continue;
        const [row, column] = [Number(rowKey), Number(columnKey)];
        if (row < top) top = row;
        if (row > bottom) bottom = row;
        if (column < left) left = column;
        if (column > right) right = column;
      }
    }
    return bottom < 0 ? null : between(top, left, bottom, right);
  }

  write(row: number, column: number, entries: readonly (readonly Entry[])[]): void {
    const matrix = this.worksheet.getCellMatrix();
    const block: CellBlock = {};
    for (const [down, line] of entries.entries()) {
      const written: Record<number, ICellData> = {};
      for (const [right, entry] of line.entries()) {
        const former = matrix.getValue(row + down, column + right);
        const cell = cellOf(entry, former?.s ? this.#styleOf(former).numberFormat : 'General');
        if (cell) written[column + right] = cell;
      }
      if (Object.keys(written).length > 0) block[row + down] = written;
    }
    this.writeCells(block);
  }

  /** Writes cells as the engine holds them; the grid grows to take them. */
  writeCells(block: CellBlock): void {
    this.#put(block, {});
  }

  /** Writes formats only: the engine is spared looking for formulas in them. */
  formatCells(block: CellBlock): void {
    this.#put(block, { trigger: SetStyleCommand.id });
  }

  clearContents(area: Area): void {
    const empty: ICellData = { v: null, f: null, p: null, si: null };
    this.#rewrite(area, (cell) => (cell ? empty : undefined));
  }

  clearFormats(area: Area): void {
    this.#rewrite(area, (cell) => (cell?.s ? { s: null } : undefined));
  }

  styles(area: Area): CellStyle[][] {
    return this.#map(area, (cell) => this.#styleOf(cell));
  }

  format(area: Area, style: Partial<CellStyle>): void {
    const written = writeStyle(style);
    const within = this.#formattable(area);
    const block: CellBlock = {};
    for (let row = within.row; row <= lastRow(within); row++) {
      const line: Record<number, ICellData> = {};
      for (let column = within.column; column <= lastColumn(within); column++) line[column] = { s: written };
      block[row] = line;
    }
    this.formatCells(block);
  }

  formatNumbers(row: number, column: number, formats: readonly (readonly (string | null)[])[]): void {
    const block: CellBlock = {};
    for (const [down, line] of formats.entries()) {
      const written: Record<number, ICellData> = {};
      for (const [right, numberFormat] of line.entries()) {
        if (numberFormat !== null) written[column + right] = { s: writeStyle({ numberFormat }) };
      }
      if (Object.keys(written).length > 0) block[row + down] = written;
    }
    this.formatCells(block);
  }

  cell(row: number, column: number): ICellData | undefined {
    return this.worksheet.getCellMatrix().getValue(row, column) ?? undefined;
  }

  #put(block: CellBlock, params: Readonly<Record<string, unknown>>): void {
    const rows = Object.keys(block).map(Number);
    if (rows.length === 0) return;
    const columns = rows.flatMap((row) => Object.keys(block[row] ?? {}).map(Number));
    this.grow(max(rows), max(columns));
    this.execute(SetRangeValuesMutation.id, { cellValue: block, ...params });
  }

  protected execute(command: string, params: Readonly<Record<string, unknown>>): void {
    this.session.execute(command, { subUnitId: this.id, ...params });
  }

  #formula(cell: ICellData | undefined, row: number, column: number): string | undefined {
    if (cell?.f) return cell.f;
    if (!cell?.si) return undefined;
    const formulas = this.session.injector.get(FormulaDataModel);
    return formulas.getFormulaStringByCell(row, column, this.id, this.session.unitId) ?? undefined;
  }

  #styleOf(cell: ICellData | undefined): CellStyle {
    return readStyle(cell?.s ? this.session.book.getStyles().getStyleByCell(cell) : null);
  }

  #map<T>(area: Area, read: (cell: ICellData | undefined, row: number, column: number) => T): T[][] {
    const matrix = this.worksheet.getCellMatrix();
    return Array.from({ length: area.rows }, (_line, down) =>
      Array.from({ length: area.columns }, (_cell, right) => {
        const [row, column] = [area.row + down, area.column + right];
        return read(matrix.getValue(row, column) ?? undefined, row, column);
      }),
    );
  }

  #rewrite(area: Area, change: (cell: ICellData | undefined) => ICellData | undefined): void {
    const within = this.#within(area);
    if (!within) return;
    const block: CellBlock = {};
    for (let row = within.row; row <= lastRow(within); row++) {
      const line: Record<number, ICellData> = {};
      for (let column = within.column; column <= lastColumn(within); column++) {
        const changed = change(this.cell(row, column));
        if (changed) line[column] = changed;
      }
      if (Object.keys(line).length > 0) block[row] = line;
    }
    this.writeCells(block);
  }

  /** Whole rows and columns are formatted as far as the grid reaches; beyond it there is nothing to see. */
  #formattable(area: Area): Area {
    const whole = area.rows >= SHEET_ROWS || area.columns >= SHEET_COLUMNS;
    return (whole ? this.#within(area) : null) ?? area;
  }

  #within(area: Area): Area | null {
    const worksheet = this.worksheet;
    return intersect(area, {
      row: 0,
      column: 0,
      rows: worksheet.getRowCount(),
      columns: worksheet.getColumnCount(),
    });
  }

  protected grow(row: number, column: number): void {
    const worksheet = this.worksheet;
    if (row >= worksheet.getRowCount()) {
      this.execute(SetWorksheetRowCountMutation.id, {
        rowCount: Math.min(row + 1 + SPARE_ROWS, SHEET_ROWS),
      });
    }
    if (column >= worksheet.getColumnCount()) {
      const columnCount = Math.min(column + 1 + SPARE_COLUMNS, SHEET_COLUMNS);
      this.execute(SetWorksheetColumnCountMutation.id, { columnCount });
    }
  }
}

function hasContent(cell: ICellData): boolean {
  return Boolean(cell.f) || Boolean(cell.si) || valueOf(cell) !== '';
}

function max(numbers: readonly number[]): number {
  return numbers.reduce((highest, number) => Math.max(highest, number), 0);
}

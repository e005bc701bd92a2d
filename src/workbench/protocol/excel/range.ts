import {
  type Area,
  SHEET_COLUMNS,
  SHEET_ROWS,
  enclose,
  formatArea,
  intersect,
  parseArea,
  splitSheet,
} from '../../engine/area';
import type { Entry, Scalar, Sheet } from '../../engine/workbook';
import { invalidArgument, itemNotFound } from '../errors';
import { RemoteObject } from '../remote-object';
import { ConditionalFormatCollectionObject } from './conditional-format';
import {
  type ExcelContext,
  common,
  demandFocus,
  demandWritable,
  onSheet,
  qualifiedAddress,
  wholeArgument,
} from './context';
import { DataValidationObject } from './data-validation';
import { deleteCells, insertCells } from './move-cells';
import { areaAt, columnOf, columnsBeside, grown, moved, rowOf, rowsBeside } from './range-geometry';
import { RangeFormatObject } from './range-format';
import { RangeSortObject } from './sort';
import { RangeViewObject } from './range-view';
import { WorksheetObject } from './worksheet';
import { spread, wrongShape, writeVisible } from './write-cells';

/** Members whose answer depends on calculated formulas. */
const CALCULATED = new Set(['*', 'values', 'text', 'valueTypes']);

export class RangeObject extends RemoteObject {
  readonly className = 'Range';

  /** @param area moves when rows or columns are inserted before it while the add-in tracks the range */
  constructor(
    readonly context: ExcelContext,
    readonly sheet: Sheet,
    public area: Area,
  ) {
    super();
    onSheet(area);
  }

  override async prepare(members: readonly string[]): Promise<void> {
    const depends = members.some((member) => CALCULATED.has(member) || CALCULATED.has(lowerFirst(member)));
    if (depends && this.sheet.hasFormula(this.area)) await this.context.workbook.settled();
  }

  get address(): string {
    return qualifiedAddress(this.sheet, this.area);
  }

  get addressLocal(): string {
    return this.address;
  }

  get rowIndex(): number {
    return this.area.row;
  }

  get columnIndex(): number {
    return this.area.column;
  }

  get rowCount(): number {
    return this.area.rows;
  }

  get columnCount(): number {
    return this.area.columns;
  }

  get cellCount(): number {
    const cells = this.area.rows * this.area.columns;
    return cells > 2 ** 31 - 1 ? -1 : cells;
  }

  get isEntireColumn(): boolean {
    return this.area.rows === SHEET_ROWS;
  }

  get isEntireRow(): boolean {
    return this.area.columns === SHEET_COLUMNS;
  }

  get hidden(): boolean | null {
    if (this.rowHidden === true || this.columnHidden === true) return true;
    return this.rowHidden === null || this.columnHidden === null ? null : false;
  }

  get rowHidden(): boolean | null {
    return common(this.#rows().map((row) => this.sheet.isRowHidden(row)));
  }

  set rowHidden(hidden: boolean) {
    demandWritable(this.context);
    this.sheet.hideRows(this.area.row, this.area.rows, hidden);
  }

  get columnHidden(): boolean | null {
    return common(this.#columns().map((column) => this.sheet.isColumnHidden(column)));
  }

  set columnHidden(hidden: boolean) {
    demandWritable(this.context);
    this.sheet.hideColumns(this.area.column, this.area.columns, hidden);
  }

  get values(): Scalar[][] | null {
    return this.#readable((area) => this.sheet.values(area));
  }

  set values(values: unknown) {
    this.#write(values);
  }

  get formulas(): Scalar[][] | null {
    return this.#readable((area) => this.sheet.formulas(area));
  }

  set formulas(formulas: unknown) {
    this.#write(formulas);
  }

  get formulasLocal(): Scalar[][] | null {
    return this.formulas;
  }

  set formulasLocal(formulas: unknown) {
    this.#write(formulas);
  }

  get text(): string[][] | null {
    return this.#readable((area) => this.sheet.texts(area));
  }

  get valueTypes(): string[][] | null {
    return this.#readable((area) => this.sheet.values(area).map((line) => line.map(valueType)));
  }

  get numberFormat(): string[][] | null {
    return this.#readable((area) =>
      this.sheet.styles(area).map((line) => line.map((style) => style.numberFormat)),
    );
  }

  set numberFormat(formats: unknown) {
    demandWritable(this.context);
    if (typeof formats === 'string') this.sheet.format(this.area, { numberFormat: formats });
    else {
      const spreadOut = spread(formats, this.area, isNumberFormat);
      this.sheet.formatNumbers(this.area.row, this.area.column, spreadOut);
    }
  }

  get numberFormatLocal(): string[][] | null {
    return this.numberFormat;
  }

  get format(): RangeFormatObject {
    return new RangeFormatObject(this.context, this.sheet, this.area);
  }

  get worksheet(): WorksheetObject {
    return new WorksheetObject(this.context, this.sheet);
  }

  get dataValidation(): DataValidationObject {
    return new DataValidationObject(this.context, this.sheet, this.area);
  }

  get conditionalFormats(): ConditionalFormatCollectionObject {
    return new ConditionalFormatCollectionObject(this.context, this.sheet, this.area);
  }

  get sort(): RangeSortObject {
    return new RangeSortObject(this.context, this.sheet, this.area);
  }

  getCell(row: unknown, column: unknown): RangeObject {
    return this.#at(areaAt(this.area, wholeArgument(row, 'row'), wholeArgument(column, 'column')));
  }

  getRow(row: unknown): RangeObject {
    return this.#at(rowOf(this.area, wholeArgument(row, 'row')));
  }

  getColumn(column: unknown): RangeObject {
    return this.#at(columnOf(this.area, wholeArgument(column, 'column')));
  }

  getLastRow(): RangeObject {
    return this.#at(rowOf(this.area, this.area.rows - 1));
  }

  getLastColumn(): RangeObject {
    return this.#at(columnOf(this.area, this.area.columns - 1));
  }

  getLastCell(): RangeObject {
    return this.#at(areaAt(this.area, this.area.rows - 1, this.area.columns - 1));
  }

  getRowsBelow(count: unknown): RangeObject {
    return this.#at(rowsBeside(this.area, wholeArgument(count, 'count', 1)));
  }

  getRowsAbove(count: unknown): RangeObject {
    return this.#at(rowsBeside(this.area, -wholeArgument(count, 'count', 1)));
  }

  getColumnsAfter(count: unknown): RangeObject {
    return this.#at(columnsBeside(this.area, wholeArgument(count, 'count', 1)));
  }

  getColumnsBefore(count: unknown): RangeObject {
    return this.#at(columnsBeside(this.area, -wholeArgument(count, 'count', 1)));
  }

  getEntireRow(): RangeObject {
    return this.#at({ ...this.area, column: 0, columns: SHEET_COLUMNS });
  }

  getEntireColumn(): RangeObject {
    return this.#at({ ...this.area, row: 0, rows: SHEET_ROWS });
  }

  getOffsetRange(rows: unknown, columns: unknown): RangeObject {
    return this.#at(
      moved(this.area, wholeArgument(rows, 'rowOffset'), wholeArgument(columns, 'columnOffset')),
    );
  }

  getResizedRange(rows: unknown, columns: unknown): RangeObject {
    return this.#at(
      grown(this.area, wholeArgument(rows, 'deltaRows'), wholeArgument(columns, 'deltaColumns')),
    );
  }

  getAbsoluteResizedRange(rows: unknown, columns: unknown): RangeObject {
    const size = { rows: wholeArgument(rows, 'numRows'), columns: wholeArgument(columns, 'numColumns') };
    return this.#at({ ...this.area, ...size });
  }

  getBoundingRect(other: unknown): RangeObject {
    return this.#at(enclose(this.area, this.#areaOf(other)));
  }

  getIntersection(other: unknown): RangeObject {
    const found = this.getIntersectionOrNullObject(other);
    if (!found) throw itemNotFound('The ranges do not intersect.');
    return found;
  }

  getIntersectionOrNullObject(other: unknown): RangeObject | null {
    if (other === null || other === undefined) return null;
    if (other instanceof RangeObject && other.sheet.id !== this.sheet.id) return null;
    const area = intersect(this.area, this.#areaOf(other));
    return area && this.#at(area);
  }

  getUsedRange(valuesOnly: unknown): RangeObject {
    return this.getUsedRangeOrNullObject(valuesOnly) ?? this.#at({ ...this.area, rows: 1, columns: 1 });
  }

  getUsedRangeOrNullObject(valuesOnly: unknown): RangeObject | null {
    const used = this.sheet.usedArea(valuesOnly === true);
    const area = used && intersect(this.area, used);
    return area && this.#at(area);
  }

  getVisibleView(): RangeViewObject {
    const rows = this.#rows().filter((row) => !this.sheet.isRowHidden(row));
    const columns = this.#columns().filter((column) => !this.sheet.isColumnHidden(column));
    return new RangeViewObject(this.context, this.sheet, rows, columns);
  }

  insert(shift: unknown): RangeObject {
    demandWritable(this.context);
    insertCells(this.sheet, this.area, shift);
    return this.#at(this.area);
  }

  delete(shift: unknown): void {
    demandWritable(this.context);
    const { faults } = this.context;
    if (faults.deletesNothingUnderFilter && this.#rows().some((row) => this.sheet.isRowFilteredOut(row)))
      return;
    deleteCells(this.context, this.sheet, this.area, shift);
  }

  clear(applyTo: unknown): void {
    demandWritable(this.context);
    const what = applyTo ?? 'All';
    if (what === 'All' || what === 'Contents' || what === 'RemoveHyperlinks')
      this.sheet.clearContents(this.area);
    if (what === 'All' || what === 'Formats') {
      this.sheet.clearFormats(this.area);
      this.sheet.conditionalFormats.clear(this.area);
    }
    if (what === 'All') this.sheet.validations.clear(this.area);
  }

  select(): void {
    demandFocus(this.context);
    this.context.workbook.select(this.sheet, [this.area]);
  }

  /** Sent before a big write is cut into chunks, so that a wrong shape fails as a whole. */
  _ValidateArraySize(rows: unknown, columns: unknown): void {
    if (rows !== this.area.rows || columns !== this.area.columns) throw wrongShape(this.area);
  }

  #at(area: Area): RangeObject {
    return new RangeObject(this.context, this.sheet, onSheet(area));
  }

  #areaOf(other: unknown): Area {
    if (other instanceof RangeObject) {
      if (other.sheet.id !== this.sheet.id) throw invalidArgument('The ranges are on different sheets.');
      return other.area;
    }
    const area = typeof other === 'string' ? parseArea(splitSheet(other).rest) : undefined;
    if (!area) throw invalidArgument('A range or an address is expected.');
    return area;
  }

  #rows(): number[] {
    const count = this.isEntireColumn ? (this.sheet.usedArea(false)?.rows ?? 1) : this.area.rows;
    return Array.from({ length: count }, (_unused, index) => this.area.row + index);
  }

  #columns(): number[] {
    const count = this.isEntireRow ? (this.sheet.usedArea(false)?.columns ?? 1) : this.area.columns;
    return Array.from({ length: count }, (_unused, index) => this.area.column + index);
  }

  /** Reads of whole rows and columns, and of more cells than Excel hands out, are null. */
  #readable<T>(read: (area: Area) => T): T | null {
    if (this.isEntireColumn || this.isEntireRow) return null;
    return this.cellCount > this.context.faults.nullReadsOverCells ? null : read(this.area);
  }

  #write(values: unknown): void {
    demandWritable(this.context);
    if (this.isEntireColumn || this.isEntireRow)
      throw invalidArgument(`${formatArea(this.area)} is too big to write.`);
    const entries = spread(values, this.area, isEntry);
    if (this.context.faults.writesOnlyVisibleRows) writeVisible(this.sheet, this.area, entries);
    else this.sheet.write(this.area.row, this.area.column, entries);
  }
}

function isEntry(value: unknown): value is Entry {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isNumberFormat(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function valueType(value: Scalar): string {
  if (value === '') return 'Empty';
  if (typeof value === 'string') return /^#[A-Z0-9/]+[!?]?$/.test(value) ? 'Error' : 'String';
  return typeof value === 'number' ? 'Double' : 'Boolean';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

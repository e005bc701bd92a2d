import {
  type Area,
  SHEET_COLUMNS,
  SHEET_ROWS,
  formatArea,
  lastColumn,
  lastRow,
  quoteSheetName,
} from '../../engine/area';
import type { Sheet, Workbook } from '../../engine/workbook';
import { RichApiError, generalException, invalidArgument } from '../errors';
import type { Faults } from '../faults';

/** What the objects of the Excel model share. */
export interface ExcelContext {
  readonly workbook: Workbook;
  readonly faults: Faults;
  /** `Office.context.document.settings` and `workbook.settings` are the same: name to JSON text. */
  readonly settings: Map<string, string>;
  /** `context.runtime.enableEvents`. */
  readonly runtime: { enableEvents: boolean };
  /** What `Excel.createWorkbook` opens: the file as base64, if one was given. */
  openWorkbook(base64: string | undefined): void;
  /** Ranges that events point at, by the reference id in the event. */
  readonly eventRanges: Map<string, { readonly sheet: Sheet; readonly area: Area }>;
}

export function qualifiedAddress(sheet: Sheet, area: Area): string {
  return `${quoteSheetName(sheet.name)}!${formatArea(area)}`;
}

/** Refuses areas beyond the edge of the sheet, as Excel does with InvalidArgument. */
export function onSheet(area: Area): Area {
  const fits = area.row >= 0 && area.column >= 0 && area.rows > 0 && area.columns > 0;
  if (!fits || lastRow(area) >= SHEET_ROWS || lastColumn(area) >= SHEET_COLUMNS) {
    throw invalidArgument('The range is outside of the sheet.');
  }
  return area;
}

export function demandWritable(context: ExcelContext): void {
  if (context.faults.readOnly) {
    throw new RichApiError(
      'AccessDenied',
      "You can't change this workbook: it is open for reading only.",
      403,
    );
  }
}

/** Activating, selecting and clearing filters need the window of this workbook to be in front. */
export function demandFocus(context: ExcelContext): void {
  if (context.faults.focusLost) throw generalException('Another workbook has the focus.');
}

export function textArgument(value: unknown, name: string): string {
  if (typeof value !== 'string') throw invalidArgument(`${name} must be a text.`);
  return value;
}

export function wholeArgument(value: unknown, name: string, otherwise?: number): number {
  if (value === undefined || value === null) {
    if (otherwise !== undefined) return otherwise;
  } else if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw invalidArgument(`${name} must be a whole number.`);
}

/** The value all items agree on, or null when they differ, as Excel answers for properties of several cells. */
export function common<T>(items: Iterable<T>): T | null {
  let first: T | undefined;
  for (const item of items) {
    if (first === undefined) first = item;
    else if (item !== first) return null;
  }
  return first ?? null;
}

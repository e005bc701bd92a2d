import { CellValueType, type ICellData, isTextFormat, numfmt } from '@univerjs/core';
import type { Entry, Scalar } from './workbook';

/**
 * Turns what is written into a cell into what the cell holds, as Excel does when values are set: text that starts with
 * = + - is a formula, text that reads as a number, date or truth value becomes one, a leading apostrophe or the format `@`
 * keeps it text. `undefined` when the entry leaves the cell as it is.
 */
export function cellOf(entry: Entry, numberFormat: string): ICellData | undefined {
  if (entry === null) return undefined;
  if (entry === '') return { v: null, f: null, p: null, si: null };
  if (typeof entry === 'number') return plain(entry, CellValueType.NUMBER);
  if (typeof entry === 'boolean') return plain(entry ? 1 : 0, CellValueType.BOOLEAN);
  if (entry.startsWith("'")) return plain(entry.slice(1), CellValueType.STRING);
  if (isTextFormat(numberFormat)) return plain(entry, CellValueType.STRING);
  return typed(entry, numberFormat);
}

/** The value a cell shows to formulas and to the add-in. */
export function valueOf(cell: ICellData | null | undefined): Scalar {
  if (!cell) return '';
  const value = cell.v;
  if (value === undefined || value === null) return richText(cell);
  if (cell.t === CellValueType.BOOLEAN) return value === 1 || value === true || value === 'TRUE';
  return value;
}

/** The text of a cell under its number format. */
export function textOf(cell: ICellData | null | undefined, numberFormat: string): string {
  const value = valueOf(cell);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return value;
  return isTextFormat(numberFormat) ? String(value) : numfmt.format(numberFormat, value, { throws: false });
}

function typed(text: string, numberFormat: string): ICellData {
  const trimmed = text.trim();
  if (/^[=+-]/.test(trimmed) && trimmed.length > 1 && Number.isNaN(Number(trimmed))) {
    const parsed = trimmed.startsWith('=') ? null : numfmt.parseValue(trimmed);
    if (typeof parsed?.v !== 'number') {
      return { v: null, p: null, si: null, f: trimmed.startsWith('=') ? trimmed : `=${trimmed}` };
    }
  }
  if (/^(true|false)$/i.test(trimmed)) return plain(/^true$/i.test(trimmed) ? 1 : 0, CellValueType.BOOLEAN);
  // Looking for a number or date is costly, and there is none without a digit.
  const number = /\d/.test(trimmed) ? numfmt.parseValue(trimmed) : null;
  if (typeof number?.v !== 'number') return plain(text, CellValueType.STRING);
  const cell = plain(number.v, CellValueType.NUMBER);
  return number.z && numberFormat === 'General' ? { ...cell, s: { n: { pattern: number.z } } } : cell;
}

function plain(value: string | number, type: CellValueType): ICellData {
  return { v: value, t: type, f: null, p: null, si: null };
}

function richText(cell: ICellData): string {
  return (cell.p?.body?.dataStream ?? '').replace(/\r?\n$/, '').replace(/\r$/, '');
}

import type { CalendarDate } from '../../domain/calendar';
import { isExactNumber, startsFormula } from '../../domain/spreadsheet';

/** What one cell is written with: `null` leaves it as it is, empty text clears it. */
export type Cell = string | number | boolean | null;

const MS_PER_DAY = 86_400_000;
/** Day 0 of Excel's calendar, right for every day since March 1900. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
/** 31 December 9999. */
const LAST_SERIAL = 2_958_465;

/** A day as Excel's serial number: calendar parts only, so that no time zone can move it. */
export function serialOfDay(day: CalendarDate): number {
  return (Date.parse(`${day}T00:00:00Z`) - DAY_ZERO) / MS_PER_DAY;
}

/** The day of a serial number; null for what is none. */
export function dayOfSerial(serial: unknown): CalendarDate | null {
  if (typeof serial !== 'number' || !(serial >= 61 && serial <= LAST_SERIAL)) return null;
  // Parts of a valid day.
  return new Date(DAY_ZERO + Math.floor(serial) * MS_PER_DAY).toISOString().slice(0, 10) as CalendarDate;
}

/**
 * Text of the order book as a cell that stays text. Excel takes the apostrophe as "what follows is text", does not show it
 * and does not give it back.
 */
export function textCell(text: string): string {
  // An apostrophe of its own would be swallowed.
  return startsFormula(text) || text.startsWith("'") ? `'${text}` : text;
}

/** A quantity as a number the sheet can add up; one with more digits than a sheet holds stays exact text. */
export function quantityCell(text: string): Cell {
  return isExactNumber(text) ? Number(text) : textCell(text);
}

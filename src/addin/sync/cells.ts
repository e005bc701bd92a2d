import type { CalendarDate } from '../../domain/calendar';
import { isExactNumber, readsAsValue, startsFormula } from '../../domain/spreadsheet';

/** What one cell is written with: `null` leaves it as it is, empty text clears it. */
export type Cell = string | number | boolean | null;

/** The year a workbook counts its days from: 1904 where it was first made by an Excel on an old Mac. */
export type DateSystem = 1900 | 1904;

const MS_PER_DAY = 86_400_000;
/** Day 0 of a workbook's calendar; that of 1900 is right for every day since March of that year. */
const DAY_ZERO = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;
const FIRST_SERIAL = { 1900: 61, 1904: 0 } as const;
const LAST_DAY = Date.UTC(9999, 11, 31);

/** A day as Excel's serial number: calendar parts only, so that no time zone can move it. */
export function serialOfDay(day: CalendarDate, system: DateSystem): number {
  return (Date.parse(`${day}T00:00:00Z`) - DAY_ZERO[system]) / MS_PER_DAY;
}

/** The day of a serial number; null for what is none. */
export function dayOfSerial(serial: unknown, system: DateSystem): CalendarDate | null {
  if (typeof serial !== 'number' || !(serial >= FIRST_SERIAL[system])) return null;
  const time = DAY_ZERO[system] + Math.floor(serial) * MS_PER_DAY;
  // Parts of a valid day.
  return time <= LAST_DAY ? (new Date(time).toISOString().slice(0, 10) as CalendarDate) : null;
}

/**
 * Text of the order book as a cell that stays text. Excel takes the apostrophe as "what follows is text", does not show it
 * and does not give it back. Our text columns are formatted as text, but cells that the planner pasted in or formatted are not.
 */
export function textCell(text: string): string {
  // An apostrophe of its own would be swallowed.
  return startsFormula(text) || text.startsWith("'") || readsAsValue(text) ? `'${text}` : text;
}

/** A quantity as a number the sheet can add up; one with more digits than a sheet holds stays exact text. */
export function quantityCell(text: string): Cell {
  return isExactNumber(text) ? Number(text) : textCell(text);
}

import { DateTime, IANAZone } from 'luxon';

/** A day of the plant's calendar as ISO text (`2026-11-20`): no time, no zone, compares and sorts as text. */
export type CalendarDate = string & { readonly calendarDate: unique symbol };

/** A point in time as ISO text in UTC (`2026-11-20T16:18:00.000Z`). */
export type Instant = string & { readonly instant: unique symbol };

// The calendar has no year 0, and neither has PostgreSQL.
const ISO_DAY = /^(?!0000)\d{4}-\d{2}-\d{2}$/;

export function isCalendarDate(text: string): text is CalendarDate {
  // Where a day is not in its month, some engines count on and others give no time at all.
  return ISO_DAY.test(text) && dayNumbered(numberOf(text)) === text;
}

/** Reads an ISO day. Throws a RangeError for anything else: edges check with {@link isCalendarDate} first. */
export function calendarDate(text: string): CalendarDate {
  if (!isCalendarDate(text))
    throw new RangeError(`Not a calendar date: ${JSON.stringify(text.slice(0, 40))}`);
  return text;
}

export function addDays(day: CalendarDate, days: number): CalendarDate {
  // The formatted text of a valid day is a valid day.
  return dayNumbered(numberOf(day) + days) as CalendarDate;
}

/** Whole days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return numberOf(to) - numberOf(from);
}

// Days need no zones, so these do without luxon: the pane counts days, and luxon would be a twelfth of what it loads.
const DAY_MS = 86_400_000;

/** Days since 1970-01-01; NaN for no day. */
function numberOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** The ISO text of the day this many days after 1970-01-01; empty for NaN. */
function dayNumbered(number: number): string {
  return Number.isNaN(number)
    ? ''
    : new Date(number * DAY_MS).toISOString().slice(0, -'T00:00:00.000Z'.length);
}

/** A day as its number since 1970-01-01: for counting through many of them. */
export function dayNumber(day: CalendarDate): number {
  return Date.parse(day) / DAY;
}

/** The day of a number, within the years the calendar has; see {@link firstDayNumber} and {@link lastDayNumber}. */
export function dayOfNumber(number: number): CalendarDate {
  // The ISO text of a day of these years begins with the day.
  return new Date(number * DAY).toISOString().slice(0, 10) as CalendarDate;
}

const DAY = 86_400_000;

export const firstDayNumber = Date.parse('0001-01-01') / DAY;
export const lastDayNumber = Date.parse('9999-12-31') / DAY;

/** A point in time as milliseconds since 1970, for arithmetic; read back by {@link instantAt}. */
export function millisecondsOf(at: Instant): number {
  return Date.parse(at);
}

export function instantAt(milliseconds: number): Instant {
  return instant(new Date(milliseconds));
}

/**
 * The first moment, in milliseconds since 1970, at which the clock of a zone (IANA name) shows a time of a day or a later one:
 * `milliseconds` after midnight, at most 24 hours. So a time that is skipped in spring is the moment of the change, and of a time that
 * comes twice in autumn the first counts.
 */
export function clockTime(timeZone: string, day: CalendarDate, milliseconds: number): number {
  const zone = IANAZone.create(timeZone);
  if (!zone.isValid) throw new RangeError(`Unknown time zone: ${timeZone}`);
  const offset = (at: number) => zone.offset(at) * 60_000;
  const shown = Date.parse(day) + milliseconds;
  const [before, after] = [offset(shown - DAY), offset(shown + DAY)];
  const [early, late] = [shown - Math.max(before, after), shown - Math.min(before, after)];
  if (early === late || shown - offset(early) === early) return early;
  return shown - offset(late) === late ? late : changeBetween(early, late, offset);
}

/** The moment at which the offset is another one than at `from`, when it is so at `to`. */
function changeBetween(from: number, to: number, offset: (at: number) => number): number {
  let [unchanged, changed] = [from, to];
  while (changed - unchanged > 1) {
    const middle = Math.floor((unchanged + changed) / 2);
    if (offset(middle) === offset(from)) unchanged = middle;
    else changed = middle;
  }
  return changed;
}

export function instant(at: Date): Instant {
  // `toISOString` always gives UTC with milliseconds.
  return at.toISOString() as Instant;
}

/** When a day begins in the plant's zone (IANA name). */
export function dayBegins(timeZone: string, day: CalendarDate): Instant {
  const midnight = DateTime.fromISO(day, { zone: timeZone }).startOf('day');
  if (!midnight.isValid) throw new RangeError(`Unknown time zone: ${timeZone}`);
  return instant(midnight.toJSDate());
}

/** The day it is at `at` in the plant's zone (IANA name): the default posting date. */
export function dayIn(timeZone: string, at: Instant): CalendarDate {
  const local = DateTime.fromISO(at, { zone: timeZone });
  if (!local.isValid) throw new RangeError(`Unknown time zone: ${timeZone}`);
  // The formatted text of a valid day is a valid day.
  return local.toISODate() as CalendarDate;
}

/** What the plant's clock shows at `at` (IANA name of its zone), to the second and without a zone: `2026-11-20T17:18:00`. */
export function localTime(timeZone: string, at: Instant): string {
  const local = DateTime.fromISO(at, { zone: timeZone });
  if (!local.isValid) throw new RangeError(`Unknown time zone: ${timeZone}`);
  return local.toFormat("yyyy-MM-dd'T'HH:mm:ss");
}

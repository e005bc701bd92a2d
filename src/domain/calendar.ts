import { DateTime } from 'luxon';

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

import type { CalendarDate, Instant } from '../../domain/calendar';
import { DAY, isoDay, plantClock } from '../plant-clock';
import { type DateSystem, serialOfDay } from './cells';

const MINUTE = 60_000;

/** What the plant's clock shows at a moment, as a spreadsheet's number of days: the clock of the computer has no say in it. */
export function serialOfMoment(at: string, zone: string, system: DateSystem): number {
  const days = plantClock(zone)(at) / DAY;
  const day = Math.floor(days);
  return serialOfDay(isoDay(day), system) + days - day;
}

/** The moment, to the minute, at which the plant's clock shows what a cell holds; of a time that comes twice, the first; null for no day. */
export function momentOfSerial(serial: unknown, zone: string, system: DateSystem): Instant | null {
  if (typeof serial !== 'number' || !(serial > 0) || serial > LAST_SERIAL) return null;
  const zero = Date.parse('1970-01-01') - serialOfDay('1970-01-01' as CalendarDate, system) * DAY;
  const shown = Math.round((zero + serial * DAY) / MINUTE) * MINUTE;
  const shownAt = (at: number) => plantClock(zone)(new Date(at).toISOString());
  const [before, after] = [shown - DAY, shown + DAY].map((at) => shownAt(at) - at);
  const candidates = [shown - (before ?? 0), shown - (after ?? 0)].sort((a, b) => a - b);
  // A time that is skipped in spring is shown by neither; the later one is the hour after it.
  const at = candidates.find((each) => shownAt(each) === shown) ?? candidates[1] ?? shown;
  // `toISOString` always gives UTC with milliseconds.
  return new Date(at).toISOString() as Instant;
}

const LAST_SERIAL = 2_958_465;

import type { Instant } from '../../domain/calendar';
import { type DateSystem, serialOfDay } from './cells';
import type { CalendarDate } from '../../domain/calendar';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** What the plant's clock shows at a moment, as a spreadsheet's number of days: the clock of the computer has no say in it. */
export function serialOfMoment(at: string, zone: string, system: DateSystem): number {
  const shown = shownAt(Date.parse(at), zone);
  const day = new Date(shown).toISOString().slice(0, 10) as CalendarDate;
  return serialOfDay(day, system) + (((shown % DAY) + DAY) % DAY) / DAY;
}

/** The moment, to the minute, at which the plant's clock shows what a cell holds; of a time that comes twice, the first; null for no day. */
export function momentOfSerial(serial: unknown, zone: string, system: DateSystem): Instant | null {
  if (typeof serial !== 'number' || !(serial > 0) || serial > LAST_SERIAL) return null;
  const zero = Date.parse('1970-01-01') - serialOfDay('1970-01-01' as CalendarDate, system) * DAY;
  const shown = Math.round((zero + serial * DAY) / MINUTE) * MINUTE;
  const [before, after] = [shown - DAY, shown + DAY].map((at) => shownAt(at, zone) - at);
  const candidates = [shown - (before ?? 0), shown - (after ?? 0)].sort((a, b) => a - b);
  // A time that is skipped in spring is shown by neither; the later one is the hour after it.
  const at = candidates.find((each) => shownAt(each, zone) === shown) ?? candidates[1] ?? shown;
  // `toISOString` always gives UTC with milliseconds.
  return new Date(at).toISOString() as Instant;
}

const LAST_SERIAL = 2_958_465;
const fields = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

/** What a zone's clock shows, as milliseconds of a clock that runs in UTC. */
function shownAt(at: number, timeZone: string): number {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 1, day, hour, minute, second] = fields.map((field) => parts.get(field) ?? 0);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than asking it thousands of times. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  clocks.set(timeZone, clock);
  return clock;
}

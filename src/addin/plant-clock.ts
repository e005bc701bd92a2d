import type { CalendarDate } from '../domain/calendar';

/** A point in time as the plant's clock shows it: milliseconds as if that clock ran in UTC, so that every day begins at a multiple of {@link DAY}. */
export type PlantClock = (iso: string) => number;

export const DAY = 86_400_000;

const fields = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

const clocks = new Map<string, PlantClock>();

/** `timeZone`: IANA name. */
export function plantClock(timeZone: string): PlantClock {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = newClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

/** Making one takes longer than asking it thousands of times. */
function newClock(timeZone: string): PlantClock {
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  return (iso) => {
    const parts = new Map(
      format.formatToParts(new Date(iso)).map(({ type, value }) => [type, Number(value)]),
    );
    const [year = 0, month = 1, ...rest] = fields.map((field) => parts.get(field) ?? 0);
    const [day, hour, minute, second] = rest;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}

/** The calendar day that comes so many days after 1 January 1970. */
export function isoDay(day: number): CalendarDate {
  return new Date(day * DAY).toISOString().slice(0, 10) as CalendarDate;
}

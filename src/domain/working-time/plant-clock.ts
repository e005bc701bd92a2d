import {
  clockTime,
  dayOfNumber,
  firstDayNumber,
  lastDayNumber,
  millisecondsOf,
  type CalendarDate,
  type Instant,
} from '../calendar';

/** A time of a day as the calendars have it: `HH:MM`, with seconds or without, up to `24:00`. */
export type TimeOfDay = string;

const DAY = 86_400_000;

/** Milliseconds after midnight. Throws a RangeError for anything but a time of a day. */
export function afterMidnight(time: TimeOfDay): number {
  const [, hours = '', minutes = '', seconds = '0'] = /^(\d\d):([0-5]\d)(?::([0-5]\d))?$/.exec(time) ?? [];
  const milliseconds = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  if (hours === '' || milliseconds > DAY)
    throw new RangeError(`Not a time of a day: ${JSON.stringify(time.slice(0, 40))}`);
  return milliseconds;
}

/**
 * The clock of a plant. Days are numbers since 1970, moments are milliseconds: what a schedule asks many thousand times. Only the
 * midnights are worked out, each once.
 */
export class PlantClock {
  readonly #midnights = new Map<number, number>();
  readonly #days = new Map<number, CalendarDate>();

  /** @param timeZone IANA name */
  constructor(private readonly timeZone: string) {}

  /** When a day begins, in milliseconds. */
  midnight(day: number): number {
    const known = this.#midnights.get(day);
    if (known !== undefined) return known;
    const midnight = clockTime(this.timeZone, this.day(day), 0);
    this.#midnights.set(day, midnight);
    return midnight;
  }

  /** When the clock shows a time of a day; see {@link clockTime} for the days on which it changes. */
  at(day: number, afterMidnight: number): number {
    const midnight = this.midnight(day);
    if (afterMidnight === DAY) return this.midnight(day + 1);
    const ordinary = this.midnight(day + 1) - midnight === DAY;
    return ordinary ? midnight + afterMidnight : clockTime(this.timeZone, this.day(day), afterMidnight);
  }

  /** The number of the day it is at a moment. */
  dayAt(moment: number): number {
    const guess = Math.floor(moment / DAY);
    if (moment < this.midnight(guess)) return guess - 1;
    return moment < this.midnight(guess + 1) ? guess : guess + 1;
  }

  /** The day that something ends on: what ends at midnight ends with the day before. */
  dayEndingAt(moment: number): number {
    return this.dayAt(moment - 1);
  }

  /** The day it is at an instant. */
  dayOf(at: Instant): CalendarDate {
    return this.day(this.dayAt(millisecondsOf(at)));
  }

  /** The day of a number; the first or last one of the calendar for a number beyond it. */
  day(number: number): CalendarDate {
    const known = this.#days.get(number);
    if (known) return known;
    const day = dayOfNumber(Math.min(Math.max(number, firstDayNumber), lastDayNumber));
    this.#days.set(number, day);
    return day;
  }
}

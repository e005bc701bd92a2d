import { dayNumber, firstDayNumber, lastDayNumber, type CalendarDate } from '../calendar';
import { groupBy } from '../group-by';
import { afterMidnight, type PlantClock, type TimeOfDay } from './plant-clock';

/** Working hours of a weekday, 1 for Monday to 7 for Sunday. A shift that goes on into the next day has two of them. */
export interface CalendarHours {
  readonly weekday: number;
  readonly starts: TimeOfDay;
  readonly ends: TimeOfDay;
}

/** The working hours of a week and the days on which nobody works; the hours of a weekday do not overlap. */
export interface WorkingCalendar {
  readonly calendar: string;
  readonly hours: readonly CalendarHours[];
  readonly holidays: readonly CalendarDate[];
}

/** Time in which a centre works without a break, in milliseconds, all of it on one day of the plant. */
export interface WorkingPiece {
  readonly day: number;
  readonly starts: number;
  readonly ends: number;
}

/** How far from where it began a schedule is looked for: whoever has no time in three years has none. */
export const HORIZON_DAYS = 3 * 366;

/** 1970-01-01 was a Thursday. */
const THURSDAY = 4;

interface ShiftTimes {
  readonly starts: number;
  readonly ends: number;
}

/**
 * The working time of a calendar on the plant's clock. Pieces are moments, not times on a dial: a shift over the night in which the clock
 * changes has an hour more or less, as it has on the shop floor. Each day is worked out once.
 */
export class WorkingTime {
  readonly #days = new Map<number, readonly WorkingPiece[]>();
  readonly #shifts: ReadonlyMap<number, readonly ShiftTimes[]>;
  readonly #holidays: ReadonlySet<number>;

  /** @param calendar null: always works */
  constructor(
    private readonly clock: PlantClock,
    private readonly calendar: WorkingCalendar | null,
  ) {
    this.#shifts = groupBy(
      (calendar?.hours ?? [])
        .map(({ weekday, starts, ends }) => ({
          weekday,
          starts: afterMidnight(starts),
          ends: afterMidnight(ends),
        }))
        .sort((a, b) => a.starts - b.starts),
      ({ weekday }) => weekday,
    );
    this.#holidays = new Set((calendar?.holidays ?? []).map(dayNumber));
  }

  /** The pieces of a day, first to last. */
  on(day: number): readonly WorkingPiece[] {
    const known = this.#days.get(day);
    if (known) return known;
    const pieces = this.#piecesOf(day);
    this.#days.set(day, pieces);
    return pieces;
  }

  /** Whether anybody works on a day. */
  worksOn(day: number): boolean {
    return this.on(day).length > 0;
  }

  /** Milliseconds of work on a day. */
  lengthOf(day: number): number {
    return this.on(day).reduce((sum, { starts, ends }) => sum + ends - starts, 0);
  }

  /** The pieces before a moment, the last one first, as far as the horizon. */
  *before(moment: number): Generator<WorkingPiece> {
    const from = this.clock.dayEndingAt(moment);
    for (let day = from; day > from - HORIZON_DAYS; day--) {
      const pieces = this.on(day);
      for (let place = pieces.length - 1; place >= 0; place--) {
        const piece = pieces[place];
        if (piece && piece.starts < moment) yield piece.ends > moment ? { ...piece, ends: moment } : piece;
      }
    }
  }

  /** The pieces after a moment, the first one first, as far as the horizon. */
  *after(moment: number): Generator<WorkingPiece> {
    const from = this.clock.dayAt(moment);
    for (let day = from; day < from + HORIZON_DAYS; day++) {
      for (const piece of this.on(day))
        if (piece.ends > moment) yield piece.starts < moment ? { ...piece, starts: moment } : piece;
    }
  }

  #piecesOf(day: number): WorkingPiece[] {
    if (day <= firstDayNumber || day >= lastDayNumber) return [];
    if (this.calendar === null)
      return [{ day, starts: this.clock.midnight(day), ends: this.clock.midnight(day + 1) }];
    if (this.#holidays.has(day)) return [];
    return (
      (this.#shifts.get(weekdayOf(day)) ?? [])
        .map(({ starts, ends }) => ({
          day,
          starts: this.clock.at(day, starts),
          ends: this.clock.at(day, ends),
        }))
        // A shift may lie in the hour that is skipped in spring.
        .filter(({ starts, ends }) => starts < ends)
    );
  }
}

function weekdayOf(day: number): number {
  return ((((day + THURSDAY - 1) % 7) + 7) % 7) + 1;
}

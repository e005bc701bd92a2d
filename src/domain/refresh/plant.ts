import { dayNumber, instantAt, type CalendarDate, type Instant } from '../calendar';
import { afterMidnight, PlantClock, type TimeOfDay } from '../working-time/plant-clock';
import { WorkingTime } from '../working-time/working-calendar';
import { CapacityBook } from './capacity-book';
import { centresOf, type FindCentre } from './centres';
import { exploder, type Explode } from './explode';
import type { MasterData } from './master-data';

/** The clock of a plant and the hours that stand for a day where nothing else says when: a day's start, a day's end. */
export interface PlantHours {
  /** IANA name. */
  readonly timeZone: string;
  readonly dayStarts: TimeOfDay;
  readonly dayEnds: TimeOfDay;
}

/** A plant while a batch of orders is refreshed: what is worked out for one order serves the next. */
export interface Plant {
  readonly masters: MasterData;
  readonly clock: PlantClock;
  readonly explode: Explode;
  readonly centre: FindCentre;
  /** The days on which a warehouse handles goods; null: every day. */
  readonly handlingTime: (warehouse: string | null) => WorkingTime | null;
  /** Milliseconds after midnight. */
  readonly dayStarts: number;
  readonly dayEnds: number;
  readonly book: CapacityBook;
}

export function plantOf(masters: MasterData, hours: PlantHours): Plant {
  const clock = new PlantClock(hours.timeZone);
  return {
    ...{ masters, clock, explode: exploder(masters), centre: centresOf(masters, clock) },
    handlingTime: handlingTimes(masters, clock),
    dayStarts: afterMidnight(hours.dayStarts),
    dayEnds: afterMidnight(hours.dayEnds),
    book: new CapacityBook(),
  };
}

function handlingTimes(masters: MasterData, clock: PlantClock): Plant['handlingTime'] {
  const found = new Map<string, WorkingTime>();
  return (warehouse) => {
    const code = masters.warehouses.get(warehouse ?? '')?.calendar ?? null;
    const calendar = code === null ? undefined : masters.calendars.get(code);
    if (!calendar) return null;
    const time = found.get(calendar.calendar) ?? new WorkingTime(clock, calendar);
    found.set(calendar.calendar, time);
    return time;
  };
}

/** When work on a day may begin, for orders that name no time. */
export function startOfDay({ timeZone, dayStarts }: PlantHours, day: CalendarDate): Instant {
  return instantAt(new PlantClock(timeZone).at(dayNumber(day), afterMidnight(dayStarts)));
}

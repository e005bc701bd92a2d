import { dayNumber, type CalendarDate } from '../calendar';
import { hundred, zero, type Quantity } from '../quantity';
import { PlantClock } from '../working-time/plant-clock';
import { centresOf, type FindCentre } from './centres';
import type { MasterData } from './master-data';
import type { CapacityNeed } from './order-content';
import type { PlantHours } from './plant';

/** What is booked on a centre on one day, in minutes of one capacity at full efficiency. */
export interface BookedDay {
  readonly workCentre: string;
  readonly machine: string;
  readonly day: CalendarDate;
  readonly minutes: Quantity;
}

/** The load of a day before and after, against what the centre can do; in minutes of one capacity at full efficiency. */
export interface CapacityOfDay {
  readonly workCentre: string;
  /** '' for the work centre as a whole, with its machines. */
  readonly machine: string;
  readonly day: CalendarDate;
  readonly capacity: Quantity;
  readonly before: Quantity;
  readonly after: Quantity;
  readonly constrained: boolean;
}

/** What refreshed orders took and take; the others stay. */
export interface Loads {
  readonly before: readonly CapacityNeed[];
  readonly after: readonly CapacityNeed[];
  readonly others: readonly BookedDay[];
}

/** Days on which refreshed orders take or took a centre's time, by work centre, machine and day. */
export function capacityOfDays(
  masters: MasterData,
  { timeZone }: Pick<PlantHours, 'timeZone'>,
  { before, after, others }: Loads,
): CapacityOfDay[] {
  const [was, is, rest] = [sumOf(before), sumOf(after), sumOf(others)];
  const centre = centresOf(masters, new PlantClock(timeZone));
  const places = new Map([...was.places, ...is.places]);
  return [...places]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { workCentre, machine, day }]) => {
      const stays = rest.minutes.get(key) ?? zero;
      return {
        ...{ workCentre, machine, day, capacity: capacityOn(centre, workCentre, machine, day) },
        before: stays.plus(was.minutes.get(key) ?? zero),
        after: stays.plus(is.minutes.get(key) ?? zero),
        constrained: centre(workCentre, machine).limits.length > 0,
      };
    });
}

type Place = Pick<BookedDay, 'workCentre' | 'machine' | 'day'>;

/** Texts of the ERP may hold anything but this, and it sorts before all of it. */
const SEPARATOR = '\u0000';

function sumOf(booked: readonly BookedDay[]) {
  const minutes = new Map<string, Quantity>();
  const places = new Map<string, Place>();
  for (const { workCentre, machine, day, minutes: taken } of booked) {
    // What a machine does, its work centre does.
    for (const place of machine === '' ? [''] : ['', machine]) {
      const key = [workCentre, place, day].join(SEPARATOR);
      minutes.set(key, (minutes.get(key) ?? zero).plus(taken));
      if (!places.has(key)) places.set(key, { workCentre, machine: place, day });
    }
  }
  return { minutes, places };
}

function capacityOn(find: FindCentre, workCentre: string, machine: string, day: CalendarDate): Quantity {
  const { time, capacity, efficiency } = find(workCentre, machine);
  return capacity
    .times(efficiency)
    .div(hundred)
    .times(time.lengthOf(dayNumber(day)))
    .div(60_000)
    .toDecimalPlaces(5);
}

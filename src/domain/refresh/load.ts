import { dayNumber, dayOfNumber, type CalendarDate } from '../calendar';
import { hundred, zero, type Quantity } from '../quantity';
import { PlantClock } from '../working-time/plant-clock';
import { centresOf, type Centre } from './centres';
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
  /** Its critical load; null where it is not constrained. */
  readonly limit: Quantity | null;
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
      const found = centre(workCentre, machine);
      const capacity = capacityOn(found, day);
      const own = found.limits.find(({ resource }) => resource === found.resource);
      return {
        ...{ workCentre, machine, day, capacity },
        before: stays.plus(was.minutes.get(key) ?? zero),
        after: stays.plus(is.minutes.get(key) ?? zero),
        constrained: found.limits.length > 0,
        limit: own ? capacity.times(own.criticalLoad).div(hundred).toDecimalPlaces(5) : null,
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

function capacityOn({ time, capacity, efficiency }: Centre, day: CalendarDate): Quantity {
  return capacity
    .times(efficiency)
    .div(hundred)
    .times(time.lengthOf(dayNumber(day)))
    .div(60_000)
    .toDecimalPlaces(5);
}

/** A plan goes on for years where one order is far from the others; nobody looks at more of it than this. */
const DAYS_LOOKED_AT = 366;

/** Days on which none of the centres works, between the first and the last day on which refreshed orders take or took time. */
export function closedDays(
  masters: MasterData,
  { timeZone }: Pick<PlantHours, 'timeZone'>,
  needs: readonly CapacityNeed[],
): CalendarDate[] {
  const days = needs.map(({ day }) => day).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const centre = centresOf(masters, new PlantClock(timeZone));
  const centres = [...new Set(needs.map(({ workCentre }) => workCentre))].map((code) => centre(code, ''));
  const from = dayNumber(first);
  const length = Math.min(dayNumber(last) - from + 1, DAYS_LOOKED_AT);
  return Array.from({ length }, (_, place) => from + place)
    .filter((day) => !centres.some(({ time }) => time.worksOn(day)))
    .map(dayOfNumber);
}

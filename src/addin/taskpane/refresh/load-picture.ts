import type { CapacityOfDay } from '../../../contract/refresh';
import { type Quantity, quantity, quantityText } from '../../../domain/quantity';

/** A day of a centre in hours, as decimal text, and as shares of the highest of all its days. */
export interface LoadDay {
  readonly day: string;
  readonly hours: {
    readonly capacity: string;
    readonly limit: string | null;
    readonly before: string;
    readonly after: string;
  };
  readonly heights: {
    readonly capacity: number;
    readonly limit: number | null;
    readonly before: number;
    readonly after: number;
  };
  /** How much of its capacity is taken afterwards, in whole percent; null where it has none. */
  readonly percent: number | null;
  readonly over: { readonly before: boolean; readonly after: boolean };
}

export interface CentreCapacity {
  readonly key: string;
  readonly label: string;
  readonly constrained: boolean;
  /** By the calendar. */
  readonly days: readonly LoadDay[];
}

/** The touched days by centre and machine: those over their capacity afterwards first, the fullest of them before the others. */
export function capacityByCentre(load: readonly CapacityOfDay[]): CentreCapacity[] {
  const centres = new Map<string, CapacityOfDay[]>();
  for (const day of load) {
    const key = JSON.stringify([day.workCentre, day.machine]);
    const days = centres.get(key);
    if (days === undefined) centres.set(key, [day]);
    else days.push(day);
  }
  return [...centres]
    .map(([key, days]) => centreOf(key, days))
    .sort((a, b) => overOf(b) - overOf(a) || fullest(b) - fullest(a) || (a.label < b.label ? -1 : 1));
}

/** On how many of its days a centre is given more than it can do. */
export function daysOver({ days }: CentreCapacity, when: 'before' | 'after'): number {
  return days.filter(({ over }) => over[when]).length;
}

const overOf = (centre: CentreCapacity) => daysOver(centre, 'after');
const fullest = ({ days }: CentreCapacity) =>
  days.reduce((most, { percent }) => Math.max(most, percent ?? Infinity), 0);

function centreOf(key: string, touched: readonly CapacityOfDay[]): CentreCapacity {
  const [{ workCentre, machine, name } = { workCentre: '', machine: '', name: '' }] = touched;
  const days = touched
    .map((each) => ({
      day: each.day,
      capacity: quantity(each.capacity),
      limit: each.limit === null ? null : quantity(each.limit),
      before: quantity(each.before),
      after: quantity(each.after),
    }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const highest = days.flatMap(({ capacity, before, after }) => [capacity, before, after]).reduce(greater);
  const share = (minutes: Quantity) => (highest.isZero() ? 0 : minutes.div(highest).toNumber());
  return {
    key,
    label: [machine === '' ? workCentre : `${workCentre} · ${machine}`, name]
      .filter((part) => part !== '')
      .join(' '),
    constrained: touched.some(({ constrained }) => constrained),
    days: days.map(({ day, capacity, limit, before, after }) => ({
      day,
      hours: {
        ...{ capacity: hours(capacity), limit: limit && hours(limit) },
        ...{ before: hours(before), after: hours(after) },
      },
      heights: {
        ...{ capacity: share(capacity), limit: limit && share(limit) },
        ...{ before: share(before), after: share(after) },
      },
      percent: capacity.isZero() ? null : after.div(capacity).times(100).round().toNumber(),
      over: { before: before.gt(capacity), after: after.gt(capacity) },
    })),
  };
}

const greater = (a: Quantity, b: Quantity) => (a.gt(b) ? a : b);

function hours(minutes: Quantity): string {
  return quantityText(minutes.div(60).toDecimalPlaces(2));
}

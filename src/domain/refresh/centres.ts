import { hundred, zero, type Quantity } from '../quantity';
import type { PlantClock } from '../working-time/plant-clock';
import { WorkingTime } from '../working-time/working-calendar';
import type { Capacity, Duration, MasterData, TimeUnit } from './master-data';

/** A limit on the load of a centre per day. Percentages are percent. */
export interface LoadLimit {
  /** Whose load it is: see {@link Centre.resource}. */
  readonly resource: string;
  readonly criticalLoad: number;
  readonly dampener: number;
  /** Milliseconds of work that the resource can do on a day. */
  readonly effective: (day: number) => number;
}

/** Where an operation is worked on: a machine, or a work centre without one in particular. */
export interface Centre {
  readonly workCentre: string;
  /** '' for any of the work centre. */
  readonly machine: string;
  /** Under which its own load is kept. */
  readonly resource: string;
  /** The work centre's, which the load of its machines counts for, too. */
  readonly parent: string;
  readonly unit: TimeUnit;
  readonly rounding: Quantity;
  readonly capacity: Quantity;
  readonly efficiency: Quantity;
  /** Milliseconds. */
  readonly queue: number;
  readonly time: WorkingTime;
  /** Of the machine, of the work centre, of both or of none. */
  readonly limits: readonly LoadLimit[];
}

export type FindCentre = (workCentre: string, machine: string) => Centre;

const unitMilliseconds: Readonly<Record<TimeUnit, number>> = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

/**
 * A duration in milliseconds, rounded in the unit of the centre where it is spent. Source: Business Central, calendar rounding
 * precision.
 */
export function spentAt(
  centre: Pick<Centre, 'unit' | 'rounding'>,
  { time, unit }: Duration,
  times?: Quantity,
): Quantity {
  if (time.isZero()) return zero;
  const own = unitMilliseconds[centre.unit];
  const length = (times ? time.times(times) : time).times(unitMilliseconds[unit]).div(own);
  return length.div(centre.rounding).toDecimalPlaces(0).times(centre.rounding).times(own);
}

/** Finds the centres of a plant, each made once. Throws a RangeError for a work centre that is not among the facts. */
export function centresOf(masters: MasterData, clock: PlantClock): FindCentre {
  const calendars = new Map<string | null, WorkingTime>();
  const found = new Map<string, Centre>();
  const timeOf = (code: string | null): WorkingTime => {
    const known = calendars.get(code);
    if (known) return known;
    const time = new WorkingTime(clock, code === null ? null : (masters.calendars.get(code) ?? null));
    calendars.set(code, time);
    return time;
  };
  return (workCentre, machine) => {
    const key = JSON.stringify([workCentre, machine]);
    const known = found.get(key);
    if (known) return known;
    const centre = centreOf(masters, workCentre, machine, timeOf);
    found.set(key, centre);
    return centre;
  };
}

function centreOf(
  masters: MasterData,
  workCentre: string,
  machine: string,
  timeOf: (calendar: string | null) => WorkingTime,
): Centre {
  const parent = masters.workCentres.get(workCentre);
  if (!parent) throw new RangeError(`No facts about work centre ${JSON.stringify(workCentre)}`);
  const place: Capacity = masters.machines.get(machine) ?? parent;
  const time = timeOf(parent.calendar);
  const parentResource = `work centre ${workCentre}`;
  const resource = machine === '' ? parentResource : `machine ${machine}`;
  const { unit, rounding } = parent;
  const { capacity, efficiency } = place;
  return {
    ...{ workCentre, machine, resource, parent: parentResource, unit, rounding, capacity, efficiency, time },
    queue: spentAt(parent, place.queue).toNumber(),
    limits: [
      ...(place === parent ? [] : limitOf(resource, place, time)),
      ...limitOf(parentResource, parent, time),
    ],
  };
}

function limitOf(resource: string, place: Capacity, time: WorkingTime): LoadLimit[] {
  if (!place.constrained) return [];
  const share = place.capacity.times(place.efficiency).div(hundred).toNumber();
  return [
    {
      resource,
      criticalLoad: place.criticalLoad.toNumber(),
      dampener: place.dampener.toNumber(),
      effective: (day) => time.lengthOf(day) * share,
    },
  ];
}

/** What a planner calls the centre. */
export function centreName({ workCentre, machine }: Pick<Centre, 'workCentre' | 'machine'>): string {
  return machine === '' ? workCentre : machine;
}

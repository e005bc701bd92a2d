import { dayNumber, instantAt, millisecondsOf } from '../calendar';
import { zero } from '../quantity';
import type { PlantClock } from '../working-time/plant-clock';
import type { Booking } from './capacity-book';
import type { FindCentre } from './centres';
import type { CapacityNeed } from './order-content';
import type { ScheduledStep } from './schedule';

const MINUTE = 60_000;
/** Digits behind the point of a need in minutes. */
const MINUTE_PLACES = 5;

/** What scheduled operations take of their centres' time: setup and run, not queueing, waiting and moving. */
export function capacityNeeds(
  clock: PlantClock,
  orderLine: number,
  steps: ReadonlyMap<number, ScheduledStep>,
): CapacityNeed[] {
  const needs: CapacityNeed[] = [];
  for (const [operation, { work }] of steps)
    for (const { centre, kind, day, starts, ends, capacities, need } of work)
      needs.push({
        orderLine,
        operation,
        workCentre: centre.workCentre,
        machine: centre.machine,
        kind,
        day: clock.day(day),
        startsAt: instantAt(starts),
        endsAt: instantAt(ends),
        capacities: zero.plus(capacities),
        minutes: zero.plus(need).div(MINUTE).toDecimalPlaces(MINUTE_PLACES),
      });
  return needs;
}

/** The same for the capacity book. */
export function bookingOf(centre: FindCentre, need: CapacityNeed): Booking {
  return {
    centre: centre(need.workCentre, need.machine),
    day: dayNumber(need.day),
    starts: millisecondsOf(need.startsAt),
    ends: millisecondsOf(need.endsAt),
    capacities: need.capacities.toNumber(),
    need: need.minutes.times(MINUTE).round().toNumber(),
  };
}

import { addWorkingDays } from '../working-time/working-days';
import type { Item } from './master-data';
import type { Plant } from './plant';

/** REF-12: the calendar of a warehouse has no day left. */
export interface NoDay {
  readonly noDay: 'back' | 'forward';
}

/** Days that output needs between the end of its order and its due date, and by which days they are counted. */
function handling({ masters, handlingTime }: Plant, item: Item, warehouse: string | null) {
  const inbound = masters.warehouses.get(warehouse ?? '')?.inboundDays ?? 0;
  return { time: handlingTime(warehouse), days: inbound + item.safetyLeadDays };
}

/**
 * The day on which an order has to end to be handled and safe by its due date; days are numbers since 1970. Source: Business Central,
 * lead-time management.
 */
export function endForDue(plant: Plant, item: Item, warehouse: string | null, due: number): number | NoDay {
  const { time, days } = handling(plant, item, warehouse);
  return addWorkingDays(time, due, -days) ?? { noDay: 'back' };
}

/** The due date of an order that ends on a day: the one it has, or a later one; never an earlier one. */
export function dueForEnd(
  plant: Plant,
  item: Item,
  warehouse: string | null,
  end: number,
  due: number | null,
): number | NoDay {
  const { time, days } = handling(plant, item, warehouse);
  const earliest = addWorkingDays(time, end, days);
  if (earliest === undefined) return { noDay: 'forward' };
  return due === null ? earliest : Math.max(due, earliest);
}

/**
 * When a line without operations starts or ends: its lead time before its end, or after its start. Milliseconds. Source: Business
 * Central, lead-time management.
 */
export function leadTime(
  { clock, handlingTime, dayStarts, dayEnds }: Plant,
  direction: 'back' | 'forward',
  item: Item,
  warehouse: string | null,
  from: number,
): { readonly starts: number; readonly ends: number } | NoDay {
  const time = handlingTime(warehouse);
  if (direction === 'back') {
    const day = addWorkingDays(time, clock.dayEndingAt(from), -item.leadTimeDays);
    return day === undefined
      ? { noDay: 'back' }
      : { starts: Math.min(clock.at(day, dayStarts), from), ends: from };
  }
  const day = addWorkingDays(time, clock.dayAt(from), item.leadTimeDays);
  return day === undefined
    ? { noDay: 'forward' }
    : { starts: from, ends: Math.max(clock.at(day, dayEnds), from) };
}

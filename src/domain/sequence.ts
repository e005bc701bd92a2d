import type { CalendarDate } from './calendar';
import { parseOrderKey, type OrderKey } from './order';

/** An order's place in a run: unknown orders have no start and go last. */
export interface Sequenced {
  readonly key: OrderKey;
  readonly start: CalendarDate | null;
}

/**
 * The one order in which scarce stock is given out, the same in preview and commit: by start date, then by key as numbers.
 * Source: run semantics agreed for all commands over many orders.
 */
export function inSequence<T extends Sequenced>(orders: readonly T[]): T[] {
  // Each key is taken apart once, not at every comparison: a run may have many thousand orders.
  return orders
    .map((order) => ({ order, start: order.start ?? UNKNOWN, parts: parseOrderKey(order.key) ?? NO_PARTS }))
    .sort((a, b) => {
      if (a.start !== b.start) return a.start < b.start ? -1 : 1;
      return a.parts.year - b.parts.year || a.parts.number - b.parts.number || a.parts.lot - b.parts.lot;
    })
    .map(({ order }) => order);
}

/** Sorts after every date. */
const UNKNOWN = '~';
const NO_PARTS = { year: 0, number: 0, lot: 0 };

import { compareOrderKeys, type OrderKey } from './order';
import type { CalendarDate } from './calendar';

/** An order's place in a run: unknown orders have no start and go last. */
export interface Sequenced {
  readonly key: OrderKey;
  readonly start: CalendarDate | null;
}

/**
 * The one order in which scarce stock is given out, the same in preview and commit: by start date, then by key.
 * Source: run semantics agreed for all commands over many orders.
 */
export function bySequence(a: Sequenced, b: Sequenced): number {
  if (a.start !== b.start) {
    if (a.start === null) return 1;
    if (b.start === null) return -1;
    return a.start < b.start ? -1 : 1;
  }
  return compareOrderKeys(a.key, b.key);
}

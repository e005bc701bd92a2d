import { instant } from '../../src/domain/calendar';
import type { Candidate } from '../../src/domain/header-rules';
import { orderKey, type OrderHeader, type OrderKey } from '../../src/domain/order';
import { quantity, zero } from '../../src/domain/quantity';
import type { ReleaseCandidate } from '../../src/domain/release/candidate';
import type { Refusal } from '../../src/domain/refusals';

/** The key of order `number` of 2026. */
export const keyOf = (number: number): OrderKey => orderKey({ year: 2026, number, lot: 0 });

/** An order as the book holds it: launched, in version 3, last changed by anna. */
export function header(number: number, changes: Partial<OrderHeader> = {}): OrderHeader {
  return {
    key: keyOf(number),
    state: 'launched',
    version: 3,
    lastChange: { at: instant(new Date('2026-11-20T09:30:00Z')), by: 'anna' },
    ...changes,
  };
}

/** The order marked in the version the book holds. */
export function candidate(number: number, changes: Partial<OrderHeader> = {}): Candidate {
  const order = header(number, changes);
  return { marked: { key: order.key, version: order.version }, order };
}

/** Marked in a version before the one the book holds. */
export function staleCandidate(number: number, changes: Partial<OrderHeader> = {}): Candidate {
  const order = header(number, changes);
  return { marked: { key: order.key, version: order.version - 1 }, order };
}

/** Marked, but there is no such order. */
export const unknownCandidate = (number: number): Candidate => ({
  marked: { key: keyOf(number), version: 1 },
  order: null,
});

/** Nothing but its header keeps this order from being released: 50 pieces to make, materials and operations there, none short. */
export const ready = (order: Candidate): ReleaseCandidate => ({
  ...order,
  ...{ item: 'P', blocked: false, quantity: quantity('50'), produced: zero, hold: null },
  ...{ lacksMaterials: false, lacksOperations: false, unresolved: [], closed: [], needs: [] },
});

export const codes = (refusals: readonly Refusal[] | undefined) => refusals?.map(({ code }) => code);

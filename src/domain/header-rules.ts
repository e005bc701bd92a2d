import type { MarkedOrder, OrderHeader } from './order';
import { refusal, type Refusal, type RefusalCode } from './refusals';

/** An order somebody marked, beside what the book holds under that key: null when there is no such order. */
export interface Candidate {
  readonly marked: MarkedOrder;
  readonly order: OrderHeader | null;
}

/** ORD-01: the order must exist. */
export function unknownOrder(marked: MarkedOrder): Refusal {
  return refusal('ORD-01', { order: marked.key });
}

/** REL-03, RES-07, HLD-04, REF-15, SPL-08: the planner decided on the version they saw, so only that version may be changed. */
export function staleVersion(
  code: RefusalCode & ('REL-03' | 'RES-07' | 'HLD-04' | 'REF-15' | 'SPL-08'),
  marked: MarkedOrder,
  order: OrderHeader,
): Refusal[] {
  if (marked.version === order.version) return [];
  const { lastChange } = order;
  return [refusal(code, { order: order.key, user: lastChange?.by ?? '', at: lastChange?.at ?? '' })];
}

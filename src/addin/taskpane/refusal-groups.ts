import type { Outcome } from '../../contract/runs';
import type { OrderKey } from '../../domain/order';
import type { Refusal, RefusalCode } from '../../domain/refusals';

export interface RefusalGroup {
  readonly code: RefusalCode;
  /** Each refused order once, with its refusals of this code. */
  readonly orders: readonly { readonly key: OrderKey; readonly refusals: readonly Refusal[] }[];
}

/** The refusals, or the warnings, of many orders by their code: the most frequent code first. */
export function refusalGroups(
  outcomes: readonly Outcome[],
  which: 'refusals' | 'warnings' = 'refusals',
): RefusalGroup[] {
  const groups = new Map<RefusalCode, Map<OrderKey, Refusal[]>>();
  for (const outcome of outcomes) {
    for (const refusal of outcome[which]) {
      const orders = groups.get(refusal.code) ?? new Map<OrderKey, Refusal[]>();
      orders.set(outcome.key, [...(orders.get(outcome.key) ?? []), refusal]);
      groups.set(refusal.code, orders);
    }
  }
  return [...groups]
    .map(([code, orders]) => ({ code, orders: [...orders].map(([key, refusals]) => ({ key, refusals })) }))
    .sort((a, b) => b.orders.length - a.orders.length || a.code.localeCompare(b.code));
}

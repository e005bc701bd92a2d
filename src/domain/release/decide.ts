import { staleVersion, unknownOrder, type Candidate } from '../header-rules';
import type { OrderKey } from '../order';
import { quantityText, zero, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { transitions } from '../transitions';

/** Where a balance is kept, as one text: item, variant, warehouse and lot. Equal texts mean the same stock. */
export type StockKey = string & { readonly stockKey: unique symbol };

/** What an order would withdraw from one stock: all its automatic lines of that stock added up. */
export interface StockNeed {
  readonly stock: StockKey;
  readonly quantity: Quantity;
}

/** A stock that the marked orders together may need more of than it holds. */
export interface StockBalance {
  readonly item: string;
  readonly variant: string;
  readonly warehouse: string;
  readonly lot: string;
  readonly unit: string;
  readonly available: Quantity;
  /** The shortage policy, the company and the warehouse all let this stock go below zero, and it is not lot-managed. */
  readonly mayGoNegative: boolean;
}

/** An automatic material for which no warehouse with an unload reason for production could be found. */
export interface UnresolvedMaterial {
  readonly line: number;
  readonly item: string;
}

export interface ReleaseCandidate extends Candidate {
  readonly unresolved: readonly UnresolvedMaterial[];
  /** Only the needs from stocks listed in the balances: the others are known to be covered. */
  readonly needs: readonly StockNeed[];
}

export interface ReleaseDecision {
  readonly key: OrderKey;
  /** Empty: the order is released. */
  readonly refusals: readonly Refusal[];
}

/**
 * Judges orders in sequence: each one against the stock that the released ones before it have left over. Every refusal of
 * an order is returned, not only the first. A refused order consumes nothing, so a later one that fits still goes.
 * Rules: ORD-01, REL-01, REL-03, REL-08, REL-10. Source: Fluentis, production orders release and warehouse parameters.
 */
export function decideRelease(
  candidates: readonly ReleaseCandidate[],
  balances: ReadonlyMap<StockKey, StockBalance>,
): ReleaseDecision[] {
  const consumed = new Map<StockKey, Quantity>();
  return candidates.map((candidate) => {
    const refusals = refusalsOf(candidate, balances, consumed);
    if (refusals.length === 0) consume(candidate.needs, consumed);
    return { key: candidate.marked.key, refusals };
  });
}

function refusalsOf(
  candidate: ReleaseCandidate,
  balances: ReadonlyMap<StockKey, StockBalance>,
  consumed: ReadonlyMap<StockKey, Quantity>,
): Refusal[] {
  const { marked, order } = candidate;
  if (order === null) return [unknownOrder(marked)];
  const refusals = staleVersion('REL-03', marked, order);
  if (order.state !== transitions.release.from) {
    // Its materials are withdrawn already or never will be: judging them would only mislead.
    return [refusal('REL-01', { order: order.key, state: order.state }), ...refusals];
  }
  for (const material of candidate.unresolved) {
    refusals.push(refusal('REL-08', { order: order.key, line: String(material.line), item: material.item }));
  }
  return [...refusals, ...shortages(candidate.needs, balances, consumed)];
}

/** REL-10: need against what is available after the orders released before this one. */
function shortages(
  needs: readonly StockNeed[],
  balances: ReadonlyMap<StockKey, StockBalance>,
  consumed: ReadonlyMap<StockKey, Quantity>,
): Refusal[] {
  return needs.flatMap(({ stock, quantity }) => {
    const balance = balances.get(stock);
    if (balance === undefined || balance.mayGoNegative) return [];
    const available = balance.available.minus(consumed.get(stock) ?? zero);
    if (quantity.lte(available)) return [];
    const shown = available.isNegative() ? zero : available;
    return [
      refusal('REL-10', {
        item: balance.item,
        variant: balance.variant,
        warehouse: balance.warehouse,
        lot: balance.lot,
        unit: balance.unit,
        need: quantityText(quantity),
        available: quantityText(shown),
        short: quantityText(quantity.minus(shown)),
      }),
    ];
  });
}

function consume(needs: readonly StockNeed[], consumed: Map<StockKey, Quantity>): void {
  for (const { stock, quantity } of needs) consumed.set(stock, (consumed.get(stock) ?? zero).plus(quantity));
}

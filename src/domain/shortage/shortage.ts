import type { CalendarDate } from '../calendar';
import type { OrderKey, OrderState } from '../order';
import { zero, type Quantity } from '../quantity';
import { groupBy } from '../group-by';
import type { ReleaseCandidate } from '../release/candidate';
import type { ReleaseDecision } from '../release/decide';
import { partOfCandidate } from '../release/split';
import type { StockBalance, StockKey, StockNeed } from '../release/stock';
import { firstFeasibleDays } from './first-feasible';

export const supplyKinds = ['order', 'purchase', 'production', 'transfer'] as const;
/** `order`: an open order of the book that makes it; the others are documents of other systems. */
export type SupplyKind = (typeof supplyKinds)[number];

/** What is on its way into a stock. */
export interface Supply {
  readonly stock: StockKey;
  readonly kind: SupplyKind;
  /** Number of the document; of an order its key. */
  readonly document: string;
  readonly quantity: Quantity;
  /** When it is due; of an order, when it ends. */
  readonly on: CalendarDate;
  /** Of an order; null of a document. */
  readonly state: OrderState | null;
  /** The job order an order belongs to; empty where there is none. */
  readonly jobOrder: string;
}

/** What a stock lacks for one order when its turn comes: plain decimal text, as REL-10 says it. Nothing is calculated with it. */
export interface LackOfStock {
  readonly stock: StockKey;
  readonly need: string;
  readonly available: string;
  readonly short: string;
}

/** An order that stock keeps from being released. */
export interface ShortOrder {
  readonly key: OrderKey;
  readonly jobOrder: string;
  readonly lacks: readonly LackOfStock[];
}

export interface ShortageOfOrder extends LackOfStock {
  readonly key: OrderKey;
  /** The open order of the same job order that makes it, the first to end; null where there is none. */
  readonly subOrder: Supply | null;
  /** The first day on which this stock covers it. */
  readonly feasibleOn: CalendarDate | null;
}

export interface ShortageOfStock {
  /** What is on its way, the earliest first. */
  readonly supplies: readonly Supply[];
  /** In sequence. */
  readonly orders: readonly ShortageOfOrder[];
}

export interface Shortages {
  readonly byStock: ReadonlyMap<StockKey, ShortageOfStock>;
  /** The first day on which all its stocks cover an order; null where what is on its way never does. */
  readonly feasibleOn: ReadonlyMap<OrderKey, CalendarDate | null>;
}

/** What was judged: orders in sequence, what became of them, and the stocks that can leave anybody short. */
export interface JudgedStock {
  readonly candidates: readonly ReleaseCandidate[];
  readonly decisions: readonly ReleaseDecision[];
  readonly balances: ReadonlyMap<StockKey, StockBalance>;
}

/**
 * What is short, stock by stock and order by order, with what is on its way and the day each order can go first: what the released orders
 * leave and what comes in, in day order, against the needs of the waiting ones in sequence. Nothing goes before its own day, or else `day`.
 */
export function shortagesAhead(
  judged: JudgedStock,
  short: readonly ShortOrder[],
  supplies: readonly Supply[],
  day: CalendarDate,
): Shortages {
  const byStock = groupBy(inDayOrder(supplies), ({ stock }) => stock);
  const stocks = new Map(
    [...leftOver(judged)].map(([stock, free]) => [stock, { free, arrivals: byStock.get(stock) ?? [] }]),
  );
  const needs = new Map(judged.candidates.map((candidate) => [candidate.marked.key, candidate]));
  const waiting = short.map(({ key }) => {
    const candidate = needs.get(key);
    return { key, needs: openNeeds(candidate, judged), notBefore: candidate?.postedOn ?? day };
  });
  const [first = day] = waiting.map(({ notBefore }) => notBefore).sort();
  const feasible = new Map(firstFeasibleDays(waiting, stocks, first).map((each) => [each.key, each]));
  const makers = new Map([...byStock].map(([stock, coming]) => [stock, byJobOrder(coming)]));
  const orders = new Map<StockKey, ShortageOfOrder[]>();
  for (const { key, jobOrder, lacks } of short) {
    const days = feasible.get(key)?.byStock;
    for (const { stock, need, available, short: lack } of lacks) {
      const makes = makers.get(stock)?.get(jobOrder) ?? null;
      const row = {
        key,
        stock,
        need,
        available,
        short: lack,
        subOrder: makes,
        feasibleOn: days?.get(stock) ?? null,
      };
      const rows = orders.get(stock);
      if (rows) rows.push(row);
      else orders.set(stock, [row]);
    }
  }
  return {
    byStock: new Map(
      [...orders].map(([stock, rows]) => [stock, { supplies: byStock.get(stock) ?? [], orders: rows }]),
    ),
    feasibleOn: new Map([...feasible].map(([key, { on }]) => [key, on])),
  };
}

function inDayOrder(supplies: readonly Supply[]): Supply[] {
  return [...supplies].sort((a, b) => {
    if (a.on !== b.on) return a.on < b.on ? -1 : 1;
    return a.document < b.document ? -1 : a.document > b.document ? 1 : 0;
  });
}

/** The first order to end of each job order; `supplies` are in day order. */
function byJobOrder(supplies: readonly Supply[]): ReadonlyMap<string, Supply> {
  const first = new Map<string, Supply>();
  for (const supply of supplies)
    if (supply.kind === 'order' && supply.jobOrder !== '' && !first.has(supply.jobOrder))
      first.set(supply.jobOrder, supply);
  return first;
}

/** What nobody has reserved when the orders that go have gone. */
function leftOver({ candidates, decisions, balances }: JudgedStock): Map<StockKey, Quantity> {
  const left = new Map([...balances].map(([stock, { onHand, reserved }]) => [stock, onHand.minus(reserved)]));
  const change = (stock: StockKey, by: Quantity) => {
    const found = left.get(stock);
    if (found) left.set(stock, found.plus(by));
  };
  candidates.forEach((candidate, place) => {
    const decision = decisions[place];
    if (decision === undefined || decision.refusals.length > 0) return;
    const { marked, returned = [] } = candidate;
    for (const { stock, quantity } of returned) change(stock, quantity);
    for (const { stock, quantity } of taken(candidate, decision))
      change(stock, (balances.get(stock)?.reservedFor.get(marked.key) ?? zero).minus(quantity));
  });
  return left;
}

/** What a released order takes: of one that is split, what its part takes. */
function taken(candidate: ReleaseCandidate, { split }: ReleaseDecision): readonly StockNeed[] {
  if (!split || !candidate.split) return candidate.needs;
  return partOfCandidate(candidate, candidate.split, split.quantity).needs;
}

/** What an order needs beyond what is reserved for it. */
function openNeeds(candidate: ReleaseCandidate | undefined, { balances }: JudgedStock): readonly StockNeed[] {
  if (candidate === undefined) return [];
  const { needs, marked } = candidate;
  const own = (stock: StockKey) => balances.get(stock)?.reservedFor.get(marked.key);
  if (needs.every(({ stock }) => own(stock) === undefined)) return needs;
  return needs.map(({ stock, quantity }) => {
    const open = quantity.minus(own(stock) ?? zero);
    return { stock, quantity: open.isNegative() ? zero : open };
  });
}

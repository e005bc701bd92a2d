import { quantity, zero } from '../../../domain/quantity';
import {
  decideRelease,
  type ReleaseDecision,
  type StockBalance,
  type StockKey,
} from '../../../domain/release/decide';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import type { ReleasePolicy } from '../../../domain/policy';
import { transitions } from '../../../domain/transitions';
import type { StoredOrder } from './lock-orders';
import { stockKey, type StockedItem } from './stock';
import { type Needs, type OrderNeed, type TotalNeed } from './withdrawals';

/**
 * How needs and balances are come by. A release posts provisionally and locks; a preview only reads. Everything else, above all
 * the judging, is the same for both.
 */
export interface ReleaseReader {
  totalsOf(orders: readonly StoredOrder[]): Promise<Needs>;
  /** What each order needs of these stocks. */
  needsOf(
    orders: readonly StoredOrder[],
    stocks: readonly TotalNeed[],
  ): Promise<ReadonlyMap<string, readonly OrderNeed[]>>;
  itemsOf(items: readonly string[]): Promise<ReadonlyMap<string, StockedItem>>;
  balancesOf(
    places: readonly TotalNeed[],
  ): Promise<ReadonlyMap<StockKey, { readonly onHand: string; readonly negativeStock: boolean }>>;
}

export interface ReleaseJudgement {
  /** In the sequence of the marked orders. */
  readonly decisions: readonly ReleaseDecision[];
  readonly totals: readonly TotalNeed[];
  /** Stocks whose total need exceeds the balance: only these can refuse anybody. */
  readonly contested: ReadonlyMap<StockKey, StockBalance>;
}

/**
 * Gathers what the rules of a release need to know about these orders, as lists, and lets the domain judge.
 */
export async function judgeRelease(
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
  policy: ReleasePolicy,
  reader: ReleaseReader,
): Promise<ReleaseJudgement> {
  const launched = [...orders.values()].filter(({ state }) => state === transitions.release.from);
  const { totals, unresolved } = await reader.totalsOf(launched);
  const balances = await reader.balancesOf(totals);
  const short = totals.filter((need) =>
    quantity(need.quantity).gt(balances.get(stockKey(need))?.onHand ?? 0),
  );
  const items = await reader.itemsOf(short.map(({ item }) => item));
  const contested = new Map(
    short.map((need) => {
      const balance = balances.get(stockKey(need));
      const item = items.get(need.item);
      const allowed =
        policy.shortage === 'negative' && balance?.negativeStock === true && item?.lotManaged === false;
      return [stockKey(need), stockBalance(need, item, balance?.onHand, allowed)] as const;
    }),
  );
  const needs = await reader.needsOf(launched, short);
  const candidates = marked.map((order) => {
    const stored = orders.get(order.key) ?? null;
    const ofOrder = stored ? (needs.get(stored.id) ?? []) : [];
    return {
      marked: order,
      order: stored,
      unresolved: (stored && unresolved.get(stored.id)) ?? [],
      needs: ofOrder.map((need) => ({ stock: stockKey(need), quantity: quantity(need.quantity) })),
    };
  });
  return { decisions: decideRelease(candidates, contested), totals, contested };
}

function stockBalance(
  { item, variant, warehouse, lot }: TotalNeed,
  stocked: StockedItem | undefined,
  onHand: string | undefined,
  mayGoNegative: boolean,
): StockBalance {
  return {
    item,
    variant,
    warehouse,
    lot,
    unit: stocked?.unit ?? '',
    available: onHand === undefined ? zero : quantity(onHand),
    mayGoNegative,
  };
}

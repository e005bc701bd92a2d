import type { OrderKey } from '../../../../domain/order';
import { quantity } from '../../../../domain/quantity';
import type { Refusal } from '../../../../domain/refusals';
import type { ReleaseDecision } from '../../../../domain/release/decide';
import { releasedInPart } from '../../../../domain/release/split';
import type { Moment } from '../../order-book';
import type { CompanyFacts } from '../company-facts';
import { BookChanged, type Tx } from '../database';
import type { StoredOrder } from '../lock-orders';
import { stockKey } from '../stock';
import { postProvisionally, type TotalNeed } from '../withdrawals';
import { divideOrders, type NamedSplit, type SplitOrder } from './divide-orders';

/** The orders of which a part goes. */
export function splitOrders(
  decisions: readonly ReleaseDecision[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): SplitOrder[] {
  return decisions.flatMap(({ key, split }) => {
    const order = orders.get(key);
    return order && split ? [{ order, split }] : [];
  });
}

/**
 * Divides locked, launched orders, of which nothing is posted any more, and posts what their parts take. Throws {@link BookChanged} when
 * that is from another stock than they were judged by, or more: master data that were committed in between.
 */
export async function postInPart(
  tx: Tx,
  splits: readonly SplitOrder[],
  judged: readonly TotalNeed[],
  { sitesDecide }: CompanyFacts,
  run: string,
  moment: Moment,
): Promise<readonly NamedSplit[]> {
  if (splits.length === 0) return [];
  const divided = await divideOrders(tx, splits, run, moment);
  const orders = splits.map(({ order }) => order);
  const { totals, unresolved } = await postProvisionally(tx, moment.company, orders, sitesDecide);
  const known = new Map(judged.map((need) => [stockKey(need), quantity(need.quantity)]));
  const within = (need: TotalNeed) => known.get(stockKey(need))?.gte(need.quantity) ?? false;
  if (unresolved.size > 0 || !totals.every(within))
    throw new BookChanged('What orders need changed while they were divided');
  return divided;
}

/** SPL-03 for an order that went in part, none for any other. */
export function saidOfPart(
  { key, split }: ReleaseDecision,
  restKeys: ReadonlyMap<OrderKey, OrderKey>,
): Refusal[] {
  const restKey = restKeys.get(key);
  return split && restKey ? [releasedInPart(split, restKey)] : [];
}

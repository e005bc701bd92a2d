import type { CalendarDate } from '../../../../domain/calendar';
import type { OrderKey } from '../../../../domain/order';
import type { ReleasePolicy } from '../../../../domain/policy';
import { quantity, zero, type Quantity } from '../../../../domain/quantity';
import { PickableStocks, type PickNeed } from '../../../../domain/work/plan';
import { needOfPart, type PartOfOrder } from '../../../../domain/work/quantity';
import type { FetchPlan } from '../../../../domain/work/rules';
import type { Work } from '../../../../domain/work/work';
import type { CompanyFacts } from '../company-facts';
import type { Tx } from '../database';
import { stockKey, type HoldStock } from '../stock';
import { pickableStocks } from './pickable-stocks';
import { pickNeedsOf, placesOf } from './read-needs';

/** So much of what the order makes, in its own unit. */
export type AskedPart = Pick<PartOfOrder, 'part' | 'factor'>;

/** An executive order that picking work is made for. */
export interface OrderToFetchFor {
  readonly order: { readonly id: string; readonly key: OrderKey; readonly quantity: string };
  /** As it was stamped at the release. */
  readonly policy: ReleasePolicy;
  readonly works: readonly Work[];
}

/**
 * What can be fetched for an order now: of what no work is in hand for, for a part of it where one is said.
 *
 * @param hold locks the stocks, or only reads them
 */
export async function fetchPlan(
  tx: Tx,
  company: string,
  { order, policy, works }: OrderToFetchFor,
  part: AskedPart | undefined,
  facts: CompanyFacts,
  day: CalendarDate,
  hold: HoldStock,
): Promise<FetchPlan> {
  const read = await pickNeedsOf(tx, company, [{ id: order.id, day }], facts.sitesDecide);
  const needs = (read.get(order.id) ?? [])
    .map((need) => beyondWork(need, works))
    .map((need) => ({ ...need, quantity: partOf(need, quantity(order.quantity), part) }))
    .filter((need) => need.quantity.gt(zero));
  const places = placesOf([needs]);
  const balances = await hold(
    tx,
    company,
    places.map((place) => ({ ...place, stored: false })),
  );
  const held = places.map((place) => ({ ...place, onHand: balances.get(stockKey(place))?.onHand ?? '0' }));
  const stocks = new PickableStocks(policy.reservation, await pickableStocks(tx, company, held, []));
  return { needs, plan: stocks.plan(order.key, needs) };
}

/** Without what open lines are going to fetch. */
function beyondWork(need: PickNeed, works: readonly Work[]): PickNeed {
  const fetched = works
    .flatMap(({ lines }) => lines)
    .filter(({ material, state }) => material === need.line && state === 'open')
    .reduce((sum, line) => sum.plus(line.quantity), zero);
  return { ...need, quantity: need.quantity.minus(fetched) };
}

function partOf(
  { quantity: remaining, total, fixed, decimals }: PickNeed,
  ordered: Quantity,
  part: AskedPart | undefined,
): Quantity {
  if (part === undefined) return remaining;
  return needOfPart({ need: total, remaining, fixed, decimals, ordered, ...part });
}

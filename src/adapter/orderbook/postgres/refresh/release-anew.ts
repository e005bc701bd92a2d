import type { OrderKey } from '../../../../domain/order';
import type { StockKey } from '../../../../domain/release/stock';
import type { Moment } from '../../order-book';
import type { CompanyFacts } from '../company-facts';
import { BookChanged, type Tx } from '../database';
import type { AskedPlace } from '../judge-release';
import type { StoredOrder } from '../lock-orders';
import { writeLots } from '../lots';
import { makeExecutive } from '../release';
import { lockStock, stockKey, sumsOf } from '../stock';
import { postedBy, postProvisionally, type TotalNeed } from '../withdrawals';
import { makeWork, plansOf } from '../work/make-work';
import type { DecidedWithRelease, ReleaseAnew } from './judge-release-anew';
import type { RefreshCommand } from './judge-refresh';

/** Locks, in key order, the stocks that these orders give back to together with those they need, and gives the balances. */
export function lockingStock(tx: Tx, company: string): ReleaseAnew['balancesOf'] {
  return async (orders, places) => {
    const returned = await sumsOf(tx, postedBy(company, orders));
    const all = new Map<StockKey, AskedPlace>(
      returned.map((place) => [stockKey(place), { ...place, stored: true }]),
    );
    for (const place of places) if (!all.has(stockKey(place))) all.set(stockKey(place), place);
    return lockStock(tx, company, [...all.values()]);
  };
}

/**
 * Releases locked, launched orders whose release was judged on the materials that are written by now: posts, files and lowers the stock as
 * every release does, with picking work where the company works by it. Gives the movements per order. Throws {@link BookChanged} when
 * they need anything but what they were judged by: master data that were committed in between.
 */
export async function releaseAnew(
  tx: Tx,
  { anew, releases }: Pick<DecidedWithRelease, 'anew' | 'releases'>,
  { postingDate }: RefreshCommand,
  facts: CompanyFacts,
  run: string,
  moment: Moment,
): Promise<ReadonlyMap<OrderKey, number>> {
  if (anew.length === 0) return new Map();
  if (postingDate === undefined) throw new RangeError('A release has a posting date');
  const orders = anew.map(({ order }): StoredOrder => order);
  const posted = await postProvisionally(tx, moment.company, orders, facts.sitesDecide);
  if (posted.unresolved.size > 0 || !isSame(posted.totals, releases.totals))
    throw new BookChanged('What orders need changed while they were judged');
  const byKey = new Map(orders.map((each) => [each.key, each]));
  await writeLots(tx, moment.company, releases.decisions, byKey);
  const withdrawn = await sumsOf(tx, postedBy(moment.company, orders));
  const command = { kind: 'release', postingDate } as const;
  const movements = await makeExecutive(tx, orders, withdrawn, command, facts, run, moment);
  if (facts.picking === 'work') await makeWork(tx, plansOf(releases.decisions, byKey), run, moment);
  return new Map(orders.map(({ key, id }) => [key, movements.get(id) ?? 0]));
}

function isSame(a: readonly TotalNeed[], b: readonly TotalNeed[]): boolean {
  const needed = new Map(b.map((need) => [stockKey(need), need.quantity]));
  return a.length === b.length && a.every((need) => needed.get(stockKey(need)) === need.quantity);
}

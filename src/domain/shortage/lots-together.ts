import type { OrderKey } from '../order';
import { zero, type Quantity } from '../quantity';
import type { ReleaseDecision } from '../release/decide';
import { hasExpired, type Lot, type LotFacts, type LotStock } from '../release/lots';
import type { StockBalance, StockKey, StockNeed } from '../release/stock';
import type { JudgedStock } from './shortage';

/**
 * The same as if what lies in lots lay in one stock: a shortage is of an item, and nobody knows in which lot something will come. Where
 * lots are picked by expiry, of one that has expired on the last of the posting days only what orders take all the same is counted.
 */
export function lotsTogether({ candidates, balances, ...rest }: JudgedStock, lots: LotFacts): JudgedStock {
  if (lots.stocks.size === 0) return { candidates, balances, ...rest };
  const days = candidates.map(({ postedOn = lots.postedOn }) => postedOn);
  const lastDay = days.reduce((last, day) => (day > last ? day : last), days[0] ?? lots.postedOn);
  const taken = takenOfLots(rest.decisions);
  const sums = [...lots.stocks].map(([stock, of]) => {
    const isGone = (lot: Lot) => of.picking === 'expiry' && hasExpired(lot, lastDay);
    const good = of.lots.filter((lot) => !isGone(lot));
    const all = sumOf(of, good, balances);
    const ofGone = of.lots
      .filter(isGone)
      .reduce((sum, { lot }) => sum.plus(taken.get(stock)?.get(lot) ?? zero), zero);
    return [stock, { ...all, onHand: all.onHand.plus(ofGone) }] as const;
  });
  return {
    ...rest,
    balances: new Map([...balances, ...sums]),
    candidates: candidates.map((candidate) => ({
      ...candidate,
      needs: [...candidate.needs, ...byStock(candidate.lotNeeds ?? [])],
    })),
  };
}

/** What orders that go take of each lot. */
function takenOfLots(decisions: readonly ReleaseDecision[]): ReadonlyMap<StockKey, Map<string, Quantity>> {
  const taken = new Map<StockKey, Map<string, Quantity>>();
  for (const { refusals, lots = [] } of decisions) {
    if (refusals.length > 0) continue;
    for (const { stock, parts } of lots) {
      const ofStock = taken.get(stock) ?? new Map<string, Quantity>();
      for (const { lot, quantity } of parts) ofStock.set(lot, (ofStock.get(lot) ?? zero).plus(quantity));
      taken.set(stock, ofStock);
    }
  }
  return taken;
}

function sumOf(
  { item, variant, warehouse, unit }: LotStock,
  lots: LotStock['lots'],
  balances: JudgedStock['balances'],
): StockBalance {
  const found = lots.flatMap(({ stock }) => balances.get(stock) ?? []);
  const reservedFor = new Map<OrderKey, Quantity>();
  for (const each of found)
    for (const [order, own] of each.reservedFor)
      reservedFor.set(order, (reservedFor.get(order) ?? zero).plus(own));
  const sum = (of: (balance: StockBalance) => Quantity) =>
    found.reduce((total, each) => total.plus(of(each)), zero);
  return {
    ...{ item, variant, warehouse, lot: '', unit, lotManaged: true, belowZero: 'never', reservedFor },
    ...{ onHand: sum(({ onHand }) => onHand), reserved: sum(({ reserved }) => reserved) },
  };
}

function byStock(needs: readonly StockNeed[]): StockNeed[] {
  const sums = new Map<StockKey, Quantity>();
  for (const { stock, quantity } of needs) sums.set(stock, (sums.get(stock) ?? zero).plus(quantity));
  return [...sums].map(([stock, quantity]) => ({ stock, quantity }));
}

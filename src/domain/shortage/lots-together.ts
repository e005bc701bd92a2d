import type { OrderKey } from '../order';
import { zero, type Quantity } from '../quantity';
import type { LotFacts, LotStock } from '../release/lots';
import type { StockBalance, StockKey, StockNeed } from '../release/stock';
import type { JudgedStock } from './shortage';

/**
 * The same as if what lies in lots lay in one stock: a shortage is of an item, and nobody knows in which lot something will come. What
 * has expired on the posting day is not counted where lots are picked by expiry.
 */
export function lotsTogether({ candidates, balances, ...rest }: JudgedStock, lots: LotFacts): JudgedStock {
  if (lots.stocks.size === 0) return { candidates, balances, ...rest };
  const sums = [...lots.stocks].map(
    ([stock, of]) => [stock, sumOf(of, goodLots(of, lots), balances)] as const,
  );
  return {
    ...rest,
    balances: new Map([...balances, ...sums]),
    candidates: candidates.map((candidate) => ({
      ...candidate,
      needs: [...candidate.needs, ...byStock(candidate.lotNeeds ?? [])],
    })),
  };
}

function goodLots({ lots, picking }: LotStock, { postedOn }: LotFacts) {
  return lots.filter(({ expiresOn }) => picking !== 'expiry' || expiresOn === null || expiresOn >= postedOn);
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

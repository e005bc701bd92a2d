import type { OrderKey } from '../../../../domain/order';
import { quantity, type Quantity } from '../../../../domain/quantity';
import type { StockKey } from '../../../../domain/release/stock';
import type { PickableStock } from '../../../../domain/work/plan';
import type { Queries } from '../database';
import type { StoredOrder } from '../lock-orders';
import { keptForOrders, reservedFor, reservedOf, type ReservedForOrder } from '../reservations';
import { stockKey, type StockPlace } from '../stock';

/** A stock as it is, locked or read. */
export interface HeldStock extends StockPlace {
  readonly onHand: string;
}

/**
 * What is free of these stocks, and promised to these orders. Read after the stock locks: whoever they waited for is seen.
 *
 * @param anew the orders are executive and released again: their first release has redeemed their reservations, what its work keeps is theirs
 */
export async function pickableStocks(
  db: Queries,
  company: string,
  held: readonly HeldStock[],
  orders: readonly StoredOrder[],
  anew = false,
): Promise<ReadonlyMap<StockKey, PickableStock>> {
  const reserved = await reservedOf(db, company, held);
  const promised = held.filter((place) => reserved.has(stockKey(place)));
  const ids = orders.map(({ id }) => id);
  const own = ids.length === 0 ? [] : await (anew ? keptForOrders : reservedFor)(db, company, promised, ids);
  const forOrders = byStock(own, new Map(orders.map(({ id, key }) => [id, key])));
  return new Map(
    held.map((place) => {
      const stock = stockKey(place);
      return [
        stock,
        {
          onHand: quantity(place.onHand),
          reserved: quantity(reserved.get(stock) ?? '0'),
          reservedFor: forOrders.get(stock) ?? new Map<OrderKey, Quantity>(),
        },
      ];
    }),
  );
}

function byStock(own: readonly ReservedForOrder[], keys: ReadonlyMap<string, OrderKey>) {
  const stocks = new Map<StockKey, Map<OrderKey, Quantity>>();
  for (const { order, quantity: text, ...place } of own) {
    const key = keys.get(order);
    if (key === undefined) continue;
    const ofStock = stocks.get(stockKey(place)) ?? new Map<OrderKey, Quantity>();
    stocks.set(stockKey(place), ofStock.set(key, quantity(text)));
  }
  return stocks;
}

import { sql } from 'kysely';
import { orderKey, parseOrderKey, type OrderKey } from '../../../../domain/order';
import { rows, type Queries } from '../database';
import { keyTable } from '../lock-orders';

/**
 * The keys that the rests of these orders get, by order: the lots after the highest one of their year and number, in sequence. Nothing
 * reserves them: who inserts an order under one has it.
 */
export async function nextLots(
  db: Queries,
  company: string,
  orders: readonly OrderKey[],
): Promise<ReadonlyMap<OrderKey, OrderKey>> {
  if (orders.length === 0) return new Map();
  const found = await rows(
    db,
    sql<{ place: number; last: number }>`
      select k.place::int as place, l.last
        from ${keyTable(orders)}
       cross join lateral (
             select max(o.lot) as last from production_order o
              where o.company_id = ${company} and o.year = k.year and o.number = k.number) l`,
  );
  const lasts = new Map(found.map(({ place, last }) => [orders[place - 1], last]));
  const given = new Map<string, number>();
  return new Map(
    orders.flatMap((key) => {
      const parts = parseOrderKey(key);
      if (!parts) return [];
      const number = `${parts.year}/${parts.number}`;
      const lot = (given.get(number) ?? lasts.get(key) ?? parts.lot) + 1;
      given.set(number, lot);
      return [[key, orderKey({ ...parts, lot })]];
    }),
  );
}

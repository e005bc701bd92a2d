import { sql, type RawBuilder } from 'kysely';
import type { StockKey } from '../../../domain/release/stock';
import { rows, uuids, type Queries } from './database';
import { placeTable, stockKey, type StockPlace } from './stock';
import { keptByWork } from './work/promised';

/** What is reserved of one stock, as plain decimal text. */
interface Reserved extends StockPlace {
  readonly quantity: string;
}

/**
 * All that is reserved of these stocks for launched orders and for documents of other systems, and kept by picking work: a released order
 * has redeemed its reservation. Read after the stock locks: whoever they waited for is seen. Nothing locks a reservation: one that an
 * import commits later still comes after whatever is judged here.
 */
export async function reservedOf(
  db: Queries,
  company: string,
  places: readonly StockPlace[],
): Promise<Map<StockKey, string>> {
  if (places.length === 0) return new Map();
  const found = await rows(
    db,
    sql<Reserved>`
      select p.item, p.variant, p.warehouse, p.lot, trim_scale(sum(r.quantity))::text as quantity
        from ${placeTable(places)}
        join (select r.item, r.variant, r.warehouse, r.lot, r.quantity
                from reservation r left join production_order o on o.company_id = r.company_id and o.order_id = r.order_id
               where r.company_id = ${company} and (r.order_id is null or o.state = 'launched')
               union all
              select k.item, k.variant, k.warehouse, k.lot, k.quantity from (${keptByWork(company)}) k) r using (item, variant, warehouse, lot)
       group by p.item, p.variant, p.warehouse, p.lot`,
  );
  return new Map(found.map((reserved) => [stockKey(reserved), reserved.quantity]));
}

export interface ReservedForOrder extends Reserved {
  /** Id of the order. */
  readonly order: string;
}

/** What is reserved of these stocks for these launched orders. */
export function reservedFor(
  db: Queries,
  company: string,
  places: readonly StockPlace[],
  orderIds: readonly string[],
): Promise<ReservedForOrder[]> {
  return heldForOrders(db, sql`(select * from reservation where company_id = ${company})`, places, orderIds);
}

/** What picking work of these executive orders keeps of these stocks. */
export function keptForOrders(
  db: Queries,
  company: string,
  places: readonly StockPlace[],
  orderIds: readonly string[],
): Promise<ReservedForOrder[]> {
  return heldForOrders(db, sql`(${keptByWork(company)})`, places, orderIds);
}

/** What is held of these stocks for these orders, order by order; `held` are rows of (order_id, item, variant, warehouse, lot, quantity). */
async function heldForOrders(
  db: Queries,
  held: RawBuilder<unknown>,
  places: readonly StockPlace[],
  orderIds: readonly string[],
): Promise<ReservedForOrder[]> {
  if (places.length === 0) return [];
  return rows(
    db,
    sql<ReservedForOrder>`
      select r.order_id as order, p.item, p.variant, p.warehouse, p.lot, trim_scale(sum(r.quantity))::text as quantity
        from ${placeTable(places)}
        join ${held} r using (item, variant, warehouse, lot)
       where r.order_id = any(${uuids(orderIds)})
       group by r.order_id, p.item, p.variant, p.warehouse, p.lot`,
  );
}

import { sql } from 'kysely';
import type { OrderKey } from '../../../domain/order';
import type { Withdrawal } from '../../../contract/withdrawals';
import type { Database } from './database';
import { orderKeyOf } from './lock-orders';
import { ordersOfRun } from './movement-criteria';
import { stream } from './stream';

interface Row extends Omit<Withdrawal, 'orders'> {
  readonly order: OrderKey;
  readonly ofOrder: string;
}

/**
 * What a run withdrew and nobody took back, place by place in the order one walks, each with what its orders need. Batches of places;
 * all of them show the book as it was at one moment.
 */
export async function* withdrawalList(
  db: Database,
  company: string,
  run: string,
): AsyncGenerator<readonly Withdrawal[]> {
  let place: Withdrawal | undefined;
  for await (const rows of stream(db, withdrawn(company, run))) {
    const complete: Withdrawal[] = [];
    for (const { order, ofOrder, ...row } of rows) {
      if (place === undefined || !isSamePlace(place, row)) {
        if (place !== undefined) complete.push(place);
        place = { ...row, orders: [] };
      }
      place.orders.push({ order, quantity: ofOrder });
    }
    if (complete.length > 0) yield complete;
  }
  if (place !== undefined) yield [place];
}

function isSamePlace(a: Withdrawal, b: Omit<Withdrawal, 'orders'>): boolean {
  return a.warehouse === b.warehouse && a.item === b.item && a.variant === b.variant && a.lot === b.lot;
}

function withdrawn(company: string, run: string) {
  return sql<Row>`
    select m.warehouse, w.name as "warehouseName", m.item, m.variant, i.description, m.lot, i.unit,
           trim_scale(sum(sum(m.quantity)) over (partition by m.warehouse, m.item, m.variant, m.lot))::text as quantity,
           ${orderKeyOf} as order, trim_scale(sum(m.quantity))::text as "ofOrder"
      from movement_record r
      join movement m using (company_id, order_id, cause, warehouse, reason)
      join production_order o on o.company_id = m.company_id and o.order_id = m.order_id
      join item i on i.company_id = m.company_id and i.item = m.item
      join warehouse w on w.company_id = m.company_id and w.warehouse = m.warehouse
     where r.company_id = ${company} and r.run_id = ${run}::uuid and m.direction = 'unload'
       and r.order_id in (${ordersOfRun(company, sql`${run}::uuid`)})
     group by m.warehouse, w.name, m.item, m.variant, i.description, m.lot, i.unit, o.year, o.number, o.lot
     order by m.warehouse, m.item, m.variant, m.lot, o.year, o.number, o.lot`;
}

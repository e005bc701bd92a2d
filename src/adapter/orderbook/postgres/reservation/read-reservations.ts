import { sql } from 'kysely';
import type { Reservation } from '../../../../contract/reservations';
import type { OrderKey } from '../../../../domain/order';
import { rows, type Database, type Queries } from '../database';
import { readHeaders } from '../lock-orders';

/** What is reserved of the output of an order and for its materials, and what was cancelled of that; by kind, document and line. */
export function ofOrder(db: Queries, company: string, id: string): Promise<Reservation[]> {
  const mine = sql`company_id = ${company} and order_id = ${id}::uuid`;
  return rows(
    db,
    sql<Reservation>`
      select r.kind as of, r.document, r.line, r.item, r.variant, i.description, r.warehouse, r.lot,
             trim_scale(r.quantity)::text as quantity, case r.kind when 'output' then r.unit else i.unit end as unit,
             r.cancelled_at as "cancelledAt", r.cancelled_by as "cancelledBy"
        from (select 'output' as kind, p.document, p.line, o.item, o.variant, '' as warehouse, '' as lot, p.quantity, o.unit,
                     null::timestamptz as cancelled_at, null::text as cancelled_by
                from output_reservation p join production_order o using (company_id, order_id)
               where p.company_id = ${company} and p.order_id = ${id}::uuid
               union all
              select 'component', document, line, item, variant, warehouse, lot, quantity, '', null, null
                from reservation where ${mine}
               union all
              select c.kind, c.document, c.line, c.item, c.variant, c.warehouse, c.lot, c.quantity, o.unit, c.cancelled_at,
                     c.cancelled_by
                from cancelled_reservation c join production_order o using (company_id, order_id)
               where c.company_id = ${company} and c.order_id = ${id}::uuid) r
        join item i on i.company_id = ${company} and i.item = r.item
       order by r.kind desc, r.document, r.line, r.cancelled_at nulls first`,
  );
}

/** The same, by the key of the order; none where there is no such order. */
export async function reservationsOf(
  db: Database,
  company: string,
  key: OrderKey,
): Promise<readonly Reservation[]> {
  const [order] = (await readHeaders(db, company, [{ key, version: 0 }])).values();
  return order ? ofOrder(db, company, order.id) : [];
}

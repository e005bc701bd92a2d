import { sql, type RawBuilder } from 'kysely';

/**
 * What an order uses up of what lies at input locations for it, found there or put there: rows of (line, direction, item, variant,
 * warehouse, reason, lot, quantity). All of it, as manual materials are used up in full. `reason` is null where the location has no unload
 * reason for production.
 */
export function usedUp(company: string, orderId: string): RawBuilder<unknown> {
  return sql`
    select p.line, 'unload', p.item, p.variant, p.warehouse,
           (select min(r.reason) from movement_reason r
             where r.company_id = ${company} and r.warehouse = p.warehouse and r.direction = 'unload' and r.production),
           p.lot, sum(p.quantity)
      from (select material as line, item, variant, put_to as warehouse, lot, picked as quantity
              from work_line
             where company_id = ${company} and order_id = ${orderId}::uuid and state = 'confirmed' and put_to is not null
             union all
            select material, item, variant, warehouse, lot, quantity
              from found_material where company_id = ${company} and order_id = ${orderId}::uuid) p
     group by p.line, p.item, p.variant, p.warehouse, p.lot`;
}

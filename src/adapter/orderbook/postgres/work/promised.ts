import { sql, type RawBuilder } from 'kysely';

/**
 * What picking work keeps of stocks, as rows of (order_id, item, variant, warehouse, lot, quantity): in the storage what open lines are
 * promised, at the input location what was found or put there for orders that have not used it up. An order uses it up when it is fulfilled.
 */
export function keptByWork(company: string): RawBuilder<unknown> {
  const used = sql`join production_order o on o.company_id = k.company_id and o.order_id = k.order_id and o.state = 'executive'`;
  return sql`
    select order_id, item, variant, pick_from as warehouse, lot, promised as quantity
      from work_line where company_id = ${company} and state = 'open' and promised > 0
     union all
    select k.order_id, k.item, k.variant, k.put_to, k.lot, k.picked
      from work_line k ${used} where k.company_id = ${company} and k.state = 'confirmed' and k.put_to is not null
     union all
    select k.order_id, k.item, k.variant, k.warehouse, k.lot, k.quantity from found_material k ${used} where k.company_id = ${company}`;
}

/** Whether there is anything that work may keep, in company `c`. */
export const worksAtAll = sql`exists (select from work_counter k where k.company_id = c.company_id)
  or exists (select from found_material k where k.company_id = c.company_id)`;

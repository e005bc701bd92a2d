import { sql, type RawBuilder } from 'kysely';
import type { MovementQuery } from '../../../contract/movements';
import { texts } from './database';
import { keyTable } from './lock-orders';
import { orderCondition, when } from './order-criteria';
import { fits, isOneOf, upper } from './text-criteria';

type Condition = RawBuilder<unknown>;

/** The conditions a query puts on movement `m` of order `o` and item `i`. */
export function movementConditions(company: string, query: MovementQuery): Condition[] {
  return [
    sql`m.company_id = ${company}`,
    ...when(query.run, (run) => ofRun(company, sql`${run}::uuid`)),
    ...when(query.runNumber, (number) =>
      ofRun(company, sql`(select run_id from run where company_id = ${company} and number = ${number})`),
    ),
    ...when(
      query.order,
      (keys) => sql`m.order_id in (select k_order.order_id from ${keyTable(keys)}
        join production_order k_order using (year, number, lot) where k_order.company_id = ${company})`,
    ),
    ...when(query.orderNumber, orderCondition),
    ...when(
      query.item,
      (wanted) => sql`(${fits(sql`i.item_upper`, wanted)} or ${fits(sql`i.description_upper`, wanted)})`,
    ),
    ...when(query.lot, (wanted) => fits(upper(sql`m.lot`), wanted)),
    ...when(query.warehouse, (codes) => isOneOf(company, sql`m.warehouse`, 'warehouse', codes)),
    ...when(
      query.reason,
      (codes) =>
        sql`${upper(sql`m.reason`)} in (select ${upper(sql`asked`)} from unnest(${texts(codes)}) as asked)`,
    ),
    ...when(query.direction, (direction) => sql`m.direction = ${direction}`),
    ...when(query.record, (record) => sql`m.record = ${record}`),
    ...when(query.from, (day) => sql`m.posted_on >= ${day}::date`),
    ...when(query.to, (day) => sql`m.posted_on <= ${day}::date`),
    ...when(query.postedBy, (wanted) => fits(upper(sql`m.posted_by`), wanted)),
    ...when(query.status, (status) => sql`m.status = ${status}`),
  ];
}

/** Posted or taken back by a run. Its outcomes name the orders, so that the movements of no others are looked at. */
function ofRun(company: string, run: Condition): Condition {
  return sql`(m.run_id = ${run} or m.restored_run = ${run}) and m.order_id in (${ordersOfRun(company, run)})`;
}

/** The ids of the orders that have an outcome in a run. */
export function ordersOfRun(company: string, run: Condition): Condition {
  return sql`
    select r_order.order_id from outcome u join production_order r_order
        on r_order.company_id = u.company_id and r_order.year = split_part(u.order_key, '/', 1)::int
       and r_order.number = split_part(u.order_key, '/', 2)::int and r_order.lot = split_part(u.order_key, '/', 3)::int
     where u.company_id = ${company} and u.run_id = ${run}`;
}

import { sql, type RawBuilder } from 'kysely';
import type { Movement, MovementQuery } from '../../../contract/movements';
import { texts } from './database';
import { keyTable } from './lock-orders';
import { orderCondition, when } from './order-criteria';
import { fits, isOneOf, upper } from './text-criteria';

type Condition = RawBuilder<unknown>;

/** Where movements of one status are: movement `m` with its record `r`, which a restored one carries itself. */
export interface MovementSource {
  readonly status: Movement['status'];
  readonly tables: RawBuilder<unknown>;
  readonly restored: RawBuilder<unknown>;
}

/** Each source is searched by itself, so that each can use its own indexes. */
export const movementSources: readonly MovementSource[] = [
  {
    status: 'posted',
    tables: sql`movement m join movement_record r using (company_id, order_id, cause, warehouse, reason)`,
    restored: sql`null::timestamptz as "restoredAt", null::text as "restoredBy"`,
  },
  {
    status: 'restored',
    tables: sql`restored_movement m
      cross join lateral (select m.posted_on, m.record, m.run_id, m.posted_at, m.posted_by) r`,
    restored: sql`m.restored_at as "restoredAt", m.restored_by as "restoredBy"`,
  },
];

/** The conditions a query puts on movement `m` with its record `r`, of order `o` and item `i`. */
export function movementConditions(
  company: string,
  query: MovementQuery,
  { status }: Pick<MovementSource, 'status'>,
): Condition[] {
  const ofRun = (run: Condition) => movedBy(company, run, status);
  return [
    sql`m.company_id = ${company}`,
    ...when(query.run, (run) => ofRun(sql`${run}::uuid`)),
    ...when(query.runNumber, (number) =>
      ofRun(sql`(select run_id from run where company_id = ${company} and number = ${number})`),
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
    ...when(query.record, (record) => sql`r.record = ${record}`),
    ...when(query.from, (day) => sql`r.posted_on >= ${day}::date`),
    ...when(query.to, (day) => sql`r.posted_on <= ${day}::date`),
    ...when(query.postedBy, (wanted) => fits(upper(sql`r.posted_by`), wanted)),
  ];
}

/** Posted or taken back by a run. Its outcomes name the orders, so that the movements of no others are looked at. */
function movedBy(company: string, run: Condition, status: MovementSource['status']): Condition {
  const moved =
    status === 'posted' ? sql`r.run_id = ${run}` : sql`(r.run_id = ${run} or m.restored_run = ${run})`;
  return sql`${moved} and m.order_id in (${ordersOfRun(company, run)})`;
}

/** The ids of the orders that have an outcome in a run. */
export function ordersOfRun(company: string, run: Condition): Condition {
  return sql`
    select r_order.order_id from outcome u join production_order r_order
        on r_order.company_id = u.company_id and r_order.year = split_part(u.order_key, '/', 1)::int
       and r_order.number = split_part(u.order_key, '/', 2)::int and r_order.lot = split_part(u.order_key, '/', 3)::int
     where u.company_id = ${company} and u.run_id = ${run}`;
}

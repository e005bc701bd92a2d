import { sql, type RawBuilder } from 'kysely';
import { orderStates, parseOrderKey, type OrderKey, type OrderState } from '../../../domain/order';
import type { OrderQuery, OrderRow } from '../../../contract/orders';
import type { Page, Slice } from '../order-book';
import { rows, words, type Database, type Queries } from './database';
import { allOf, cursorText, cursorValues, searchMark } from './keyset';
import { keyTable, orderKeyOf } from './lock-orders';
import { orderConditions } from './order-criteria';
import { stream } from './stream';

const orderRow = sql`
  ${orderKeyOf} as key, o.version, o.state, o.item, o.variant, i.description,
  trim_scale(o.quantity)::text as quantity, trim_scale(o.quantity_produced)::text as "quantityProduced", o.unit,
  o.start_on as start, o.end_on as "end", o.due_on as due, o.work_centre as "workCentre", o.customer, o.site,
  o.job_order as "jobOrder", o.job_order_type as "jobOrderType", o.sales_order as "salesOrder", o.project,
  o.bom_level as "bomLevel", o.mandatory, o.printed_on as "printedOn", o.hold_reason as "holdReason",
  o.held_at as "heldAt", o.held_by as "heldBy",
  o.released_at as "releasedAt", o.released_by as "releasedBy", r.number as "runNumber"`;

const itemAndRun = sql`
  join item i on i.company_id = o.company_id and i.item = o.item
  left join run r on r.company_id = o.company_id and r.run_id = o.released_run`;

const inOrder = sql`order by o.start_on, o.year, o.number, o.lot`;

/** One page of orders by start date, then key. */
export async function searchOrders(
  db: Queries,
  company: string,
  query: OrderQuery,
  page: Page,
): Promise<Slice<OrderRow>> {
  const mark = searchMark('orders', company, query);
  const where = orderConditions(company, query);
  const from = page.cursor === undefined ? where : [...where, after(mark, page.cursor)];
  const found = await rows(
    db,
    sql<OrderRow>`
      select ${orderRow} from (${sql.join(
        statesOf(query).map((state) => firstOrders(from, state, page.limit + 1)),
        sql` union all `,
      )}) found join production_order o using (company_id, order_id) ${itemAndRun}
      ${inOrder} limit ${page.limit + 1}`,
  );
  const items = found.slice(0, page.limit);
  const last = items.at(-1);
  const next = found.length > page.limit && last ? cursorText(mark, sortValues(last)) : null;
  if (page.cursor !== undefined) return { items, next, total: null };
  // A first page that is also the last one has counted itself.
  return { items, next, total: next === null ? items.length : await count(db, query, where) };
}

/**
 * The first orders of one state: the index has those of one state in our order, those of several not. Only columns of that index are
 * looked at until the page is known.
 */
function firstOrders(where: readonly RawBuilder<unknown>[], state: OrderState, limit: number) {
  return sql`(select o.company_id, o.order_id from production_order o
               where ${allOf([...where, sql`o.state = ${state}`])} ${inOrder} limit ${limit})`;
}

async function count(db: Queries, query: OrderQuery, where: readonly RawBuilder<unknown>[]): Promise<number> {
  const [counted] = await rows(
    db,
    sql<{ total: number }>`
      select count(*)::int as total from production_order o where ${allOf([...where, inStates(query)])}`,
  );
  return counted?.total ?? 0;
}

/** Everything a search finds, in its order, in batches, as it is at one moment. */
export function streamOrders(
  db: Database,
  company: string,
  query: OrderQuery,
): AsyncIterable<readonly OrderRow[]> {
  const where = allOf([...orderConditions(company, query), inStates(query)]);
  return stream(
    db,
    sql<OrderRow>`select ${orderRow} from production_order o ${itemAndRun} where ${where} ${inOrder}`,
  );
}

/** The rows under these keys, in no particular order; unknown ones are left out. */
export async function orderRows(
  db: Queries,
  company: string,
  keys: readonly OrderKey[],
): Promise<OrderRow[]> {
  return rows(
    db,
    sql<OrderRow>`
      select ${orderRow} from ${keyTable(keys)}
        join production_order o using (year, number, lot) ${itemAndRun}
       where o.company_id = ${company}`,
  );
}

/** Order `o` is in one of the states a query asks for. */
export function inStates(query: OrderQuery): RawBuilder<unknown> {
  return sql`o.state = any(${words(statesOf(query))})`;
}

function statesOf({ state }: OrderQuery): readonly OrderState[] {
  return state && state.length > 0 ? [...new Set(state)] : orderStates;
}

function sortValues({ start, key }: OrderRow): (string | number)[] {
  const { year, number, lot } = parseOrderKey(key) ?? { year: 0, number: 0, lot: 0 };
  return [start, year, number, lot];
}

function after(mark: string, cursor: string): RawBuilder<unknown> {
  const [start, year, number, lot] = cursorValues(mark, ['day', 'integer', 'integer', 'integer'], cursor);
  return sql`(o.start_on, o.year, o.number, o.lot) > (${start}::date, ${year}::int, ${number}::int, ${lot}::int)`;
}

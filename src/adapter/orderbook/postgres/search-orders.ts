import { sql, type RawBuilder } from 'kysely';
import { isOrderKey, parseOrderKey, type OrderKey } from '../../../domain/order';
import type { OrderQuery, OrderRow } from '../../../contract/orders';
import type { Page, Slice } from '../order-book';
import { rows, texts, type Queries } from './database';
import { allOf, cursorText, cursorValues, likePattern } from './keyset';
import { keyTable, orderKeyOf } from './lock-orders';

const orderRow = sql`
  ${orderKeyOf} as key, o.version, o.state, o.item, o.variant, i.description,
  trim_scale(o.quantity)::text as quantity, trim_scale(o.quantity_produced)::text as "quantityProduced", o.unit,
  o.start_on as start, o.end_on as "end", o.due_on as due, o.work_centre as "workCentre", o.customer, o.site,
  o.job_order as "jobOrder", o.released_at as "releasedAt", o.released_by as "releasedBy", r.number as "runNumber"`;

const orderTables = sql`
  production_order o
  join item i on i.company_id = o.company_id and i.item = o.item
  left join run r on r.company_id = o.company_id and r.run_id = o.released_run`;

/** One page of orders by start date, then key. */
export async function searchOrders(
  db: Queries,
  company: string,
  query: OrderQuery,
  page: Page,
): Promise<Slice<OrderRow>> {
  const where = criteria(company, query);
  const found = await rows(
    db,
    sql<OrderRow>`
      select ${orderRow} from ${orderTables}
       where ${allOf(page.cursor === undefined ? where : [...where, after(page.cursor)])}
       order by o.start_on, o.year, o.number, o.lot
       limit ${page.limit + 1}`,
  );
  const items = found.slice(0, page.limit);
  const last = items.at(-1);
  return {
    items,
    next: found.length > page.limit && last ? cursorOf(last) : null,
    total: page.cursor === undefined ? await count(db, where) : null,
  };
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
        join production_order o using (year, number, lot)
        join item i on i.company_id = o.company_id and i.item = o.item
        left join run r on r.company_id = o.company_id and r.run_id = o.released_run
       where o.company_id = ${company}`,
  );
}

async function count(db: Queries, where: readonly RawBuilder<unknown>[]): Promise<number> {
  const [counted] = await rows(
    db,
    sql<{ total: number }>`select count(*)::int as total from production_order o where ${allOf(where)}`,
  );
  return counted?.total ?? 0;
}

function criteria(company: string, query: OrderQuery): RawBuilder<unknown>[] {
  const where = [sql`o.company_id = ${company}`];
  if (query.state) where.push(sql`o.state = ${query.state}`);
  if (query.order) where.push(orderCriterion(query.order));
  if (query.startFrom) where.push(sql`o.start_on >= ${query.startFrom}::date`);
  if (query.startTo) where.push(sql`o.start_on <= ${query.startTo}::date`);
  if (query.workCentre && query.workCentre.length > 0)
    where.push(sql`o.work_centre = any(${texts(query.workCentre)})`);
  if (query.item) {
    const pattern = likePattern(query.item);
    where.push(sql`o.item in (select item from item where company_id = ${company}
      and (item ilike ${pattern} escape '' or description ilike ${pattern} escape ''))`);
  }
  return where;
}

/** `125` a number, `2026/` a year, `2026/125` both, `2026/125/0` one order, anything else a pattern over the whole key. */
function orderCriterion(criterion: string): RawBuilder<unknown> {
  if (/^\d{1,9}$/.test(criterion)) return sql`o.number = ${Number(criterion)}`;
  const [, year, number] = /^(\d{4})\/(\d{0,9})$/.exec(criterion) ?? [];
  if (year)
    return number
      ? sql`o.year = ${Number(year)} and o.number = ${Number(number)}`
      : sql`o.year = ${Number(year)}`;
  const key = isOrderKey(criterion) && parseOrderKey(criterion);
  if (key) return sql`o.year = ${key.year} and o.number = ${key.number} and o.lot = ${key.lot}`;
  return sql`${orderKeyOf} like ${likePattern(criterion)} escape ''`;
}

function cursorOf(last: OrderRow): string {
  const key = parseOrderKey(last.key);
  return key ? cursorText('orders', [last.start, key.year, key.number, key.lot]) : '';
}

function after(cursor: string): RawBuilder<unknown> {
  const [start, year, number, lot] = cursorValues('orders', ['day', 'integer', 'integer', 'integer'], cursor);
  return sql`(o.start_on, o.year, o.number, o.lot) > (${start}::date, ${year}::int, ${number}::int, ${lot}::int)`;
}

import { sql, type RawBuilder } from 'kysely';
import type { WarehouseRequest, WarehouseRequestQuery } from '../../../contract/warehouse-requests';
import { requestRules } from '../../../domain/warehouse-request';
import type { Page, Slice } from '../order-book';
import { rows, texts, type Database, type Queries } from './database';
import { allOf, cursorText, cursorValues, searchMark } from './keyset';
import { keyTable, orderKeyOf } from './lock-orders';
import { orderCondition, when } from './order-criteria';
import { stream } from './stream';
import { fits, isOneOf } from './text-criteria';
import { placeOf } from './withdrawals';

interface Row extends WarehouseRequest {
  readonly year: number;
  readonly number: number;
  readonly orderLot: number;
}

/** One page of what warehouses are asked for, by order and line. */
export async function searchRequests(
  db: Queries,
  company: string,
  query: WarehouseRequestQuery,
  page: Page,
): Promise<Slice<WarehouseRequest>> {
  const mark = searchMark('requests', company, query);
  const start = page.cursor === undefined ? undefined : positionIn(mark, page.cursor);
  const found = await rows(
    db,
    sql<Row>`${select(company, query, { inOrder: true, start })} limit ${page.limit + 1}`,
  );
  const kept = found.slice(0, page.limit);
  const last = kept.at(-1);
  const next = found.length > page.limit && last ? cursorText(mark, sortValues(last)) : null;
  const items = kept.map(asRequest);
  if (page.cursor !== undefined) return { items, next, total: null };
  // A first page that is also the last one has counted itself.
  return { items, next, total: next === null ? items.length : await count(db, company, query) };
}

/** Everything a search finds, in its order, in batches, as it is at one moment. */
export async function* streamRequests(
  db: Database,
  company: string,
  query: WarehouseRequestQuery,
): AsyncGenerator<readonly WarehouseRequest[]> {
  for await (const batch of stream(db, select(company, query))) yield batch.map(asRequest);
}

function select(company: string, query: WarehouseRequestQuery, paging: Paging = {}): RawBuilder<Row> {
  return sql<Row>`
    select o.year, o.number, o.lot as "orderLot", q.kind, q.source, ${orderKeyOf} as order, q.line, q.warehouse,
           coalesce(w.name, '') as "warehouseName", q.item, q.variant, i.description, q.lot,
           trim_scale(q.quantity)::text as quantity, trim_scale(q.remaining)::text as remaining, q.unit,
           q."completelyHandled", run.number as "runNumber"
      from ${requests(company, query, paging)} order by o.year, o.number, o.lot, q.line`;
}

async function count(db: Queries, company: string, query: WarehouseRequestQuery): Promise<number> {
  const [counted] = await rows(
    db,
    sql<{ total: number }>`select count(*)::int as total from ${requests(company, query)}`,
  );
  return counted?.total ?? 0;
}

/** Year, number and lot of an order, and the line. */
type Position = readonly (string | number)[];

interface Paging {
  /** The orders are looked at one after the other: a page is found without looking at those after it. */
  readonly inOrder?: boolean;
  /** After it the page begins. */
  readonly start?: Position | undefined;
}

/** The requests `q` that a query finds, each of an executive order `o`, with item `i`, warehouse `w` and run. */
function requests(
  company: string,
  query: WarehouseRequestQuery,
  { inOrder = false, start }: Paging = {},
): RawBuilder<unknown> {
  const [year, number, lot, line] = start ?? [];
  const from = start ? [sql`(o.year, o.number, o.lot) >= (${year}::int, ${number}::int, ${lot}::int)`] : [];
  const after = start
    ? [sql`(o.year, o.number, o.lot, q.line) > (${year}::int, ${number}::int, ${lot}::int, ${line}::int)`]
    : [];
  return sql`
    (select * from production_order o where ${allOf([...orderConditions(company, query), ...from])}
      ${inOrder ? sql`order by year, number, lot offset 0` : sql``}) o
      cross join lateral (
        select l.*, bool_and(l.remaining = 0) over (partition by l.kind, l.source, l.warehouse) as "completelyHandled"
          from (${putAways} union all ${materials(company)}) l) q
      join item i on i.company_id = o.company_id and i.item = q.item
      left join warehouse w on w.company_id = o.company_id and w.warehouse = q.warehouse
      left join run on run.company_id = o.company_id and run.run_id = q.run_id
     where ${allOf([...requestConditions(company, query), ...after])}`;
}

/** Whether request `r` still stands: a release after it began order `o` anew, and nobody asked for that one's output. */
export const stillAsked = sql`(o.released_at is null or r.asked_at >= o.released_at)`;

/** What is still to be put away of request `r` for the output of order `o`. */
export const toPutAway = sql`least(r.quantity, greatest(o.quantity - o.quantity_produced, 0))`;

/** What a refresh asked to be put away. */
const putAways = sql`
  select 'putAway' as kind, 'output' as source, 0 as line, r.warehouse, r.item, r.variant, '' as lot, r.quantity,
         ${toPutAway} as remaining, r.unit, r.run_id
    from inbound_request r
   where r.company_id = o.company_id and r.order_id = o.order_id
     and ${stillAsked}`;

/**
 * What the materials of an order ask for, by the rules of the domain; what another line of the order makes is fetched from no warehouse.
 * Picked is what lies at the order already, and withdrawn at the latest.
 */
function materials(company: string): RawBuilder<unknown> {
  const { tables, warehouse } = placeOf(company, true);
  const rule = (name: 'pickup' | 'handling' | 'sign' | 'kind') =>
    texts(requestRules.map((each) => each[name]));
  const need = sql`(m.quantity - m.supplied)`;
  const withdrawn = sql`coalesce(v.quantity, 0)`;
  return sql`
    select u.kind, 'materials', m.line, h.warehouse, m.item, m.variant, m.lot, abs(${need}),
           case when ${need} > 0 then greatest(${need} - greatest(m.picked, ${withdrawn}), 0)
                else greatest(${withdrawn} - ${need}, 0) end,
           i.unit, o.released_run
      from order_material m
      join item i on i.company_id = m.company_id and i.item = m.item and i.stock_managed and i.pickup_type = any(${rule('pickup')})
      ${tables}
      join warehouse h on h.company_id = m.company_id and h.warehouse = ${warehouse}
      join unnest(${rule('pickup')}, ${rule('handling')}, ${rule('sign')}, ${rule('kind')}) as u(pickup, handling, sign, kind)
        on u.pickup = i.pickup_type and u.handling = h.consumption_handling
       and u.sign = case when ${need} > 0 then 'needed' else 'yielded' end
      left join lateral (
        select sum(case d.direction when 'unload' then d.quantity else -d.quantity end) as quantity
          from movement d where d.company_id = m.company_id and d.order_id = m.order_id and d.line = m.line) v on true
     where m.company_id = o.company_id and m.order_id = o.order_id and ${need} <> 0`;
}

function orderConditions(company: string, query: WarehouseRequestQuery): RawBuilder<unknown>[] {
  return [
    sql`o.company_id = ${company} and o.state = 'executive'`,
    ...when(
      query.order,
      (keys) => sql`o.order_id in (select k_order.order_id from ${keyTable(keys)}
        join production_order k_order using (year, number, lot) where k_order.company_id = ${company})`,
    ),
    ...when(query.orderNumber, orderCondition),
  ];
}

function requestConditions(company: string, query: WarehouseRequestQuery): RawBuilder<unknown>[] {
  return [
    sql`o.company_id = ${company}`,
    ...when(query.run, (run) => sql`q.run_id = ${run}::uuid`),
    ...when(query.runNumber, (number) => sql`run.number = ${number}`),
    ...when(
      query.item,
      (wanted) => sql`(${fits(sql`i.item_upper`, wanted)} or ${fits(sql`i.description_upper`, wanted)})`,
    ),
    ...when(query.warehouse, (codes) => isOneOf(company, sql`q.warehouse`, 'warehouse', codes)),
    ...when(query.kind, (kind) => sql`q.kind = ${kind}`),
    ...when(query.completelyHandled, (handled) => sql`q."completelyHandled" = ${handled}`),
  ];
}

function asRequest({ year: _year, number: _number, orderLot: _lot, ...request }: Row): WarehouseRequest {
  return request;
}

function sortValues({ year, number, orderLot, line }: Row): number[] {
  return [year, number, orderLot, line];
}

/** Year, number, lot, line. */
const sortKinds = Array.from({ length: 4 }, () => 'integer' as const);

function positionIn(mark: string, cursor: string): Position {
  return cursorValues(mark, sortKinds, cursor);
}

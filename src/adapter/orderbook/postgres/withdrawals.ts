import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate, Instant } from '../../../domain/calendar';
import type { OrderKey } from '../../../domain/order';
import type { UnresolvedMaterial } from '../../../domain/release/decide';
import { orderKeyOf } from './lock-orders';
import { execute, integers, rows, texts, uuids, type Queries, type Tx } from './database';

/**
 * What releasing these orders would withdraw, a row per automatic material line with the warehouse and reason it resolves
 * to: the line's own, else the site's, else the item's MRP parameters, else the general ones. `reason` is null where no
 * unload reason for production is found in that warehouse. The pickup type is the item's at this moment. Materials that are
 * not stock-managed never move. Source: Fluentis, pickup types and warehouse priorities.
 */
export function withdrawals(company: string, orderIds: readonly string[]): RawBuilder<unknown> {
  return sql`
    select o.order_id, o.cause, m.line, m.item, m.variant, m.lot, m.quantity, i.unit, i.lot_managed,
           r.warehouse, r.reason
      from production_order o
      join order_material m on m.company_id = o.company_id and m.order_id = o.order_id and m.quantity > 0
      join item i on i.company_id = m.company_id and i.item = m.item
                 and i.pickup_type = 'automatic' and i.stock_managed
      left join withdrawal_default s on s.company_id = o.company_id and s.site = o.site and o.site <> ''
                 and s.section = case i.procurement when 'purchase' then 'raw_material' else 'unfinished' end
      left join withdrawal_default g on g.company_id = o.company_id and g.site = ''
                 and g.section = case i.procurement when 'purchase' then 'raw_material' else 'unfinished' end
      left join movement_reason r on r.company_id = o.company_id
                 and r.warehouse = coalesce(m.warehouse, s.warehouse, i.warehouse, g.warehouse)
                 and r.reason = coalesce(m.reason, s.reason, i.reason, g.reason)
                 and r.direction = 'unload' and r.production
     where o.company_id = ${company} and o.order_id = any(${uuids(orderIds)})`;
}

/** What every movement of one chunk has in common. */
export interface Posting {
  readonly company: string;
  readonly run: string;
  readonly postedOn: CalendarDate;
  readonly at: Instant;
  readonly actor: string;
}

/** The sum over all lines of one stock: what the orders need of it together. */
export interface TotalNeed {
  readonly item: string;
  readonly variant: string;
  readonly warehouse: string;
  readonly lot: string;
  readonly unit: string;
  readonly lotManaged: boolean;
  readonly quantity: string;
  readonly lines: number;
}

export interface Needs {
  readonly totals: readonly TotalNeed[];
  /** By order, lines for which no warehouse and reason were found. */
  readonly unresolved: ReadonlyMap<OrderKey, readonly UnresolvedMaterial[]>;
}

/** What these orders need altogether, by stock key in lock order, and the lines nothing can be withdrawn for. */
export async function totalNeeds(db: Queries, company: string, orderIds: readonly string[]): Promise<Needs> {
  if (orderIds.length === 0) return { totals: [], unresolved: new Map() };
  const found = await rows(
    db,
    sql<TotalNeed & { readonly warehouse: string | null }>`
      select w.item, w.variant, w.warehouse, w.lot, min(w.unit) as unit, bool_or(w.lot_managed) as "lotManaged",
             trim_scale(sum(w.quantity))::text as quantity, count(*)::int as lines
        from (${withdrawals(company, orderIds)}) w
       group by w.item, w.variant, w.warehouse, w.lot
       order by w.item collate "C", w.variant collate "C", w.warehouse collate "C", w.lot collate "C"`,
  );
  const totals = found.filter((need) => need.warehouse !== null);
  const unresolved = totals.length < found.length ? await unresolvedLines(db, company, orderIds) : new Map();
  return { totals, unresolved };
}

async function unresolvedLines(db: Queries, company: string, orderIds: readonly string[]) {
  const found = await rows(
    db,
    sql<{ key: OrderKey } & UnresolvedMaterial>`
      select ${orderKeyOf} as key, w.line, w.item
        from (${withdrawals(company, orderIds)}) w
        join production_order o on o.company_id = ${company} and o.order_id = w.order_id
       where w.reason is null
       order by w.order_id, w.line`,
  );
  return groupByKey(found);
}

/** What one order needs of one stock. */
export interface OrderNeed {
  readonly key: OrderKey;
  readonly item: string;
  readonly variant: string;
  readonly warehouse: string;
  readonly lot: string;
  readonly quantity: string;
}

/** The needs of each order from these stocks only. */
export async function needsOf(
  db: Queries,
  company: string,
  orderIds: readonly string[],
  stocks: readonly TotalNeed[],
): Promise<Map<OrderKey, OrderNeed[]>> {
  if (stocks.length === 0) return new Map();
  const found = await rows(
    db,
    sql<OrderNeed>`
      select ${orderKeyOf} as key, w.item, w.variant, w.warehouse, w.lot, trim_scale(sum(w.quantity))::text as quantity
        from (${withdrawals(company, orderIds)}) w
        join production_order o on o.company_id = ${company} and o.order_id = w.order_id
        join unnest(${texts(stocks.map((s) => s.item))}, ${texts(stocks.map((s) => s.variant))},
                    ${texts(stocks.map((s) => s.warehouse))}, ${texts(stocks.map((s) => s.lot))})
             as c(item, variant, warehouse, lot)
            on c.item = w.item and c.variant = w.variant and c.warehouse = w.warehouse and c.lot = w.lot
       group by o.year, o.number, o.lot, w.item, w.variant, w.warehouse, w.lot
       order by w.item collate "C", w.warehouse collate "C"`,
  );
  return groupByKey(found);
}

/**
 * Posts the withdrawals of released orders in stock records, one per order, warehouse and reason, numbered on from
 * `lastRecords` (by warehouse). Gives the movements per order. The orders are locked, resolved and flipped: the movement key
 * holds their new cause, so posting the same release twice would violate it.
 */
export async function postWithdrawals(
  tx: Tx,
  orderIds: readonly string[],
  posting: Posting,
  lastRecords: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const { company, postedOn, run, at, actor } = posting;
  const warehouses = [...lastRecords.keys()];
  const counts = await rows(
    tx,
    sql<{ id: string; movements: number }>`
      with posted as (
        insert into movement (company_id, order_id, cause, line, part, item, variant, warehouse, lot, reason, direction,
                              quantity, posted_on, record)
        select ${company}, w.order_id, w.cause, w.line, 1, w.item, w.variant, w.warehouse, w.lot, w.reason, 'unload',
               w.quantity, ${postedOn}::date,
               c.last_record + dense_rank() over (partition by w.warehouse order by w.order_id, w.reason)
          from (${withdrawals(company, orderIds)}) w
          join unnest(${texts(warehouses)}, ${integers([...lastRecords.values()])}) as c(warehouse, last_record)
            on c.warehouse = w.warehouse
        returning order_id)
      select order_id as id, count(*)::int as movements from posted group by order_id`,
  );
  await execute(
    tx,
    sql`
      insert into movement_record (company_id, warehouse, posted_on, record, reason, order_id, run_id, posted_at, posted_by)
      select distinct m.company_id, m.warehouse, m.posted_on, m.record, m.reason, m.order_id, ${run}::uuid,
             ${at}::timestamptz, ${actor}
        from production_order o
        join movement m on m.company_id = o.company_id and m.order_id = o.order_id and m.cause = o.cause
       where o.company_id = ${company} and o.order_id = any(${uuids(orderIds)})`,
  );
  return new Map(counts.map(({ id, movements }) => [id, movements]));
}

function groupByKey<T extends { readonly key: OrderKey }>(found: readonly T[]): Map<OrderKey, T[]> {
  const groups = new Map<OrderKey, T[]>();
  for (const row of found) {
    const group = groups.get(row.key);
    if (group) group.push(row);
    else groups.set(row.key, [row]);
  }
  return groups;
}

import { sql } from 'kysely';
import { groupBy } from '../../../domain/group-by';
import type { OrderKey } from '../../../domain/order';
import { FIRST_LINE } from '../../../domain/refresh/guards';
import type { Declaration } from '../../../contract/declarations';
import type { Material, Operation, OrderLine } from '../../../contract/order-content';
import type { OrderDetail } from '../../../contract/orders';
import { rows, uuids, type Queries } from './database';
import { readHeaders, type StoredOrder } from './lock-orders';
import { restorabilities } from './restorability';
import { orderRows } from './search-orders';
import { withdrawals } from './withdrawals';

/** The orders under these keys with all they are made of, and their declarations. */
export async function readOrders(
  db: Queries,
  company: string,
  keys: readonly OrderKey[],
): Promise<OrderDetail[]> {
  const headers = await readHeaders(
    db,
    company,
    keys.map((key) => ({ key, version: 0 })),
  );
  const found = [...headers.values()];
  const ids = found.map(({ id }) => id);
  const lines = groupById(await linesOf(db, company, ids));
  const materials = groupById(await materialsOf(db, company, found));
  const operations = groupById(await operationsOf(db, company, ids));
  const declarations = groupById(await declarationsOf(db, company, ids));
  const byLot = await ordersByLot(db, company, ids);
  const restore = await restorabilities(db, company, keys);
  return (await orderRows(db, company, keys)).flatMap((row) => {
    const id = headers.get(row.key)?.id ?? '';
    const restorable = restore.get(row.key);
    // Made between two of these statements.
    if (restorable === undefined) return [];
    return {
      ...row,
      lines: lines.get(id) ?? [],
      materials: materials.get(id) ?? [],
      operations: operations.get(id) ?? [],
      declarations: declarations.get(id) ?? [],
      outputByLot: byLot.has(id),
      restore: restorable,
    };
  });
}

interface OfOrder {
  readonly id?: string;
}

/** The lines of an order; one that was never refreshed has one line, its header. */
function linesOf(db: Queries, company: string, ids: readonly string[]) {
  return rows(
    db,
    sql<OrderLine & OfOrder>`
      select o.order_id as id, coalesce(l.order_line, ${FIRST_LINE}::int) as "orderLine", coalesce(l.level, 0)::int as level,
             i.item, coalesce(l.variant, o.variant) as variant, i.description,
             trim_scale(coalesce(l.quantity, o.quantity))::text as quantity, coalesce(l.unit, o.unit) as unit,
             trim_scale(coalesce(l.scrap, 0))::text as scrap, l.bom, l.bom_version as "bomVersion", l.routing,
             l.routing_version as "routingVersion", coalesce(l.starts_at, o.starts_at) as "startsAt",
             coalesce(l.ends_at, o.ends_at) as "endsAt", coalesce(l.due_on, o.due_on) as due
        from production_order o
        left join order_line l on l.company_id = o.company_id and l.order_id = o.order_id
        join item i on i.company_id = o.company_id and i.item = coalesce(l.item, o.item)
       where o.company_id = ${company} and o.order_id = any(${uuids(ids)})
       order by o.order_id, l.order_line`,
  );
}

function materialsOf(db: Queries, company: string, orders: readonly StoredOrder[]) {
  return rows(
    db,
    sql<Material & OfOrder>`
      select m.order_id as id, m.line, m.order_line as "orderLine", m.item, m.variant, i.description, i.pickup_type as "pickupType",
             trim_scale(m.quantity)::text as quantity, i.unit, trim_scale(m.quantity_per)::text as "quantityPer",
             m.unit as "perUnit", m.fixed, trim_scale(m.scrap)::text as scrap, w.warehouse, w.reason, m.lot, m.operation,
             m.routing_link as "routingLink", m.lead_time_offset_days as "leadTimeOffsetDays", m.usage_on as "usageOn",
             m.usage_at as "usageAt", m.supplied_by as "suppliedBy", trim_scale(m.supplied)::text as supplied,
             trim_scale(m.picked)::text as picked,
             trim_scale(case when m.line = min(m.line) over (partition by m.order_id, m.item, m.variant)
                             then coalesce(r.reserved, 0) else 0 end)::text as reserved, m.by_hand as "byHand"
        from order_material m
        join item i on i.company_id = m.company_id and i.item = m.item
        left join (select order_id, item, variant, sum(quantity) as reserved from reservation
                    where company_id = ${company} and order_id = any(${uuids(orders.map(({ id }) => id))})
                    group by order_id, item, variant) r
          on r.order_id = m.order_id and r.item = m.item and r.variant = m.variant
        left join (${withdrawals(company, orders)}) w on w.order_id = m.order_id and w.line = m.line
       where m.company_id = ${company} and m.order_id = any(${uuids(orders.map(({ id }) => id))})
       order by m.order_id, m.line`,
  );
}

/** The times of operation `p`, each as the contract has it. */
const durations = sql.join(
  (['setup', 'run', 'wait', 'move'] as const).map(
    (name) => sql`
      json_build_object('time', trim_scale(p.${sql.ref(`${name}_time`)})::text, 'unit', p.${sql.ref(`${name}_unit`)})
        as ${sql.ref(name)}`,
  ),
);

function operationsOf(db: Queries, company: string, ids: readonly string[]) {
  return rows(
    db,
    sql<Operation & OfOrder>`
      select p.order_id as id, p.order_line as "orderLine", p.operation, p.work_centre as "workCentre", p.description, p.start_on as start, p.end_on as "end",
             p.starts_at as "startsAt", p.ends_at as "endsAt", p.by_hand as "byHand", p.next_operations as "nextOperations",
             p.machine, ${durations}, trim_scale(p.lot_size)::text as "lotSize",
             trim_scale(p.concurrent_capacities)::text as "concurrentCapacities",
             trim_scale(p.input_quantity)::text as "inputQuantity", trim_scale(p.scrap)::text as "scrapPercent",
             trim_scale(p.fixed_scrap)::text as "fixedScrap", p.routing_link as "routingLink",
             p.productive and p.order_line = ${FIRST_LINE}::int as productive, p.movable, trim_scale(coalesce(d.produced, 0))::text as produced,
             trim_scale(coalesce(d.scrap, 0))::text as scrap, coalesce(d.closed, false) as closed
        from order_operation p
        left join (select order_id, operation, sum(quantity) as produced, sum(scrap) as scrap, bool_or(closing) as closed
                     from declaration
                    where company_id = ${company} and order_id = any(${uuids(ids)}) and registered_at is not null
                    group by order_id, operation) d
          on d.order_id = p.order_id and d.operation = p.operation and p.order_line = ${FIRST_LINE}::int
       where p.company_id = ${company} and p.order_id = any(${uuids(ids)})
       order by p.order_id, p.order_line, p.operation`,
  );
}

function declarationsOf(db: Queries, company: string, ids: readonly string[]) {
  return rows(
    db,
    sql<Declaration & OfOrder>`
      select order_id as id, number, operation, trim_scale(quantity)::text as quantity, trim_scale(scrap)::text as scrap, closing,
             opened_at as "openedAt", opened_by as "openedBy", registered_at as "registeredAt",
             registered_by as "registeredBy",
             (select count(*)::int from movement m
               where m.company_id = d.company_id and m.order_id = d.order_id and m.cause = d.cause) as movements
        from declaration d where company_id = ${company} and order_id = any(${uuids(ids)})
       order by order_id, number`,
  );
}

/** Those of these orders whose item is managed by lot. */
async function ordersByLot(db: Queries, company: string, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      select o.order_id as id from production_order o
        join item i on i.company_id = o.company_id and i.item = o.item and i.lot_managed
       where o.company_id = ${company} and o.order_id = any(${uuids(ids)})`,
  );
  return new Set(found.map(({ id }) => id));
}

/** The rows of each order, without the id that only served to group them. */
function groupById<T extends OfOrder>(found: readonly T[]): Map<string, Omit<T, 'id'>[]> {
  const groups = groupBy(found, ({ id = '' }) => id);
  return new Map([...groups].map(([id, ofOrder]) => [id, ofOrder.map(({ id: _id, ...row }) => row)]));
}

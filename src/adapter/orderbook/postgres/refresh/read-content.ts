import { sql } from 'kysely';
import type { CalendarDate, Instant } from '../../../../domain/calendar';
import { groupBy } from '../../../../domain/group-by';
import { quantity, zero } from '../../../../domain/quantity';
import { FIRST_LINE } from '../../../../domain/refresh/guards';
import type {
  CapacityNeed,
  LineSupply,
  OrderContent,
  OrderLine,
  OrderMaterial,
  OrderOperation,
} from '../../../../domain/refresh/order-content';
import { rows, uuids, type Queries } from '../database';
import { durationsOf, timesColumns, type TimesRow } from './durations';

/** What the header says of an order whose content is read. Quantities are plain decimal text. */
export interface ContentHeader {
  readonly id: string;
  readonly item: string;
  readonly variant: string;
  readonly quantity: string;
  readonly unit: string;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly due: CalendarDate;
}

interface OfOrder {
  readonly id: string;
}

/** What has been picked of a material. */
export interface MaterialRow extends OrderMaterial, OfOrder {
  readonly picked: string;
  readonly suppliedBy: number | null;
  readonly supplied: string;
}

export interface StoredContent {
  readonly content: OrderContent;
  readonly materials: readonly MaterialRow[];
}

/** What these orders are made of, by id, read as sets. An order that was never refreshed has one line: its header. */
export async function readContents(
  db: Queries,
  company: string,
  headers: readonly ContentHeader[],
): Promise<ReadonlyMap<string, StoredContent>> {
  const ids = headers.map(({ id }) => id);
  const byOrder = ({ id }: OfOrder) => id;
  const lines = groupBy(await linesOf(db, company, ids), byOrder);
  const materials = groupBy(await materialsOf(db, company, ids), byOrder);
  const operations = groupBy(await operationsOf(db, company, ids), byOrder);
  const needs = groupBy(await needsOf(db, company, ids), byOrder);
  return new Map(
    headers.map((header) => {
      const { id, startsAt, endsAt, due } = header;
      const taken = materials.get(id) ?? [];
      const content = {
        header: { quantity: quantity(header.quantity), startsAt, endsAt, dueOn: due },
        lines: lines.get(id) ?? [headerLine(header)],
        materials: taken,
        operations: operations.get(id) ?? [],
        needs: needs.get(id) ?? [],
        supplies: taken.flatMap(supplyOf),
      };
      return [id, { content, materials: taken }];
    }),
  );
}

function headerLine({
  item,
  variant,
  quantity: made,
  unit,
  startsAt,
  endsAt,
  due,
}: ContentHeader): OrderLine {
  return {
    ...{ orderLine: FIRST_LINE, level: 0, item, variant, quantity: quantity(made), unit, scrap: zero },
    ...{ bom: null, bomVersion: null, routing: null, routingVersion: null },
    ...{ startsAt, endsAt, dueOn: due },
  };
}

function supplyOf({ line, suppliedBy, supplied }: MaterialRow): LineSupply[] {
  return suppliedBy === null ? [] : [{ material: line, orderLine: suppliedBy, quantity: quantity(supplied) }];
}

type AsText<T, K extends keyof T> = Omit<T, K> & Readonly<Record<K, string>>;

async function linesOf(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<(OrderLine & OfOrder)[]> {
  const found = await rows(
    db,
    sql<AsText<OrderLine, 'quantity' | 'scrap'> & OfOrder>`
      select order_id as id, order_line as "orderLine", level, item, variant, quantity::text as quantity, unit,
             scrap::text as scrap, bom, bom_version as "bomVersion", routing, routing_version as "routingVersion",
             starts_at as "startsAt", ends_at as "endsAt", due_on as "dueOn"
        from order_line where company_id = ${company} and order_id = any(${uuids(ids)})
       order by order_id, order_line`,
  );
  return found.map((row) => ({ ...row, quantity: quantity(row.quantity), scrap: quantity(row.scrap) }));
}

type StoredMaterial = AsText<MaterialRow, 'quantityPer' | 'quantity' | 'scrap'>;

async function materialsOf(db: Queries, company: string, ids: readonly string[]): Promise<MaterialRow[]> {
  const found = await rows(
    db,
    sql<StoredMaterial>`
      select order_id as id, order_line as "orderLine", line, item, variant, lot, unit, quantity_per::text as "quantityPer",
             fixed, scrap::text as scrap, quantity::text as quantity, routing_link as "routingLink", operation,
             lead_time_offset_days as "leadTimeOffsetDays", usage_on as "usageOn", usage_at as "usageAt", warehouse, reason,
             by_hand as "byHand", picked::text as picked, supplied_by as "suppliedBy", supplied::text as supplied
        from order_material where company_id = ${company} and order_id = any(${uuids(ids)})
       order by order_id, line`,
  );
  return found.map((row) => ({
    ...row,
    quantityPer: quantity(row.quantityPer),
    quantity: quantity(row.quantity),
    scrap: quantity(row.scrap),
  }));
}

type StoredOperation = TimesRow &
  OfOrder &
  Omit<OrderOperation, 'setup' | 'run' | 'wait' | 'move' | keyof TimesRow | 'inputQuantity'> & {
    readonly inputQuantity: string;
  };

async function operationsOf(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<(OrderOperation & OfOrder)[]> {
  const found = await rows(
    db,
    sql<StoredOperation>`
      select order_id as id, order_line as "orderLine", operation, next_operations as "nextOperations",
             work_centre as "workCentre", machine, description, ${timesColumns}, routing_link as "routingLink", productive,
             movable, input_quantity::text as "inputQuantity", starts_at as "startsAt", ends_at as "endsAt",
             by_hand as "byHand"
        from order_operation where company_id = ${company} and order_id = any(${uuids(ids)})
       order by order_id, order_line, operation`,
  );
  return found.map((row) => ({ ...durationsOf(row), inputQuantity: quantity(row.inputQuantity) }));
}

async function needsOf(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<(CapacityNeed & OfOrder)[]> {
  const found = await rows(
    db,
    sql<StoredNeed & OfOrder>`
      select n.order_id as id, ${needColumns}
        from capacity_need n where n.company_id = ${company} and n.order_id = any(${uuids(ids)})
       order by n.order_id, n.order_line, n.operation, n.piece`,
  );
  return found.map(needOf);
}

export type StoredNeed = AsText<CapacityNeed, 'capacities' | 'minutes'>;

/** The columns of capacity need `n`. */
export const needColumns = sql`
  n.order_line as "orderLine", n.operation, n.work_centre as "workCentre", n.machine, n.kind, n.day,
  n.starts_at as "startsAt", n.ends_at as "endsAt", n.capacities::text as capacities, n.minutes::text as minutes`;

export function needOf<T extends StoredNeed>(row: T): Omit<T, keyof StoredNeed> & CapacityNeed {
  return { ...row, capacities: quantity(row.capacities), minutes: quantity(row.minutes) };
}

import { sql } from 'kysely';
import type { CalendarDate, Instant } from '../../../../domain/calendar';
import { groupBy } from '../../../../domain/group-by';
import { finalOperation } from '../../../../domain/declaration/operations';
import { quantity } from '../../../../domain/quantity';
import type { AskedPutAway, OrderReservation } from '../../../../domain/refresh/candidate';
import { FIRST_LINE } from '../../../../domain/refresh/guards';
import type { PlantHours } from '../../../../domain/refresh/plant';
import { rows, uuids, type Queries } from '../database';
import { depositWarehouses } from '../declaration/deposit';
import { holdColumns, type HoldColumns, type OrderColumns, type StoredOrder } from '../lock-orders';
import { stillAsked, toPutAway } from '../warehouse-requests';
import type { StoredContent } from './read-content';

/** What the rules of a refresh look at in an order's own row. */
export interface RefreshColumns extends HoldColumns {
  readonly item: string;
  readonly variant: string;
  readonly quantity: string;
  readonly produced: string;
  readonly unit: string;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly start: CalendarDate;
  readonly end: CalendarDate;
  /** Of the first operation. */
  readonly workCentre: string;
  readonly due: CalendarDate;
  /** It is meant to have no materials. */
  readonly noMaterials: boolean;
}
export const refreshColumns: OrderColumns<RefreshColumns> = sql`
  ${holdColumns}, o.no_materials as "noMaterials", o.item, o.variant, o.quantity::text as quantity, o.quantity_produced::text as produced, o.unit, o.starts_at as "startsAt",
  o.ends_at as "endsAt", o.start_on as start, o.end_on as "end", o.due_on as due,
  o.work_centre as "workCentre"`;

export type RefreshableOrder = StoredOrder & RefreshColumns;

/** The clock of the plant and the hours that stand for its days. Throws when there is no such company: the edge has checked it. */
export async function plantHours(db: Queries, company: string): Promise<PlantHours> {
  const [hours] = await rows(
    db,
    sql<PlantHours>`
      select time_zone as "timeZone", day_starts::text as "dayStarts", day_ends::text as "dayEnds"
        from company where company_id = ${company}`,
  );
  if (!hours) throw new RangeError(`Unknown company: ${company}`);
  return hours;
}

/** Where the output of each order goes, by its id; orders without such a warehouse are left out. */
export function outputWarehouses(
  db: Queries,
  company: string,
  contents: ReadonlyMap<string, StoredContent>,
): Promise<ReadonlyMap<string, string>> {
  const finals = [...contents].map(([id, { content }]) => {
    const own = content.operations.filter(({ orderLine }) => orderLine === FIRST_LINE);
    return { id, final: finalOperation(own) };
  });
  return depositWarehouses(db, company, finals);
}

/** What warehouses have been asked to put away of these orders and have not yet, by id. */
export async function putAwaysAsked(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AskedPutAway>> {
  const found = await rows(
    db,
    sql<OfOrder & Omit<AskedPutAway, 'quantity'> & { readonly quantity: string }>`
      select r.order_id as id, r.warehouse, r.item, r.variant, ${toPutAway}::text as quantity, r.unit
        from inbound_request r join production_order o using (company_id, order_id)
       where r.company_id = ${company} and r.order_id = any(${uuids(ids)}) and o.state = 'executive'
         and ${stillAsked} and ${toPutAway} > 0`,
  );
  return new Map(
    found.map(({ id, quantity: left, ...asked }) => [id, { ...asked, quantity: quantity(left) }]),
  );
}

interface OfOrder {
  readonly id: string;
}

/** As many documents as a planner reads. */
const MOST_DOCUMENTS = 5;

/**
 * Documents that have moved stock or reported work for these orders, by id: stock records as `MAG1 12/2026-11-20`, declarations as `#2`.
 * A release counts, too, even where nothing had to be withdrawn: what it withdraws follows from the materials it found.
 */
export async function entriesOf(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ofOrders = sql`company_id = ${company} and order_id = any(${uuids(ids)})`;
  const found = await rows(
    db,
    sql<OfOrder & { documents: string[] }>`
      select order_id as id, (array_agg(document order by document))[:${sql.lit(MOST_DOCUMENTS)}] as documents
        from (select order_id, warehouse || ' ' || record || '/' || posted_on as document from movement_record where ${ofOrders}
               union all
              select order_id, '#' || number from declaration where ${ofOrders}
               union all
              select order_id, 'W' || number from work where ${ofOrders} and state <> 'cancelled'
               union all
              select o.order_id, 'R' || r.number
                from production_order o join run r on r.company_id = o.company_id and r.run_id = o.released_run
               where o.company_id = ${company} and o.order_id = any(${uuids(ids)}) and o.origin = 'release'
                 and not exists (select from movement_record m where m.company_id = o.company_id and m.order_id = o.order_id)) e
       group by order_id`,
  );
  return new Map(found.map(({ id, documents }) => [id, documents]));
}

interface ReservationRow extends OfOrder {
  readonly of: 'output' | 'component';
  readonly line: number | null;
  readonly item: string;
  readonly quantity: string;
  readonly unit: string;
  readonly document: string;
}

/**
 * What is promised of the output of these orders, and what is reserved for their materials, by id. A component reservation stands on the
 * first material of its item. What a line of the order makes for another is the order's own.
 */
export async function reservationsOf(
  db: Queries,
  company: string,
  contents: ReadonlyMap<string, StoredContent>,
): Promise<ReadonlyMap<string, readonly OrderReservation[]>> {
  const ids = uuids([...contents.keys()]);
  const found = await rows(
    db,
    sql<ReservationRow>`
      select r.order_id as id, 'output' as of, null::int as line, o.item, r.quantity::text as quantity, o.unit, r.document
        from output_reservation r join production_order o using (company_id, order_id)
       where r.company_id = ${company} and r.order_id = any(${ids})
       union all
      select r.order_id, 'component', (select min(m.line) from order_material m
                where m.company_id = r.company_id and m.order_id = r.order_id and m.item = r.item and m.variant = r.variant),
             r.item, r.quantity::text, i.unit, r.document
        from reservation r join item i using (company_id, item)
       where r.company_id = ${company} and r.order_id = any(${ids})
       order by 1, 2, 7, 3`,
  );
  const rowsOf = groupBy(found, ({ id }) => id);
  return new Map(
    [...contents].map(([id, { content }]) => {
      const promised = (rowsOf.get(id) ?? []).map(({ of, line, item, unit, document, quantity: held }) => ({
        ...{ of, line: line ?? FIRST_LINE, item, unit, document, quantity: quantity(held), ownOrder: false },
      }));
      const own = content.supplies.map(({ material, orderLine, quantity: held }) => {
        const made = content.lines.find((line) => line.orderLine === orderLine);
        const of = { of: 'component', line: material, document: '', quantity: held, ownOrder: true } as const;
        return { ...of, item: made?.item ?? '', unit: made?.unit ?? '' };
      });
      return [id, [...promised, ...own]];
    }),
  );
}

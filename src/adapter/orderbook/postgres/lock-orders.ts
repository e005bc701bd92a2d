import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate, Instant } from '../../../domain/calendar';
import {
  parseOrderKey,
  type Hold,
  type MarkedOrder,
  type OrderHeader,
  type OrderKey,
} from '../../../domain/order';
import type { Sequenced } from '../../../domain/sequence';
import { integers, rows, type Queries, type Tx } from './database';

/** An order's header with the id the book knows it by. */
export interface StoredOrder extends OrderHeader {
  readonly id: string;
  /** How it became executive; null while it is not. */
  readonly origin: 'release' | 'direct' | null;
  readonly site: string;
  /** Counts its releases and corrections: part of every movement's key. */
  readonly cause: number;
}

/** The key of order `o` as text. */
export const orderKeyOf = sql<OrderKey>`o.year || '/' || o.number || '/' || o.lot`;

/** A derived table `k(year, number, lot, place)` of these keys; `place` counts from 1 in their order. */
export function keyTable(keys: readonly OrderKey[]) {
  const parts = keys.map((key) => parseOrderKey(key) ?? { year: 0, number: 0, lot: 0 });
  return sql`unnest(${integers(parts.map((p) => p.year))}, ${integers(parts.map((p) => p.number))}, ${integers(parts.map((p) => p.lot))})
             with ordinality as k(year, number, lot, place)`;
}

interface HeaderRow extends Pick<StoredOrder, 'id' | 'state' | 'version' | 'origin' | 'site' | 'cause'> {
  /** Place of its key among the marked ones, from 1. */
  readonly place: number;
  readonly changedAt: Instant | null;
  readonly changedBy: string | null;
}

/** What else of order `o` a command looks at. */
export type OrderColumns<T> = RawBuilder<T>;

/** What puts an order on hold; all null where nothing does. */
export interface HoldColumns {
  readonly holdReason: string | null;
  readonly heldAt: Instant | null;
  readonly heldBy: string | null;
}
export const holdColumns: OrderColumns<HoldColumns> = sql`
  o.hold_reason as "holdReason", o.held_at as "heldAt", o.held_by as "heldBy"`;

export function holdOf({ holdReason, heldAt, heldBy }: HoldColumns): Hold | null {
  return holdReason === null || heldAt === null || heldBy === null
    ? null
    : { reason: holdReason, by: heldBy, at: heldAt };
}

function headers<T>(company: string, marked: readonly MarkedOrder[], further?: OrderColumns<T>) {
  const versions = integers(marked.map(({ version }) => version));
  const stale = sql`o.version <> (${versions})[k.place]`;
  return sql<HeaderRow & T>`
    select o.order_id as id, k.place::int as place, o.state, o.version, o.origin, o.site, o.cause,
           case when ${stale} then o.changed_at end as "changedAt", case when ${stale} then o.changed_by end as "changedBy"
           ${further ? sql`, ${further}` : sql``}
      from production_order o
      join ${keyTable(marked.map(({ key }) => key))} using (year, number, lot)
     where o.company_id = ${company}
     order by o.order_id`;
}

/**
 * Locks the marked orders in id order – the first lock every writer takes after its run – and gives what they are now. A row
 * that waited for another writer is read as that writer left it.
 */
export async function lockOrders<T = object>(
  tx: Tx,
  company: string,
  marked: readonly MarkedOrder[],
  further?: OrderColumns<T>,
): Promise<Map<OrderKey, StoredOrder & T>> {
  const found = sql<HeaderRow & T>`${headers(company, marked, further)} for no key update of o`;
  return byKey(marked, await rows(tx, found));
}

/** The same without locks, for a preview. */
export async function readHeaders<T = object>(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
  further?: OrderColumns<T>,
): Promise<Map<OrderKey, StoredOrder & T>> {
  return byKey(marked, await rows(db, headers(company, marked, further)));
}

function byKey<T>(
  marked: readonly MarkedOrder[],
  found: readonly (HeaderRow & T)[],
): Map<OrderKey, StoredOrder & T> {
  const orders = new Map<OrderKey, StoredOrder & T>();
  for (const row of found) {
    const { place, changedAt, changedBy } = row;
    const key = marked[place - 1]?.key;
    const lastChange = changedAt !== null && changedBy !== null ? { at: changedAt, by: changedBy } : null;
    // The row becomes the order: thousands of copies would only be garbage.
    if (key !== undefined) orders.set(key, Object.assign(row, { key, lastChange }));
  }
  return orders;
}

/** When these orders start; unknown ones are left out. */
export async function orderStarts(
  db: Queries,
  company: string,
  keys: readonly OrderKey[],
): Promise<Sequenced[]> {
  const found = await rows(
    db,
    sql<{ place: number; start: CalendarDate }>`
      select k.place::int as place, o.start_on as start
        from production_order o join ${keyTable(keys)} using (year, number, lot)
       where o.company_id = ${company}`,
  );
  return found.flatMap(({ place, start }) => {
    const key = keys[place - 1];
    return key === undefined ? [] : [{ key, start }];
  });
}

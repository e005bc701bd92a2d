import { sql } from 'kysely';
import type { CalendarDate, Instant } from '../../../domain/calendar';
import { parseOrderKey, type MarkedOrder, type OrderHeader, type OrderKey } from '../../../domain/order';
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

function headers(company: string, marked: readonly MarkedOrder[]) {
  const versions = integers(marked.map(({ version }) => version));
  const stale = sql`o.version <> (${versions})[k.place]`;
  return sql<HeaderRow>`
    select o.order_id as id, k.place::int as place, o.state, o.version, o.origin, o.site, o.cause,
           case when ${stale} then o.changed_at end as "changedAt", case when ${stale} then o.changed_by end as "changedBy"
      from production_order o
      join ${keyTable(marked.map(({ key }) => key))} using (year, number, lot)
     where o.company_id = ${company}
     order by o.order_id`;
}

/**
 * Locks the marked orders in id order – the first lock every writer takes after its run – and gives what they are now. A row
 * that waited for another writer is read as that writer left it.
 */
export async function lockOrders(
  tx: Tx,
  company: string,
  marked: readonly MarkedOrder[],
): Promise<Map<OrderKey, StoredOrder>> {
  return byKey(marked, await rows(tx, sql<HeaderRow>`${headers(company, marked)} for no key update of o`));
}

/** The same without locks, for a preview. */
export async function readHeaders(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
): Promise<Map<OrderKey, StoredOrder>> {
  return byKey(marked, await rows(db, headers(company, marked)));
}

function byKey(marked: readonly MarkedOrder[], found: readonly HeaderRow[]): Map<OrderKey, StoredOrder> {
  return new Map(
    found.flatMap(({ place, changedAt, changedBy, ...header }) => {
      const key = marked[place - 1]?.key;
      const lastChange = changedAt !== null && changedBy !== null ? { at: changedAt, by: changedBy } : null;
      return key === undefined ? [] : [[key, { ...header, key, lastChange }] as const];
    }),
  );
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

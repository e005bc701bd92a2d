import { sql } from 'kysely';
import { parseOrderKey, type MarkedOrder, type OrderHeader, type OrderKey } from '../../../domain/order';
import type { Sequenced } from '../../../domain/sequence';
import { integers, rows, type Queries, type Tx } from './database';

/** An order's header with the id the book knows it by. */
export interface StoredOrder extends OrderHeader {
  readonly id: string;
  /** How it became executive; null while it is not. */
  readonly origin: 'release' | 'direct' | null;
}

/** The key of order `o` as text. */
export const orderKeyOf = sql<OrderKey>`o.year || '/' || o.number || '/' || o.lot`;

/** A derived table `k(year, number, lot)` of these keys. */
export function keyTable(keys: readonly OrderKey[]) {
  const parts = keys.flatMap((key) => parseOrderKey(key) ?? []);
  return sql`unnest(${integers(parts.map((p) => p.year))}, ${integers(parts.map((p) => p.number))}, ${integers(parts.map((p) => p.lot))}) as k(year, number, lot)`;
}

function headers(company: string, keys: readonly OrderKey[]) {
  return sql<StoredOrder>`
    select o.order_id as id, ${orderKeyOf} as key, o.state, o.version, 
           o.changed_at as "changedAt", o.changed_by as "changedBy", o.origin
      from production_order o
      join ${keyTable(keys)} using (year, number, lot)
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
  const found = await rows(tx, sql<StoredOrder>`${headers(company, keysOf(marked))} for no key update of o`);
  return byKey(found);
}

/** The same without locks, for a preview. */
export async function readHeaders(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
): Promise<Map<OrderKey, StoredOrder>> {
  return byKey(await rows(db, headers(company, keysOf(marked))));
}

/** When these orders start; unknown ones are left out. */
export async function orderStarts(
  db: Queries,
  company: string,
  keys: readonly OrderKey[],
): Promise<Sequenced[]> {
  return rows(
    db,
    sql<Sequenced>`
      select ${orderKeyOf} as key, o.start_on as start
        from production_order o join ${keyTable(keys)} using (year, number, lot)
       where o.company_id = ${company}`,
  );
}

const keysOf = (marked: readonly MarkedOrder[]) => marked.map(({ key }) => key);

const byKey = (found: readonly StoredOrder[]) => new Map(found.map((order) => [order.key, order]));

import { sql } from 'kysely';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import { decideRestore, type RestoreDecision } from '../../../domain/restore/decide';
import type { Moment, StoredOutcome } from '../order-book';
import { execute, rows, uuids, type Queries, type Tx } from './database';
import type { ChunkEffect } from './trail';
import { lockOrders, type StoredOrder } from './lock-orders';
import { lockStockOfOrders } from './stock';

/**
 * Restores one chunk: takes back exactly what was posted, keeps it as restored movements, raises the stock by it and flips the
 * orders. Locks orders, then stock. Declarations are read after the order locks, which every declaring writer takes first.
 */
export async function restoreChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  const { company } = moment;
  const orders = await lockOrders(tx, company, chunk);
  const decisions = await judgeRestore(tx, company, chunk, orders);
  const restored = decisions.flatMap(({ key, refusals }) =>
    refusals.length === 0 ? (orders.get(key) ?? []) : [],
  );
  const movements = await takeBack(
    tx,
    restored.map(({ id }) => id),
    run,
    moment,
  );
  const outcomes = decisions.map(({ key, refusals, warnings }): StoredOutcome => ({
    key,
    result: refusals.length === 0 ? 'restored' : 'refused',
    refusals,
    warnings,
    movements: movements.get(orders.get(key)?.id ?? '') ?? 0,
  }));
  return { outcomes, changed: { orders: restored, event: 'restore', to: 'launched', newVersion: true } };
}

/** Gathers what the rules of a restore need to know about these orders, as lists, and lets the domain judge. */
export async function judgeRestore(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): Promise<RestoreDecision[]> {
  const facts = await restoreFacts(
    db,
    company,
    [...orders.values()].map(({ id }) => id),
  );
  return decideRestore(
    marked.map((order) => {
      const stored = orders.get(order.key);
      const known = stored && facts.get(stored.id);
      return {
        marked: order,
        order: stored ?? null,
        declarations: known?.declarations ?? [],
        hasMovements: known?.hasMovements ?? false,
        released: stored?.origin === 'release',
      };
    }),
  );
}

interface RestoreFacts {
  readonly id: string;
  readonly declarations: readonly number[] | null;
  readonly hasMovements: boolean;
}

async function restoreFacts(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<Map<string, RestoreFacts>> {
  const found = await rows(
    db,
    sql<RestoreFacts>`
      select o.id,
             (select array_agg(d.number order by d.number) from declaration d
               where d.company_id = ${company} and d.order_id = o.id) as declarations,
             exists (select from movement m where m.company_id = ${company} and m.order_id = o.id) as "hasMovements"
        from unnest(${uuids(ids)}) as o(id)`,
  );
  return new Map(found.map((facts) => [facts.id, facts]));
}

async function takeBack(
  tx: Tx,
  ids: readonly string[],
  run: string,
  moment: Moment,
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  await lockStockOfOrders(tx, moment.company, ids);
  const movements = await takeBackMovements(tx, ids, run, moment);
  await makeLaunched(tx, ids, moment);
  return movements;
}

/**
 * Deletes the movements of locked orders and their stock records, keeps them as restored, and raises the locked stocks by
 * exactly what was deleted, all in one statement. Gives the movements per order.
 */
async function takeBackMovements(
  tx: Tx,
  ids: readonly string[],
  run: string,
  { company, at, actor }: Moment,
): Promise<ReadonlyMap<string, number>> {
  const counts = await rows(
    tx,
    sql<{ id: string; movements: number }>`
      with gone as (
        delete from movement where company_id = ${company} and order_id = any(${uuids(ids)}) returning *),
      records as (
        delete from movement_record where company_id = ${company} and order_id = any(${uuids(ids)}) returning *),
      kept as (
        insert into restored_movement (company_id, order_id, cause, line, part, item, variant, warehouse, lot, direction,
               quantity, posted_on, record, reason, run_id, posted_at, posted_by, restored_run, restored_at, restored_by)
        select ${company}, g.order_id, g.cause, g.line, g.part, g.item, g.variant, g.warehouse, g.lot, g.direction,
               g.quantity, r.posted_on, r.record, g.reason, r.run_id, r.posted_at, r.posted_by,
               ${run}::uuid, ${at}::timestamptz, ${actor}
          from gone g join records r using (order_id, cause, warehouse, reason)),
      balances as (
        update stock s set on_hand = s.on_hand + g.quantity
          from (select item, variant, warehouse, lot,
                       sum(case direction when 'unload' then quantity else -quantity end) as quantity
                  from gone group by item, variant, warehouse, lot) g
         where s.company_id = ${company} and s.item = g.item and s.variant = g.variant
           and s.warehouse = g.warehouse and s.lot = g.lot)
      select order_id as id, count(*)::int as movements from gone group by order_id`,
  );
  return new Map(counts.map(({ id, movements }) => [id, movements]));
}

async function makeLaunched(tx: Tx, ids: readonly string[], moment: Moment): Promise<void> {
  const flipped = await execute(
    tx,
    sql`
      update production_order
         set state = 'launched', origin = null, version = version + 1, shortage_policy = null,
             reservation_policy = null, released_at = null, released_by = null, released_run = null,
             changed_at = ${moment.at}::timestamptz, changed_by = ${moment.actor}
       where company_id = ${moment.company} and order_id = any(${uuids(ids)}) and state = 'executive'`,
  );
  if (flipped !== ids.length)
    throw new Error(`${ids.length - flipped} locked orders were not executive any more`);
}

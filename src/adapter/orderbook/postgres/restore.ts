import { sql } from 'kysely';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import { decideRestore, type RestoreDecision } from '../../../domain/restore/decide';
import type { Moment, StoredOutcome } from '../order-book';
import { execute, rows, uuids, type Queries, type Tx } from './database';
import { lockOrders, type StoredOrder } from './lock-orders';
import { changeStock, lockStock, type StockChange } from './stock';
import { writeAudit } from './audit';

/**
 * Restores one chunk: takes back exactly what was posted, keeps it as restored movements, raises the stock by it and flips the
 * orders. Locks orders, then stock. Declarations are read after the order locks, which every declaring writer takes first.
 */
export async function restoreChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  run: string,
  moment: Moment,
): Promise<StoredOutcome[]> {
  const { company } = moment;
  const orders = await lockOrders(tx, company, chunk);
  const { decisions, movements } = await judgeRestore(tx, company, chunk, orders);
  const restored = decisions.flatMap(({ key, refusals }) =>
    refusals.length === 0 ? (orders.get(key) ?? []) : [],
  );
  const ids = restored.map(({ id }) => id);
  if (ids.length > 0) {
    await takeBackMovements(tx, ids, run, moment);
    await makeLaunched(tx, ids, moment);
    await writeAudit(tx, restored, 'restore', 'launched', run, moment);
  }
  return decisions.map(({ key, refusals, warnings }) => ({
    key,
    result: refusals.length === 0 ? 'restored' : 'refused',
    refusals,
    warnings,
    movements: refusals.length === 0 ? (movements.get(orders.get(key)?.id ?? '') ?? 0) : 0,
  }));
}

/** Gathers declarations and movements of these orders, as lists, and lets the domain judge. */
export async function judgeRestore(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): Promise<{ decisions: RestoreDecision[]; movements: ReadonlyMap<string, number> }> {
  const ids = [...orders.values()].map(({ id }) => id);
  const declarations = await declarationNumbers(db, company, ids);
  const movements = await countMovements(db, company, ids);
  const decisions = decideRestore(
    marked.map((order) => {
      const stored = orders.get(order.key);
      return {
        marked: order,
        order: stored ?? null,
        declarations: (stored && declarations.get(stored.id)) ?? [],
        hasMovements: stored !== undefined && movements.has(stored.id),
        released: stored?.origin === 'release',
      };
    }),
  );
  return { decisions, movements };
}

async function declarationNumbers(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<Map<string, number[]>> {
  const found = await rows(
    db,
    sql<{ id: string; numbers: number[] }>`
      select order_id as id, array_agg(number order by number) as numbers from declaration
       where company_id = ${company} and order_id = any(${uuids(ids)}) group by order_id`,
  );
  return new Map(found.map(({ id, numbers }) => [id, numbers]));
}

async function countMovements(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const found = await rows(
    db,
    sql<{ id: string; movements: number }>`
      select order_id as id, count(*)::int as movements from movement
       where company_id = ${company} and order_id = any(${uuids(ids)}) group by order_id`,
  );
  return new Map(found.map(({ id, movements }) => [id, movements]));
}

async function takeBackMovements(tx: Tx, ids: readonly string[], run: string, moment: Moment): Promise<void> {
  const { company } = moment;
  const changes = await rows(
    tx,
    sql<StockChange>`
      select item, variant, warehouse, lot,
             sum(case direction when 'unload' then quantity else -quantity end)::text as change
        from movement where company_id = ${company} and order_id = any(${uuids(ids)})
       group by item, variant, warehouse, lot
       order by item collate "C", variant collate "C", warehouse collate "C", lot collate "C"`,
  );
  if (changes.length === 0) return;
  await lockStock(tx, company, changes);
  await execute(
    tx,
    sql`
      insert into restored_movement (company_id, order_id, cause, line, part, item, variant, warehouse, lot, direction,
             quantity, posted_on, record, reason, run_id, posted_at, posted_by, restored_run, restored_at, restored_by)
      select m.company_id, m.order_id, m.cause, m.line, m.part, m.item, m.variant, m.warehouse, m.lot, m.direction,
             m.quantity, m.posted_on, m.record, m.reason, r.run_id, r.posted_at, r.posted_by,
             ${run}::uuid, ${moment.at}::timestamptz, ${moment.actor}
        from movement m
        join movement_record r using (company_id, warehouse, posted_on, record)
       where m.company_id = ${company} and m.order_id = any(${uuids(ids)})`,
  );
  await execute(
    tx,
    sql`
      delete from movement_record r
       using (select distinct warehouse, posted_on, record from movement
               where company_id = ${company} and order_id = any(${uuids(ids)})) m
       where r.company_id = ${company} and r.warehouse = m.warehouse and r.posted_on = m.posted_on and r.record = m.record`,
  );
  await execute(
    tx,
    sql`delete from movement where company_id = ${company} and order_id = any(${uuids(ids)})`,
  );
  await changeStock(tx, company, changes);
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

import { sql } from 'kysely';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import { decideRestore, type RestoreDecision } from '../../../domain/restore/decide';
import type { Moment, StoredOutcome } from '../order-book';
import { execute, rows, uuids, type Queries, type Tx } from './database';
import type { ChunkEffect } from './trail';
import { lockOrders, type StoredOrder } from './lock-orders';
import { changeStock, lockStockOfOrders, type StockChange } from './stock';

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
  const orders = await lockOrders(tx, moment.company, chunk);
  const { decisions, movements } = await judgeRestore(tx, moment.company, chunk, orders);
  const restored = decisions.flatMap(({ key, refusals }) =>
    refusals.length === 0 ? (orders.get(key) ?? []) : [],
  );
  await takeBack(tx, restored, run, moment);
  const outcomes = decisions.map(({ key, refusals, warnings }): StoredOutcome => {
    const went = refusals.length === 0;
    const result = went ? 'restored' : 'refused';
    return { key, result, refusals, warnings, movements: went ? (movements.get(key) ?? 0) : 0 };
  });
  return { outcomes, changed: { orders: restored, event: 'restore', to: 'launched', newVersion: true } };
}

/** Gathers what the rules of a restore need to know about these orders, as lists, and lets the domain judge. */
export async function judgeRestore(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): Promise<{ decisions: RestoreDecision[]; movements: ReadonlyMap<OrderKey, number> }> {
  const facts = await restoreFacts(
    db,
    company,
    [...orders.values()].map(({ id }) => id),
  );
  const decisions = decideRestore(
    marked.map((order) => {
      const stored = orders.get(order.key);
      const known = stored && facts.get(stored.id);
      return {
        marked: order,
        order: stored ?? null,
        declarations: known?.declarations ?? [],
        hasMovements: (known?.movements ?? 0) > 0,
        released: stored?.origin === 'release',
      };
    }),
  );
  const movements = new Map([...orders.values()].map(({ key, id }) => [key, facts.get(id)?.movements ?? 0]));
  return { decisions, movements };
}

interface RestoreFacts {
  readonly id: string;
  readonly declarations: readonly number[] | null;
  readonly movements: number;
}

/** What these orders have in declarations and movements; those that have neither are left out. */
async function restoreFacts(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<Map<string, RestoreFacts>> {
  const ofOrders = sql`company_id = ${company} and order_id = any(${uuids(ids)})`;
  const found = await rows(
    db,
    sql<RestoreFacts>`
      select order_id as id, d.numbers as declarations, coalesce(m.movements, 0)::int as movements
        from (select order_id, array_agg(number order by number) as numbers from declaration
               where ${ofOrders} group by order_id) d
        full join (select order_id, count(*) as movements from movement
                    where ${ofOrders} group by order_id) m using (order_id)`,
  );
  return new Map(found.map((facts) => [facts.id, facts]));
}

async function takeBack(tx: Tx, orders: readonly StoredOrder[], run: string, moment: Moment): Promise<void> {
  if (orders.length === 0) return;
  const ids = orders.map(({ id }) => id);
  const changes = await lockStockOfOrders(tx, moment.company, ids);
  if (changes.length > 0) await takeBackMovements(tx, ids, changes, run, moment);
  await makeLaunched(tx, ids, moment);
}

/**
 * Takes the movements of locked orders out of the book: the locked stocks change by exactly what is taken, the movements are kept
 * as restored, they and their stock records are deleted.
 */
async function takeBackMovements(
  tx: Tx,
  ids: readonly string[],
  changes: readonly StockChange[],
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  const ofOrders = sql`company_id = ${company} and order_id = any(${uuids(ids)})`;
  await changeStock(tx, company, changes);
  await execute(
    tx,
    sql`
      insert into restored_movement (company_id, order_id, cause, line, part, item, variant, warehouse, lot, direction,
             quantity, posted_on, record, reason, run_id, posted_at, posted_by, restored_run, restored_at, restored_by)
      select m.company_id, m.order_id, m.cause, m.line, m.part, m.item, m.variant, m.warehouse, m.lot, m.direction,
             m.quantity, r.posted_on, r.record, m.reason, r.run_id, r.posted_at, r.posted_by,
             ${run}::uuid, ${at}::timestamptz, ${actor}
        from movement m
       -- One look into the primary key per movement, whatever the statistics say: right after the first release they know of
       -- no movements, and a join would be planned for a handful.
       cross join lateral (select * from movement_record r
                            where r.company_id = m.company_id and r.order_id = m.order_id and r.cause = m.cause
                              and r.warehouse = m.warehouse and r.reason = m.reason limit 1) r
       where m.company_id = ${company} and m.order_id = any(${uuids(ids)})`,
  );
  await execute(tx, sql`delete from movement_record where ${ofOrders}`);
  await execute(tx, sql`delete from movement where ${ofOrders}`);
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

import { sql } from 'kysely';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import { quantity } from '../../../domain/quantity';
import {
  decideRestore,
  type ClosedRecord,
  type RestoreCandidate,
  type RestoreDecision,
  type SplitTold,
} from '../../../domain/restore/decide';
import { transitions } from '../../../domain/transitions';
import type { Moment, StoredOutcome } from '../order-book';
import { execute, rows, unseenUuids, uuids, type Queries, type Tx } from './database';
import type { ChunkEffect } from './trail';
import { lockOrders, type StoredOrder } from './lock-orders';
import { splitsTold } from './split/splits-told';
import { lockStockOfOrders, stockUpdate, type StockChange } from './stock';
import { cancelWorkOf } from './work/make-work';
import { workDone, workedOn } from './work/work-done';

/**
 * Restores one chunk: takes back exactly what was posted, keeps it as restored movements, raises the stock by it and flips the
 * orders. Locks orders, then stock, and judges when it has both: what closes a period meanwhile is seen. Every declaring writer takes
 * the order locks first.
 */
export async function restoreChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  const { company } = moment;
  const orders = await lockOrders(tx, company, chunk);
  const executive = [...orders.values()].filter(({ state }) => state === transitions.restore.from);
  const locked = await lockStockOfOrders(tx, company, executive);
  const { decisions, movements, worked } = await judgeRestore(tx, company, chunk, orders);
  const restored = decisions.flatMap(({ key, refusals }) =>
    refusals.length === 0 ? (orders.get(key) ?? []) : [],
  );
  const all = restored.length === executive.length;
  await takeBack(tx, restored, all ? locked : await lockStockOfOrders(tx, company, restored), run, moment);
  await cancelWorkOf(
    tx,
    restored.filter(({ id }) => worked.has(id)),
    moment,
  );
  const outcomes = decisions.map(({ key, refusals, warnings }): StoredOutcome => {
    const went = refusals.length === 0;
    const result = went ? 'restored' : 'refused';
    return { key, result, refusals, warnings, movements: went ? (movements.get(key) ?? 0) : 0 };
  });
  return { outcomes, changed: { orders: restored, event: 'restore', to: 'launched', newVersion: true } };
}

interface RestoreJudgement {
  readonly candidates: readonly RestoreCandidate[];
  readonly decisions: readonly RestoreDecision[];
  readonly movements: ReadonlyMap<OrderKey, number>;
  /** Ids of those that somebody has picked for, or is to. */
  readonly worked: ReadonlySet<string>;
}

/** Gathers what the rules of a restore need to know about these orders, as lists, and lets the domain judge. */
export async function judgeRestore(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): Promise<RestoreJudgement> {
  const ids = [...orders.values()].map(({ id }) => id);
  const facts = await restoreFacts(db, company, ids);
  const mayBeClosed = [...facts.values()].filter(({ anyClosed }) => anyClosed).map(({ id }) => id);
  const closed = await closedRecords(db, company, mayBeClosed);
  const worked = [...facts.values()].filter(({ worked: done }) => done).map(({ id }) => id);
  const done = await workDone(db, company, worked);
  const candidates = marked.map((order): RestoreCandidate => {
    const stored = orders.get(order.key);
    const known = stored && facts.get(stored.id);
    return {
      marked: order,
      order: stored ?? null,
      declarations: known?.declarations ?? [],
      hasMovements: (known?.movements ?? 0) > 0,
      released: stored?.origin === 'release',
      closedRecords: (stored && closed.get(stored.id)) ?? [],
      splits: known?.splits?.map((each) => ({ ...each, rest: quantity(each.rest) })) ?? [],
      ...(stored && done.get(stored.id)),
    };
  });
  const movements = new Map([...orders.values()].map(({ key, id }) => [key, facts.get(id)?.movements ?? 0]));
  return { candidates, decisions: decideRestore(candidates), movements, worked: new Set(worked) };
}

interface RestoreFacts {
  readonly id: string;
  readonly declarations: readonly number[] | null;
  readonly movements: number;
  /** There are movements, and closed periods in the company. */
  readonly anyClosed: boolean;
  readonly splits: readonly (Omit<SplitTold, 'rest'> & { readonly rest: string })[] | null;
  /** Somebody has picked for it, or is to. */
  readonly worked: boolean;
}

/** What these orders have in declarations, movements, splits and picking; those that have nothing are left out. */
async function restoreFacts(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<Map<string, RestoreFacts>> {
  const ofOrders = sql`company_id = ${company} and order_id = any(${unseenUuids(ids)})`;
  const found = await rows(
    db,
    sql<RestoreFacts>`
      select order_id as id, d.numbers as declarations, coalesce(m.movements, 0)::int as movements,
             m.movements > 0 and exists (select from closed_period where company_id = ${company}) as "anyClosed",
             s.splits, coalesce(w.worked, false) as worked
        from (select order_id, array_agg(number order by number) as numbers from declaration
               where ${ofOrders} group by order_id) d
        full join (select order_id, count(*) as movements from movement
                    where ${ofOrders} group by order_id) m using (order_id)
        full join (${splitsTold(company, ids)}) s using (order_id)
        full join (${workedOn(company, ids)}) w using (order_id)`,
  );
  return new Map(found.map((facts) => [facts.id, facts]));
}

/** The stock records of these orders that lie in a closed period, with the first period that closes each. */
export async function closedRecords(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<Map<string, (ClosedRecord & { readonly cause: number })[]>> {
  if (ids.length === 0) return new Map();
  const found = await rows(
    db,
    sql<ClosedRecord & { readonly id: string; readonly cause: number }>`
      select r.order_id as id, r.cause, r.warehouse, r.record, r.posted_on as day, c.from_on as from, c.to_on as to
        from movement_record r
       cross join lateral (
             select p.from_on, p.to_on from closed_period p
              where p.company_id = r.company_id and p.warehouse in ('', r.warehouse)
                and r.posted_on between p.from_on and p.to_on
              order by p.from_on, p.warehouse limit 1) c
       where r.company_id = ${company} and r.order_id = any(${uuids(ids)})
       order by r.order_id, r.warehouse, r.posted_on, r.record`,
  );
  const records = new Map<string, (ClosedRecord & { readonly cause: number })[]>();
  for (const { id, ...record } of found) records.set(id, [...(records.get(id) ?? []), record]);
  return records;
}

/**
 * Makes locked, executive orders launched and takes their movements out of the book, all in one statement: the flip; the movements
 * kept as restored, they and their stock records deleted; their definitive papers void, so that they count as not printed; the locked
 * stock raised by `changes`, exactly what is taken. Throws when an order was not executive any more.
 */
export async function takeBack(
  tx: Tx,
  orders: readonly StoredOrder[],
  changes: readonly StockChange[],
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  if (orders.length === 0) return;
  const ids = orders.map(({ id }) => id);
  const ofOrders = sql`company_id = ${company} and order_id = any(${unseenUuids(ids)})`;
  const flipped = await execute(
    tx,
    sql`
      with kept as (
        insert into restored_movement (company_id, order_id, cause, line, part, item, variant, warehouse, lot, direction,
               quantity, posted_on, record, reason, run_id, posted_at, posted_by, restored_run, restored_at, restored_by)
        select m.company_id, m.order_id, m.cause, m.line, m.part, m.item, m.variant, m.warehouse, m.lot, m.direction,
               m.quantity, m.posted_on, m.record, m.reason, m.run_id, m.posted_at, m.posted_by,
               ${run}::uuid, ${at}::timestamptz, ${actor}
          from unnest(${uuids(ids)}) as o(order_id)
         -- Joined order by order, whatever the statistics say: right after the first release they know of no movements, and a
         -- join of all would be planned for a handful.
         cross join lateral (
               select m.*, r.posted_on, r.record, r.run_id, r.posted_at, r.posted_by
                 from movement m join movement_record r using (company_id, order_id, cause, warehouse, reason)
                where m.company_id = ${company} and m.order_id = o.order_id offset 0) m),
      records as (delete from movement_record where ${ofOrders}),
      movements as (delete from movement where ${ofOrders}),
      balance as (${stockUpdate(company, changes)}),
      voided as (
        update paper set voided_at = ${at}::timestamptz, voided_by = ${actor}, voided_run = ${run}::uuid
         where ${ofOrders} and voided_at is null
        returning order_id)
      update production_order
         set state = 'launched', origin = null, version = version + 1, shortage_policy = null,
             reservation_policy = null, picking_policy = null, released_at = null, released_by = null, released_run = null,
             printed_on = case when order_id in (select order_id from voided) then null else printed_on end,
             changed_at = ${at}::timestamptz, changed_by = ${actor}
       where ${ofOrders} and state = 'executive'`,
  );
  if (flipped !== ids.length)
    throw new Error(`${ids.length - flipped} locked orders were not executive any more`);
}

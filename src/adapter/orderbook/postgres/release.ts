import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import type { ReleasePolicy } from '../../../domain/policy';
import type { ReleaseDecision } from '../../../domain/release/decide';
import { transitions } from '../../../domain/transitions';
import type { Moment, StoredOutcome } from '../order-book';
import { execute, integers, rows, texts, uuids, type Tx } from './database';
import type { ChunkEffect } from './trail';
import { judgeRelease } from './judge-release';
import { lockOrders, type StoredOrder } from './lock-orders';
import { lockRecordCounters, lockStock } from './stock';
import { postProvisionally } from './withdrawals';

/**
 * Releases one chunk: locks orders, then stock, then record counters; lets the domain judge; flips what may go, files its
 * withdrawals in stock records and lowers the stock by exactly what was posted. Refused orders are left as they were.
 */
export async function releaseChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  policy: ReleasePolicy,
  postingDate: CalendarDate,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  const { company } = moment;
  const orders = await lockOrders(tx, company, chunk);
  const { decisions, totals } = await judgeRelease(tx, company, chunk, orders, policy, {
    needsOf: (ids) => postProvisionally(tx, company, ids),
    balancesOf: (places) => lockStock(tx, company, places),
  });
  const [released, refused] = partition(decisions, orders);
  await withdrawProvisional(tx, company, refused);
  const warehouses = [...new Set(totals.map(({ warehouse }) => warehouse))];
  const movements = await makeExecutive(tx, released, warehouses, policy, postingDate, run, moment);
  const outcomes = decisions.map(({ key, refusals }): StoredOutcome => ({
    key,
    result: refusals.length === 0 ? 'released' : 'refused',
    refusals,
    warnings: [],
    movements: movements.get(orders.get(key)?.id ?? '') ?? 0,
  }));
  return { outcomes, changed: { orders: released, event: 'release', to: 'executive', newVersion: true } };
}

/** The released and the refused orders among those that exist. */
function partition(
  decisions: readonly ReleaseDecision[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): [released: StoredOrder[], refused: StoredOrder[]] {
  const which = (refused: boolean) =>
    decisions.flatMap(({ key, refusals }) =>
      refusals.length > 0 === refused ? (orders.get(key) ?? []) : [],
    );
  return [which(false), which(true)];
}

/** Takes back what was posted for orders that are refused after all. Launched orders have no other movements. */
async function withdrawProvisional(tx: Tx, company: string, refused: readonly StoredOrder[]): Promise<void> {
  const ids = refused.filter(({ state }) => state === transitions.release.from).map(({ id }) => id);
  if (ids.length === 0) return;
  await execute(
    tx,
    sql`delete from movement where company_id = ${company} and order_id = any(${uuids(ids)})`,
  );
}

/** Flips these orders and files their withdrawals. Gives the movements per order. */
async function makeExecutive(
  tx: Tx,
  orders: readonly StoredOrder[],
  warehouses: readonly string[],
  policy: ReleasePolicy,
  postedOn: CalendarDate,
  run: string,
  moment: Moment,
): Promise<ReadonlyMap<string, number>> {
  if (orders.length === 0) return new Map();
  const ids = orders.map(({ id }) => id);
  const flipped = await execute(
    tx,
    sql`
      update production_order
         set state = 'executive', origin = 'release', cause = cause + 1, version = version + 1,
             shortage_policy = ${policy.shortage}, reservation_policy = ${policy.reservation},
             released_at = ${moment.at}::timestamptz, released_by = ${moment.actor}, released_run = ${run}::uuid,
             changed_at = ${moment.at}::timestamptz, changed_by = ${moment.actor}
       where company_id = ${moment.company} and order_id = any(${uuids(ids)}) and state = 'launched'`,
  );
  if (flipped !== ids.length)
    throw new Error(`${ids.length - flipped} locked orders were not launched any more`);
  if (warehouses.length === 0) return new Map();
  const lastRecords = await lockRecordCounters(tx, moment.company, warehouses, postedOn);
  return fileWithdrawals(tx, ids, lastRecords, postedOn, run, moment);
}

/**
 * Files the posted withdrawals of released orders, all in one statement: a stock record per order, warehouse and reason,
 * numbered on from the last ones; the counters moved on; the stock lowered by exactly what was posted.
 */
async function fileWithdrawals(
  tx: Tx,
  ids: readonly string[],
  lastRecords: ReadonlyMap<string, number>,
  postedOn: CalendarDate,
  run: string,
  { company, at, actor }: Moment,
): Promise<ReadonlyMap<string, number>> {
  const counts = await rows(
    tx,
    sql<{ id: string; movements: number }>`
      with posted as materialized (
        select order_id, cause, item, variant, warehouse, lot, reason, quantity from movement
         where company_id = ${company} and order_id = any(${uuids(ids)})),
      records as (
        insert into movement_record (company_id, order_id, cause, warehouse, reason, posted_on, record, run_id, posted_at,
                                     posted_by)
        select ${company}, p.order_id, p.cause, p.warehouse, p.reason, ${postedOn}::date,
               c.last_record + row_number() over (partition by p.warehouse order by p.order_id, p.reason),
               ${run}::uuid, ${at}::timestamptz, ${actor}
          from (select distinct order_id, cause, warehouse, reason from posted) p
          join unnest(${texts([...lastRecords.keys()])}, ${integers([...lastRecords.values()])})
               as c(warehouse, last_record) on c.warehouse = p.warehouse
        returning warehouse, record),
      counters as (
        update record_counter c set last_record = r.last_record
          from (select warehouse, max(record) as last_record from records group by warehouse) r
         where c.company_id = ${company} and c.warehouse = r.warehouse and c.posted_on = ${postedOn}::date),
      balances as (
        update stock s set on_hand = s.on_hand - p.quantity
          from (select item, variant, warehouse, lot, sum(quantity) as quantity from posted
                 group by item, variant, warehouse, lot) p
         where s.company_id = ${company} and s.item = p.item and s.variant = p.variant
           and s.warehouse = p.warehouse and s.lot = p.lot)
      select order_id as id, count(*)::int as movements from posted group by order_id`,
  );
  return new Map(counts.map(({ id, movements }) => [id, movements]));
}

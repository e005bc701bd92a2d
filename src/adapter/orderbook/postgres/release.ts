import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { MarkedOrder } from '../../../domain/order';
import type { ReleasePolicy } from '../../../domain/policy';
import type { Moment, StoredOutcome } from '../order-book';
import { execute, rows, uuids, type Tx } from './database';
import { judgeRelease } from './judge-release';
import { lockOrders } from './lock-orders';
import { advanceRecordCounters, changeStock, lockRecordCounters, lockStock, type StockChange } from './stock';
import { postWithdrawals } from './withdrawals';
import { writeAudit } from './audit';

/**
 * Releases one chunk: locks orders, then stock, then record counters; lets the domain judge; flips what may go, posts its
 * automatic withdrawals and lowers the stock by exactly what was posted. Orders that are refused are not touched.
 */
export async function releaseChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  policy: ReleasePolicy,
  postingDate: CalendarDate,
  run: string,
  moment: Moment,
): Promise<StoredOutcome[]> {
  const { company } = moment;
  const orders = await lockOrders(tx, company, chunk);
  const { decisions, totals } = await judgeRelease(tx, company, chunk, orders, policy, (places) =>
    lockStock(tx, company, places),
  );
  const released = decisions.flatMap(({ key, refusals }) =>
    refusals.length === 0 ? (orders.get(key) ?? []) : [],
  );
  const ids = released.map(({ id }) => id);
  const warehouses = [...new Set(totals.map(({ warehouse }) => warehouse))];
  const movements = await post(tx, ids, warehouses, policy, postingDate, run, moment);
  await writeAudit(tx, released, 'release', 'executive', run, moment);
  return decisions.map(({ key, refusals }) => ({
    key,
    result: refusals.length === 0 ? 'released' : 'refused',
    refusals,
    warnings: [],
    movements: movements.get(orders.get(key)?.id ?? '') ?? 0,
  }));
}

async function post(
  tx: Tx,
  ids: readonly string[],
  warehouses: readonly string[],
  policy: ReleasePolicy,
  postedOn: CalendarDate,
  run: string,
  moment: Moment,
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  await makeExecutive(tx, ids, policy, run, moment);
  if (warehouses.length === 0) return new Map();
  const { company, at, actor } = moment;
  const lastRecords = await lockRecordCounters(tx, company, warehouses, postedOn);
  const movements = await postWithdrawals(tx, ids, { company, run, postedOn, at, actor }, lastRecords);
  await advanceRecordCounters(tx, company, warehouses, postedOn);
  await changeStock(tx, company, await postedSums(tx, company, ids));
  return movements;
}

async function makeExecutive(
  tx: Tx,
  ids: readonly string[],
  policy: ReleasePolicy,
  run: string,
  moment: Moment,
) {
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
}

/** What the current release of these orders took from each stock, as changes. */
async function postedSums(tx: Tx, company: string, ids: readonly string[]): Promise<StockChange[]> {
  return rows(
    tx,
    sql<StockChange>`
      select m.item, m.variant, m.warehouse, m.lot, (-sum(m.quantity))::text as change
        from production_order o
        join movement m on m.company_id = o.company_id and m.order_id = o.order_id and m.cause = o.cause
       where o.company_id = ${company} and o.order_id = any(${uuids(ids)})
       group by m.item, m.variant, m.warehouse, m.lot`,
  );
}

import type { MarkedOrder, OrderKey } from '../../../../domain/order';
import type { RefreshDecision } from '../../../../domain/refresh/decide';
import { noRequest } from '../../../../domain/refresh/inbound-request';
import type { Moment, StoredOutcome } from '../../order-book';
import type { Tx } from '../database';
import { lockOrders } from '../lock-orders';
import type { ChunkEffect } from '../trail';
import { bookedByOthers, lockConstrainedCentres } from './bookings';
import { judgeRefresh, type RefreshCommand } from './judge-refresh';
import { refreshColumns, type RefreshableOrder } from './refresh-facts';
import { writeContents, type Refreshed } from './write-content';

/**
 * Refreshes one chunk: locks orders, then constrained centres; lets the domain judge and calculate; writes what the orders are made of
 * from now on. Refused orders are left as they were.
 */
export async function refreshChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  command: RefreshCommand,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  const { company } = moment;
  const orders = await lockOrders(tx, company, chunk, refreshColumns);
  await lockConstrainedCentres(tx, company);
  const { decisions, contents, hours } = await judgeRefresh(tx, company, chunk, orders, command, (ids) =>
    bookedByOthers(tx, company, ids),
  );
  const refreshed = decisions.flatMap((decision) => refreshedOf(decision, orders));
  await writeContents(tx, refreshed, { contents, hours }, run, moment);
  return {
    outcomes: decisions.map(outcomeOf),
    changed: {
      orders: refreshed.map(({ order }) => order),
      event: 'refresh',
      to: null,
      newVersion: true,
    },
  };
}

export function outcomeOf({ key, result, refusals, warnings, inbound }: RefreshDecision): StoredOutcome {
  return { key, result, refusals, warnings: [...warnings, ...noRequest(key, inbound)], movements: 0 };
}

function refreshedOf(
  { key, content, inbound }: RefreshDecision,
  orders: ReadonlyMap<OrderKey, RefreshableOrder>,
): Refreshed[] {
  const order = orders.get(key);
  return content && order ? [{ order, content, inbound }] : [];
}

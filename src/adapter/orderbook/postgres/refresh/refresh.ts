import type { MarkedOrder, OrderKey } from '../../../../domain/order';
import type { RefreshDecision } from '../../../../domain/refresh/decide';
import { noRequest } from '../../../../domain/refresh/inbound-request';
import type { Moment, StoredOutcome } from '../../order-book';
import type { Tx } from '../database';
import type { CompanyFacts } from '../company-facts';
import { lockOrders, type StoredOrder } from '../lock-orders';
import { takeBack } from '../restore';
import { lockStockOfOrders } from '../stock';
import type { ChunkEffect } from '../trail';
import { cancelWorkOf } from '../work/make-work';
import { lockConstrainedCentres } from './bookings';
import { judgeRefresh, type RefreshCommand } from './judge-refresh';
import { lockingStock, releaseAnew } from './release-anew';
import type { StoredContent } from './read-content';
import { refreshColumns, type RefreshableOrder } from './refresh-facts';
import { writeContents, type Refreshed } from './write-content';

/**
 * Refreshes one chunk: locks orders, then constrained centres and, where executive orders are released again, stock; lets the domain judge
 * and calculate; writes what the orders are made of from now on. Orders with entries are restored before and released after that, all in
 * this transaction. Refused orders are left as they were.
 */
export async function refreshChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  command: RefreshCommand,
  facts: CompanyFacts,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  const { company } = moment;
  const orders = await lockOrders(tx, company, chunk, refreshColumns);
  await lockConstrainedCentres(tx, company);
  const again = { facts, balancesOf: lockingStock(tx, company) };
  const { decisions, anew, releases, ...before } = await judgeRefresh(
    tx,
    moment,
    chunk,
    orders,
    command,
    again,
    chunk.length,
  );
  const refreshed = decisions.flatMap((decision) => refreshedOf(decision, orders, command));
  const entered = anew.map(({ order }) => order);
  await takeBack(tx, entered, await lockStockOfOrders(tx, company, entered), run, moment);
  await cancelWorkOf(tx, entered, moment);
  const contents = withoutPicked(before.contents, entered);
  await writeContents(tx, refreshed, { ...before, contents }, run, moment);
  const movements = await releaseAnew(tx, { anew, releases }, command, facts, run, moment);
  return {
    outcomes: decisions.map((decision) => ({
      ...outcomeOf(decision),
      movements: movements.get(decision.key) ?? 0,
    })),
    changed: {
      orders: refreshed.map(({ order }) => order),
      ...{ event: 'refresh', to: null, newVersion: true },
      // Once by the restore, once by the refresh, once by the release.
      rises: new Map(entered.map(({ key }) => [key, 3])),
    },
  };
}

/** What was found for orders that are restored is given back, and nothing else was picked for them. */
function withoutPicked(contents: ReadonlyMap<string, StoredContent>, restored: readonly StoredOrder[]) {
  const ids = new Set(restored.map(({ id }) => id));
  const cleared = ({ materials, ...content }: StoredContent) => ({
    ...content,
    materials: materials.map((each) => ({ ...each, picked: '0' })),
  });
  return new Map([...contents].map(([id, each]) => [id, ids.has(id) ? cleared(each) : each]));
}

export function outcomeOf({ key, result, refusals, warnings, inbound }: RefreshDecision): StoredOutcome {
  return { key, result, refusals, warnings: [...warnings, ...noRequest(key, inbound)], movements: 0 };
}

function refreshedOf(
  { key, content, inbound }: RefreshDecision,
  orders: ReadonlyMap<OrderKey, RefreshableOrder>,
  { calculate }: RefreshCommand,
): Refreshed[] {
  const order = orders.get(key);
  if (!content || !order) return [];
  // Lines that stay keep what was asked for them.
  return [{ order, content, inbound: calculate.lines || typeof inbound !== 'string' ? inbound : null }];
}

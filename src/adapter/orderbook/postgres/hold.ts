import { sql } from 'kysely';
import { decideHold, type HoldDecision } from '../../../domain/hold/decide';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import type { Command, Moment, StoredOutcome } from '../order-book';
import { execute, uuids, type Tx } from './database';
import { holdColumns, holdOf, lockOrders, type HoldColumns, type StoredOrder } from './lock-orders';
import type { ChunkEffect } from './trail';

export type HoldCommand = Extract<Command, { kind: 'hold' | 'lift' }>;

/** Puts the orders of one chunk on hold, or lifts their hold. Locks the orders and nothing else. */
export async function holdChunk(
  tx: Tx,
  command: HoldCommand,
  chunk: readonly MarkedOrder[],
  moment: Moment,
): Promise<ChunkEffect> {
  const orders = await lockOrders(tx, moment.company, chunk, holdColumns);
  const decisions = judgeHold(command, chunk, orders);
  const changed = decisions.flatMap(({ key, refusals }) =>
    refusals.length === 0 ? (orders.get(key) ?? []) : [],
  );
  await setHold(tx, command, changed, moment);
  const done = command.kind === 'hold' ? 'held' : 'lifted';
  const outcomes = decisions.map(({ key, refusals }): StoredOutcome => ({
    ...{ key, result: refusals.length === 0 ? done : 'refused', refusals, warnings: [], movements: 0 },
  }));
  return {
    outcomes,
    changed: { orders: changed, event: command.kind, to: null, newVersion: true, reason: command.reason },
  };
}

/** Lets the domain judge, for a run and for its preview. */
export function judgeHold(
  { kind }: HoldCommand,
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, StoredOrder & HoldColumns>,
): HoldDecision[] {
  return decideHold(
    kind,
    marked.map((order) => {
      const stored = orders.get(order.key) ?? null;
      return { marked: order, order: stored, hold: stored && holdOf(stored) };
    }),
  );
}

async function setHold(
  tx: Tx,
  { kind, reason }: HoldCommand,
  orders: readonly StoredOrder[],
  { company, at, actor }: Moment,
): Promise<void> {
  if (orders.length === 0) return;
  const held = kind === 'hold';
  const changed = await execute(
    tx,
    sql`
      update production_order
         set hold_reason = ${held ? reason : null}, held_at = ${held ? at : null}::timestamptz,
             held_by = ${held ? actor : null}, version = version + 1, changed_at = ${at}::timestamptz, changed_by = ${actor}
       where company_id = ${company} and order_id = any(${uuids(orders.map(({ id }) => id))})
         and (hold_reason is null) = ${held}`,
  );
  if (changed !== orders.length)
    throw new Error(`${orders.length - changed} locked orders had changed hands`);
}

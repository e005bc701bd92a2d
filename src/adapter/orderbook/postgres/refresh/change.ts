import { dayIn } from '../../../../domain/calendar';
import type { MarkedOrder } from '../../../../domain/order';
import { decideChange } from '../../../../domain/refresh/decide-change';
import type { Command, Moment, StoredOutcome } from '../../order-book';
import type { Tx } from '../database';
import { lockOrders } from '../lock-orders';
import type { ChunkEffect } from '../trail';
import { bookedByOthers, lockConstrainedCentres } from './bookings';
import { gatherRefresh } from './judge-refresh';
import { refreshColumns } from './refresh-facts';
import { writeContents } from './write-content';

type ChangeCommand = Extract<Command, { kind: 'change' }>;

/** Changes a part of one order by hand: locks it, then the constrained centres; what follows is worked out and written as of a refresh. */
export async function changeChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  { change }: ChangeCommand,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  const { company } = moment;
  const orders = await lockOrders(tx, company, chunk, refreshColumns);
  await lockConstrainedCentres(tx, company);
  const { candidates, contents, masters, hours } = await gatherRefresh(tx, company, chunk, orders, {});
  const booked = await bookedByOthers(
    tx,
    company,
    [...orders.values()].map(({ id }) => id),
  );
  const decisions = candidates.map((candidate) => ({
    key: candidate.marked.key,
    ...decideChange(candidate, change, { masters, hours, booked, today: dayIn(hours.timeZone, moment.at) }),
  }));
  const changed = decisions.flatMap(({ key, content }) => {
    const order = orders.get(key);
    return order && content ? [{ order, content, inbound: null }] : [];
  });
  await writeContents(tx, changed, { contents, hours }, run, moment);
  const outcomes = decisions.map(({ key, content, refusals, warnings }): StoredOutcome => {
    return { key, result: content ? 'changed' : 'refused', refusals, warnings, movements: 0 };
  });
  return {
    outcomes,
    changed: { orders: changed.map(({ order }) => order), event: 'change', to: null, newVersion: true },
  };
}

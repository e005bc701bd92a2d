import { sql } from 'kysely';
import { decidePrint, type PrintDecision } from '../../../../domain/papers/decide';
import type { MarkedOrder, OrderKey } from '../../../../domain/order';
import type { Command, Moment, StoredOutcome } from '../../order-book';
import { execute, uuids, words, type Tx } from '../database';
import { lockOrders, type StoredOrder } from '../lock-orders';
import type { ChunkEffect } from '../trail';
import { schedulingLevels } from './scheduling-levels';

export type PrintCommand = Extract<Command, { kind: 'print' }>;

/**
 * Gives the definitive papers of one chunk their numbers, or counts one more copy of those that have one, and sets the orders down as
 * printed. Locks the orders, then the counter. The versions of the orders stay: a planner may go on with the rows that are in the sheet.
 */
export async function printChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  command: PrintCommand,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  const orders = await lockOrders(tx, moment.company, chunk);
  const levels = await schedulingLevels(
    tx,
    moment.company,
    chunk.map(({ key }) => key),
  );
  const decisions = decidePrint(
    chunk.map((marked) => ({
      marked,
      order: orders.get(marked.key) ?? null,
      level: levels.get(marked.key) ?? 'none',
    })),
    command,
  );
  const printed = decisions.flatMap(({ key, refusals }) =>
    refusals.length === 0 ? (orders.get(key) ?? []) : [],
  );
  await number(tx, decisions, orders, run, moment);
  const outcomes = decisions.map(({ key, refusals, warnings }): StoredOutcome => ({
    ...{ key, result: refusals.length === 0 ? 'printed' : 'refused', refusals, warnings, movements: 0 },
  }));
  return { outcomes, changed: { orders: printed, event: 'print', to: null, newVersion: false } };
}

async function number(
  tx: Tx,
  decisions: readonly PrintDecision[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  const wanted = decisions.flatMap(({ key, papers }) => {
    const id = orders.get(key)?.id;
    return id === undefined ? [] : papers.map((kind) => ({ id, kind }));
  });
  if (wanted.length === 0) return;
  await execute(
    tx,
    sql`
      with wanted as materialized (
        select order_id, kind, place
          from unnest(${uuids(wanted.map(({ id }) => id))}, ${words(wanted.map(({ kind }) => kind))})
               with ordinality as w(order_id, kind, place)),
      again as (
        update paper p set copies = p.copies + 1
          from wanted w
         where p.company_id = ${company} and p.order_id = w.order_id and p.kind = w.kind and p.voided_at is null
        returning p.number, p.copies),
      new as materialized (
        select w.order_id, w.kind, row_number() over (order by w.place desc)::int as from_last
          from wanted w
         where not exists (select from paper p
                            where p.company_id = ${company} and p.order_id = w.order_id and p.kind = w.kind
                              and p.voided_at is null)),
      counter as (
        insert into paper_counter as c (company_id, last_paper) select ${company}, count(*)::int from new
            on conflict (company_id) do update set last_paper = c.last_paper + excluded.last_paper
        returning last_paper),
      made as (
        insert into paper (company_id, number, order_id, kind, copies, printed_at, printed_by)
        select ${company}, c.last_paper + 1 - n.from_last, n.order_id, n.kind, 1, ${at}::timestamptz, ${actor}
          from new n cross join counter c
        returning number, copies),
      prints as (
        insert into paper_print (company_id, run_id, number, copy)
        select ${company}, ${run}::uuid, number, copies from again
         union all
        select ${company}, ${run}::uuid, number, copies from made)
      update production_order o
         set printed_on = (${at}::timestamptz at time zone c.time_zone)::date
        from company c
       where o.company_id = ${company} and c.company_id = o.company_id and o.order_id in (select order_id from wanted)`,
  );
}

import { sql } from 'kysely';
import {
  decideMerge,
  type MergeCandidate,
  type MergeDecision,
  type OpenSplit,
} from '../../../../domain/merge/decide';
import type { MarkedOrder, OrderKey } from '../../../../domain/order';
import { quantity } from '../../../../domain/quantity';
import { transitions } from '../../../../domain/transitions';
import type { Moment, StoredOutcome } from '../../order-book';
import { BookChanged, execute, rows, uuids, type Queries, type Tx } from '../database';
import {
  holdColumns,
  holdOf,
  lockOrders,
  readHeaders,
  type HoldColumns,
  type StoredOrder,
} from '../lock-orders';
import { lockConstrainedCentres } from '../refresh/bookings';
import type { ChunkEffect } from '../trail';
import { contentHash, putBack } from './divided-rows';
import { mergeReservations } from './merge-reservations';

type HeldOrder = StoredOrder & HoldColumns;

/**
 * Puts split orders of one chunk together again: locks them and their other halves, then the constrained centres; lets the domain judge;
 * gives the first its quantity, lines and days back as they were, and archives the rest with nothing left to make.
 */
export async function mergeChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  const { company } = moment;
  const others = await otherHalves(tx, company, chunk);
  const orders = await lockOrders(tx, company, [...chunk, ...others], holdColumns);
  const decisions = decideMerge(await mergeCandidates(tx, company, chunk, orders));
  const merged = decisions.flatMap(({ split }) => split ?? []);
  if (merged.length > 0) {
    await lockConstrainedCentres(tx, company);
    const idOf = ({ key }: { readonly key: OrderKey }) => orders.get(key)?.id ?? '';
    const rests = merged.map(({ rest }) => idOf(rest));
    await putBack(tx, company, rests, moment);
    await mergeReservations(tx, company, rests);
    await archive(tx, rests, run, moment);
  }
  const outcomes = decisions.map(({ key, refusals, warnings }): StoredOutcome => {
    const result = refusals.length === 0 ? 'merged' : 'refused';
    return { key, result, refusals, warnings, movements: 0 };
  });
  const firsts = merged.flatMap(({ first }) => orders.get(first.key) ?? []);
  return { outcomes, changed: { orders: firsts, event: 'merge', to: null, newVersion: true } };
}

/** The same judgement on a consistent view of the book, for a preview. */
export async function readMerge(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
): Promise<{
  orders: ReadonlyMap<OrderKey, HeldOrder>;
  candidates: readonly MergeCandidate[];
  decisions: readonly MergeDecision[];
}> {
  const others = await otherHalves(db, company, marked);
  const orders = await readHeaders(db, company, [...marked, ...others], holdColumns);
  const candidates = await mergeCandidates(db, company, marked, orders);
  return { orders, candidates, decisions: decideMerge(candidates) };
}

/** Those that are not marked themselves, in no version. */
async function otherHalves(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
): Promise<MarkedOrder[]> {
  const headers = await readHeaders(db, company, marked);
  const splits = await openSplits(
    db,
    company,
    [...headers.values()].map(({ id }) => id),
  );
  const keys = new Set(splits.flatMap(({ firstKey, restKey }) => [firstKey, restKey]));
  return [...keys].filter((key) => !headers.has(key)).map((key) => ({ key, version: 0 }));
}

/** What the rules look at; `orders` are the marked ones with their other halves. Throws {@link BookChanged} when one of those is not among them. */
async function mergeCandidates(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, HeldOrder>,
): Promise<MergeCandidate[]> {
  const splits = await openSplits(
    db,
    company,
    [...orders.values()].map(({ id }) => id),
  );
  const newest = new Map(splits.map((split) => [split.firstKey, split]));
  const ofRest = new Map(splits.map((split) => [split.restKey, split]));
  const half = (key: OrderKey, asLeft: boolean, than: SplitRow) => {
    const order = orders.get(key);
    if (order === undefined) throw new BookChanged('Orders were split while they waited to be merged');
    const later = newest.get(key);
    const splitAgain = later === undefined || later.restKey === than.restKey ? null : later.restKey;
    return { ...order, hold: holdOf(order), asLeft, splitAgain };
  };
  const openOf = (split: SplitRow): OpenSplit => ({
    first: half(split.firstKey, split.firstAsLeft, split),
    rest: half(split.restKey, split.restAsLeft, split),
    whole: quantity(split.whole),
    unit: split.unit,
  });
  return marked.map((mark) => {
    const order = orders.get(mark.key) ?? null;
    const split = newest.get(mark.key) ?? ofRest.get(mark.key);
    return { marked: mark, order, split: order && split ? openOf(split) : null };
  });
}

interface SplitRow {
  readonly firstKey: OrderKey;
  readonly restKey: OrderKey;
  readonly whole: string;
  readonly unit: string;
  readonly firstAsLeft: boolean;
  readonly restAsLeft: boolean;
}

/** The splits these orders were part of and nobody has merged, in the order they were made. */
function openSplits(db: Queries, company: string, ids: readonly string[]): Promise<SplitRow[]> {
  const hashOf = (id: 'order_id' | 'rest_id') => sql`(
    select ${contentHash} from production_order o where o.company_id = s.company_id and o.order_id = s.${sql.ref(id)})`;
  return rows(
    db,
    sql<SplitRow>`
      select f.key_text as "firstKey", r.key_text as "restKey", trim_scale(s.quantity)::text as whole, f.unit,
             s.content_hash = ${hashOf('order_id')} as "firstAsLeft", s.rest_hash = ${hashOf('rest_id')} as "restAsLeft"
        from order_split s
        join production_order f on f.company_id = s.company_id and f.order_id = s.order_id
        join production_order r on r.company_id = s.company_id and r.order_id = s.rest_id
       where s.company_id = ${company} and s.merged_run is null
         and (s.order_id = any(${uuids(ids)}) or s.rest_id = any(${uuids(ids)}))
       order by s.split_at, r.lot`,
  );
}

/** What is left of a rest is its history: nothing to make, and of nothing. */
async function archive(
  tx: Tx,
  rests: readonly string[],
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  const ofRests = sql`company_id = ${company} and order_id = any(${uuids(rests)})`;
  const gone = ['capacity_need', 'order_operation', 'order_material', 'order_line'].map(
    (table) => sql`${sql.ref(`gone_${table}`)} as (delete from ${sql.table(table)} where ${ofRests})`,
  );
  const archived = await execute(
    tx,
    sql`
      with ${sql.join(gone)},
      merged as (
        update order_split set merged_run = ${run}::uuid
         where company_id = ${company} and rest_id = any(${uuids(rests)})),
      audit as (
        insert into audit_event (company_id, order_id, run_id, event, from_state, to_state, version, at, actor)
        select ${company}, order_id, ${run}::uuid, 'merge', ${transitions.merge.from}, ${transitions.merge.to}, version + 1,
               ${at}::timestamptz, ${actor}
          from production_order where ${ofRests})
      update production_order
         set state = ${transitions.merge.to}, quantity = 0, material_lines = 0, operation_lines = 0, no_materials = true,
             starts_at = null, ends_at = null, version = version + 1, changed_at = ${at}::timestamptz, changed_by = ${actor}
       where ${ofRests} and state = ${transitions.merge.from}`,
  );
  if (archived !== rests.length)
    throw new Error(`${rests.length - archived} locked orders were not launched any more`);
}

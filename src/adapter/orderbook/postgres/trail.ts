import { sql } from 'kysely';
import type { OrderKey, OrderState } from '../../../domain/order';
import type { Refusal, RefusalCode } from '../../../domain/refusals';
import { countOutcomes } from '../count-outcomes';
import type { ChunkClaim, Moment, StoredOutcome } from '../order-book';
import { execute, integers, texts, uuids, words, type Tx } from './database';
import type { StoredOrder } from './lock-orders';

/** What a command did to a chunk: the outcome of every order of it, and which orders it changed. */
export interface ChunkEffect {
  readonly outcomes: readonly StoredOutcome[];
  readonly changed: {
    /** As they were locked, before the change. */
    readonly orders: readonly StoredOrder[];
    readonly event: string;
    /** Null where a change leaves the state as it was. */
    readonly to: OrderState | null;
    /** Whether their version rose by one. */
    readonly newVersion: boolean;
    /** Those whose version rose by more, and by how much. */
    readonly rises?: ReadonlyMap<OrderKey, number>;
    /** Why, in the planner's words: of a hold, or of a release that was forced. */
    readonly reason?: string | null;
    /** The refusals that were forced, by order. */
    readonly forced?: ReadonlyMap<OrderKey, readonly RefusalCode[]>;
  } | null;
}

/** How long a run belongs to whoever opened or took it, and again after each chunk. */
export const LEASE = sql`interval '60 seconds'`;

/**
 * Stores, in one statement, what must be known for ever of a performed chunk: an audit entry per changed order, the outcome of
 * every order, and how far the run is. With the last outcome the run is done.
 */
export async function writeTrail(
  tx: Tx,
  effect: ChunkEffect,
  claim: ChunkClaim,
  moment: Moment,
): Promise<void> {
  const { company, at, actor } = moment;
  const { outcomes, changed } = effect;
  const orders = changed?.orders ?? [];
  const { succeeded, refused, skipped, failed } = countOutcomes(outcomes);
  await execute(
    tx,
    sql`
      with audit as (
        insert into audit_event (company_id, order_id, run_id, event, from_state, to_state, version, at, actor, reason, forced)
        select ${company}, e.order_id, ${claim.run}::uuid, ${changed?.event ?? ''}, e.from_state,
               coalesce(${changed?.to ?? null}, e.from_state), e.version, ${at}::timestamptz, ${actor},
               ${changed?.reason ?? null}, string_to_array(e.forced, ' ')
          from unnest(${uuids(orders.map(({ id }) => id))}, ${words(orders.map(({ state }) => state))},
                      ${integers(orders.map(({ key, version }) => version + (changed?.rises?.get(key) ?? (changed?.newVersion ? 1 : 0))))},
                      ${words(changed?.forced ? orders.map(({ key }) => changed.forced?.get(key)?.join(' ') || null) : [])})
               as e(order_id, from_state, version, forced)),
      stored as (
        insert into outcome (company_id, run_id, place, order_key, result, movements, refusals, warnings, at)
        select ${company}, ${claim.run}::uuid, ${claim.from}::int + o.place - 1, o.order_key, o.result, o.movements,
               o.refusals::jsonb, o.warnings::jsonb, ${at}::timestamptz
          from unnest(${words(outcomes.map((o) => o.key))}, ${words(outcomes.map((o) => o.result))}, ${integers(outcomes.map((o) => o.movements))},
                      ${listTexts(outcomes.map((o) => o.refusals))}, ${listTexts(outcomes.map((o) => o.warnings))})
               with ordinality as o(order_key, result, movements, refusals, warnings, place))
      update run
         set done = done + ${outcomes.length}::int, succeeded = succeeded + ${succeeded}::int, refused = refused + ${refused}::int,
             skipped = skipped + ${skipped}::int, failed = failed + ${failed}::int,
             movements = movements + ${outcomes.reduce((sum, { movements }) => sum + movements, 0)}::int,
             lease_until = ${at}::timestamptz + ${LEASE},
             state = case when done + ${outcomes.length}::int = total then 'done' else state end,
             closed_at = case when done + ${outcomes.length}::int = total then ${at}::timestamptz end
       where company_id = ${company} and run_id = ${claim.run}::uuid`,
  );
}

/** Most outcomes have none: null keeps them small, and where none has any, `unnest` makes nulls of an empty array. */
const listTexts = (lists: readonly (readonly Refusal[])[]) =>
  texts(
    lists.every((list) => list.length === 0)
      ? []
      : lists.map((list) => (list.length === 0 ? null : JSON.stringify(list))),
  );

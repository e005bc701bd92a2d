import { sql } from 'kysely';
import type { MarkedOrder } from '../../../domain/order';
import type { ReleasePolicy } from '../../../domain/policy';
import type { Refusal } from '../../../domain/refusals';
import { ClaimLost, type ChunkClaim, type Command, type Moment, type StoredOutcome } from '../order-book';
import { execute, integers, rows, sqlState, texts, transaction, type Database, type Tx } from './database';
import { declare } from './declare';
import { releaseChunk } from './release';
import { restoreChunk } from './restore';

/** How long a run belongs to its holder after each chunk. */
const LEASE = '60 seconds';

export type FailureLog = (message: string, error: unknown) => void;

/**
 * Performs a chunk in one transaction: claim, effect, outcomes. When PostgreSQL refuses it for a reason nobody foresaw, the
 * chunk is rolled back and cut in two, down to the one order that cannot go; that one is reported `failed`, the rest goes
 * through. A lost connection is nobody's fault: it is thrown, and the run is resumed.
 */
export async function perform(
  db: Database,
  command: Command,
  chunk: readonly MarkedOrder[],
  claim: ChunkClaim,
  moment: Moment,
  log: FailureLog,
): Promise<StoredOutcome[]> {
  try {
    return await transaction(db, (tx) => performWhole(tx, command, chunk, claim, moment));
  } catch (error) {
    if (error instanceof ClaimLost || isOutage(error)) throw error;
    const [first] = chunk;
    if (chunk.length === 1 && first) {
      log(`Order ${first.key} could not be performed`, error);
      return transaction(db, (tx) => recordFailure(tx, first, claim, moment));
    }
    const half = Math.ceil(chunk.length / 2);
    const before = await perform(db, command, chunk.slice(0, half), claim, moment, log);
    const after = await perform(
      db,
      command,
      chunk.slice(half),
      { ...claim, from: claim.from + half },
      moment,
      log,
    );
    return [...before, ...after];
  }
}

async function performWhole(
  tx: Tx,
  command: Command,
  chunk: readonly MarkedOrder[],
  claim: ChunkClaim,
  moment: Moment,
): Promise<StoredOutcome[]> {
  const policy = await takeClaim(tx, claim, moment);
  const outcomes = await effect(tx, command, chunk, policy, claim.run, moment);
  await storeOutcomes(tx, outcomes, claim, moment);
  return outcomes;
}

function effect(
  tx: Tx,
  command: Command,
  chunk: readonly MarkedOrder[],
  policy: ReleasePolicy,
  run: string,
  moment: Moment,
): Promise<StoredOutcome[]> {
  switch (command.kind) {
    case 'release':
      return releaseChunk(tx, chunk, policy, command.postingDate, run, moment);
    case 'restore':
      return restoreChunk(tx, chunk, run, moment);
    case 'declare':
      return declare(tx, chunk, command.step, run, moment);
  }
}

async function recordFailure(
  tx: Tx,
  order: MarkedOrder,
  claim: ChunkClaim,
  moment: Moment,
): Promise<StoredOutcome[]> {
  await takeClaim(tx, claim, moment);
  const failed: StoredOutcome = {
    key: order.key,
    result: 'failed',
    refusals: [],
    warnings: [],
    movements: 0,
  };
  await storeOutcomes(tx, [failed], claim, moment);
  return [failed];
}

/**
 * Locks the run – the first lock of every writer – and makes sure the claim holds. Gives the company's policies as they are in
 * this transaction.
 */
async function takeClaim(tx: Tx, claim: ChunkClaim, moment: Moment): Promise<ReleasePolicy> {
  const [held] = await rows(
    tx,
    sql<ReleasePolicy>`
      select c.shortage_policy as shortage, c.reservation_policy as reservation
        from run r join company c using (company_id)
       where r.company_id = ${moment.company} and r.run_id = ${claim.run}::uuid and r.state = 'open'
         and r.holder = ${claim.holder} and r.done = ${claim.from}
         for no key update of r`,
  );
  if (!held)
    throw new ClaimLost(`The run ${claim.run} is not at order ${claim.from} in the hands of ${claim.holder}`);
  return held;
}

/** Stores the outcomes and moves the run on by as many orders; with the last one the run is done. */
async function storeOutcomes(
  tx: Tx,
  outcomes: readonly StoredOutcome[],
  claim: ChunkClaim,
  moment: Moment,
): Promise<void> {
  await execute(
    tx,
    sql`
      insert into outcome (company_id, run_id, place, order_key, result, movements, refusals, warnings)
      select ${moment.company}, ${claim.run}::uuid, o.place, o.order_key, o.result, o.movements,
             o.refusals::jsonb, o.warnings::jsonb
        from unnest(${integers(outcomes.map((_, index) => claim.from + index))}, ${texts(outcomes.map((o) => o.key))},
                    ${texts(outcomes.map((o) => o.result))}, ${integers(outcomes.map((o) => o.movements))},
                    ${texts(outcomes.map((o) => listText(o.refusals)))}, ${texts(outcomes.map((o) => listText(o.warnings)))})
             as o(place, order_key, result, movements, refusals, warnings)`,
  );
  const count = (result: StoredOutcome['result']) =>
    outcomes.filter((outcome) => outcome.result === result).length;
  const refused = count('refused');
  const failed = count('failed');
  await execute(
    tx,
    sql`
      update run
         set done = done + ${outcomes.length}::int, refused = refused + ${refused}::int, failed = failed + ${failed}::int,
             succeeded = succeeded + ${outcomes.length - refused - failed}::int,
             movements = movements + ${outcomes.reduce((sum, { movements }) => sum + movements, 0)}::int,
             lease_until = ${moment.at}::timestamptz + ${LEASE}::interval,
             state = case when done + ${outcomes.length}::int = cardinality(order_keys) then 'done' else state end,
             closed_at = case when done + ${outcomes.length}::int = cardinality(order_keys) then ${moment.at}::timestamptz end
       where company_id = ${moment.company} and run_id = ${claim.run}::uuid`,
  );
}

/** Most outcomes have none: null keeps them small. */
const listText = (list: readonly Refusal[]) => (list.length === 0 ? null : JSON.stringify(list));

/** SQLSTATE classes of a server that is gone, going, or out of resources; no SQLSTATE at all means the connection is. */
const OUTAGE = /^(08|53|57P|58)/;

function isOutage(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return OUTAGE.test(state);
  const system = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^E[A-Z]+$/.test(system) || (error instanceof Error && /connection/i.test(error.message));
}

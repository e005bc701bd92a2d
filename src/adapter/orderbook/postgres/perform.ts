import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { MarkedOrder } from '../../../domain/order';
import { postingDaysOf } from '../../../domain/release/posting-days';
import { ClaimLost, type ChunkClaim, type Command, type Moment, type StoredOutcome } from '../order-book';
import { BookUnreachable } from '../unreachable';
import { rows, transaction, type Database, type Tx } from './database';
import { companyFacts, type CompanyFacts } from './company-facts';
import { changeChunk } from './refresh/change';
import { createChunk } from './create';
import { declare } from './declare';
import { holdChunk } from './hold';
import { printChunk } from './papers/print';
import { tellOfPapersLeftOut } from './papers/scheduling-levels';
import { refreshChunk } from './refresh/refresh';
import { releaseChunk } from './release';
import { reserve } from './reservation/reserve';
import { restoreChunk } from './restore';
import { mergeChunk } from './split/merge';
import { workStep } from './work/work-step';
import { writeTrail, type ChunkEffect } from './trail';

export type FailureLog = (message: string, error: unknown) => void;

/** A claim that PostgreSQL takes back when nothing is heard of the chunk for `silence` milliseconds. */
export interface PassingClaim extends ChunkClaim {
  readonly silence: number;
}

/**
 * Performs a chunk in one transaction: claim, effect, outcomes. When PostgreSQL refuses it for a reason nobody foresaw, the
 * chunk is rolled back and cut in two, down to the one order that cannot go; that one is reported `failed`, the rest goes
 * through. A lost connection is nobody's fault: it is thrown, and the run is resumed.
 */
export async function perform(
  db: Database,
  command: Command,
  chunk: readonly MarkedOrder[],
  claim: PassingClaim,
  moment: Moment,
  log: FailureLog,
): Promise<readonly StoredOutcome[]> {
  try {
    return await transaction(db, (tx) => performWhole(tx, command, chunk, claim, moment));
  } catch (error) {
    if (error instanceof ClaimLost || error instanceof BookUnreachable) throw error;
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
  claim: PassingClaim,
  moment: Moment,
): Promise<readonly StoredOutcome[]> {
  const facts = await takeClaim(tx, claim, withdrawalDays(command, chunk), moment);
  const done = await effect(tx, command, chunk, facts, claim.run, moment);
  await writeTrail(tx, done, claim, moment);
  return done.outcomes;
}

/** The days on which the command may post what these orders withdraw. */
function withdrawalDays(command: Command, chunk: readonly MarkedOrder[]): readonly CalendarDate[] {
  if (command.kind === 'release') return postingDaysOf(command, chunk);
  return command.kind === 'refresh' && command.postingDate !== undefined ? [command.postingDate] : [];
}

async function effect(
  tx: Tx,
  command: Command,
  chunk: readonly MarkedOrder[],
  facts: CompanyFacts,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  switch (command.kind) {
    case 'release':
      return withPapersLeftOut(
        tx,
        command,
        await releaseChunk(tx, chunk, command, facts, run, moment),
        moment,
      );
    case 'restore':
      return restoreChunk(tx, chunk, run, moment);
    case 'merge':
      return mergeChunk(tx, chunk, run, moment);
    case 'hold':
    case 'lift':
      return holdChunk(tx, command, chunk, moment);
    case 'change':
      return changeChunk(tx, chunk, command, run, moment);
    case 'print':
      return printChunk(tx, chunk, command, run, moment);
    case 'reserve':
      return reserve(tx, chunk, command, run, moment);
    case 'work':
      return workStep(tx, chunk, command, facts, run, moment);
    case 'create':
      return createChunk(tx, chunk, command, moment);
    case 'refresh':
      return refreshChunk(tx, chunk, command, facts, run, moment);
    case 'declare':
      return declare(tx, chunk, command, facts, run, moment);
  }
}

async function withPapersLeftOut(
  tx: Tx,
  command: Command,
  done: ChunkEffect,
  { company }: Moment,
): Promise<ChunkEffect> {
  return { ...done, outcomes: await tellOfPapersLeftOut(tx, company, command, done.outcomes) };
}

async function recordFailure(
  tx: Tx,
  order: MarkedOrder,
  claim: PassingClaim,
  moment: Moment,
): Promise<StoredOutcome[]> {
  await takeClaim(tx, claim, [], moment);
  const failed: StoredOutcome = {
    key: order.key,
    result: 'failed',
    refusals: [],
    warnings: [],
    movements: 0,
  };
  await writeTrail(tx, { outcomes: [failed], changed: null }, claim, moment);
  return [failed];
}

/**
 * Locks the run – the first lock of every writer – and makes sure the claim holds. Gives what holds for the company now. A process
 * that is paused in the middle of it, or a network that swallows everything, would keep the orders locked and the run from being
 * taken over: PostgreSQL ends a transaction that falls silent.
 */
async function takeClaim(
  tx: Tx,
  claim: PassingClaim,
  days: readonly CalendarDate[],
  moment: Moment,
): Promise<CompanyFacts> {
  const [held] = await rows(
    tx,
    sql<CompanyFacts>`
      select ${companyFacts(days)}
        from run r join company c using (company_id)
       cross join set_config('idle_in_transaction_session_timeout', ${String(claim.silence)}, true)
       where r.company_id = ${moment.company} and r.run_id = ${claim.run}::uuid and r.state = 'open'
         and r.holder = ${claim.holder} and r.done = ${claim.from}
         for no key update of r`,
  );
  if (!held)
    throw new ClaimLost(`The run ${claim.run} is not at order ${claim.from} in the hands of ${claim.holder}`);
  return held;
}

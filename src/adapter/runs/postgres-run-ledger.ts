import { sql } from 'kysely';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { Instant } from '../../domain/calendar';
import type { MarkedOrder, OrderKey } from '../../domain/order';
import { quantity, type Quantity } from '../../domain/quantity';
import type { WorkStep } from '../../domain/work/work';
import type { OrderChange } from '../../domain/refresh/decide-change';
import type { Duration } from '../../domain/refresh/master-data';
import {
  databaseOf,
  execute,
  integers,
  rows,
  texts,
  words,
  type Queries,
} from '../orderbook/postgres/database';
import { LEASE } from '../orderbook/postgres/trail';
import type { Command } from '../orderbook/order-book';
import { listRuns, readAskedPapers, readOutcomes, readReleased, readRun, runColumns } from './read-runs';
import type { Lapsed, Opened, RunLedger, RunRecord } from './run-ledger';

/** The run ledger in PostgreSQL. `holder` names whoever opens runs through it: one name per process. */
export function createPostgresRunLedger(pool: Pool, holder: string): RunLedger {
  const db = databaseOf(pool);

  const summary = (company: string, run: string) => readRun(db, company, run);

  return {
    async open({ company, actor, key }, bodyHash, plan, at): Promise<Opened> {
      const run = uuidv7();
      // One statement, one commit. A known key inserts nothing; the number it would have taken is left out for ever only when
      // two twins arrive at the same moment.
      const [made] = await rows(
        db,
        sql<RunRecord>`
          with next as (
            update company set last_run = last_run + 1
             where company_id = ${company}
               and not exists (select from run where company_id = ${company} and actor = ${actor} and request_key = ${key})
            returning last_run)
          insert into run (company_id, run_id, number, actor, request_key, body_hash, command, order_keys, versions, state,
                           holder, lease_until, opened_at)
          select ${company}, ${run}::uuid, last_run, ${actor}, ${key}, ${bodyHash}, ${JSON.stringify(plan.command)}::jsonb,
                 ${words(plan.orders.map((order) => order.key))}, ${integers(plan.orders.map((order) => order.version))},
                 'open', ${holder}, ${at}::timestamptz + ${LEASE}, ${at}::timestamptz
            from next
              on conflict (company_id, actor, request_key) do nothing
       returning ${runColumns}`,
      );
      if (made) return { kind: 'opened', run: made, lease: { company, run, holder } };
      const known = await byKey(db, company, actor, key);
      if (!known) throw new RangeError(`Unknown company: ${company}`);
      return openedBefore(known, bodyHash);
    },

    async find({ company, actor, key }, bodyHash) {
      const known = await byKey(db, company, actor, key);
      return known && openedBefore(known, bodyHash);
    },

    async endLeases(ended, at) {
      const holders = await rows(
        db,
        sql<{ holder: string }>`
          select distinct holder from run where state = 'open' and lease_until > ${at}::timestamptz`,
      );
      const gone = holders.map((open) => open.holder).filter(ended);
      if (gone.length === 0) return;
      await execute(
        db,
        sql`
          update run set lease_until = ${at}::timestamptz
           where (company_id, run_id) in (
                   select company_id, run_id from run where state = 'open' and holder = any(${texts(gone)})
                      for update skip locked)`,
      );
    },

    async takeLapsed(by, at): Promise<Lapsed | undefined> {
      const [taken] = await rows(
        db,
        sql<LapsedRow>`
          update run set holder = ${by}, lease_until = ${at}::timestamptz + ${LEASE}
           where (company_id, run_id) = (
                   select company_id, run_id from run where state = 'open' and lease_until <= ${at}::timestamptz and command->>'kind' <> 'import'
                    order by lease_until limit 1 for update skip locked)
       returning company_id as company, run_id as run, actor, command, order_keys as keys, versions, done`,
      );
      return taken && lapsed(taken, by);
    },

    async cancel(company, run, at) {
      await execute(
        db,
        sql`
          update run set state = 'cancelled', closed_at = ${at}::timestamptz
           where company_id = ${company} and run_id = ${run}::uuid and state = 'open'`,
      );
      return summary(company, run);
    },

    async close({ company, run }) {
      const done = await summary(company, run);
      if (done?.state === 'open') throw new Error(`The run ${done.number} has orders without outcome`);
      if (!done) throw new Error(`There is no run ${run}`);
      return done;
    },

    async letGo({ company, run, holder: by }, at: Instant) {
      await execute(
        db,
        sql`
          update run set lease_until = ${at}::timestamptz
           where company_id = ${company} and run_id = ${run}::uuid and holder = ${by} and state = 'open'`,
      );
    },

    summary,

    list: (company, query, page) => listRuns(db, company, query, page),
    outcomes: (company, run, page, results) => readOutcomes(db, company, run, page, results),
    released: (company, run) => readReleased(db, company, run),
    askedPapers: (company, run) => readAskedPapers(db, company, run),
  };
}

interface StoredRun extends RunRecord {
  readonly bodyHash: string;
}

async function byKey(
  db: Queries,
  company: string,
  actor: string,
  key: string,
): Promise<StoredRun | undefined> {
  const [found] = await rows(
    db,
    sql<StoredRun>`
      select ${runColumns}, body_hash as "bodyHash" from run
       where company_id = ${company} and actor = ${actor} and request_key = ${key}`,
  );
  return found;
}

function openedBefore({ bodyHash: storedHash, ...run }: StoredRun, bodyHash: string): Opened {
  if (storedHash !== bodyHash) return { kind: 'otherBody' };
  return { kind: run.state === 'open' ? 'inFlight' : 'replay', run };
}

interface LapsedRow {
  readonly company: string;
  readonly run: string;
  readonly actor: string;
  readonly command: Command;
  readonly keys: readonly OrderKey[];
  readonly versions: readonly number[];
  readonly done: number;
}

function lapsed(row: LapsedRow, holder: string): Lapsed {
  const orders = row.keys.map((key, index): MarkedOrder => ({ key, version: row.versions[index] ?? 0 }));
  return {
    lease: { company: row.company, run: row.run, holder },
    plan: { command: withQuantities(row.command), orders },
    done: row.done,
    actor: row.actor,
  };
}

/** A stored command has its quantities as text. */
function withQuantities(command: Command): Command {
  if (command.kind === 'change') return { ...command, change: changeWithQuantities(command.change) };
  if (command.kind === 'work') return { ...command, step: stepWithQuantity(command.step) };
  if (command.kind !== 'declare' || command.step.step !== 'open') return command;
  const { step } = command;
  return {
    ...command,
    step: { ...step, quantity: quantity(String(step.quantity)), scrap: quantity(String(step.scrap)) },
  };
}

const again = (value: Quantity): Quantity => quantity(String(value));

function stepWithQuantity(step: WorkStep): WorkStep {
  return {
    ...step,
    ...('quantity' in step && step.quantity && { quantity: again(step.quantity) }),
    ...('lots' in step &&
      step.lots && { lots: step.lots.map((part) => ({ ...part, quantity: again(part.quantity) })) }),
  };
}
const lasting = ({ time, unit }: Duration): Duration => ({ time: again(time), unit });

function changeWithQuantities(change: OrderChange): OrderChange {
  if (change.part === 'operation') {
    const { setup, run, wait, move, lotSize } = change.edit;
    const edit = {
      ...change.edit,
      ...(setup && { setup: lasting(setup) }),
      ...(run && { run: lasting(run) }),
      ...(wait && { wait: lasting(wait) }),
      ...(move && { move: lasting(move) }),
      ...(lotSize && { lotSize: again(lotSize) }),
    };
    return { ...change, edit };
  }
  const { quantity: need, quantityPer, scrap } = change.edit;
  const edit = {
    ...change.edit,
    ...(need && { quantity: again(need) }),
    ...(quantityPer && { quantityPer: again(quantityPer) }),
    ...(scrap && { scrap: again(scrap) }),
  };
  return { ...change, edit };
}

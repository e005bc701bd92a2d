import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Instant } from '../../../../domain/calendar';
import type { ImportProgress } from '../../../../contract/imports';
import { ImportCancelled, type ImportRecord, type Report } from '../../importer';
import type { PlantDescription } from '../../plant-folder';
import { execute, rows, texts, transaction, type Database, type Queries, type Tx } from '../database';
import { LEASE } from '../trail';
import { claimCompany, lockCompany } from './import-company';

/** The run of an import, and who works on it. */
export interface ImportLease {
  readonly company: string;
  readonly run: string;
  readonly holder: string;
}

const record = sql`
  run_id as id, number, company_id as company, state, actor, opened_at as "openedAt", closed_at as "closedAt",
  case when state = 'open' then report->'progress' end as progress, report->'report' as report`;

export async function readImport(
  db: Queries,
  company: string,
  run: string,
): Promise<ImportRecord | undefined> {
  const [found] = await rows(
    db,
    sql<ImportRecord>`
      select ${record} from run
       where company_id = ${company} and run_id = ${run}::uuid and command->>'kind' = 'import'`,
  );
  return found;
}

export type Opening =
  | { readonly kind: 'opened'; readonly run: ImportRecord }
  /** The key has opened this one before. */
  | { readonly kind: 'before'; readonly run: ImportRecord; readonly bodyHash: string }
  /** Another import of the company is at work. */
  | { readonly kind: 'running'; readonly run: ImportRecord };

/** What an import begins with. */
export interface ImportAsked {
  readonly plant: PlantDescription;
  readonly holder: string;
  readonly actor: string;
  readonly key: string;
  readonly bodyHash: string;
}

/**
 * Commits the run of an import, the first thing an import does; makes its company where it is not there yet. A company has one open
 * import at a time: whoever opens one holds the company's row until it is committed.
 */
export async function openImport(db: Database, asked: ImportAsked, at: Instant): Promise<Opening> {
  const { plant, actor, key } = asked;
  return transaction(db, async (tx) => {
    await lockCompany(tx, plant, at);
    const [before] = await rows(
      tx,
      sql<ImportRecord & { readonly bodyHash: string }>`
        select ${record}, body_hash as "bodyHash" from run
         where company_id = ${plant.company} and actor = ${actor} and request_key = ${key}`,
    );
    if (before) {
      const { bodyHash, ...run } = before;
      return { kind: 'before', run, bodyHash };
    }
    const [running] = await rows(
      tx,
      sql<ImportRecord>`
        select ${record} from run
         where company_id = ${plant.company} and state = 'open' and command->>'kind' = 'import'`,
    );
    if (running) return { kind: 'running', run: running };
    await claimCompany(tx, plant, at);
    return { kind: 'opened', run: await insertRun(tx, asked, at) };
  });
}

async function insertRun(
  tx: Tx,
  { plant: { company }, holder, actor, key, bodyHash }: ImportAsked,
  at: Instant,
): Promise<ImportRecord> {
  const [opened] = await rows(
    tx,
    sql<ImportRecord>`
      with next as (update company set last_run = last_run + 1 where company_id = ${company} returning last_run)
      insert into run (company_id, run_id, number, actor, request_key, body_hash, command, order_keys, versions, state, holder,
                       lease_until, opened_at)
      select ${company}, ${uuidv7()}::uuid, last_run, ${actor}, ${key}, ${bodyHash}, '{"kind":"import"}'::jsonb, '{}', '{}', 'open',
             ${holder}, ${at}::timestamptz + ${LEASE}, ${at}::timestamptz
        from next
   returning ${record}`,
  );
  if (!opened) throw new Error(`The import of ${company} could not be opened`);
  return opened;
}

/** Cancels an open import. One that writes has locked its run, which is left as it is. */
export async function cancelImport(db: Database, company: string, run: string, at: Instant): Promise<void> {
  await execute(
    db,
    sql`
      update run set state = 'cancelled', closed_at = ${at}::timestamptz
       where company_id = ${company} and run_id = (
               select run_id from run where company_id = ${company} and run_id = ${run}::uuid and state = 'open'
                  for no key update skip locked)`,
  );
}

const isOurs = ({ company, run, holder }: ImportLease) => sql`
  company_id = ${company} and run_id = ${run}::uuid and holder = ${holder} and state = 'open'`;

/** Says how far the import is and keeps its lease; false when it was cancelled. */
export async function reportProgress(
  db: Database,
  lease: ImportLease,
  progress: ImportProgress | null,
  at: Instant,
): Promise<boolean> {
  const held = await execute(
    db,
    sql`
      update run set lease_until = ${at}::timestamptz + ${LEASE},
                     report = jsonb_build_object('progress', ${JSON.stringify(progress)}::jsonb)
       where ${isOurs(lease)}`,
  );
  return held === 1;
}

/** Locks the run until the transaction ends: from here on it cannot be cancelled. Throws {@link ImportCancelled}. */
export async function lockImport(tx: Tx, lease: ImportLease): Promise<void> {
  const held = await rows(tx, sql`select 1 as held from run where ${isOurs(lease)} for no key update`);
  if (held.length === 0) throw new ImportCancelled();
}

/** Ends an open import with its report. */
export async function closeImport(
  db: Queries,
  lease: ImportLease,
  report: Report,
  counts: { readonly orders: number; readonly changed: number },
  at: Instant,
): Promise<void> {
  const kept = JSON.stringify({ report, ...counts });
  await execute(
    db,
    sql`
      update run set state = ${report.result === 'cancelled' ? 'cancelled' : 'done'}, closed_at = ${at}::timestamptz,
                     report = ${kept}::jsonb
       where ${isOurs(lease)}`,
  );
}

/** Cancels open imports whose holder has ended or let the lease lapse. What a working one has locked is left to it. */
export async function cancelAbandoned(
  db: Database,
  ended: (holder: string) => boolean,
  at: Instant,
): Promise<void> {
  const open = await rows(
    db,
    sql<{ holder: string; lapsed: boolean }>`
      select distinct holder, lease_until <= ${at}::timestamptz as lapsed from run
       where state = 'open' and command->>'kind' = 'import'`,
  );
  const gone = open.filter(({ holder, lapsed }) => lapsed || ended(holder)).map(({ holder }) => holder);
  if (gone.length === 0) return;
  await execute(
    db,
    sql`
      update run set state = 'cancelled', closed_at = ${at}::timestamptz
       where (company_id, run_id) in (
               select company_id, run_id from run
                where state = 'open' and command->>'kind' = 'import' and holder = any(${texts(gone)})
                  and (lease_until <= ${at}::timestamptz or holder = any(${texts(gone.filter(ended))}))
                  for no key update skip locked)`,
  );
}

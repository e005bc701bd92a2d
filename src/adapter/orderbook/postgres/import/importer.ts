import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Pool } from 'pg';
import type { Instant } from '../../../../domain/calendar';
import {
  ImportCancelled,
  type Importer,
  type ImportRecord,
  type ImportRequest,
  type Report,
  type Watch,
} from '../../importer';
import { openPlantFolder, type PlantFolder } from '../../plant-folder';
import { databaseOf, execute, type Database } from '../database';
import { Heartbeat } from './heartbeat';
import { countsOf, importPlant, type PlantImport } from './import-plant';
import {
  cancelAbandoned,
  cancelImport,
  closeImport,
  openImport,
  readImport,
  reportProgress,
  type ImportLease,
} from './import-run';

export interface ImporterOptions {
  readonly pool: Pool;
  /** Names this process in the runs it works on. */
  readonly holder: string;
  readonly clock: () => Instant;
  /** Whether the process of a holder has ended for good. */
  readonly hasEnded: (holder: string) => boolean;
  readonly log: { error(fields: object, message: string): void };
}

/** How often abandoned imports are looked for, in milliseconds. */
const LOOK_EVERY = 30_000;
/** Orders that make it worth while to tell the database at once how much there is now. */
const MANY = 1000;

/** Imports into the order book in PostgreSQL. */
export function createImporter(options: ImporterOptions): Importer {
  const { pool, holder, clock, hasEnded, log } = options;
  const db = databaseOf(pool);
  const stopping = new AbortController();
  const jobs = new Set<Promise<unknown>>();
  /** The imports of this process that are at work, by their runs. */
  const working = new Map<string, { readonly stop: AbortController; readonly ended: Promise<unknown> }>();
  let timer: NodeJS.Timeout | undefined;

  function watched({ signal, onProgress }: Watch): Watch {
    return { signal: anyOf(stopping.signal, signal), onProgress };
  }

  /**
   * Does the work of an opened import and ends its run, however it goes. Goes by what the run says then: a connection may be lost when
   * all of it has been committed.
   */
  async function work(
    lease: ImportLease,
    plant: Omit<PlantImport, 'heartbeat' | 'lease'>,
    watch: Watch,
  ): Promise<ImportRecord> {
    const heartbeat = new Heartbeat(watched(watch), (progress) =>
      reportProgress(db, lease, progress, clock()),
    );
    let failure: Error | undefined;
    try {
      const report = await importPlant(pool, { ...plant, lease, heartbeat });
      await closeImport(db, lease, report, countsOf(report.files), clock());
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      await heartbeat.stop();
      const none: Report = { ...emptyReport(lease.company), result: 'cancelled' };
      await closeImport(db, lease, none, { orders: 0, changed: 0 }, clock());
    } finally {
      await heartbeat.stop();
    }
    const ended = await readImport(db, lease.company, lease.run);
    if (!ended) throw new Error(`There is no import ${lease.run}`);
    if (failure !== undefined && !(failure instanceof ImportCancelled) && ended.state !== 'done')
      throw failure;
    if (ended.report && countsOf(ended.report.files).changed > MANY) {
      await analyze(db).catch((error: unknown) => log.error({ err: error }, 'tables not analyzed'));
    }
    return ended;
  }

  function following<T>(job: Promise<T>): Promise<T> {
    jobs.add(job);
    const forget = (): void => void jobs.delete(job);
    job.then(forget, forget);
    return job;
  }

  return {
    async begin(request, key, bodyHash, watch = {}) {
      const folder = await openPlantFolder(request.folder, request.company);
      const at = clock();
      // Those that nobody works on any more need not be waited for.
      await cancelAbandoned(db, hasEnded, at);
      const asked = { plant: folder.description, holder, actor: request.actor, key, bodyHash };
      const opening = await openImport(db, asked, at);
      if (opening.kind === 'before') {
        return opening.bodyHash === bodyHash ? { kind: 'before', run: opening.run } : { kind: 'otherBody' };
      }
      if (opening.kind === 'running') return opening;
      const { run } = opening;
      const stop = new AbortController();
      const ended = work(
        { company: run.company, run: run.id, holder },
        { ...planOf(folder, request, at, clock), id: run.id },
        { ...watch, signal: anyOf(stop.signal, watch.signal) },
      );
      working.set(run.id, { stop, ended });
      return { kind: 'opened', run, ended: following(ended.finally(() => working.delete(run.id))) };
    },

    async dryRun(request, watch = {}) {
      const folder = await openPlantFolder(request.folder, request.company);
      const at = clock();
      const plant = { ...planOf(folder, request, at, clock), id: randomUUID(), lease: undefined };
      const heartbeat = new Heartbeat(watched(watch), async () => true);
      return following(importPlant(pool, { ...plant, heartbeat }).finally(() => heartbeat.stop()));
    },

    read: (company, run) => readImport(db, company, run),

    async cancel(company, run) {
      const ours = working.get(run);
      ours?.stop.abort();
      if (ours) await ours.ended.catch(() => undefined);
      else await cancelImport(db, company, run, clock());
      return readImport(db, company, run);
    },

    start() {
      const look = (): void => {
        cancelAbandoned(db, hasEnded, clock()).catch((error: unknown) =>
          log.error({ err: error }, 'abandoned imports not looked for'),
        );
      };
      look();
      timer = setInterval(look, LOOK_EVERY);
      timer.unref();
    },

    async shutdown() {
      clearInterval(timer);
      stopping.abort();
      await Promise.allSettled(jobs);
    },
  };
}

function planOf(folder: PlantFolder, request: ImportRequest, at: Instant, clock: () => Instant) {
  const moment = { company: folder.description.company, actor: request.actor, at };
  return { folder, moment, clock, firstLoad: request.firstLoad === true };
}

const anyOf = (own: AbortSignal, given: AbortSignal | undefined): AbortSignal =>
  given ? AbortSignal.any([own, given]) : own;

const emptyReport = (company: string): Report => ({
  company,
  dryRun: false,
  result: 'unchanged',
  files: [],
  errors: { count: 0, items: [] },
});

async function analyze(db: Database): Promise<void> {
  for (const table of [
    'production_order',
    'order_material',
    'order_operation',
    'declaration',
    'movement',
    'movement_record',
    'record_counter',
    'stock',
    'item',
  ]) {
    // Where another import does it at this moment, it is done.
    await execute(db, sql`analyze (skip_locked) ${sql.table(table)}`);
  }
}

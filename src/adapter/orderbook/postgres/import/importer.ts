import { sql } from 'kysely';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
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
import { databaseOf, execute, transaction, type Database } from '../database';
import { Heartbeat } from './heartbeat';
import { ensureCompany } from './import-company';
import { countsOf, importPlant, type PlantImport } from './import-plant';
import {
  cancelAbandoned,
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
  let timer: NodeJS.Timeout | undefined;

  function watched({ signal, onProgress }: Watch): Watch {
    return { signal: signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal, onProgress };
  }

  /** Does the work of an opened import and ends its run, however it goes. */
  async function work(
    lease: ImportLease,
    plant: Omit<PlantImport, 'heartbeat'>,
    watch: Watch,
  ): Promise<ImportRecord> {
    const heartbeat = new Heartbeat(watched(watch), (progress) =>
      reportProgress(db, lease, progress, clock()),
    );
    try {
      const report = await importPlant(pool, { ...plant, heartbeat });
      await closeImport(db, lease, report, countsOf(report.files), clock());
      if (countsOf(report.files).changed > MANY) await analyze(db);
    } catch (error) {
      await heartbeat.stop();
      const none: Report = { ...emptyReport(lease.company), result: 'cancelled' };
      await closeImport(db, lease, none, { orders: 0, changed: 0 }, clock());
      if (!(error instanceof ImportCancelled)) throw error;
    } finally {
      await heartbeat.stop();
    }
    const ended = await readImport(db, lease.company, lease.run);
    if (!ended) throw new Error(`There is no import ${lease.run}`);
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
      const { company } = folder.description;
      await transaction(db, (tx) => ensureCompany(tx, folder.description, at));
      const { opened, before } = await openImport(db, { company, holder }, request.actor, key, bodyHash, at);
      if (before) {
        const { bodyHash: hash, ...run } = before;
        return hash === bodyHash ? { kind: 'before', run } : { kind: 'otherBody' };
      }
      if (!opened) throw new Error(`The import of ${company} could not be opened`);
      const lease = { company, run: opened.id, holder };
      const plant = { ...planOf(folder, request, at, clock), id: opened.id, lease };
      return { kind: 'opened', run: opened, ended: following(work(lease, plant, watch)) };
    },

    async dryRun(request, watch = {}) {
      const folder = await openPlantFolder(request.folder, request.company);
      const at = clock();
      const plant = { ...planOf(folder, request, at, clock), id: uuidv7(), lease: undefined };
      const heartbeat = new Heartbeat(watched(watch), async () => true);
      return following(importPlant(pool, { ...plant, heartbeat }).finally(() => heartbeat.stop()));
    },

    read: (company, run) => readImport(db, company, run),

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
    await execute(db, sql`analyze ${sql.table(table)}`);
  }
}

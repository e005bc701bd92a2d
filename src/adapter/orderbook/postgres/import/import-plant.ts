import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { addDays, type Instant } from '../../../../domain/calendar';
import type { FileReport } from '../../../../contract/imports';
import { Faults } from '../../import/import-errors';
import { plantFileNames, type PlantFile } from '../../import-format';
import type { Report } from '../../importer';
import type { Moment } from '../../order-book';
import type { PlantDescription, PlantFolder } from '../../plant-folder';
import { execute, transaction, type Tx } from '../database';
import { checkKeys, checkReferences } from './check-references';
import { checkRules } from './check-rules';
import type { Heartbeat } from './heartbeat';
import { ensureCompany, makeReady, takeTurn } from './import-company';
import { closeImport, lockImport, type ImportLease } from './import-run';
import { onOneConnection } from './one-connection';
import { countActions, lockUpdated, ours, planOrders } from './plan-orders';
import { stageFiles } from './stage-files';
import type { Staging } from './staged';
import { fileRecords, postMovements } from './write-movements';
import { writeOrders } from './write-orders';
import { writeRows, type Written } from './write-rows';
import { takeStock, writeReservations } from './write-stock';

export interface PlantImport {
  readonly folder: PlantFolder;
  /** Names the staged rows; the run's id where there is one. */
  readonly id: string;
  readonly moment: Moment;
  /** Tells when it ends. */
  readonly clock: () => Instant;
  /** Undefined for a dry run: nothing is kept then. */
  readonly lease: ImportLease | undefined;
  readonly firstLoad: boolean;
  readonly heartbeat: Heartbeat;
}

/** Ends the transaction with nothing written. */
class RolledBack extends Error {
  constructor(readonly report: Report) {
    super('rolled back');
  }
}

/**
 * Imports a plant folder in one transaction: reads the files into staging rows, checks them as sets, writes what is new or differs.
 * Lock order, as of every writer: the run, then orders by id, stock by key, record counters by warehouse; before them all the turn of
 * the company's imports, which nobody else asks for. Gives the report; one with errors or of a dry run has written nothing.
 */
export async function importPlant(pool: Pool, plant: PlantImport): Promise<Report> {
  try {
    return await onOneConnection(pool, (db, client) =>
      transaction(db, (tx) => importInto(tx, client, plant)),
    );
  } catch (error) {
    if (error instanceof RolledBack) return error.report;
    throw error;
  }
}

async function importInto(tx: Tx, client: PoolClient, plant: PlantImport): Promise<Report> {
  const { folder, moment, clock, lease, heartbeat } = plant;
  const staging: Staging = { company: moment.company, id: plant.id };
  // A dry run of a new plant makes its company for as long as it lasts.
  if (!lease) await ensureCompany(tx, folder.description, moment.at);
  const { ready, movedDays } = await takeTurn(tx, moment.company);
  if (plant.firstLoad && ready) throw new RolledBack(reportOf(plant, 'cancelled', []));

  const faults = new Faults();
  for (const fault of folder.faults) faults.add(fault);
  const staged = await stageFiles(folder.files, {
    client,
    staging,
    writing: { decimal: folder.description.decimal, movedDays },
    faults,
    onRows: (file, count) => heartbeat.at({ file, rows: count }),
    starts: plant.firstLoad ? startsOf(folder.description) : undefined,
  });
  const files = new Set(staged.keys());
  heartbeat.check();
  await checkKeys(tx, files, staging, faults);
  await checkReferences(tx, files, staging, faults);
  heartbeat.check();
  await checkRules(tx, files, staging, faults);
  if (faults.count > 0)
    throw new RolledBack(reportOf(plant, 'refused', fileReports(staged, new Map()), faults));

  await heartbeat.stop();
  heartbeat.check();
  if (lease) await lockImport(tx, lease);
  const written = await write(tx, files, staging, plant);
  const reports = fileReports(staged, written);
  const changed = reports.some(({ added, updated, removed }) => added + updated + removed > 0);
  const report = reportOf(plant, changed ? 'imported' : 'unchanged', reports);
  if (!lease) throw new RolledBack(report);
  await clearStaging(tx, staging);
  await closeImport(tx, lease, report, countsOf(reports), clock());
  return report;
}

/** The days of the files' calendar on which the orders of the first load start. */
function startsOf({ cutOff, firstLoad }: PlantDescription) {
  if (cutOff === undefined || firstLoad === undefined) return undefined;
  return { first: addDays(cutOff, -firstLoad.daysBefore), last: addDays(cutOff, firstLoad.daysAfter) };
}

/** Writes what is new or differs, in the lock order. */
async function write(
  tx: Tx,
  files: ReadonlySet<PlantFile>,
  staging: Staging,
  { folder, moment, lease }: PlantImport,
): Promise<ReadonlyMap<PlantFile, Partial<FileReport>>> {
  const { timeZone } = folder.description;
  await makeReady(tx, folder.description);
  const written = new Map<PlantFile, Partial<FileReport>>(await writeRows(tx, files, staging));
  await planOrders(tx, staging);
  await lockUpdated(tx, staging);
  const actions = await countActions(tx, staging);
  const count = (action: string): number => actions.get(action) ?? 0;
  written.set('orders', {
    added: count('add'),
    updated: count('update'),
    kept: count('begun') + count('restored'),
    unchanged: count('unchanged'),
  });
  const lines = await writeOrders(tx, staging, files, timeZone, moment, lease?.run);
  if (files.has('reservations')) written.set('reservations', await writeReservations(tx, staging));
  const movements = files.has('movements') ? await postMovements(tx, staging) : 0;
  const opened = await takeStock(tx, staging);
  if (movements > 0) await fileRecords(tx, staging, timeZone, moment);
  return written
    .set('order_materials', { added: lines.materials })
    .set('order_operations', { added: lines.operations })
    .set('declarations', { added: lines.declarations })
    .set('stock', { added: opened, unchanged: 0 })
    .set('movements', { added: movements });
}

async function clearStaging(tx: Tx, staging: Staging): Promise<void> {
  await execute(tx, sql`delete from import_row where ${ours(staging)}`);
  await execute(tx, sql`delete from import_order where ${ours(staging)}`);
}

function fileReports(
  staged: ReadonlyMap<PlantFile, number>,
  written: ReadonlyMap<PlantFile, Partial<FileReport> | Written>,
): FileReport[] {
  return [...staged].map(([file, count]) => {
    const known: Partial<FileReport> = written.get(file) ?? {};
    const { added = 0, updated = 0, removed = 0 } = known;
    const rest = written.has(file) ? count - added - updated : 0;
    const unchanged = known.unchanged ?? rest;
    return { file, rows: count, added, updated, unchanged, removed, kept: known.kept ?? rest - unchanged };
  });
}

function reportOf(
  { folder, lease }: PlantImport,
  result: Report['result'],
  files: readonly FileReport[],
  faults = new Faults(),
): Report {
  const errors = { count: faults.count, items: faults.listed(plantFileNames) };
  return { company: folder.description.company, dryRun: lease === undefined, result, files, errors };
}

/** What lists of runs show of an import. */
export function countsOf(reports: readonly FileReport[]): {
  readonly orders: number;
  readonly changed: number;
} {
  const orders = reports.find(({ file }) => file === 'orders');
  return { orders: orders?.rows ?? 0, changed: (orders?.added ?? 0) + (orders?.updated ?? 0) };
}

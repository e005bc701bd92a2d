import type { Pool, PoolClient } from 'pg';
import { addDays, type Instant } from '../../../../domain/calendar';
import type { FileReport } from '../../../../contract/imports';
import { Faults } from '../../import/import-errors';
import { Allowance } from '../../import/read-csv';
import { plantFileNames, type PlantFile } from '../../import-format';
import type { Report } from '../../importer';
import type { Moment } from '../../order-book';
import type { PlantDescription, PlantFolder } from '../../plant-folder';
import { snapshotWithTables, transaction, type Tx } from '../database';
import { checkKeys, checkReferences } from './check-references';
import { checkRules } from './check-rules';
import { countChanges, fileReport } from './count-changes';
import type { Heartbeat } from './heartbeat';
import { importedCompany, makeReady, type ImportedCompany } from './import-company';
import { closeImport, lockImport, type ImportLease } from './import-run';
import { itemsInUse } from './items-in-use';
import { onOneConnection } from './one-connection';
import { lockUpdated, planOrders } from './plan-orders';
import { stageFiles, type StagedFile } from './stage-files';
import type { Staging } from './staged';
import { dropStaging, makeStaging } from './staging-tables';
import { fileRecords, postMovements } from './write-movements';
import { writeOrders } from './write-orders';
import { writeRows } from './write-rows';
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
 * Imports a plant folder in one transaction: reads the files into staging tables, checks them as sets, compares, writes what is new or
 * differs. Lock order, as of every writer: the run, then orders by id, stock by key, record counters by warehouse, and last its company; nothing is locked
 * before everything has been checked. A dry run looks at one snapshot and locks nothing at all. Gives the report; one with errors or of a
 * dry run has written nothing.
 */
export async function importPlant(pool: Pool, plant: PlantImport): Promise<Report> {
  const inTransaction = plant.lease ? transaction : snapshotWithTables;
  try {
    return await onOneConnection(pool, (db, client) =>
      inTransaction(db, (tx) => importInto(tx, client, plant)),
    );
  } catch (error) {
    if (error instanceof RolledBack) return error.report;
    throw error;
  }
}

async function importInto(tx: Tx, client: PoolClient, plant: PlantImport): Promise<Report> {
  const { moment, clock, lease, heartbeat } = plant;
  const staging: Staging = { company: moment.company, id: plant.id };
  const { company, faults, read } = await readAndCheck(tx, client, plant, staging);
  if (plant.firstLoad && company.ready) throw new RolledBack(reportOf(plant, 'cancelled', []));
  if (faults.count > 0) throw new RolledBack(refusal(plant, read, faults));

  const files = new Set(read.keys());
  heartbeat.at({ step: 'comparing', file: 'orders', rows: 0 });
  if (lease) {
    await heartbeat.last({ step: 'writing', file: 'plant.json', rows: 0 });
    await lockImport(tx, lease);
  }
  await planOrders(tx, staging);
  if (lease) {
    await lockUpdated(tx, staging);
    // What was released while this import waited for its locks may be of items that nobody used before.
    await checkRules(tx, files, staging, faults, heartbeat.on('checking'), itemsInUse);
    if (faults.count > 0) throw new RolledBack(refusal(plant, read, faults));
  }
  const reports = [
    ofDescription(company),
    ...(await countChanges(tx, read, staging, heartbeat.on('comparing'))),
  ];
  const changed = reports.some(({ added, updated, removed }) => added + updated + removed > 0);
  const report = reportOf(plant, changed ? 'imported' : 'unchanged', reports);
  if (!lease) throw new RolledBack(report);
  if (changed) await write(tx, files, staging, plant, lease);
  await dropStaging(tx, staging);
  await closeImport(tx, lease, report, countsOf(reports), clock());
  heartbeat.check();
  return report;
}

interface Checked {
  readonly company: ImportedCompany;
  readonly faults: Faults;
  readonly read: ReadonlyMap<PlantFile, StagedFile>;
}

/** Reads the files into staging tables and finds everything that is wrong with them. Locks nothing. */
async function readAndCheck(
  tx: Tx,
  client: PoolClient,
  { folder, moment, firstLoad, heartbeat }: PlantImport,
  staging: Staging,
): Promise<Checked> {
  const company = await importedCompany(tx, folder.description, moment.at);
  const faults = new Faults();
  if (firstLoad && company.ready) return { company, faults, read: new Map() };
  for (const fault of folder.faults) faults.add(fault);
  await makeStaging(tx, staging);
  const allowance = new Allowance(() => heartbeat.check());
  const read = await stageFiles(tx, folder.files, {
    client,
    staging,
    allowance,
    writing: { decimal: folder.description.decimal, movedDays: company.movedDays },
    faults,
    onRows: (file, rows) => heartbeat.at({ step: 'reading', file, rows }),
    starts: firstLoad ? startsOf(folder.description) : undefined,
  });
  // Of half a folder half would be found to be missing.
  if (allowance.exhausted) return { company, faults, read };
  const files = new Set(read.keys());
  const onFile = heartbeat.on('checking');
  await checkKeys(tx, files, staging, faults, onFile);
  await checkReferences(tx, files, staging, faults, onFile);
  await checkRules(tx, files, staging, faults, onFile);
  return { company, faults, read };
}

/** The days of the files' calendar on which the orders of the first load start. */
function startsOf({ cutOff, firstLoad }: PlantDescription) {
  if (cutOff === undefined || firstLoad === undefined) return undefined;
  return { first: addDays(cutOff, -firstLoad.daysBefore), last: addDays(cutOff, firstLoad.daysAfter) };
}

/** Writes what is new or differs, when the orders are planned and locked: stock by key, record counters and the company follow. */
async function write(
  tx: Tx,
  files: ReadonlySet<PlantFile>,
  staging: Staging,
  { folder, moment, heartbeat }: PlantImport,
  { run }: ImportLease,
): Promise<void> {
  const { timeZone } = folder.description;
  const on = heartbeat.on('writing');
  await writeRows(tx, files, staging, on);
  on('orders');
  await writeOrders(tx, staging, files, timeZone, moment, run);
  on('reservations');
  if (files.has('reservations')) await writeReservations(tx, staging);
  on('movements');
  if (files.has('movements')) await postMovements(tx, staging);
  on('stock');
  await takeStock(tx, staging);
  if (files.has('movements')) await fileRecords(tx, staging, timeZone, moment);
  // Whoever opens a run locks the company's row: last, so that nobody waits for it longer than he must.
  await makeReady(tx, folder.description);
}

/** plant.json as a file of one row: what it says of the company. */
function ofDescription({ ready, renamed }: ImportedCompany): FileReport {
  return fileReport('plant.json', 1, {
    ...{ added: ready ? 0 : 1, updated: ready && renamed ? 1 : 0, removed: 0 },
  });
}

/** Of a folder that is refused nothing is done. */
function refusal(plant: PlantImport, read: Checked['read'], faults: Faults): Report {
  const nothing = { added: 0, updated: 0, unchanged: 0, removed: 0, leftOut: [] };
  const files = [...read].map(([file, { rows }]) => ({ file, rows, ...nothing }));
  return reportOf(plant, 'refused', files, faults);
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

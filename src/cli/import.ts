import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../adapter/embedded-postgres';
import { SetupError } from '../adapter/errors';
import { faultText, runningParams } from '../adapter/import-text';
import { openBook } from '../adapter/main';
import { FolderUnusable } from '../adapter/orderbook/import/import-errors';
import { ImportCancelled, type Importer, type Report } from '../adapter/orderbook/importer';
import { openPlantFolder } from '../adapter/orderbook/plant-folder';
import type { ImportProgress } from '../contract/imports';
import { runCommand, systemTexts, type Context } from './command';
import { findRunningInstance } from './instance';
import { sayReport } from './import-report';
import type { Progress } from './progress';

interface Arguments {
  readonly folder: string;
  readonly company: string | undefined;
  readonly dryRun: boolean;
}

/** `npm run import -- FOLDER`: brings a plant folder into the order book, also beside a running Launchbook. */
async function importFolder(context: Context): Promise<void> {
  const { config, log, stop, closing } = context;
  const given = readArguments();
  if (!config.rights.includes('import')) throw SetupError.of('import-not-allowed');
  const { description } = await openPlantFolder(given.folder, given.company).catch(explained(given.folder));
  const open = await openBook(config.databaseUrl ?? (await embeddedDatabase(context)), log);
  closing.add(() => open.close());
  closing.add(() => open.importer.shutdown());
  stop.throwIfAborted();
  const report = await bring(context, open.importer, given, description.company);
  if (report.result === 'refused' || report.result === 'cancelled') process.exitCode = 1;
}

async function bring(
  { config, progress, stop }: Context,
  importer: Importer,
  { folder, company, dryRun }: Arguments,
  into: string,
): Promise<Report> {
  const request = { folder, company, actor: config.user };
  const watch = {
    signal: stop,
    onProgress: progressLines(progress),
  };
  const started = performance.now();
  progress.say(dryRun ? 'import.checking' : 'import.working', { folder, company: into });
  const report = dryRun ? await checked(importer, request, watch) : await imported(importer, request, watch);
  sayReport(report, (performance.now() - started) / 1000, progress);
  return report;
}

/** Of a dry run that is stopped there is nothing to report. */
async function checked(
  importer: Importer,
  ...[request, watch]: Parameters<Importer['dryRun']>
): Promise<Report> {
  try {
    return await importer.dryRun(request, watch);
  } catch (error) {
    if (!(error instanceof ImportCancelled)) throw error;
    const errors = { count: 0, items: [] };
    return { company: request.company ?? '', dryRun: true, result: 'cancelled', files: [], errors };
  }
}

async function imported(
  importer: Importer,
  ...[request, watch]: Parameters<Importer['dryRun']>
): Promise<Report> {
  const begun = await importer.begin(request, randomUUID(), randomUUID(), watch);
  if (begun.kind === 'running') throw SetupError.of('import-running', runningParams(begun.run));
  if (begun.kind !== 'opened') throw new Error('The key of the import was new');
  const { report } = await begun.ended;
  if (report === null) throw new Error('An import that has ended has a report');
  return report;
}

/** A line when another step begins or another file, and one a second while a file is read; no more than a few a second. */
function progressLines(progress: Progress): (progress: ImportProgress) => void {
  let last = { step: '', file: '', at: -Infinity };
  return ({ step, file, rows }) => {
    const silence = performance.now() - last.at;
    const soon = step !== last.step ? 0 : file !== last.file ? 300 : 1000;
    if (silence < soon || (step === 'reading' && rows === 0)) return;
    last = { step, file, at: performance.now() };
    progress.say(`import.progress.${step}`, { file, rows });
  };
}

/** The database of this data folder: that of a running Launchbook, which stays, or one that is started for the import. */
async function embeddedDatabase({ config, progress, log, closing }: Context): Promise<string> {
  const postgres = await progress.step(
    'start.database.starting',
    () => startEmbeddedPostgres({ dataFolder: config.dataFolder, log }),
    ({ owned }) => ({ key: owned ? 'start.database.ready' : 'start.database.adopted' }),
  );
  // Launchbook may have been started meanwhile: then the server is its.
  closing.add(async () => (await findRunningInstance(config.dataFolder)) ?? postgres.stop());
  return postgres.connectionString;
}

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({
      options: { 'dry-run': { type: 'boolean' }, company: { type: 'string' } },
      allowPositionals: true,
    });
    const [folder, ...more] = positionals;
    if (folder !== undefined && more.length === 0) {
      return { folder: path.resolve(folder), company: values.company, dryRun: values['dry-run'] === true };
    }
  } catch (cause) {
    throw SetupError.of('import-usage', {}, { cause });
  }
  throw SetupError.of('import-usage');
}

/** Says in a sentence why a folder cannot be used. */
const explained = (folder: string) => (error: unknown) => {
  if (!(error instanceof FolderUnusable)) throw error;
  const { text } = systemTexts();
  throw SetupError.of('import-folder', { folder, message: faultText(error.fault, text) }, { cause: error });
};

void runCommand({ failed: 'import.failed', run: importFolder });

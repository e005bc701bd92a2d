import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { FastifyInstance } from 'fastify';
import pino, { type Logger } from 'pino';
import { version } from '../../package.json';
import { defaultDataFolder, readConfig, type Config } from '../adapter/config';
import { startEmbeddedPostgres } from '../adapter/embedded-postgres';
import { SetupError } from '../adapter/errors';
import { serveAddin } from '../adapter/http/addin-files';
import { openBook, serve, type OpenBook } from '../adapter/main';
import { loadPlant } from '../adapter/orderbook/postgres/load-plant';
import { textsIn } from '../adapter/texts';
import { dayIn, instant } from '../domain/calendar';
import { languageOf } from '../language/text';
import { workbench } from '../workbench/serve';
import { Closing } from './closing';
import { findRunningInstance, forgetInstance, recordInstance } from './instance';
import { openBrowser } from './open-browser';
import { buildPages, pagesFolder, stalePages } from './pages';
import { createProgress, type Progress } from './progress';
import { sentencesOf } from './sentences';
import { stopSignal } from './stop-signal';

const PROJECT = path.resolve(__dirname, '../..');
const SAMPLE_PLANT = path.join(PROJECT, 'data/adventureworks');

/** What everything below needs. */
interface Start {
  readonly config: Config;
  readonly progress: Progress;
  readonly log: Logger;
  readonly stop: AbortSignal;
  readonly closing: Closing;
}

/** `npm start`: the order book, the add-in and the workbench on one address of this machine, until Ctrl-C. */
async function main(): Promise<void> {
  const { text } = textsIn(languageOf([Intl.DateTimeFormat().resolvedOptions().locale]));
  const progress = createProgress(text, (line) => console.log(line));
  const stop = stopSignal(() => progress.say('start.forced'));
  const closing = new Closing();
  let log: Logger | undefined;
  try {
    const { noOpen } = readArguments();
    const config = readConfig({ LAUNCHBOOK_LOG: 'warn', ...process.env }, defaultDataFolder(PROJECT));
    log = pino({ level: config.logLevel }, pino.destination(2));
    const running = await findRunningInstance(config.dataFolder);
    if (running) return progress.say('start.alreadyRunning', { url: running.url });
    const url = await start({ config, progress, log, stop, closing });
    if (!stop.aborted) {
      progress.say('start.ready', { url });
      progress.say('start.howToStop');
      if (!noOpen && !process.env['CI']) await openBrowser(url);
      await aborted(stop);
    }
  } catch (error) {
    if (!stop.aborted) {
      process.exitCode = 1;
      log?.debug({ err: error }, 'start failed');
      progress.say('start.failed');
      for (const sentence of sentencesOf(error, text)) console.error(sentence);
    }
  }
  await end(progress, closing, stop);
}

/** Starts everything and gives its address. What is to be ended again is in `closing`. */
async function start(context: Start): Promise<string> {
  const { config, log, stop, closing } = context;
  const open = await withPages(context, () => openOrderBook(context));
  const manifest = await readFile(path.join(PROJECT, 'manifest.xml'), 'utf8');
  const mount = async (server: FastifyInstance): Promise<void> => {
    await serveAddin(server, {
      pages: pagesFolder(PROJECT, 'addin'),
      assets: path.join(PROJECT, 'assets'),
    });
    await server.register(workbench, { manifest, page: pagesFolder(PROJECT, 'workbench') });
  };
  stop.throwIfAborted();
  const adapter = await serve({ open, config, version, log, mount });
  closing.add(() => adapter.close());
  await recordInstance(config.dataFolder, adapter.url);
  closing.add(() => forgetInstance(config.dataFolder));
  return adapter.url;
}

/** Works with the database while the pages are built. When one fails, the other is not left behind at work. */
async function withPages<T>({ progress, stop }: Start, work: () => Promise<T>): Promise<T> {
  const stale = await stalePages(PROJECT);
  if (stale.length === 0) return work();
  const failed = new AbortController();
  const built = progress.step(
    'start.pages.building',
    () => buildPages(PROJECT, stale, AbortSignal.any([stop, failed.signal])),
    () => ({ key: 'start.pages.built' }),
  );
  const worked = work().catch((error: unknown) => {
    failed.abort();
    throw error;
  });
  const [result, pages] = await Promise.allSettled([worked, built]);
  if (result.status === 'rejected') throw result.reason;
  if (pages.status === 'rejected') throw pages.reason;
  return result.value;
}

async function openOrderBook({ config, progress, log, stop, closing }: Start): Promise<OpenBook> {
  const connectionString = config.databaseUrl ?? (await startDatabase({ config, progress, log, closing }));
  stop.throwIfAborted();
  const open = await openBook(connectionString, log);
  closing.add(() => open.close());
  stop.throwIfAborted();
  if ((await open.book.companies()).length === 0) await loadSamplePlant(connectionString, progress);
  return open;
}

async function startDatabase({ config, progress, log, closing }: Omit<Start, 'stop'>): Promise<string> {
  const postgres = await progress.step(
    'start.database.starting',
    () => startEmbeddedPostgres({ dataFolder: config.dataFolder, log }),
    ({ owned }) => ({ key: owned ? 'start.database.ready' : 'start.database.adopted' }),
  );
  closing.add(() => postgres.stop());
  return postgres.connectionString;
}

async function loadSamplePlant(connectionString: string, progress: Progress): Promise<void> {
  const now = instant(new Date());
  await progress.step(
    'start.plant.loading',
    () => loadPlant(connectionString, SAMPLE_PLANT, (timeZone) => dayIn(timeZone, now), now),
    // Nothing is loaded when another start was quicker.
    (loaded) => loaded && { key: 'start.plant.loaded', params: { ...loaded } },
  );
}

async function end(progress: Progress, closing: Closing, stop: AbortSignal): Promise<void> {
  if (stop.aborted) progress.say('start.stopping');
  await closing.run();
  if (stop.aborted) progress.say('start.stopped');
}

function readArguments(): { readonly noOpen: boolean } {
  const { values, tokens } = parseArgs({
    options: { 'no-open': { type: 'boolean' } },
    strict: false,
    tokens: true,
  });
  const unknown = tokens.find((token) => token.kind !== 'option' || token.name !== 'no-open');
  if (unknown) {
    throw SetupError.of('unknown-argument', { argument: process.argv[unknown.index + 2] ?? '' });
  }
  return { noOpen: values['no-open'] === true };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

void main();

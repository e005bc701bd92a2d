import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { version } from '../../package.json';
import { startEmbeddedPostgres } from '../adapter/embedded-postgres';
import { openBook, serve, type OpenBook, type ServeOptions } from '../adapter/main';
import type { Importer, ImportRecord } from '../adapter/orderbook/importer';
import { PROJECT, type Context } from './command';
import { forgetInstance, recordInstance } from './instance';
import { buildPages, stalePages, type Pages } from './pages';
import type { Progress } from './progress';

const SAMPLE_PLANT = path.join(PROJECT, 'data/adventureworks');

export interface Launch {
  /** What is built before it is served. */
  readonly pages: readonly Pages[];
  /** Serves the pages. */
  readonly mount: (server: FastifyInstance) => Promise<void>;
  readonly tls?: NonNullable<ServeOptions['tls']>;
}

/** Starts database, order book and pages, and gives the address they are at. What is to be ended again is in `closing`. */
export async function launch(context: Context, { pages, mount, tls }: Launch): Promise<string> {
  const { config, log, stop, closing } = context;
  const open = await withPages(context, pages, () => openOrderBook(context));
  stop.throwIfAborted();
  const adapter = await serve({ open, config, version, log, mount, ...(tls && { tls }) });
  closing.add(() => adapter.close());
  await recordInstance(config.dataFolder, adapter.url);
  closing.add(() => forgetInstance(config.dataFolder));
  return adapter.url;
}

/** Works with the database while the pages are built. When one fails, the other is not left behind at work. */
async function withPages<T>(
  { progress, stop }: Context,
  pages: readonly Pages[],
  work: () => Promise<T>,
): Promise<T> {
  const stale = await stalePages(PROJECT, pages);
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
  const [result, building] = await Promise.allSettled([worked, built]);
  if (result.status === 'rejected') throw result.reason;
  if (building.status === 'rejected') throw building.reason;
  return result.value;
}

async function openOrderBook({ config, progress, log, stop, closing }: Context): Promise<OpenBook> {
  const connectionString = config.databaseUrl ?? (await startDatabase({ config, progress, log, closing }));
  stop.throwIfAborted();
  const open = await openBook(connectionString, log);
  closing.add(() => open.close());
  stop.throwIfAborted();
  if ((await open.book.companies()).length === 0) await loadSamplePlant(open, config.user, stop, progress);
  return open;
}

async function startDatabase({ config, progress, log, closing }: Omit<Context, 'stop'>): Promise<string> {
  const postgres = await progress.step(
    'start.database.starting',
    () => startEmbeddedPostgres({ dataFolder: config.dataFolder, log }),
    ({ owned }) => ({ key: owned ? 'start.database.ready' : 'start.database.adopted' }),
  );
  closing.add(() => postgres.stop());
  return postgres.connectionString;
}

/** The weeks around today of the sample plant; nothing when another start is quicker. */
async function loadSamplePlant(
  { book, importer }: OpenBook,
  actor: string,
  signal: AbortSignal,
  progress: Progress,
): Promise<void> {
  await progress.step(
    'start.plant.loading',
    async () => {
      const request = { folder: SAMPLE_PLANT, actor, firstLoad: true };
      const begun = await importer.begin(request, randomUUID(), randomUUID(), { signal });
      if (begun.kind === 'running') return endOf(importer, begun.run, signal);
      if (begun.kind !== 'opened') throw new Error('The key of the first load was new');
      const { report } = await begun.ended;
      if (report?.result === 'refused') throw new Error(JSON.stringify(report.errors.items.slice(0, 5)));
      const company = (await book.companies()).find(({ code }) => code === report?.company);
      if (report?.result !== 'imported' || !company) return undefined;
      const launched = (await book.search(company.code, { state: ['launched'] }, { limit: 1 })).total ?? 0;
      const orders = report.files.find(({ file }) => file === 'orders')?.added ?? 0;
      return { name: company.name, orders, launched };
    },
    (loaded) => loaded && { key: 'start.plant.loaded', params: loaded },
  );
}

/** Waits until another start has loaded the plant, or given up. */
async function endOf(
  importer: Importer,
  { company, id }: ImportRecord,
  signal: AbortSignal,
): Promise<undefined> {
  for (let run = await importer.read(company, id); run?.state === 'open';) {
    await delay(200, undefined, { signal });
    run = await importer.read(company, id);
  }
}

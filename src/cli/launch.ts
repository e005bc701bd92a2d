import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { version } from '../../package.json';
import { startEmbeddedPostgres } from '../adapter/embedded-postgres';
import { openBook, serve, type OpenBook, type ServeOptions } from '../adapter/main';
import { loadPlant } from '../adapter/orderbook/postgres/load-plant';
import { dayIn, instant } from '../domain/calendar';
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
  if ((await open.book.companies()).length === 0) await loadSamplePlant(connectionString, progress);
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

async function loadSamplePlant(connectionString: string, progress: Progress): Promise<void> {
  const now = instant(new Date());
  await progress.step(
    'start.plant.loading',
    () => loadPlant(connectionString, SAMPLE_PLANT, (timeZone) => dayIn(timeZone, now), now),
    // Nothing is loaded when another start was quicker.
    (loaded) => loaded && { key: 'start.plant.loaded', params: { ...loaded } },
  );
}

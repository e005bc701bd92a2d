import type { AddressInfo } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { instant } from '../domain/calendar';
import { createApp, type AppOptions } from './app';
import type { Config } from './config';
import { SetupError } from './errors';
import { createPostgresOrderBook, type BookOptions } from './orderbook/postgres/book';
import { createPool } from './orderbook/postgres/database';
import { createImporter } from './orderbook/postgres/import/importer';
import { migrate } from './orderbook/postgres/migrate';
import { createPostgresDownloads } from './orderbook/postgres/downloads';
import { createPostgresReleaseDefaults } from './orderbook/postgres/release-defaults';
import { createPostgresSavedSearches } from './orderbook/postgres/saved-searches';
import { assertServerVersion } from './orderbook/postgres/server-version';
import { hasEnded, newHolder } from './runs/holder';
import { createPostgresRunLedger } from './runs/postgres-run-ledger';
import type { Stores } from './stores';

const clock = () => instant(new Date());

/** The order book and its runs, ready for use. */
export interface OpenBook extends Stores {
  /** Names this process in the runs it works on. */
  readonly holder: string;
  close(): Promise<void>;
}

/** Connects to a database and brings it to this version. Throws a SetupError when it cannot serve. */
export async function openBook(
  connectionString: string,
  log: FastifyBaseLogger,
  options: BookOptions = {},
): Promise<OpenBook> {
  const pool = createPool(connectionString);
  try {
    await assertServerVersion(pool);
    await migrate(connectionString).catch((cause: unknown) => {
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw SetupError.of('database-not-prepared', { detail }, { cause });
    });
  } catch (error) {
    await pool.end();
    throw error;
  }
  const holder = newHolder();
  return {
    book: createPostgresOrderBook(pool, (message, error) => log.error({ err: error }, message), options),
    ledger: createPostgresRunLedger(pool, holder),
    searches: createPostgresSavedSearches(pool),
    defaults: createPostgresReleaseDefaults(pool),
    downloads: createPostgresDownloads(pool),
    importer: createImporter({ pool, holder, clock, hasEnded, log }),
    holder,
    close: () => pool.end(),
  };
}

export interface ServeOptions {
  readonly open: OpenBook;
  readonly config: Pick<Config, 'host' | 'port' | 'user' | 'rights'>;
  readonly version: string;
  readonly log: FastifyBaseLogger;
  /** With a certificate the adapter speaks https, as Office asks of add-ins. PEM texts. */
  readonly tls?: AppOptions['tls'];
  /** Adds what else is served on the same origin. */
  readonly mount?: (server: FastifyInstance) => Promise<void>;
}

export interface Adapter {
  /** Address without a slash at the end. */
  readonly url: string;
  /** Answers what has come in, finishes the running chunks, lets the runs go. */
  close(): Promise<void>;
}

/** Listens. Throws a SetupError when the port cannot be had. */
export async function serve({ open, config, version, log, mount, tls }: ServeOptions): Promise<Adapter> {
  const { server } = await createApp({
    ...open,
    clock,
    user: config.user,
    rights: config.rights,
    version,
    log,
    ...(tls && { tls }),
  });
  await mount?.(server);
  await server.listen({ host: config.host, port: config.port }).catch(async (cause: unknown) => {
    await server.close();
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (!['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'].includes(code)) throw cause;
    throw SetupError.of('port-not-free', { host: config.host, port: config.port, reason: code }, { cause });
  });
  // A server that listens on a host and port has an address of this kind.
  const { port } = server.server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return { url: `${tls ? 'https' : 'http'}://${host}:${port}`, close: () => server.close() };
}

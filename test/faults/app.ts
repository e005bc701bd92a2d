import pino from 'pino';
import { createApp, type App, type AppOptions } from '../../src/adapter/app';
import { createPostgresOrderBook } from '../../src/adapter/orderbook/postgres/book';
import { createPostgresSavedSearches } from '../../src/adapter/orderbook/postgres/saved-searches';
import { createPool } from '../../src/adapter/orderbook/postgres/database';
import { createPostgresRunLedger } from '../../src/adapter/runs/postgres-run-ledger';
import { instant } from '../../src/domain/calendar';

/** An adapter of this process that listens, with connections of its own. */
export interface ListeningApp extends Pick<App, 'runner'> {
  readonly url: string;
  /** What it could not do for reasons no rule foresees. */
  readonly failures: readonly string[];
  close(): Promise<void>;
}

export async function listeningApp(
  connectionString: string,
  holder: string,
  changes: Partial<AppOptions> = {},
): Promise<ListeningApp> {
  const pool = createPool(connectionString);
  const failures: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void failures.push(line) });
  const { server, runner } = await createApp({
    book: createPostgresOrderBook(pool, (message, error) => failures.push(`${message}: ${String(error)}`)),
    ledger: createPostgresRunLedger(pool, holder),
    searches: createPostgresSavedSearches(pool),
    ...{ holder, user: 'anna', version: '0.0.0', log, replyWithin: 60_000 },
    clock: () => instant(new Date()),
    ...changes,
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...{ url, runner, failures },
    async close() {
      await server.close();
      await pool.end();
    },
  };
}

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Pool } from 'pg';
import { startEmbeddedPostgres } from '../src/adapter/embedded-postgres';
import { createPool } from '../src/adapter/orderbook/postgres/database';
import { migrate } from '../src/adapter/orderbook/postgres/migrate';

/** Measures on an empty order book, on a server of its own that goes when all is measured. */
export async function onDatabase(measure: (pool: Pool) => Promise<void>): Promise<void> {
  await onServer(async (connectionString) => {
    const pool = createPool(connectionString);
    try {
      await measure(pool);
    } finally {
      await pool.end();
    }
  });
}

/** The same for what makes its own connections. */
export async function onServer(measure: (connectionString: string) => Promise<void>): Promise<void> {
  const dataFolder = await newFolder();
  const log = { info: () => undefined, warn: () => undefined };
  const postgres = await startEmbeddedPostgres({ dataFolder, log });
  try {
    await migrate(postgres.connectionString);
    await measure(postgres.connectionString);
  } finally {
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** A folder of its own; who made it removes it. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'launchbook-bench-'));
  // The account that runs the database has to get in.
  await chmod(folder, 0o755);
  return folder;
}

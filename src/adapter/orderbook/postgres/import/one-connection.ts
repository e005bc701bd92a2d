import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { Database } from '../database';

/** Works with a single connection, both as a database and as itself: COPY is not a statement that a pool could send. */
export async function onOneConnection<T>(
  connections: Pool,
  work: (db: Database, client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connections.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => void (broken = error);
  client.on('error', onError);
  try {
    // Kysely asks of a pool only that it lends connections; this one comes back when the work is done.
    // `bind` forgets which of the overloads there are.
    const query = client.query.bind(client) as PostgresPoolClient['query'];
    const lent: PostgresPoolClient = { query, release: () => undefined };
    const pool: PostgresPool = { connect: async () => lent, end: async () => undefined };
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    return await work(db, client);
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { preparedIsLost, type Database } from './database';

/** More different statements than these are sent as they come: each connection keeps a plan of every one in the server's memory. */
const MOST_STATEMENTS = 100;

/**
 * The order book over the connections of `pool`, for statements about a few orders: the server parses each once per connection and
 * soon keeps its plan, which is most of what such a statement costs. The plan is for a handful, whatever is asked for: long lists
 * belong into statements of their own. Behind a pooler that gives every transaction another connection of its own a prepared statement
 * may be gone: the transaction is tried again, and from then on nothing is prepared any more.
 */
export function preparingDatabase(pool: Pool): Database {
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
}

function preparing(pool: Pool): PostgresPool {
  const clients = new WeakMap<PoolClient, PostgresPoolClient>();
  const names = new Map<string, string>();
  let prepares = true;

  /** Told by its text: whoever shares the connection means the same by the same name. */
  function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known !== undefined || names.size === MOST_STATEMENTS) return known;
    const name = createHash('sha256').update(text).digest('base64url');
    names.set(text, name);
    return name;
  }

  function clientOf(client: PoolClient): PostgresPoolClient {
    const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
      const name = prepares && values.length > 0 ? nameOf(text) : undefined;
      if (name === undefined) return client.query(text, [...values]);
      try {
        return await client.query({ name, text, values: [...values] });
      } catch (error) {
        if (preparedIsLost(error)) prepares = false;
        throw error;
      }
    };
    // Kysely declares cursors as an overload; nothing here streams.
    return { query: query as PostgresPoolClient['query'], release: () => client.release() };
  }

  return {
    connect: async () => {
      const client = await pool.connect();
      const known = clients.get(client) ?? clientOf(client);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

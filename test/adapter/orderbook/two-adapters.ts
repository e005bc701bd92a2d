import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import type { TestDatabase } from '../../postgres';
import { freshBook } from './fresh-book';

/** The pools of two adapters on the fresh book of a test. After each test: no two transactions have waited for each other in a ring. */
export function useTwoAdapters(database: TestDatabase): () => readonly [Pool, Pool] {
  let pools: readonly [Pool, Pool] | undefined;
  beforeEach(async () => {
    await freshBook(database.pool, database.connectionString);
    pools = [createPool(database.connectionString), createPool(database.connectionString)];
  });
  afterEach('nothing had to be tried again because of a deadlock', async () => {
    await Promise.all((pools ?? []).map((pool) => pool.end()));
    await everybodyLeft(database.pool);
    const { rows } = await database.pool.query<{ deadlocks: string }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    assert.deepEqual(rows, [{ deadlocks: '0' }]);
  });
  return () => {
    if (pools === undefined) throw new Error('the pools exist from the first beforeEach hook on');
    return pools;
  };
}

/** A connection adds its deadlocks to the statistics when it ends, and then leaves the list. */
async function everybodyLeft(pool: Pool): Promise<void> {
  const present = `select from pg_stat_activity where datname = current_database() and application_name = 'launchbook'`;
  while ((await pool.query(present)).rowCount !== 0);
}

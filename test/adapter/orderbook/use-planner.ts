import type { Pool } from 'pg';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import type { Instant } from '../../../src/domain/calendar';
import { late } from '../../late';
import { type TestDatabase, useDatabase } from '../../postgres';
import { freshBook } from './fresh-book';
import { assertInvariants } from './invariants';
import { createPlanner, type Planner } from './planner';
import { preparePlant } from './small-plant';

export interface PlannerAtWork {
  readonly database: TestDatabase;
  /** An adapter's, to look at the book and to change what no command does. */
  readonly pool: Pool;
  readonly planner: Planner;
}

/** Gives the surrounding `describe` a planner on the small plant, whose book is fresh for each test and sound after it. */
export function usePlanner(actor?: string, clock?: () => Instant): PlannerAtWork {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  let planner: Planner;
  before('a planner', () => {
    pool = createPool(database.connectionString);
    planner = createPlanner(pool, actor, undefined, clock);
  });
  after(() => pool.end());
  beforeEach('a fresh book', () => freshBook(pool, database.connectionString));
  afterEach('the book is sound', () => assertInvariants(pool));
  return { database, pool: late(() => pool), planner: late(() => planner) };
}

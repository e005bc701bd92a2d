import assert from 'node:assert/strict';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Pool } from 'pg';
import pino from 'pino';
import { Problem, type ProblemCode } from '../../../src/contract/problem';
import { createApp, type App, type AppOptions } from '../../../src/adapter/app';
import { createPostgresOrderBook } from '../../../src/adapter/orderbook/postgres/book';
import { createPostgresReleaseDefaults } from '../../../src/adapter/orderbook/postgres/release-defaults';
import { createPostgresSavedSearches } from '../../../src/adapter/orderbook/postgres/saved-searches';
import { createPostgresDownloads } from '../../../src/adapter/orderbook/postgres/downloads';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { createImporter } from '../../../src/adapter/orderbook/postgres/import/importer';
import { createPostgresRunLedger } from '../../../src/adapter/runs/postgres-run-ledger';
import { calendarDate, instant, type Instant } from '../../../src/domain/calendar';
import { useDatabase } from '../../postgres';
import { addOrder, preparePlant, setStock, type NewOrder } from '../orderbook/small-plant';
import { assertInvariants } from '../orderbook/invariants';

export const today = calendarDate('2026-11-20');
const morning = instant(new Date('2026-11-20T09:00:00Z'));

/** Enough of everything for a hundred orders. */
export const ample = { A: '10000', D: '10000', E: '10000', B: '10000', C: '10000' };

export type Send = InjectOptions & { readonly key?: string };

/** An adapter on a database of its own, asked as over HTTP. Members can be read from `before` hooks on. */
export interface TestAdapter {
  readonly app: App;
  readonly server: FastifyInstance;
  readonly pool: Pool;
  /** What time it is for the adapter. */
  now: Instant;
  /** Lines of the log, as JSON text. */
  readonly logged: readonly string[];
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    options?: Send,
  ): Promise<LightMyRequestResponse>;
  /** Adds launched orders with ample stock, 2026/`number`/0. */
  add(...orders: NewOrder[]): Promise<void>;
  /** Another process on the same database. */
  another(changes?: Partial<AppOptions>): Promise<App>;
}

/** Gives the surrounding `describe` a running adapter on the plant of the worked examples. */
export function useAdapter(
  changes: (options: AppOptions) => Partial<AppOptions> = () => ({}),
  prepare = preparePlant,
): TestAdapter {
  const database = useDatabase(prepare);
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  const others: App[] = [];
  let app: App;
  let pool: Pool;
  let instances = 0;

  function optionsOf(): AppOptions {
    const holder = `instance ${(instances += 1)}`;
    return {
      book: createPostgresOrderBook(pool, (message, error) => log.error({ err: error }, message)),
      ledger: createPostgresRunLedger(pool, holder),
      searches: createPostgresSavedSearches(pool),
      defaults: createPostgresReleaseDefaults(pool),
      downloads: createPostgresDownloads(pool),
      importer: createImporter({ pool, holder, clock: () => adapter.now, hasEnded: () => false, log }),
      holder,
      clock: () => adapter.now,
      user: 'anna',
      version: '1.2.3',
      log,
      replyWithin: 60_000,
    };
  }
  async function create(given: Partial<AppOptions>): Promise<App> {
    const created = await createApp({ ...optionsOf(), ...given });
    await created.server.ready();
    return created;
  }

  before('start the adapter', async () => {
    pool = createPool(database.connectionString);
    app = await create(changes(optionsOf()));
    if (prepare === preparePlant) await setStock(pool, ample);
  });
  afterEach('the book is sound', () => assertInvariants(pool));
  after('stop the adapter', async () => {
    for (const one of [...others, app]) await one.server.close();
    await pool.end();
  });

  const adapter: TestAdapter = {
    now: morning,
    logged,
    get app() {
      return app;
    },
    get server() {
      return app.server;
    },
    get pool() {
      return pool;
    },
    send(method, url, { key, headers, ...options } = {}) {
      const keyHeader = key === undefined ? {} : { 'idempotency-key': key };
      return app.server.inject({ method, url, headers: { ...keyHeader, ...headers }, ...options });
    },
    async add(...orders) {
      for (const order of orders) await addOrder(pool, order);
    },
    async another(given = {}) {
      const other = await create(given);
      others.push(other);
      return other;
    },
  };
  return adapter;
}

/** Asserts that a reply is a well-formed problem with this code, and gives it. */
export function problemIn(reply: LightMyRequestResponse, code: ProblemCode, status: number): Problem {
  assert.match(String(reply.headers['content-type']), /^application\/problem\+json/);
  const problem = Problem.parse(reply.json());
  assert.equal(problem.code, code);
  assert.equal(problem.status, status);
  assert.equal(reply.statusCode, status);
  return problem;
}

let keys = 0;
/** A request key nobody has used. */
export const newKey = () => `attempt-${(keys += 1)}`;

import { mkdtemp, chmod, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Pool, type QueryResult, type QueryResultRow } from 'pg';
import { startEmbeddedPostgres } from '../src/adapter/embedded-postgres';
import { readPostmaster } from '../src/adapter/embedded-postgres/postmaster-file';
import { isAlive } from '../src/adapter/is-alive';

/** Fills an empty database, e.g. `migrate`. Runs once per test run; every database is a clone of its result. */
export type Prepare = (connectionString: string) => Promise<unknown>;

/** A database of one test file. Its members can be read from `before` hooks on, not while the file is loaded. */
export interface TestDatabase {
  readonly connectionString: string;
  readonly pool: Pool;
}

interface Server {
  /** Connection string of a database of this server. */
  address(database: string): string;
  stop(): Promise<void>;
}

const FOLDER = /^launchbook-test-(\d+)-/;
const quiet = { info: () => undefined, warn: () => undefined };

/** What the databases of this run are named after, whichever of its processes makes them. */
const RUN = process.env['TEST_RUN'] ?? String(process.pid);

/** One server per test run: started for all its processes, else by the first test file that needs it. */
let server: Promise<Server> | undefined;
const templates = new Map<Prepare, Promise<string>>();
let named = 0;

/**
 * Gives the surrounding `describe` (or file) a database of its own, dropped afterwards.
 *
 * @param prepare what fills it; without it the database is empty
 */
export function useDatabase(prepare?: Prepare): TestDatabase {
  let current: TestDatabase | undefined;
  let name: string | undefined;
  before('create a database', async () => {
    name = await createDatabase(prepare === undefined ? undefined : await template(prepare));
    const connectionString = (await theServer()).address(name);
    const pool = new Pool({ connectionString });
    // A pool has ended before its connections have: dropping the database cuts them off, and nobody need hear of it, neither from
    // the pool nor from them.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    current = { connectionString, pool };
  });
  after('drop the database', async () => {
    await current?.pool.end();
    if (name !== undefined) await maintain(`drop database ${name} with (force)`);
  });
  const get = (): TestDatabase => {
    if (current === undefined) throw new Error('the database exists from the first before hook on');
    return current;
  };
  return {
    get connectionString() {
      return get().connectionString;
    },
    get pool() {
      return get().pool;
    },
  };
}

/** Starts the one server for the processes that are started after this, and tells them where it is. */
export async function startServerForWorkers(): Promise<void> {
  const running = await theServer();
  process.env['TEST_RUN'] = RUN;
  process.env['TEST_DATABASE_URL'] = running.address('postgres');
}

/** Called by mocha when all tests have run. */
export async function mochaGlobalTeardown(): Promise<void> {
  const running = await server?.catch(() => undefined); // a server that did not start has failed the tests already
  if (running === undefined) return;
  for (const name of await databasesLeft()) await maintain(`drop database if exists ${name} with (force)`);
  await running.stop();
}

/** Templates, and what a test that was cut off left behind. */
async function databasesLeft(): Promise<string[]> {
  const { rows } = await maintain<{ name: string }>('select datname as name from pg_database');
  return rows.map(({ name }) => name).filter((name) => name.startsWith(`launchbook_test_${RUN}_`));
}

function template(prepare: Prepare): Promise<string> {
  const known = templates.get(prepare);
  if (known !== undefined) return known;
  const made = (async () => {
    const name = await createDatabase();
    await prepare((await theServer()).address(name));
    return name;
  })();
  templates.set(prepare, made);
  return made;
}

async function createDatabase(from?: string): Promise<string> {
  const name = `launchbook_test_${RUN}_${process.pid}_${++named}`;
  await maintain(`create database ${name} template ${from ?? 'template0'}`);
  return name;
}

async function maintain<Row extends QueryResultRow>(statement: string): Promise<QueryResult<Row>> {
  const client = new Client({ connectionString: (await theServer()).address('postgres') });
  await client.connect();
  try {
    return await client.query<Row>(statement);
  } finally {
    await client.end();
  }
}

function theServer(): Promise<Server> {
  return (server ??= process.env['TEST_DATABASE_URL']
    ? givenServer(process.env['TEST_DATABASE_URL'])
    : ownServer());
}

async function givenServer(url: string): Promise<Server> {
  return {
    address(database) {
      const address = new URL(url);
      address.pathname = `/${database}`;
      return address.href;
    },
    stop: async () => undefined,
  };
}

/** A throw-away cluster: nothing is flushed to disk. */
async function ownServer(): Promise<Server> {
  await removeAbandoned();
  const dataFolder = await temporaryFolder();
  const postgres = await startEmbeddedPostgres({
    dataFolder,
    log: quiet,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' },
  });
  return {
    address(database) {
      const address = new URL(postgres.connectionString);
      address.pathname = `/${database}`;
      return address.href;
    },
    async stop() {
      await postgres.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A new folder for a cluster, open to the account that runs PostgreSQL for root. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `launchbook-test-${process.pid}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** A test run that was killed leaves its server running and its folder behind. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = FOLDER.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = path.join(tmpdir(), name);
    const postmaster = await readPostmaster(path.join(folder, 'postgresql', 'data'));
    try {
      if (postmaster !== undefined) process.kill(postmaster.pid, 'SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // Another account's run: hers to remove.
    }
  }
}

import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { assertReachable, serverAccount } from './embedded-postgres/account';
import { SUPERUSER, ensureCluster } from './embedded-postgres/cluster';
import { assertMajor, openDataFolder } from './embedded-postgres/data-folder';
import { errorCode } from './embedded-postgres/error-code';
import { preparePrograms } from './embedded-postgres/programs';
import { type ServerLog, adoptOrStartServer, stopServer } from './embedded-postgres/server';

export interface EmbeddedPostgresOptions {
  /**
   * Absolute folder that keeps the cluster, its password and, for root, a copy of the programs. Made when missing;
   * a filled folder that is not Launchbook's is refused.
   */
  readonly dataFolder: string;
  readonly log: ServerLog;
  /** Server settings that replace ours; values without blanks. `fsync: 'off'` makes a throw-away cluster. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Of the database `launchbook`, with the password: not for logs. */
  readonly connectionString: string;
  /** False when the server was already running, left by a process that was killed. */
  readonly owned: boolean;
  /** Ends the server, also an adopted one, after its sessions are cut off. Close the pools first. Call it as often as you like. */
  stop(): Promise<void>;
}

const DATABASE = 'launchbook';

/**
 * Starts the PostgreSQL server that comes with npm on a free loopback port, or adopts the one that already serves this
 * data folder. The server is a process group of its own: it outlives Ctrl-C and a killed Node until `stop` is called.
 *
 * As root the server runs as the unprivileged owner of the cluster (`nobody` or `postgres` for a new one).
 *
 * @throws SetupError saying what to do when the platform has no binaries or the folder cannot serve
 */
export async function startEmbeddedPostgres({
  dataFolder,
  log,
  settings = {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = await openDataFolder(dataFolder);
  const account = await serverAccount(folder.cluster);
  await assertReachable(folder.root, account);
  const programs = await preparePrograms(folder.root, account);
  await ensureCluster(folder, programs, account, settings['fsync'] !== 'off');
  await assertMajor(folder, programs.major);
  const password = await readFile(folder.passwordFile, 'utf8');
  const address = (port: number, database: string): string =>
    `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;

  const context = { folder, programs, account, log };
  const { port, adopted } = await adoptOrStartServer(context, settings, (candidate) =>
    address(candidate, 'postgres'),
  );
  await ensureDatabase(address(port, 'postgres'));
  let stopped: Promise<void> | undefined;
  return {
    connectionString: address(port, DATABASE),
    owned: !adopted,
    stop: () => (stopped ??= stopServer(context)),
  };
}

async function ensureDatabase(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } catch (error) {
    // Another start made it in between.
    if (!['42P04', '23505'].includes(errorCode(error))) throw error;
  } finally {
    await client.end();
  }
}

import { open, readFile, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { SetupError } from '../errors';
import type { Account } from './account';
import type { DataFolder } from './data-folder';
import { errorCode } from './error-code';
import { type PostmasterRecord, readPostmaster } from './postmaster-file';
import type { Programs } from './programs';
import { runProgram } from './run-program';

/** The part of a pino logger that is used here. */
export interface ServerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface ServerContext {
  readonly folder: DataFolder;
  readonly programs: Programs;
  readonly account: Account | undefined;
  readonly log: ServerLog;
}

/** Durable by default: a commit is on disk when it is acknowledged. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

/** A server that died a moment ago holds its shared memory until its last process has gone. */
const START_PATIENCE_MS = 20_000;
/** How long a live server may leave us without any answer; one that answers "starting up" is given all its time. */
const SILENCE_PATIENCE_MS = 30_000;
/** For pg_ctl, in seconds: a shutdown writes a checkpoint first, a start may recover. */
const PG_CTL_TIMEOUT_S = '120';
const POLL_MS = 100;

/**
 * Connects to the server that holds the cluster, or starts one. Two callers at the same time end up at one server.
 *
 * @param address connection string of the maintenance database at a port
 */
export async function adoptOrStartServer(
  context: ServerContext,
  settings: Readonly<Record<string, string>>,
  address: (port: number) => string,
): Promise<{ port: number; adopted: boolean }> {
  const { folder, log } = context;
  let started = false;
  const giveUp = Date.now() + START_PATIENCE_MS;
  for (;;) {
    const record = await readPostmaster(folder.cluster);
    if (record !== undefined) {
      const port = await awaitAnswer(record, folder, address);
      if (port !== undefined) {
        const adopted = !started;
        log.info({ port, pid: record.pid, adopted }, 'PostgreSQL is ready');
        return { port, adopted };
      }
      continue;
    }
    const logSize = (await stat(folder.logFile).catch(() => ({ size: 0 }))).size;
    started = await startServer(context, { ...SETTINGS, ...settings });
    if (started) continue;
    const detail = (await readFile(folder.logFile, 'utf8').catch(() => '')).slice(logSize).trim();
    log.warn({ detail }, 'PostgreSQL did not start');
    if (Date.now() > giveUp) {
      throw SetupError.of('postgres-did-not-start', { log: folder.logFile, detail });
    }
    await delay(POLL_MS * 5);
  }
}

async function startServer(
  { folder, programs, account }: ServerContext,
  settings: Readonly<Record<string, string>>,
): Promise<boolean> {
  const options = Object.entries({ port: String(await freePort()), ...settings });
  const outputFile = await open(folder.logFile, 'a');
  try {
    const { code } = await runProgram(
      programs.pgCtl,
      [
        'start',
        '--silent',
        '--wait',
        `--timeout=${PG_CTL_TIMEOUT_S}`,
        `--pgdata=${folder.cluster}`,
        `--log=${folder.logFile}`,
        `--options=${options.map(([name, value]) => `-c ${name}=${value}`).join(' ')}`,
      ],
      { account, folder: folder.home, outputFile: outputFile.fd },
    );
    return code === 0;
  } finally {
    await outputFile.close();
  }
}

/** Fast shutdown: cuts off the sessions, rolls back what is open, writes a checkpoint. */
export async function stopServer({ folder, programs, account, log }: ServerContext): Promise<void> {
  if ((await readPostmaster(folder.cluster)) === undefined) return;
  const { code, output } = await runProgram(
    programs.pgCtl,
    [
      'stop',
      '--silent',
      '--mode=fast',
      '--wait',
      `--timeout=${PG_CTL_TIMEOUT_S}`,
      `--pgdata=${folder.cluster}`,
    ],
    { account, folder: folder.home },
  );
  if (code === 0) log.info({}, 'PostgreSQL stopped');
  else log.warn({ detail: output.trim() }, 'PostgreSQL did not stop; the next start takes it over');
}

/**
 * Waits until the recorded server takes connections.
 *
 * @returns its port, or undefined when it ended meanwhile
 */
async function awaitAnswer(
  record: PostmasterRecord,
  folder: DataFolder,
  address: (port: number) => string,
): Promise<number | undefined> {
  let giveUp = Date.now() + SILENCE_PATIENCE_MS;
  for (;;) {
    const current = await readPostmaster(folder.cluster);
    if (current?.pid !== record.pid) return undefined;
    const answer = current.port === undefined ? 'silent' : await ask(address(current.port), folder.cluster);
    if (answer === 'ready') return current.port;
    if (answer === 'busy') giveUp = Date.now() + SILENCE_PATIENCE_MS;
    if (answer === 'stranger' || Date.now() > giveUp) {
      throw SetupError.of('data-folder-in-use', { folder: folder.root, pid: record.pid });
    }
    await delay(POLL_MS);
  }
}

/** `busy`: starting up, recovering or shutting down. `stranger`: a server, but not the one of this cluster. */
async function ask(
  connectionString: string,
  cluster: string,
): Promise<'ready' | 'busy' | 'silent' | 'stranger'> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // a connection lost after it was made shows up in the query below
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    const served = await realpath(rows[0]?.data_directory ?? '');
    return served === (await realpath(cluster)) ? 'ready' : 'stranger';
  } catch (error) {
    const code = errorCode(error);
    if (code === '57P03') return 'busy';
    return code === '28P01' ? 'stranger' : 'silent';
  } finally {
    await client.end().catch(() => undefined);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedPostgres } from '../../src/adapter/embedded-postgres';
import { readPostmaster } from '../../src/adapter/embedded-postgres/postmaster-file';
import { temporaryFolder } from '../postgres';

/** A server of its own, at one address for all its lives. */
export interface KillablePostgres {
  readonly connectionString: string;
  /** Ends all its processes without any warning, as a power cut would, but for the disk. */
  kill(): Promise<void>;
  /** Starts it again after a kill; it recovers from its log. */
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** As durable as the product sets it up: a commit is on disk when it is acknowledged. */
export async function startKillablePostgres(): Promise<KillablePostgres> {
  const dataFolder = await temporaryFolder();
  const cluster = path.join(dataFolder, 'postgresql', 'data');
  const settings = { port: String(await freePort()), shared_buffers: '64MB' };
  const log = { info: () => undefined, warn: () => undefined };
  const start = () => startEmbeddedPostgres({ dataFolder, log, settings });
  let postgres = await start();
  return {
    connectionString: postgres.connectionString,
    async kill() {
      const postmaster = await readPostmaster(cluster);
      if (postmaster === undefined) return;
      const processes = [postmaster.pid, ...(await childrenOf(postmaster.pid))];
      for (const pid of processes) killIfThere(pid);
    },
    async start() {
      postgres = await start();
    },
    async remove() {
      await postgres.stop();
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  // A server that listens on TCP has an address of this form.
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid = 0]) => pid);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // A session that ended by itself in between.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

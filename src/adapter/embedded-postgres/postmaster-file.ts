import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { isAlive } from '../is-alive';

/** What a running server says about itself in `postmaster.pid` of its cluster. */
export interface PostmasterRecord {
  readonly pid: number;
  /** Absent in the first moments of a start. */
  readonly port: number | undefined;
}

/**
 * The record of the server that holds this cluster, or undefined when none can: no record, or a dead process. A process
 * that is alive but is provably not a PostgreSQL server (the number was given out again after a crash, or nobody
 * collected the dead process) does not hold the cluster either; its record is removed, since PostgreSQL itself would
 * take the number for a server and refuse to start.
 */
export async function readPostmaster(cluster: string): Promise<PostmasterRecord | undefined> {
  const file = path.join(cluster, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  if (await isSurelyNotPostgres(pid)) {
    await rm(file, { force: true });
    return undefined;
  }
  const port = Number(lines[3]);
  return { pid, port: Number.isInteger(port) && port > 0 ? port : undefined };
}

/** Only Linux can prove it; elsewhere, and when in doubt, the process counts as a server. */
async function isSurelyNotPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (command === undefined) return false;
  return !path.basename(command.split('\0')[0] ?? '').startsWith('postgres');
}

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { SetupError } from '../errors';

/** The operating system account that runs PostgreSQL; both numbers as `spawn` takes them. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** True when this process is root (never on Windows). */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account to run PostgreSQL with, which refuses root: the owner of the cluster when there is one already,
 * otherwise `nobody` or `postgres`. initdb wants an account with a passwd entry.
 *
 * @returns undefined when this process is not root and simply runs PostgreSQL itself
 */
export async function serverAccount(cluster: string): Promise<Account | undefined> {
  if (!isRoot()) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const entries = passwd.split('\n').map((line) => line.split(':'));
  for (const name of ['nobody', 'postgres']) {
    const entry = entries.find((fields) => fields[0] === name);
    if (entry !== undefined) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw SetupError.of('no-unprivileged-account');
}

/** Refuses a folder that the account cannot get to because it, or a folder above it, is closed to that account. */
export async function assertReachable(folder: string, account: Account | undefined): Promise<void> {
  if (account === undefined) return;
  for (let step = folder; ; step = path.dirname(step)) {
    const { mode, uid, gid } = await stat(step);
    const search = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & search) === 0) throw SetupError.of('data-folder-closed', { folder, closed: step });
    if (step === path.dirname(step)) return;
  }
}

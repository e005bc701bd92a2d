import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SetupError } from '../errors';
import { isAlive } from '../is-alive';
import { type Account } from './account';
import { type DataFolder, homeLayout } from './data-folder';
import type { Programs } from './programs';
import { runProgram } from './run-program';

/** The database's superuser; only this machine's processes that can read the password file can log in. */
export const SUPERUSER = 'launchbook';

/**
 * Makes the cluster once. It is made under a name of this process and renamed when complete, so a killed start never
 * leaves half a cluster under the real name, and of two starts at the same time one wins whole.
 *
 * @param sync false leaves the flushing to disk to the operating system (throw-away clusters)
 */
export async function ensureCluster(
  folder: DataFolder,
  programs: Programs,
  account: Account | undefined,
  sync: boolean,
): Promise<void> {
  await removeAbandoned(folder);
  if (await exists(folder.home)) return;
  const making = homeLayout(`${folder.home}.making-${process.pid}`);
  await makeHome(making, account);
  const { code, output } = await runProgram(
    programs.initdb,
    [
      `--pgdata=${making.cluster}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${making.passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(sync ? [] : ['--no-sync']),
    ],
    { account, folder: making.home },
  );
  if (code !== 0) throw SetupError.of('cluster-not-made', { folder: folder.root, detail: output.trim() });
  await rename(making.home, folder.home).catch(async (error: unknown) => {
    if (!(await exists(folder.home))) throw error;
    await rm(making.home, { recursive: true, force: true });
  });
}

async function makeHome(
  { home, passwordFile, logFile }: Omit<DataFolder, 'root'>,
  account: Account | undefined,
): Promise<void> {
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { mode: 0o700 });
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await writeFile(logFile, '', { mode: 0o600 });
  if (account === undefined) return;
  for (const file of [home, passwordFile, logFile]) await chown(file, account.uid, account.gid);
}

/** Removes what killed starts left; a name whose process is alive is a start at work. */
async function removeAbandoned({ root }: DataFolder): Promise<void> {
  for (const name of await readdir(root)) {
    const pid = /\.making-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(path.join(root, name), { recursive: true, force: true });
    }
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

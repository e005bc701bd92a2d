import { access, chmod, constants, mkdir, readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { SetupError } from '../errors';
import { errorCode } from './error-code';

/**
 * Where things are in a data folder. `home` is made under another name and renamed when it is whole: it exists
 * exactly when it holds a complete cluster and its password.
 */
export interface DataFolder {
  readonly root: string;
  readonly home: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

const HOME = 'postgresql';
/** Launchbook's own entries; a filled folder with none of them is somebody else's. */
const OWN_ENTRY = /^(postgresql|postgresql\.making-\d+|programs-.+|instance\.json)$/;
/** Found in folders that are empty to their owner, e.g. a freshly mounted volume. */
const IGNORED_ENTRY = /^(lost\+found|\.DS_Store)$/;

export function layout(root: string): DataFolder {
  return { root, ...homeLayout(path.join(root, HOME)) };
}

/** The parts of a home, also of one still being made. */
export function homeLayout(home: string): Omit<DataFolder, 'root'> {
  return {
    home,
    cluster: path.join(home, 'data'),
    passwordFile: path.join(home, 'password'),
    logFile: path.join(home, 'server.log'),
  };
}

/** Makes the data folder, or refuses one that cannot serve. Nothing is ever removed here. */
export async function openDataFolder(dataFolder: string): Promise<DataFolder> {
  const folder = layout(path.resolve(dataFolder));
  try {
    // The account that runs PostgreSQL for root must be able to pass through, whatever the umask.
    if ((await mkdir(folder.root, { recursive: true })) !== undefined) await chmod(folder.root, 0o755);
    await access(folder.root, constants.R_OK | constants.W_OK | constants.X_OK);
    await assertOurs(folder);
  } catch (error) {
    throw asSetupError(error, folder.root);
  }
  return folder;
}

async function assertOurs({ root, home, cluster }: DataFolder): Promise<void> {
  const entries = (await readdir(root)).filter((name) => !IGNORED_ENTRY.test(name));
  if (entries.length > 0 && !entries.some((name) => OWN_ENTRY.test(name))) {
    throw SetupError.of('data-folder-foreign', { folder: root });
  }
  if (!entries.includes(HOME)) return;
  await access(home, constants.R_OK | constants.W_OK | constants.X_OK);
  await stat(path.join(cluster, 'PG_VERSION')).catch((error: unknown) => {
    throw errorCode(error) === 'ENOENT' ? SetupError.of('data-folder-foreign', { folder: root }) : error;
  });
}

/** Refuses a cluster that another major version of PostgreSQL made: its files cannot be read by this one. */
export async function assertMajor({ root, cluster }: DataFolder, expected: string): Promise<void> {
  const found = (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (found !== expected) {
    throw SetupError.of('data-folder-other-version', { folder: root, found, expected });
  }
}

function asSetupError(error: unknown, folder: string): unknown {
  switch (errorCode(error)) {
    case 'EEXIST':
    case 'ENOTDIR':
      return SetupError.of('data-folder-not-a-folder', { folder }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT':
      return SetupError.of('data-folder-not-writable', { folder }, { cause: error });
    default:
      return error;
  }
}

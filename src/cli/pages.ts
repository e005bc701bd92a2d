import { spawn } from 'node:child_process';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SetupError } from '../adapter/errors';
import { languages } from '../language/text';

/** Pages made from sources: built again when a source is newer than the last build. */
export interface Pages {
  readonly name: 'addin' | 'workbench' | 'guide';
  /** Files and folders of the project the pages are made of. */
  readonly sources: readonly string[];
  /** Gives what the build had to say, e.g. how large the pages are. */
  build(projectFolder: string, signal: AbortSignal): Promise<string>;
}

export const addin: Pages = {
  name: 'addin',
  sources: [
    'src/addin',
    'src/contract',
    'src/domain',
    'src/language',
    'src/cli/build-pane.ts',
    'src/cli/fluent-by-package.ts',
    'package-lock.json',
  ],
  build: (projectFolder, signal) =>
    runNode(path.join(projectFolder, 'src/cli/build-pane.ts'), projectFolder, signal),
};

const workbench: Pages = {
  name: 'workbench',
  sources: ['src/workbench', 'package-lock.json'],
  build: (projectFolder, signal) =>
    runNode(path.join(projectFolder, 'src/workbench/page/build.ts'), projectFolder, signal),
};

export const guide: Pages = {
  name: 'guide',
  sources: [
    ...languages.map((language) => `docs/guide.${language}.md`),
    'docs/screenshots',
    'src/cli/guide',
    'src/cli/build-guide.ts',
    'package-lock.json',
  ],
  build: (projectFolder, signal) =>
    runNode(path.join(projectFolder, 'src/cli/build-guide.ts'), projectFolder, signal),
};

export const allPages: readonly Pages[] = [addin, workbench, guide];

export function pagesFolder(projectFolder: string, name: Pages['name']): string {
  return path.join(projectFolder, 'dist', name);
}

/** Which of the pages were never built, or not since their sources changed. */
export async function stalePages(
  projectFolder: string,
  among: readonly Pages[] = allPages,
): Promise<Pages[]> {
  const fresh = await Promise.all(among.map((pages) => isFresh(projectFolder, pages)));
  return among.filter((_, index) => fresh[index] === false);
}

/** Builds pages. Gives what each build said. Throws a SetupError with what a build that failed said. */
export async function buildPages(
  projectFolder: string,
  pages: readonly Pages[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  return Promise.all(
    pages.map(async (one) => {
      const stamp = stampOf(projectFolder, one);
      // A build that breaks off must not pass for the one before.
      await rm(stamp, { force: true });
      // Its time is the file system's own, like those of the sources: what changed from now on may not be in the build.
      const begun = `${stamp}.${process.pid}.begun`;
      await mkdir(path.dirname(begun), { recursive: true });
      await writeFile(begun, '');
      const said = await one.build(projectFolder, signal);
      await rename(begun, stamp);
      return said;
    }),
  );
}

/** Beside the folder, because builds empty it. Its time is when the last whole build began. */
function stampOf(projectFolder: string, { name }: Pages): string {
  return path.join(projectFolder, 'dist', `${name}.built`);
}

async function isFresh(projectFolder: string, pages: Pages): Promise<boolean> {
  const [built, changes] = await Promise.all([
    modifiedAt(stampOf(projectFolder, pages)),
    Promise.all(pages.sources.map((source) => newestIn(path.join(projectFolder, source)))),
  ]);
  const folder = await modifiedAt(pagesFolder(projectFolder, pages.name));
  return folder > 0 && built > Math.max(...changes);
}

/** The latest change below a file or folder, in milliseconds; folders count too, since a removed file changes them. */
async function newestIn(file: string): Promise<number> {
  const entries = await readdir(file, { withFileTypes: true, recursive: true }).catch(() => []);
  const below = await Promise.all(
    entries.map((entry) => modifiedAt(path.join(entry.parentPath, entry.name))),
  );
  return Math.max(await modifiedAt(file), ...below);
}

async function modifiedAt(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}

/** Runs a build in a Node of its own: it does not hold up the work with the database, and its memory is given back. */
function runNode(file: string, folder: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', file], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output.trim());
      else reject(SetupError.of('pages-not-built', { detail: output.trim().slice(-2000) }));
    });
  });
}

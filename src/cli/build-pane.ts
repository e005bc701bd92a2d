import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';
import { fluentByPackage } from './fluent-by-package';

const PROJECT = path.resolve(__dirname, '../..');
const PAGE = 'src/addin/taskpane/taskpane.html';

/** Where the pages load from, as the adapter serves them. */
const ADDRESS = '/addin/';

/** The same page twice, apart only in where office.js comes from. */
const officeJs = {
  // Office add-ins must load office.js from Microsoft.
  'taskpane.html': 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js',
  // The workbench serves the same file from the installed package.
  'taskpane.workbench.html': '/office-js/office.js',
};

/** Bytes the pane may load before it shows itself, compressed and without office.js: a second on a slow line of 2.4 Mbit/s. */
export const FIRST_LOAD_LIMIT = 300_000;

/** Texts of the programs around the pane. Nothing in the pane shows them, and they are a third of each catalogue. */
export const PROGRAM_TEXTS = /^(problem|import|setup|export(?!\.command\.)|start|build|excel|manifest)\./;

export interface Chunk {
  readonly file: string;
  /** As a server sends it with gzip. */
  readonly bytes: number;
  /** Whether the pane waits for it before it shows itself. */
  readonly first: boolean;
}

/** Builds the pane into a folder, which is emptied. Gives the sizes of what it made. */
export async function buildPane(target = path.join(PROJECT, 'dist/addin')): Promise<readonly Chunk[]> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: { taskpane: 'src/addin/taskpane/main.ts' },
    outdir: target,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    // What Excel's web views of the last years run.
    target: ['es2022', 'safari16'],
    jsx: 'automatic',
    minify: true,
    legalComments: 'linked',
    metafile: true,
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [paneTexts, noDescriptions, fluentByPackage],
  });
  const [entry, ...others] = firstLoad(metafile);
  if (entry === undefined) throw new Error('The pane has no entry.');
  await writePages(
    target,
    path.basename(entry),
    others.map((file) => path.basename(file)),
  );
  return chunks(metafile, new Set([entry, ...others]));
}

/** The catalogues are flat, texts by key, and have the same keys: those of the second are taken from the first. */
const paneTexts: Plugin = {
  name: 'texts of the pane',
  setup(bundler) {
    bundler.onLoad({ filter: /src[\\/]language[\\/]en\.json$/ }, async ({ path: file }) => ({
      contents: JSON.stringify(await shownTexts(file)),
      loader: 'json',
    }));
    bundler.onLoad({ filter: /src[\\/]language[\\/]it\.json$/ }, async ({ path: file }) => {
      const first = await shownTexts(path.join(path.dirname(file), 'en.json'));
      const { same, own } = split(await shownTexts(file), Object.keys(first));
      return {
        contents: `import first from './en.json';
          const same = ${JSON.stringify(same)};
          const texts = Object.fromEntries(Object.keys(first).map((key, at) => [key, same[at]]));
          export default { ...texts, ...${JSON.stringify(own)} };`,
        loader: 'js',
      };
    });
  },
};

async function shownTexts(file: string): Promise<Record<string, string>> {
  const texts = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  return Object.fromEntries(Object.entries(texts).filter(([key]) => !PROGRAM_TEXTS.test(key)));
}

/** The texts of these keys, in their order, and the others. */
function split(
  texts: Record<string, string>,
  keys: readonly string[],
): { same: (string | undefined)[]; own: Record<string, string> } {
  const known = new Set(keys);
  return {
    same: keys.map((key) => texts[key]),
    own: Object.fromEntries(Object.entries(texts).filter(([key]) => !known.has(key))),
  };
}

/** Schemas describe themselves for the API's reference, which the pane neither has nor shows. */
const noDescriptions: Plugin = {
  name: 'no descriptions of schemas',
  setup(bundler) {
    bundler.onLoad({ filter: /zod[\\/]v4[\\/]core[\\/]json-schema-processors\.js$/ }, () => ({
      contents: 'export const toJSONSchema = () => ({}); export const allProcessors = {};',
    }));
  },
};

/** The entry, and after it what it imports before it runs. */
function firstLoad({ outputs }: Metafile): string[] {
  const entry = Object.keys(outputs).find(
    (file) => outputs[file]?.entryPoint === 'src/addin/taskpane/main.ts',
  );
  const files = new Set(entry === undefined ? [] : [entry]);
  // A set that is walked gives what is added on the way as well.
  for (const file of files) {
    for (const { kind, path: imported } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement') files.add(imported);
    }
  }
  return [...files];
}

async function writePages(target: string, entry: string, others: readonly string[]): Promise<void> {
  const template = await readFile(path.join(PROJECT, PAGE), 'utf8');
  const scripts = [
    ...others.map((file) => `<link rel="modulepreload" href="${ADDRESS}${file}" />`),
    `<script type="module" src="${ADDRESS}${entry}"></script>`,
  ].join('\n    ');
  for (const [name, address] of Object.entries(officeJs)) {
    const page = template.replace('{{officeJs}}', address).replace('<!-- scripts -->', scripts);
    await writeFile(path.join(target, name), page);
  }
}

async function chunks({ outputs }: Metafile, first: ReadonlySet<string>): Promise<Chunk[]> {
  const files = Object.keys(outputs).filter((file) => file.endsWith('.js'));
  const sized = await Promise.all(
    files.map(async (file) => ({
      file: path.basename(file),
      bytes: gzipSync(await readFile(path.join(PROJECT, file))).length,
      first: first.has(file),
    })),
  );
  return sized.sort((left, right) => right.bytes - left.bytes);
}

/** The sizes in words, one line a file. */
export function sizeReport(all: readonly Chunk[]): string {
  const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  const lines = all.map(
    ({ file, bytes, first }) => `${kb(bytes)}  ${first ? 'at once  ' : 'on demand'}  ${file}`,
  );
  const total = `${kb(firstLoadBytes(all))}  at once in all, of ${FIRST_LOAD_LIMIT / 1000} kB at most`;
  return ['The pane, compressed, without office.js:', ...lines, total].join('\n');
}

function firstLoadBytes(all: readonly Chunk[]): number {
  return all.filter(({ first }) => first).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** @throws Error with the sizes, when the pane loads more at once than it may. */
export function assertFirstLoad(all: readonly Chunk[]): void {
  if (firstLoadBytes(all) <= FIRST_LOAD_LIMIT) return;
  throw new Error(
    `The pane loads too much before it shows itself. Load rare views on demand.\n${sizeReport(all)}`,
  );
}

if (require.main === module) {
  buildPane()
    .then((all) => {
      assertFirstLoad(all);
      console.log(sizeReport(all));
    })
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
}

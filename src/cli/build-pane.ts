import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';
import { cellWords } from '../language/text';
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
  /** Whether the pane waits for it before it shows itself; of the texts it waits for those of one language. */
  readonly loaded: 'at once' | 'by language' | 'on demand';
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

/** Marks, among what esbuild reads, a catalogue that is read whole. */
const ALL_TEXTS = 'all texts';
const CATALOGUE = /src[\\/]language[\\/](?:en|it)\.json$/;

/** Of every language the words that are read out of cells; all texts of a language in a file of its own, fetched when it is spoken. */
const paneTexts: Plugin = {
  name: 'texts of the pane',
  setup(bundler) {
    bundler.onResolve({ filter: /\/(?:en|it)\.json$/ }, ({ path: file, resolveDir, kind }) => ({
      path: path.resolve(resolveDir, file),
      ...(kind === 'dynamic-import' && { namespace: ALL_TEXTS }),
    }));
    bundler.onLoad({ filter: CATALOGUE, namespace: 'file' }, async ({ path: file }) => ({
      contents: JSON.stringify(await textsOf(file, isCellWord)),
      loader: 'json',
    }));
    bundler.onLoad({ filter: CATALOGUE, namespace: ALL_TEXTS }, async ({ path: file }) => ({
      // As JSON every text would be an export of its own besides.
      contents: `export default ${JSON.stringify(await textsOf(file, (key) => !PROGRAM_TEXTS.test(key)))}`,
      loader: 'js',
    }));
  },
};

const isCellWord = (key: string) => cellWords.some((word) => word === key);

async function textsOf(file: string, wanted: (key: string) => boolean): Promise<Record<string, string>> {
  const texts = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  return Object.fromEntries(Object.entries(texts).filter(([key]) => wanted(key)));
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
  const loaded = (file: string, of = ''): Chunk['loaded'] => {
    if (first.has(file)) return 'at once';
    return of.startsWith(`${ALL_TEXTS}:`) ? 'by language' : 'on demand';
  };
  const sized = await Promise.all(
    files.map(async (file) => ({
      file: path.basename(file),
      bytes: gzipSync(await readFile(path.join(PROJECT, file))).length,
      loaded: loaded(file, outputs[file]?.entryPoint),
    })),
  );
  return sized.sort((left, right) => right.bytes - left.bytes);
}

/** The sizes in words, one line a file. */
export function sizeReport(all: readonly Chunk[]): string {
  const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  const lines = all.map(({ file, bytes, loaded }) => `${kb(bytes)}  ${loaded.padEnd(11)}  ${file}`);
  const most = FIRST_LOAD_LIMIT / 1000;
  const total = `${kb(firstLoadBytes(all))}  at once in all with a language, of ${most} kB at most`;
  return ['The pane, compressed, without office.js:', ...lines, total].join('\n');
}

function firstLoadBytes(all: readonly Chunk[]): number {
  const bytesOf = (when: Chunk['loaded']) =>
    all.filter(({ loaded }) => loaded === when).map(({ bytes }) => bytes);
  return bytesOf('at once').reduce((sum, bytes) => sum + bytes, Math.max(0, ...bytesOf('by language')));
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

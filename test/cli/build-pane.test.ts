import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { catalogues, languages } from '../../src/language/text';
import {
  assertFirstLoad,
  buildPane,
  type Chunk,
  FIRST_LOAD_LIMIT,
  PROGRAM_TEXTS,
  sizeReport,
} from '../../src/cli/build-pane';

const SOURCES = path.resolve(__dirname, '../../src');

describe('the build of the pane', () => {
  let folder: string;
  let made: readonly Chunk[];

  before(async function () {
    this.timeout(60_000);
    folder = await mkdtemp(path.join(tmpdir(), 'launchbook-pane-'));
    made = await buildPane(folder);
  });
  after(() => rm(folder, { recursive: true }));

  const page = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');

  it('loads no more at once than it may, and says how much', () => {
    assertFirstLoad(made);
    assert.match(sizeReport(made), /kB {2}at once in all with a language, of 300 kB at most$/);
  });

  it('fails when it would load more', () => {
    const fat = { file: 'fat.js', bytes: FIRST_LOAD_LIMIT - 4, loaded: 'at once' } as const;
    const texts = (bytes: number): Chunk => ({ file: '', bytes, loaded: 'by language' });
    assertFirstLoad([fat, texts(3), texts(4), { ...fat, loaded: 'on demand' }]);
    assert.throws(
      () => assertFirstLoad([fat, texts(4), texts(5)]),
      /loads too much[^]*300\.0 kB {2}at once {6}fat\.js/,
    );
  });

  it('takes office.js from Microsoft for Excel, and from its own origin for the workbench', async () => {
    assert.match(
      await page('taskpane.html'),
      /src="https:\/\/appsforoffice\.microsoft\.com\/[^"]+\/office\.js"/,
    );
    assert.match(await page('taskpane.workbench.html'), /src="\/office-js\/office\.js"/);
  });

  it('names every script it loads at once in its page', async () => {
    const html = await page('taskpane.html');
    const named = [...html.matchAll(/"\/addin\/([^"]+\.js)"/g)].map(([, file]) => file);
    const first = made.filter(({ loaded }) => loaded === 'at once').map(({ file }) => file);
    assert.deepEqual(named.sort(), first.sort());
    const files = await readdir(folder);
    assert.deepEqual(
      named.filter((file) => file === undefined || !files.includes(file)),
      [],
    );
  });

  it('leaves to lazy views the components that only they show', async () => {
    const holds = async (name: string) => {
      const scripts = await Promise.all(made.map(async (chunk) => [chunk, await page(chunk.file)] as const));
      return scripts.filter(([, script]) => script.includes(`"${name}"`)).map(([{ loaded }]) => loaded);
    };
    assert.deepEqual(await holds('fui-DialogSurface'), ['on demand']);
    assert.deepEqual(await holds('fui-TableRow'), ['on demand']);
    assert.deepEqual(await holds('fui-Combobox'), ['on demand']);
    assert.deepEqual(await holds('fui-TabList'), ['at once']);
  });

  it('leaves no text out that the pane names', async () => {
    const keys = Object.keys(catalogues.en);
    const named: string[] = [];
    for (const folder of ['addin', 'contract', 'domain', 'language']) {
      const files = await readdir(path.join(SOURCES, folder), { recursive: true });
      for (const file of files.filter((name) => /\.tsx?$/.test(name))) {
        const text = await readFile(path.join(SOURCES, folder, file), 'utf8');
        const source = text.replace(/\/\*[^]*?\*\//g, '');
        // What stands before the first parameter of a key that is put together.
        for (const [, start = ''] of source.matchAll(/['"`]([a-z]\w*\.[\w.]*)/g)) named.push(start);
      }
    }
    assert.ok(named.includes('export.command.') && named.includes('pane.find.search'));
    const missing = keys.filter(
      (key) => PROGRAM_TEXTS.test(key) && named.some((start) => key.startsWith(start)),
    );
    assert.deepEqual(missing, []);
  });

  it('fetches the texts of the language that is spoken, and of the other only words', async () => {
    const scripts = await Promise.all(made.map(async (chunk) => [chunk, await page(chunk.file)] as const));
    const holding = (text: string) =>
      scripts.filter(([, script]) => script.includes(text)).map(([{ loaded }]) => loaded);
    for (const language of languages) {
      const { 'pane.find.search': text = '', 'action.restore': word = '' } = catalogues[language];
      assert.deepEqual(holding(`"${text}"`), ['by language']);
      assert.deepEqual(holding(`"${word}"`).sort(), ['at once', 'by language']);
    }
  });

  it('leaves the texts of the programs around it out', async () => {
    const scripts = await Promise.all(made.map(({ file }) => page(file)));
    assert.ok(scripts.some((script) => script.includes('pane.find.search')));
    assert.ok(!scripts.some((script) => script.includes('start.howToStop')));
  });
});

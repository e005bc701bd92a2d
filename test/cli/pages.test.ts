import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildPages, stalePages, type Pages } from '../../src/cli/pages';

const SOURCES = [
  'src/addin/pane.ts',
  'src/domain/order.ts',
  'src/workbench/page/main.ts',
  'src/cli/guide/page.html',
  'docs/guide.en.md',
  'package-lock.json',
];
const never = new AbortController().signal;

describe('which pages are built again', () => {
  let project: string;
  const changedAt = (file: string, minute: number) =>
    utimes(path.join(project, file), new Date(2020, 0, 1, 12, minute), new Date(2020, 0, 1, 12, minute));
  const stale = async (): Promise<string[]> => (await stalePages(project)).map(({ name }) => name);

  beforeEach('a project whose pages were built after the last change', async () => {
    project = await mkdtemp(path.join(tmpdir(), 'launchbook-pages-'));
    for (const file of SOURCES) {
      await mkdir(path.dirname(path.join(project, file)), { recursive: true });
      await writeFile(path.join(project, file), '');
      await changedAt(file, 0);
    }
    for (const name of ['addin', 'workbench', 'guide']) {
      await mkdir(path.join(project, 'dist', name), { recursive: true });
      await writeFile(path.join(project, `dist/${name}.built`), '');
      await changedAt(`dist/${name}.built`, 1);
    }
    for (const folder of ['src/addin', 'src/domain', 'src/workbench', 'src/workbench/page', 'src/cli/guide'])
      await changedAt(folder, 0);
  });
  afterEach(() => rm(project, { recursive: true }));

  it('none, when nothing changed', async () => {
    assert.deepEqual(await stale(), []);
  });

  it('the pane, when a rule it shares changed', async () => {
    await changedAt('src/domain/order.ts', 2);
    assert.deepEqual(await stale(), ['addin']);
  });

  it('the workbench, when a source was removed', async () => {
    await rm(path.join(project, 'src/workbench/page/main.ts'));
    await changedAt('src/workbench/page', 2);
    assert.deepEqual(await stale(), ['workbench']);
  });

  it('the guide, when its text changed', async () => {
    await changedAt('docs/guide.en.md', 2);
    assert.deepEqual(await stale(), ['guide']);
  });

  it('all, when packages changed or nothing was ever built', async () => {
    await changedAt('package-lock.json', 2);
    assert.deepEqual(await stale(), ['addin', 'workbench', 'guide']);
    await changedAt('package-lock.json', 0);
    await rm(path.join(project, 'dist'), { recursive: true });
    assert.deepEqual(await stale(), ['addin', 'workbench', 'guide']);
  });

  it('a page whose build broke off', async () => {
    const broken: Pages = { name: 'addin', sources: [], build: () => Promise.reject(new Error('no memory')) };
    await assert.rejects(buildPages(project, [broken], never), /no memory/);
    assert.deepEqual(await stale(), ['addin']);
  });

  it('a page whose source changed while it was built', async () => {
    const during: Pages = {
      name: 'workbench',
      sources: [],
      async build() {
        await writeFile(path.join(project, 'src/workbench/page/main.ts'), 'changed');
        return '';
      },
    };
    await buildPages(project, [during], never);
    assert.deepEqual(await stale(), ['workbench']);
  });
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { needBrowser, type Installation } from './need-browser';

describe('the browser for the tests', () => {
  let folder: string;
  let program: string;
  let said: string[];

  const node = (name: string, script: string): Installation => ({
    name,
    steps: [[process.execPath, '-e', script]],
  });
  const installs = (name: string) => node(name, `fs.writeFileSync(${JSON.stringify(program)}, '')`);
  const fails = (name: string) => node(name, `console.error('no network'); process.exit(1)`);
  const need = (...installations: Installation[]) =>
    needBrowser({
      find: () => (existsSync(program) ? program : undefined),
      installations,
      say: (line) => said.push(line),
    });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'launchbook-browser-'));
    program = path.join(folder, 'chromium');
    said = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is installed once when there is none, and said so', async () => {
    assert.equal(await need(installs('first'), fails('second')), program);
    assert.equal(said.length, 1);
    assert.match(said.join(), /there is none\. Installing: first/);
    assert.equal(await need(fails('first')), program);
    assert.equal(said.length, 1);
  });

  it('comes from the second source when the first fails', async () => {
    assert.equal(await need(fails('first'), installs('second')), program);
    assert.equal(said.length, 2);
  });

  it('is missing with what to do about it when no source works', async () => {
    await assert.rejects(need(fails('first'), node('second', 'process.exit(3)')), (error: Error) => {
      assert.match(error.message, /CHROME_PATH; npm run test:node runs all tests but these/);
      assert.match(error.message, /first: no network/);
      assert.match(error.message, /second: exit code 3/);
      return true;
    });
  });

  it('counts a source that cannot be run at all as failed', async () => {
    await assert.rejects(
      need({ name: 'nowhere', steps: [[path.join(folder, 'none')]] }),
      /nowhere: .*ENOENT/,
    );
  });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');
const ROW = /^\| (?!Excel …|---)[^|]+ \| [^|]+ \| ([^|]+) \|$/gm;
const NAMED = /`([\w/-]+)` › ([^;`]+)/g;
const TITLE = /\b(?:it|describe)\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g;

describe('the page of hazards', () => {
  it('names a test for every one, and every test it names is there', async () => {
    const page = await readFile(path.join(PROJECT, 'docs/hazards.md'), 'utf8');
    const rows = [...page.matchAll(ROW)].map(([, tests = '']) => [...tests.matchAll(NAMED)]);
    assert.ok(rows.length > 30, `${rows.length} hazards`);
    assert.ok(rows.every((named) => named.length > 0));
    const missing = await Promise.all(rows.flat().map(([, file = '', titles = '']) => notIn(file, titles)));
    assert.deepEqual(missing.flat(), []);
  });

  it('is led to from the page of the architecture', async () => {
    assert.match(await readFile(path.join(PROJECT, 'docs/architecture.md'), 'utf8'), /\(hazards\.md\)/);
  });
});

/** Those of the titles, by their beginning, that no test of the file has. */
async function notIn(file: string, titles: string): Promise<string[]> {
  const source = await readFile(path.join(PROJECT, 'test', `${file}.test.ts`), 'utf8');
  const there = [...source.matchAll(TITLE)].map(
    ([, ...quoted]) => quoted.find((title) => title !== undefined) ?? '',
  );
  const wanted = titles.split('›').map((title) => title.trim());
  return wanted
    .filter((title) => !there.some((each) => each.startsWith(title)))
    .map((title) => `${file}: ${title}`);
}

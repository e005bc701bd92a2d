import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const ADDIN = path.resolve(__dirname, '../../src/addin');
/** Office takes these away from a pane, or lets them do nothing. */
const BLOCKED = /(?<![\w.])(?:window\.)?(?:alert|confirm|prompt|print)\(|\bhistory\.(?:push|replace)State\b/;

describe('the add-in', () => {
  it('calls nothing that Office blocks: alert, confirm, prompt, print, the history of the page', async () => {
    const files = (await readdir(ADDIN, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
    assert.ok(files.length > 50);
    const sources = await Promise.all(
      files.map(async (file) => [file, await readFile(path.join(ADDIN, file), 'utf8')] as const),
    );
    assert.deepEqual(
      sources.flatMap(([file, source]) => (BLOCKED.test(source) ? [file] : [])),
      [],
    );
  });
});

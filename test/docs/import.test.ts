import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import prettier from 'prettier';
import { documentPath, makeDocument } from './import-document';

describe('docs/import.md', () => {
  it('says of every file and column what the import takes', async () => {
    const document = await readFile(documentPath, 'utf8');
    const options = await prettier.resolveConfig(documentPath);
    const made = await prettier.format(makeDocument(document), { ...options, parser: 'markdown' });
    assert.equal(document, made, 'run `npm run docs:import`');
  });
});

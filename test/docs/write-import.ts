import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { documentPath, makeDocument } from './import-document';

/** Not a test: `npm run docs:import` writes the tables of docs/import.md from the import format. */
describe('docs/import.md', () => {
  it('is written', async () => {
    const document = makeDocument(await readFile(documentPath, 'utf8'));
    const options = await prettier.resolveConfig(documentPath);
    await writeFile(documentPath, await prettier.format(document, { ...options, parser: 'markdown' }));
  });
});

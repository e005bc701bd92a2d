import { writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { useAdapter } from '../adapter/http/adapter';
import { documentPath, makeDocument } from './api-document';
import { prepareExamples } from './api-examples';

/** Not a test: `npm run docs:api` writes the reference of docs/api.md from a running adapter. */
describe('docs/api.md', () => {
  const adapter = useAdapter();

  it('is written', async () => {
    await prepareExamples(adapter);
    const options = await prettier.resolveConfig(documentPath);
    const document = await prettier.format(await makeDocument(adapter), { ...options, parser: 'markdown' });
    await writeFile(documentPath, document);
  });
});

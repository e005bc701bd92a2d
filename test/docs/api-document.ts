import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { refusalCodes } from '../../src/domain/refusals';
import { problemCodes } from '../../src/contract/problem';
import { catalogues } from '../../src/language/text';
import type { TestAdapter } from '../adapter/http/adapter';
import { tellExamples } from './api-examples';
import { reference, type Description } from './api-reference';

export const documentPath = path.resolve(__dirname, '../../docs/api.md');

const BEGIN = '<!-- Made by `npm run docs:api`: do not write below this line. -->';

/** What is written by hand, and what is made. */
export async function readDocument(): Promise<{ readonly written: string; readonly made: string }> {
  const [written = '', made = ''] = (await readFile(documentPath, 'utf8')).split(BEGIN);
  return { written, made };
}

export async function apiDescription(adapter: TestAdapter): Promise<Description> {
  const reply = await adapter.send('GET', '/api/openapi.json');
  return reply.json<Description>();
}

/** The whole document anew: what is written by hand is kept. */
export async function makeDocument(adapter: TestAdapter): Promise<string> {
  const { written } = await readDocument();
  const examples = await tellExamples(adapter);
  const made = [
    '## Reference',
    reference(await apiDescription(adapter), examples),
    '## Codes',
    codes(
      'Problems (`code`)',
      problemCodes.map((code) => [code, `problem.${code}.detail`]),
    ),
    codes(
      'Refusals (`refusals[].code`)',
      refusalCodes.map((code) => [code, `refusal.${code}`]),
    ),
  ];
  return `${written.trimEnd()}\n\n${BEGIN}\n\n${made.join('\n\n')}\n`;
}

function codes(title: string, entries: readonly (readonly [code: string, key: string])[]): string {
  const rows = entries.map(([code, key]) => `| \`${code}\` | ${catalogues.en[key] ?? ''} |`);
  return [`### ${title}`, ['| code | text |', '| --- | --- |', ...rows].join('\n')].join('\n\n');
}

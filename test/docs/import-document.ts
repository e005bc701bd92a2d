import path from 'node:path';
import { importErrorCodes } from '../../src/contract/imports';
import { catalogues } from '../../src/language/text';
import type { Bounds, Column } from '../../src/adapter/orderbook/import/columns';
import {
  columnOf,
  columnsOf,
  fileNameOf,
  formatOf,
  plantFileNames,
  type PlantFile,
} from '../../src/adapter/orderbook/import-format';

export const documentPath = path.join(__dirname, '../../docs/import.md');

/** Between these lines stands what is made from the format. */
const BEGIN = '<!-- made by npm run docs:import -->';
const END = '<!-- end -->';

const boundsText: Readonly<Record<Bounds, string>> = {
  any: '',
  positive: '> 0',
  notNegative: '',
  percent: '0–100',
  weekday: '1–7',
  year: 'four digits',
  decimals: '0–9',
};

const typeText = ({ type, bounds, choices }: Column): string => {
  if (type === 'choice') return choices.map((choice) => `\`${choice}\``).join(', ');
  const signed =
    bounds === 'any' && (type === 'decimal' || type === 'integer') ? 'also negative' : boundsText[bounds];
  return [type, signed].filter((text) => text !== '').join(', ');
};

const neededText = ({ required, fallback }: Column): string =>
  required ? 'yes' : fallback === null || fallback === '' ? '' : `\`${fallback}\``;

function fileSection(file: PlantFile): string {
  const { about, key, references } = formatOf[file];
  const rows = columnsOf[file].map((name: string) => {
    const column = columnOf(file, name);
    return `| \`${name}\` | ${typeText(column)} | ${neededText(column)} | ${column.about.replaceAll('|', '\\|')} |`;
  });
  const refers = references.map(({ columns, file: to }) => `\`${columns.join('`, `')}\` → ${to}`);
  return [
    `### ${fileNameOf(file)}`,
    `${about[0]?.toUpperCase() ?? ''}${about.slice(1)}.`,
    `Key: \`${key.join('`, `')}\`.${refers.length > 0 ? ` Refers to: ${refers.join('; ')}.` : ''}`,
    ['| column | type | required, or default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

function errorTable(): string {
  const rows = importErrorCodes.map((code) => {
    const texts = Object.entries(catalogues.en).filter(
      ([key]) =>
        key.replace(/^import\.error\./, '').split('.')[0] === code && key.startsWith('import.error.'),
    );
    return `| \`${code}\` | ${texts.map(([, text]) => text.replaceAll('|', '\\|')).join('<br>')} |`;
  });
  return ['## Errors', ['| code | text |', '| --- | --- |', ...rows].join('\n')].join('\n\n');
}

/** The document with its made part made anew. */
export function makeDocument(document: string): string {
  const [before, rest = ''] = document.split(BEGIN);
  const after = rest.split(END)[1] ?? '\n';
  const made = ['## Files', ...plantFileNames.map(fileSection), errorTable()].join('\n\n');
  return `${before}${BEGIN}\n\n${made}\n\n${END}${after}`;
}

import { isExactNumber } from '../../domain/spreadsheet';
import type { Column, Value } from './table';

/** The XML of an Excel workbook. Source: ECMA-376, part 1, SpreadsheetML; the shape is what Excel itself writes. */

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const MOST_CHARACTERS = 32_767;
/** Day 0 of Excel's calendar, right for every day since March 1900. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const MS_PER_DAY = 86_400_000;

/** Places in `cellXfs` of the styles below. */
const styles = { text: 1, day: 2, time: 3, number: 0, header: 4 } as const;

// Formats of Excel's own: 14 is a day, 22 a day with time, both as the reader's region writes them; 49 is text.
export const staticParts: Readonly<Record<string, string>> = {
  '_rels/.rels':
    `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument"` +
    ` Target="xl/workbook.xml"/></Relationships>`,
  'xl/styles.xml':
    `${DECLARATION}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
    `<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>` +
    `<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>` +
    `<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf numFmtId="49" applyNumberFormat="1"/>` +
    `<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs>` +
    `</styleSheet>`,
};

/** The parts that name the sheets: `name`, and `name (2)` … where one sheet did not hold all rows. */
export function workbookParts(name: string, sheets: number): Record<string, string> {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const sheet = (n: number) =>
    `<sheet name="${escaped(n === 1 ? name : `${name} (${n})`)}" sheetId="${n}" r:id="rId${n}"/>`;
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${DOCUMENT}/${type}" Target="${target}"/>`;
  const override = (part: string, type: string) =>
    `<Override PartName="${part}" ContentType="${TYPE}.${type}+xml"/>`;
  return {
    'xl/workbook.xml': `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${numbers.map(sheet).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">` +
      numbers.map((n) => relation(n, 'worksheet', `worksheets/sheet${n}.xml`)).join('') +
      `${relation(sheets + 1, 'styles', 'styles.xml')}</Relationships>`,
    '[Content_Types].xml':
      `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
      `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      override('/xl/workbook.xml', 'sheet.main') +
      override('/xl/styles.xml', 'styles') +
      numbers.map((n) => override(`/xl/worksheets/sheet${n}.xml`, 'worksheet')).join('') +
      '</Types>',
  };
}

/** How a sheet begins: column widths, and the header staying in view. */
export function opening(columns: readonly Column<never>[]): string {
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return (
    `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${widths.join('')}</cols><sheetData>`
  );
}

export const closing = '</sheetData></worksheet>';

export function rowXml(values: readonly Value[], style?: 'header'): string {
  return `<row>${values.map((value) => cellXml(value, style)).join('')}</row>`;
}

function cellXml(value: Value, style?: 'header'): string {
  switch (value?.kind) {
    case undefined:
      // A cell without a place of its own stands right of the one before it.
      return '<c/>';
    case 'text':
      return textXml(value.text, style ?? 'text');
    case 'day':
      return numberXml(String(serial(`${value.day}T00:00:00`)), 'day');
    case 'time':
      return numberXml(serial(value.time).toFixed(6), 'time');
    case 'decimal':
      return isExactNumber(value.decimal)
        ? numberXml(value.decimal, 'number')
        : textXml(value.decimal, 'text');
    case 'whole':
      return numberXml(String(value.number), 'number');
  }
}

/** Days since Excel's day 0 of a time without a zone. */
function serial(time: string): number {
  return (Date.parse(`${time}Z`) - DAY_ZERO) / MS_PER_DAY;
}

function numberXml(number: string, style: keyof typeof styles): string {
  return `<c s="${styles[style]}"><v>${number}</v></c>`;
}

function textXml(text: string, style: keyof typeof styles): string {
  if (text === '') return '<c/>';
  return `<c s="${styles[style]}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

const MARKUP = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' } as const;
// What XML 1.0 cannot hold, halves of surrogate pairs included.
const IMPOSSIBLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** `_x000D_` in a text would be read as the character it names, unless its underscore is written that way itself. */
function escaped(text: string): string {
  return text
    .slice(0, MOST_CHARACTERS)
    .replace(IMPOSSIBLE, '\uFFFD')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/\r/g, '_x000D_')
    .replace(/[&<>"]/g, (character) => MARKUP[character as keyof typeof MARKUP]);
}

import { stringify } from 'csv-stringify/sync';
import { startsFormula } from '../../domain/spreadsheet';
import type { Export, Value } from './table';

export interface CsvForm {
  readonly separator: ',' | ';' | '\t';
  readonly decimal: '.' | ',';
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A table as CSV text, piece by piece: UTF-8 with a byte order mark, lines as Windows ends them, headers in the caller's language. Days
 * and times are ISO, which Excel reads in every region.
 */
export async function* csv<Row>(
  { table, rows, ...around }: Export<Row>,
  form: CsvForm,
): AsyncGenerator<string> {
  const lines = (cells: readonly (readonly string[])[]) =>
    // A line break of any kind is quoted: Excel takes a bare one for the end of the row.
    stringify([...cells], { delimiter: form.separator, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
  yield BYTE_ORDER_MARK + lines([table.columns.map(({ header }) => around.text(header))]);
  for await (const batch of rows)
    yield lines(batch.map((row) => table.columns.map((column) => cell(column.value(row, around), form))));
}

function cell(value: Value, form: CsvForm): string {
  switch (value?.kind) {
    case undefined:
      return '';
    case 'text':
      return inert(value.text);
    case 'day':
      return value.day;
    case 'time':
      return value.time.replace('T', ' ');
    case 'decimal':
      return value.decimal.replace('.', form.decimal);
    case 'whole':
      return String(value.number);
  }
}

/**
 * Text that Excel, opening the file, does not take for a formula: an apostrophe in front, as OWASP advises. Unlike in a sheet it stays
 * visible; a program that reads the file takes it off.
 */
function inert(text: string): string {
  return startsFormula(text) ? `'${text}` : text;
}

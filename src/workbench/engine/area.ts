/** A block of cells. Zero-based; `rows` and `columns` are counts of at least 1. */
export interface Area {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** The size of an Excel worksheet. */
export const SHEET_ROWS = 1_048_576;
export const SHEET_COLUMNS = 16_384;

export const lastRow = (area: Area): number => area.row + area.rows - 1;
export const lastColumn = (area: Area): number => area.column + area.columns - 1;

/** The area between two corners, both included. */
export function between(row: number, column: number, toRow: number, toColumn: number): Area {
  return { row, column, rows: toRow - row + 1, columns: toColumn - column + 1 };
}

export function intersect(a: Area, b: Area): Area | null {
  const row = Math.max(a.row, b.row);
  const column = Math.max(a.column, b.column);
  const toRow = Math.min(lastRow(a), lastRow(b));
  const toColumn = Math.min(lastColumn(a), lastColumn(b));
  return toRow < row || toColumn < column ? null : between(row, column, toRow, toColumn);
}

/** The smallest area that contains both. */
export function enclose(a: Area, b: Area): Area {
  return between(
    Math.min(a.row, b.row),
    Math.min(a.column, b.column),
    Math.max(lastRow(a), lastRow(b)),
    Math.max(lastColumn(a), lastColumn(b)),
  );
}

export function contains(outer: Area, row: number, column: number): boolean {
  return row >= outer.row && row <= lastRow(outer) && column >= outer.column && column <= lastColumn(outer);
}

export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** `A1:B2`, `A:C` for whole columns, `1:3` for whole rows, as Excel writes addresses. */
export function formatArea(area: Area): string {
  if (area.rows >= SHEET_ROWS) return `${columnLetters(area.column)}:${columnLetters(lastColumn(area))}`;
  if (area.columns >= SHEET_COLUMNS) return `${String(area.row + 1)}:${String(lastRow(area) + 1)}`;
  const first = `${columnLetters(area.column)}${String(area.row + 1)}`;
  if (area.rows === 1 && area.columns === 1) return first;
  return `${first}:${columnLetters(lastColumn(area))}${String(lastRow(area) + 1)}`;
}

export function quoteSheetName(name: string): string {
  return /^[A-Za-z_À-ɏ][\wÀ-ɏ.]*$/.test(name) && !/^[A-Za-z]{1,3}\d+$/.test(name)
    ? name
    : `'${name.replaceAll("'", "''")}'`;
}

/** Reads `B2`, `$A$1:C9`, `A:C` or `1:3`; `undefined` when the text is no address. */
export function parseArea(text: string): Area | undefined {
  const [from = '', to = from] = text.replaceAll('$', '').trim().toUpperCase().split(':');
  const first = parseCorner(from);
  const last = parseCorner(to);
  if (!first || !last) return undefined;
  if ((first.row === undefined) !== (last.row === undefined)) return undefined;
  if ((first.column === undefined) !== (last.column === undefined)) return undefined;
  if (!text.includes(':') && (first.row === undefined || first.column === undefined)) return undefined;
  const rows = [first.row ?? 0, last.row ?? SHEET_ROWS - 1];
  const columns = [first.column ?? 0, last.column ?? SHEET_COLUMNS - 1];
  const area = between(Math.min(...rows), Math.min(...columns), Math.max(...rows), Math.max(...columns));
  return lastRow(area) < SHEET_ROWS && lastColumn(area) < SHEET_COLUMNS ? area : undefined;
}

/** Splits `'My sheet'!A1:B2` into its sheet name and the rest. */
export function splitSheet(text: string): { sheet?: string; rest: string } {
  const mark = text.lastIndexOf('!');
  if (mark < 0) return { rest: text };
  const sheet = text
    .slice(0, mark)
    .replace(/^=?'?|'$/g, '')
    .replaceAll("''", "'");
  return { sheet, rest: text.slice(mark + 1) };
}

function parseCorner(text: string): { row: number | undefined; column: number | undefined } | undefined {
  const match = /^([A-Z]{0,3})(\d{0,7})$/.exec(text);
  if (!match || text === '') return undefined;
  const letters = match[1] ?? '';
  const digits = match[2] ?? '';
  const column = [...letters].reduce((value, letter) => value * 26 + letter.charCodeAt(0) - 64, 0);
  if (digits !== '' && Number(digits) === 0) return undefined;
  return {
    row: digits === '' ? undefined : Number(digits) - 1,
    column: letters === '' ? undefined : column - 1,
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

export type SourceRow = Readonly<Record<string, string>>;

/** The rows of a table of a source folder. */
export function readRows(folder: string, name: string): readonly SourceRow[] {
  const bytes = readFileSync(join(folder, name));
  return parse<SourceRow>(name.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true });
}

/** The text of a column; a missing column is an error in the source folder, not an empty value. */
export function text(row: SourceRow, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`The source has no column ${column}.`);
  return value;
}

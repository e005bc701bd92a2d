import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import {
  columnOf,
  columnsOf,
  fileNameOf,
  plantFileNames,
  type ColumnOf,
  type PlantFile,
} from '../../src/adapter/orderbook/import-format';

export type TextRow<F extends PlantFile> = Readonly<Record<ColumnOf<F>, string>>;
export type PlantTables = { readonly [F in PlantFile]: readonly TextRow<F>[] };

/**
 * Reads one file strictly; a file that is not there has no rows, a column that is left out is empty. Errors: a row has another
 * number of fields than the header, a column is unknown, or a required one is missing.
 */
function readTable(folder: string, file: PlantFile): readonly TextRow<PlantFile>[] {
  const name = fileNameOf(file);
  if (!existsSync(join(folder, name))) return [];
  const bytes = readFileSync(join(folder, name));
  const text = name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  const header = text.subarray(0, text.indexOf('\n')).toString().split(',');
  const columns: readonly string[] = columnsOf[file];
  const unknown = header.filter((column) => !columns.includes(column));
  const missing = columns.filter((column) => columnOf(file, column).required && !header.includes(column));
  if (unknown.length + missing.length > 0) throw new Error(`${name} has the header ${header.join()}.`);
  const empty = Object.fromEntries(columns.map((column) => [column, '']));
  // Every row has the columns of the file now: those of the header, which were compared, and the empty ones.
  return parse<object>(text, { columns: true }).map((row) => ({ ...empty, ...row }) as TextRow<PlantFile>);
}

export function readPlant(folder: string): PlantTables {
  // fromEntries cannot pair each file with its own row type; readTable has checked each header.
  return Object.fromEntries(
    plantFileNames.map((file) => [file, readTable(folder, file)]),
  ) as unknown as PlantTables;
}

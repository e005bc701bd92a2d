import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { columnsOf, fileNameOf, type PlantFile } from '../../src/adapter/orderbook/import-format';

export type TextRow<F extends PlantFile> = Readonly<Record<(typeof columnsOf)[F][number], string>>;
export type PlantTables = { readonly [F in PlantFile]: readonly TextRow<F>[] };

/** Reads one file strictly. Errors: a row has another number of fields than the header, or the header differs. */
function readTable(folder: string, file: PlantFile): readonly TextRow<PlantFile>[] {
  const name = fileNameOf(file);
  const bytes = readFileSync(join(folder, name));
  const text = name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  const expected = columnsOf[file].join(',');
  const header = text.subarray(0, text.indexOf('\n')).toString();
  if (header !== expected) throw new Error(`${name} has the header ${header}, expected ${expected}.`);
  // The header was compared with the columns of the file, so every row has exactly these keys.
  return parse<TextRow<PlantFile>>(text, { columns: true });
}

export function readPlant(folder: string): PlantTables {
  // Object.keys loses the literal type; columnsOf has exactly the names of PlantFile.
  const files = Object.keys(columnsOf) as PlantFile[];
  // fromEntries cannot pair each file with its own row type; readTable has checked each header.
  return Object.fromEntries(files.map((file) => [file, readTable(folder, file)])) as unknown as PlantTables;
}

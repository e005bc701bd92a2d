import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import {
  columnOf,
  columnsOf,
  fileNameOf,
  type PlantFile,
  type RowOf,
} from '../src/adapter/orderbook/import-format';

/** The gzip header names the operating system in this byte; 255 (unknown) makes every machine write the same. */
const GZIP_SYSTEM_BYTE = 9;

export type PlantRows = { readonly [F in PlantFile]?: readonly RowOf<F>[] };

/** Writes a plant folder, and says what it wrote. */
export function writePlant(folder: string, description: object, rows: PlantRows): void {
  mkdirSync(folder, { recursive: true });
  // Object.entries forgets which rows belong to which file; PlantRows pairs them.
  for (const [file, content] of Object.entries(rows) as [PlantFile, readonly RowOf<PlantFile>[]][]) {
    writePlantFile(folder, file, content);
    console.log(`${file}: ${content.length} rows`);
  }
  writeFileSync(join(folder, 'plant.json'), `${JSON.stringify(description, null, 2)}\n`);
}

function field(value: string | number | boolean | undefined): string {
  const text = value === undefined ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Writes one file of a plant: header row, LF, quotes only where needed. Optional columns that no row fills are left out.
 * Compressed files carry no time.
 */
function writePlantFile<F extends PlantFile>(folder: string, file: F, rows: readonly RowOf<F>[]): void {
  const columns = columnsOf[file].filter(
    (column) => columnOf(file, column).required || rows.some((row) => (row[column] ?? '') !== ''),
  );
  const lines = rows.map((row) => columns.map((column) => field(row[column])).join(','));
  const text = `${[columns.join(','), ...lines].join('\n')}\n`;
  const name = fileNameOf(file);
  writeFileSync(join(folder, name), name.endsWith('.gz') ? compress(text) : text);
}

function compress(text: string): Buffer {
  const bytes = gzipSync(text, { level: constants.Z_BEST_COMPRESSION, memLevel: 9 });
  bytes[GZIP_SYSTEM_BYTE] = 255;
  return bytes;
}

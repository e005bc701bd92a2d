import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { uuidv7 } from 'uuidv7';
import type { Faults } from '../../import/import-errors';
import { CsvUnreadable, readCsv } from '../../import/read-csv';
import type { Writing } from '../../import/read-value';
import { RowReader } from '../../import/row-reader';
import { columnsOf, formatOf, type PlantFile } from '../../import-format';
import { fieldOf, type Staging } from './staged';

export interface StageOptions {
  /** The connection of the import's transaction. */
  readonly client: PoolClient;
  readonly staging: Staging;
  readonly writing: Writing;
  readonly faults: Faults;
  /** Called now and then with how many rows have been read; throws to stop. */
  readonly onRows: (file: PlantFile, rows: number) => void;
  /** First and last start, as the files write it, of the orders that are wanted with what belongs to them; without it all are. */
  readonly starts?: { readonly first: string; readonly last: string } | undefined;
}

/** Rows between two calls of `onRows`. */
const STEP = 5000;
/** Characters that are sent at once. */
const CHUNK = 64 * 1024;

/**
 * Reads the files in their order, checks every value and copies the rows into the staging table as texts. What cannot be read becomes
 * a fault and is staged empty, so that the checks that follow can find what else is wrong. Gives the rows of each file.
 */
export async function stageFiles(
  files: ReadonlyMap<PlantFile, string>,
  options: StageOptions,
): Promise<Map<PlantFile, number>> {
  const wanted = options.starts && new WantedOrders(options.starts);
  const rows = new Map<PlantFile, number>();
  for (const [file, path] of files) rows.set(file, await stageFile(file, path, options, wanted));
  // Without statistics PostgreSQL takes the staged rows for a handful and looks at each once for every other.
  await analyzeStaged(options.client, files.keys());
  return rows;
}

async function stageFile(
  file: PlantFile,
  path: string,
  { client, staging, writing, faults, onRows }: StageOptions,
  wanted: WantedOrders | undefined,
): Promise<number> {
  const fields = columnsOf[file].map((column) => fieldOf(file, column)).join(', ');
  const copy = client.query(
    copyFrom(
      `copy import_row (company_id, import_id, file, line, order_ref, order_id, ${fields}) from stdin`,
    ),
  );
  // The server may end the copying at any moment: what it says must not reach nobody, that would end the process.
  let broken: Error | undefined;
  copy.on('error', (error) => (broken ??= error));
  const head = [staging.company, staging.id, file].map(copied).join('\t');
  const reader = new RowReader(file, writing, faults);
  let [rows, text] = [0, ''];
  try {
    for await (const { line, fields: found } of readCsv(path)) {
      if (broken) throw broken;
      if (!reader.hasHeader) {
        reader.header(line, found);
        continue;
      }
      if (++rows % STEP === 0) onRows(file, rows);
      if (wanted?.leavesOut(file, reader, found) === true) continue;
      const row = reader.read(line, found);
      if (row === undefined) continue;
      const own = [row.orderRef, file === 'orders' ? uuidv7() : null, ...row.values];
      text += `${head}\t${line}\t${own.map(copied).join('\t')}\n`;
      if (text.length < CHUNK) continue;
      await write(copy, text);
      text = '';
    }
  } catch (error) {
    if (!(error instanceof CsvUnreadable)) {
      copy.destroy();
      await finished(copy).catch(() => undefined);
      throw broken ?? error;
    }
    faults.add({ file, line: error.line, column: null, code: error.code, params: { detail: error.message } });
  }
  copy.end(text);
  await finished(copy);
  onRows(file, rows);
  return rows;
}

/** Each large file has a partition of its own. */
async function analyzeStaged(client: PoolClient, files: Iterable<PlantFile>): Promise<void> {
  const partitions = new Set([...files].map((file) => (formatOf[file].large === true ? file : 'small')));
  for (const partition of partitions) await client.query(`analyze import_row_${partition}`);
}

async function write(copy: CopyStreamQuery, text: string): Promise<void> {
  if (!copy.write(text)) await once(copy, 'drain');
}

/** A value in the text format of COPY. Source: PostgreSQL, COPY, file formats. */
function copied(value: string | null): string {
  if (value === null) return '\\N';
  return /[\\\t\n\r]/.test(value)
    ? value.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? '')
    : value;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Remembers which orders are wanted, so that the rows of the others can be left out unread; the files have the orders first. */
class WantedOrders {
  readonly #refs = new Set<string>();

  constructor(private readonly starts: { readonly first: string; readonly last: string }) {}

  leavesOut(file: PlantFile, reader: RowReader, fields: readonly string[]): boolean {
    const ref = reader.rawOrderRef(fields);
    if (ref === null) return false;
    if (file !== 'orders') return !this.#refs.has(ref);
    const start = reader.rawValue(fields, 'start');
    const outside = start < this.starts.first || start > this.starts.last;
    if (!outside) this.#refs.add(ref);
    return outside;
  }
}

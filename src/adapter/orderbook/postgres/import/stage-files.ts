import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { uuidv7 } from 'uuidv7';
import type { Faults } from '../../import/import-errors';
import { CsvUnreadable, readCsv, type Allowance } from '../../import/read-csv';
import type { Writing } from '../../import/read-value';
import { RowReader } from '../../import/row-reader';
import { columnsOf, type PlantFile } from '../../import-format';
import type { Tx } from '../database';
import { fieldOf, type Staging } from './staged';
import { analyzeStaged, stagingTableName } from './staging-tables';

export interface StageOptions {
  /** The connection of the import's transaction. */
  readonly client: PoolClient;
  readonly staging: Staging;
  readonly writing: Writing;
  readonly faults: Faults;
  /** Called now and then with how many rows have been read; throws to stop. */
  readonly onRows: (file: PlantFile, rows: number) => void;
  /** How much may be read of all the files. */
  readonly allowance: Allowance;
  /** First and last start, as the files write it, of the orders that are wanted with what belongs to them; without it all are. */
  readonly starts?: { readonly first: string; readonly last: string } | undefined;
}

/** Rows between two calls of `onRows`. */
const STEP = 5000;
/** Characters that are sent at once. */
const CHUNK = 64 * 1024;

/** What there was in a file. */
export interface StagedFile {
  readonly rows: number;
  /** Rows that the first load does not want. */
  readonly unwanted: number;
}

/**
 * Reads the files in their order, checks every value and copies the rows into the staging tables as texts. What cannot be read becomes
 * a fault and is staged empty, so that the checks that follow can find what else is wrong. Gives what there was in each file.
 */
export async function stageFiles(
  tx: Tx,
  files: ReadonlyMap<PlantFile, string>,
  options: StageOptions,
): Promise<Map<PlantFile, StagedFile>> {
  const wanted = options.starts && new WantedOrders(options.starts);
  const read = new Map<PlantFile, StagedFile>();
  for (const [file, path] of files) {
    // Nothing that follows would be read in full.
    if (!options.allowance.exhausted) read.set(file, await stageFile(file, path, options, wanted));
  }
  await analyzeStaged(tx, files.keys(), options.staging);
  return read;
}

async function stageFile(
  file: PlantFile,
  path: string,
  { client, staging, writing, faults, onRows, allowance }: StageOptions,
  wanted: WantedOrders | undefined,
): Promise<StagedFile> {
  const fields = columnsOf[file].map((column) => fieldOf(file, column)).join(', ');
  const copy = client.query(
    copyFrom(
      `copy ${stagingTableName(file, staging)} (file, line, order_ref, order_id, ${fields}) from stdin`,
    ),
  );
  // The server may end the copying at any moment: what it says must not reach nobody, that would end the process.
  let broken: Error | undefined;
  copy.on('error', (error) => (broken ??= error));
  const reader = new RowReader(file, writing, faults);
  let [rows, unwanted, text] = [0, 0, ''];
  try {
    for await (const { line, fields: found } of readCsv(path, allowance)) {
      if (broken) throw broken;
      if (!reader.hasHeader) {
        reader.header(line, found);
        continue;
      }
      if (++rows % STEP === 0) onRows(file, rows);
      if (wanted?.leavesOut(file, reader, found) === true) {
        unwanted++;
        continue;
      }
      const row = reader.read(line, found);
      if (row === undefined) continue;
      const own = [row.orderRef, file === 'orders' ? uuidv7() : null, ...row.values];
      text += `${file}\t${line}\t${own.map(copied).join('\t')}\n`;
      if (text.length < CHUNK) continue;
      await write(copy, text);
      text = '';
    }
  } catch (error) {
    if (!(error instanceof CsvUnreadable)) {
      // Destroying it makes an error of its own.
      const cause = broken ?? error;
      copy.destroy();
      await finished(copy).catch(() => undefined);
      throw cause;
    }
    faults.add({ file, line: error.line, column: null, code: error.code, params: error.params });
  }
  copy.end(text);
  await finished(copy);
  onRows(file, rows);
  return { rows, unwanted };
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
    // What is reserved for a document of another system is of no order.
    if (ref === null || reader.rawValue(fields, 'number') === '') return false;
    if (file !== 'orders') return !this.#refs.has(ref);
    const start = reader.rawValue(fields, 'start');
    const outside = start < this.starts.first || start > this.starts.last;
    if (!outside) this.#refs.add(ref);
    return outside;
  }
}

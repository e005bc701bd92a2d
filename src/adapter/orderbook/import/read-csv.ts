import { createReadStream } from 'node:fs';
import {
  PassThrough,
  pipeline,
  Transform,
  type Duplex,
  type Readable,
  type TransformCallback,
} from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse, CsvError } from 'csv-parse';
import type { ImportErrorCode } from '../../../contract/imports';

/** A file cannot be read on from here. */
export class CsvUnreadable extends Error {
  override readonly name = 'CsvUnreadable';
  readonly code: ImportErrorCode;
  readonly line: number | null;
  /** Fills the text of the code. */
  readonly params: Readonly<Record<string, string>>;

  constructor(
    code: ImportErrorCode,
    line: number | null,
    params: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.code = code;
    this.line = line;
    this.params = params;
  }
}

export interface CsvRecord {
  /** Where it begins; the header is line 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** A header longer than this is none of ours. */
const MOST_HEADER = 16 * 1024;
const MEGABYTE = 1024 * 1024;
/** Megabytes without the end of a record: many times what the widest row of ours may hold. A quote that is never closed has more. */
export const mostOfARecord = 1;
/** Megabytes of all files of a folder, unpacked: many times what a large plant needs. */
export const mostOfAFolder = 4096;

/** How much of a folder may still be read: one allowance for all its files. */
export class Allowance {
  #bytes: number;

  /** @param look called now and then while a file is read, also where it has no rows; throws to stop */
  constructor(
    readonly look: () => void = () => undefined,
    readonly megabytes = mostOfAFolder,
  ) {
    this.#bytes = megabytes * MEGABYTE;
  }

  get exhausted(): boolean {
    return this.#bytes < 0;
  }

  /** False when that was more than there was left. */
  take(bytes: number): boolean {
    this.look();
    this.#bytes -= bytes;
    return this.#bytes >= 0;
  }
}

/** Bytes follow only when every record before them has been met: so an error is found at the line at which it is. */
const unhurried = { readableHighWaterMark: 1 };

/** How far the bytes of a file have come. */
interface Passed {
  bytes: number;
  /** As many had come when the last record was met. */
  atRecord: number;
  quotes: boolean;
}

/**
 * The records of a CSV file, header first, in constant memory: UTF-8 with or without BOM, `,` or `;` as the header has it, plain
 * or gzip by the ending. Blank lines are left out, blanks around fields too. Throws {@link CsvUnreadable}, also where a record or the
 * folder is larger than may be.
 */
export async function* readCsv(file: string, allowance = new Allowance()): AsyncGenerator<CsvRecord> {
  const delimiter = separatorOf(await firstLine(file));
  const records = parse({ delimiter, bom: true, trim: true, relax_column_count: true, ...unhurried });
  const passed: Passed = { bytes: 0, atRecord: 0, quotes: false };
  // An error of any part ends the records with it, and there it is met.
  pipeline([...bytesOf(file), utf8Check(), limited(passed, allowance), records], () => undefined);
  let line = 0;
  try {
    for await (const fields of records as AsyncIterable<string[]>) {
      const begins = line + 1;
      passed.atRecord = passed.bytes;
      // Counted here, because the parser is slower by half when it is asked. Only quoted fields can hold line breaks.
      line += passed.quotes ? linesOf(fields) : 1;
      if (fields.length > 1 || fields[0] !== '') yield { line: begins, fields };
    }
  } catch (error) {
    throw unreadable(error, line + 1);
  }
}

function linesOf(fields: readonly string[]): number {
  let lines = 1;
  for (const field of fields) if (field.includes('\n')) lines += field.split('\n').length - 1;
  return lines;
}

/** The streams that give the bytes of a file. */
function bytesOf(file: string): [Readable, ...Duplex[]] {
  return [createReadStream(file), ...(file.endsWith('.gz') ? [createGunzip()] : [])];
}

/** Passes bytes on as long as they come to records, and to no more than is allowed. */
function limited(passed: Passed, allowance: Allowance): Transform {
  const excess = (bytes: number): CsvUnreadable | null => {
    if (!allowance.take(bytes)) {
      return new CsvUnreadable('tooLarge', null, { part: 'folder', most: String(allowance.megabytes) });
    }
    if (passed.bytes - passed.atRecord <= mostOfARecord * MEGABYTE) return null;
    return new CsvUnreadable('recordTooLong', null, { most: String(mostOfARecord) });
  };
  return new Transform({
    transform: (chunk: Buffer, _, done) => {
      passed.quotes ||= chunk.includes('"');
      passed.bytes += chunk.length;
      try {
        done(excess(chunk.length), chunk);
      } catch (error) {
        done(asError(error));
      }
    },
  });
}

/** Passes bytes on as they are; text in another encoding ends with an error in place of wrong letters. */
function utf8Check(): Transform {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const checked = (work: () => void, done: TransformCallback, chunk?: Buffer): void => {
    try {
      work();
      done(null, chunk);
    } catch (error) {
      done(asError(error));
    }
  };
  return new Transform({
    transform: (chunk: Buffer, _, done) =>
      checked(() => decoder.decode(chunk, { stream: true }), done, chunk),
    flush: (done) => checked(() => decoder.decode(), done),
  });
}

async function firstLine(file: string): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  const bytes = new PassThrough();
  pipeline([...bytesOf(file), utf8Check(), bytes], () => undefined);
  let text = '';
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      text += decoder.decode(chunk, { stream: true });
      if (/[\r\n]/.test(text) || text.length > MOST_HEADER) break;
    }
  } catch (error) {
    throw unreadable(error, null);
  }
  const line = text.split(/[\r\n]/, 1)[0] ?? '';
  if (line.trim() === '' || line.length > MOST_HEADER) throw new CsvUnreadable('noHeader', 1);
  return line;
}

/** Our column names contain neither, so the header tells which one separates. */
function separatorOf(header: string): ',' | ';' {
  return header.includes(';') ? ';' : ',';
}

function unreadable(error: unknown, line: number | null): unknown {
  if (error instanceof CsvUnreadable) return new CsvUnreadable(error.code, line, error.params);
  const detail = asError(error).message;
  if (error instanceof CsvError) {
    // The parser names the line of a stray quote; of a quote that is never closed, where the record begins says more.
    const at = 'lines' in error && error.code !== 'CSV_QUOTE_NOT_CLOSED' ? Number(error.lines) : line;
    return new CsvUnreadable('malformed', at, { detail }, { cause: error });
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return new CsvUnreadable('notUtf8', line, { detail }, { cause: error });
  return isOfFile(code) ? new CsvUnreadable('unreadable', null, { detail }, { cause: error }) : error;
}

/** What the system says of a file (ENOENT, EACCES …), or zlib of a packed one (Z_DATA_ERROR …). */
const isOfFile = (code: string): boolean => /^(?:E[A-Z]+|Z_[A-Z_]+)$/.test(code);

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

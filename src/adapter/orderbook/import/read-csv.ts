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

  constructor(code: ImportErrorCode, line: number | null, message = '', options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.line = line;
  }
}

export interface CsvRecord {
  /** Where it begins; the header is line 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** A header longer than this is none of ours. */
const MOST_HEADER = 16 * 1024;

/**
 * The records of a CSV file, header first, in constant memory: UTF-8 with or without BOM, `,` or `;` as the header has it, plain
 * or gzip by the ending. Blank lines are left out, blanks around fields too. Throws {@link CsvUnreadable}.
 */
export async function* readCsv(file: string): AsyncGenerator<CsvRecord> {
  const delimiter = separatorOf(await firstLine(file));
  const records = parse({ delimiter, bom: true, trim: true, relax_column_count: true });
  const seen = { quotes: false };
  // An error of any part ends the records with it, and there it is met.
  pipeline([...bytesOf(file, seen), records], () => undefined);
  let line = 0;
  try {
    for await (const fields of records as AsyncIterable<string[]>) {
      const begins = line + 1;
      // Counted here, because the parser is slower by half when it is asked. Only quoted fields can hold line breaks.
      line += seen.quotes ? linesOf(fields) : 1;
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

/** The streams that give the bytes of a file, checked to be UTF-8; `seen` tells whether there were quotes so far. */
function bytesOf(file: string, seen = { quotes: false }): [Readable, ...Duplex[]] {
  const unpacked = file.endsWith('.gz') ? [createGunzip()] : [];
  return [createReadStream(file), ...unpacked, utf8Check(seen)];
}

/** Passes bytes on as they are; text in another encoding ends with an error in place of wrong letters. */
function utf8Check(seen: { quotes: boolean }): Transform {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const checked = (work: () => void, done: TransformCallback, chunk?: Buffer): void => {
    try {
      work();
      done(null, chunk);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return new Transform({
    transform: (chunk: Buffer, _, done) => {
      seen.quotes ||= chunk.includes('"');
      checked(() => decoder.decode(chunk, { stream: true }), done, chunk);
    },
    flush: (done) => checked(() => decoder.decode(), done),
  });
}

async function firstLine(file: string): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  const bytes = new PassThrough();
  pipeline([...bytesOf(file), bytes], () => undefined);
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

function unreadable(error: unknown, line: number | null): CsvUnreadable {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CsvError) return new CsvUnreadable('malformed', line, message, { cause: error });
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const what = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'notUtf8' : 'unreadable';
  return new CsvUnreadable(what, what === 'notUtf8' ? line : null, message, { cause: error });
}

import type { Block } from './blocks';

/**
 * Excel on the web takes 5 MB a request; far less keeps every step short, for the pane and for who wants to stop or to type, and
 * costs hardly more bytes.
 */
export const CHUNK_BYTES = 200_000;
/** Rows that are left as they are have hardly any bytes, but the cells of each go with the others. */
const CHUNK_ROWS = 1000;

const encoder = new TextEncoder();

export interface Chunk<T> extends Block {
  readonly rows: readonly T[];
}

/**
 * Cuts rows into blocks of at most `bytes` of their JSON in UTF-8; a single row above that is a block of its own. Rows are asked
 * for when their block is.
 */
export function* chunksOf<T>(rows: Iterable<T>, bytes = CHUNK_BYTES): Generator<Chunk<T>> {
  let [first, size, part]: [number, number, T[]] = [0, 0, []];
  for (const row of rows) {
    const length = encoder.encode(JSON.stringify(row)).length;
    if (part.length > 0 && (size + length > bytes || part.length === CHUNK_ROWS)) {
      yield { first, count: part.length, rows: part };
      first += part.length;
      [size, part] = [0, []];
    }
    part.push(row);
    size += length;
  }
  if (part.length > 0) yield { first, count: part.length, rows: part };
}

/** Rows that are made when they are asked for: making thousands at once would hold up the pane. */
export interface LazyRows<T> extends Iterable<T> {
  readonly length: number;
}

export function lazily<T, U>(items: readonly T[], make: (item: T) => U): LazyRows<U> {
  return {
    length: items.length,
    *[Symbol.iterator]() {
      for (const item of items) yield make(item);
    },
  };
}

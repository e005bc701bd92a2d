import type { Block } from './blocks';

/** Excel on the web takes 5 MB a request; a fifth leaves room for what else is in it and keeps every step short. */
export const CHUNK_BYTES = 1_000_000;

const encoder = new TextEncoder();

/** Cuts rows into blocks of at most `bytes` of their JSON in UTF-8; a single row above that is a block of its own. */
export function chunksOf(rows: readonly unknown[], bytes = CHUNK_BYTES): Block[] {
  const chunks: { first: number; count: number }[] = [];
  let size = 0;
  rows.forEach((row, index) => {
    const length = encoder.encode(JSON.stringify(row)).length;
    const chunk = chunks.at(-1);
    if (chunk === undefined || size + length > bytes) {
      chunks.push({ first: index, count: 1 });
      size = length;
    } else {
      chunk.count += 1;
      size += length;
    }
  });
  return chunks;
}

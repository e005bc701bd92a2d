import { type Block, blocksOf } from '../sync/blocks';
import type { Cell } from '../sync/cells';
import { CHUNK_BYTES, chunksOf, type LazyRows } from '../sync/chunks';
import type { Writing } from '../sync/sheet';
import { macrotask } from './macrotask';
import { bodyCells, type OpenTable } from './open-table';

export interface ChunkedWrite extends Writing {
  /** The most a chunk of rows takes as JSON. */
  readonly chunkBytes?: number;
  /** Asked right before each chunk that writes something, rows counted as in `rows`; false ends the writing. */
  readonly isInPlace?: (chunk: Block) => Promise<boolean>;
  /** Told of each chunk that is in the sheet. */
  readonly onWritten?: (chunk: Block) => void;
}

/**
 * Writes rows of ours into the table's body from row `first` on (counted from 0), leaving every other column alone; null
 * leaves a row as it is. The table must not be filtered: Excel would put the block into the visible rows. Answers with the
 * number of `rows` that are done with: all of them, unless `isInPlace` or `signal` ended the writing.
 */
export async function writeRows<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  first: number,
  rows: LazyRows<Partial<Record<Field, Cell>> | null>,
  { chunkBytes = CHUNK_BYTES, isInPlace, onWritten, progress, signal }: ChunkedWrite = {},
): Promise<number> {
  const fieldAt = new Map([...open.columns].map(([field, at]) => [at, field]));
  const columns = blocksOf([...fieldAt.keys()].sort((a, b) => a - b));
  await macrotask();
  for (const { rows: part, ...chunk } of chunksOf(rows, chunkBytes)) {
    if (part.every((row) => row === null)) continue;
    progress?.(chunk.first, rows.length);
    if (signal?.aborted === true) return chunk.first;
    if (isInPlace !== undefined && !(await isInPlace(chunk))) return chunk.first;
    for (const block of columns) {
      const cells = part.map((row) =>
        Array.from({ length: block.count }, (_unused, index) => {
          const field = fieldAt.get(block.first + index);
          return (field === undefined ? null : row?.[field]) ?? null;
        }),
      );
      if (cells.every((line) => line.every((cell) => cell === null))) continue;
      bodyCells(open, first + chunk.first, chunk.count, block.first, block.count).values = cells;
    }
    context.application.suspendScreenUpdatingUntilNextSync();
    // One request per chunk is what keeps each below Excel's limit.
    // eslint-disable-next-line office-addins/no-context-sync-in-loop
    await context.sync();
    onWritten?.(chunk);
    await macrotask();
  }
  progress?.(rows.length, rows.length);
  return rows.length;
}

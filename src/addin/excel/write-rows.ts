import { blocksOf } from '../sync/blocks';
import type { Cell } from '../sync/cells';
import { chunksOf } from '../sync/chunks';
import { bodyCells, type OpenTable } from './open-table';

/**
 * Writes rows of ours into the table's body from row `first` on (counted from 0), leaving every other column alone; null
 * leaves a row as it is. The table must not be filtered: Excel would put the block into the visible rows.
 */
export async function writeRows<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  first: number,
  rows: readonly (Partial<Record<Field, Cell>> | null)[],
): Promise<void> {
  const fieldAt = new Map([...open.columns].map(([field, at]) => [at, field]));
  const columns = blocksOf([...fieldAt.keys()].sort((a, b) => a - b));
  for (const chunk of chunksOf(rows)) {
    const part = rows.slice(chunk.first, chunk.first + chunk.count);
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
    await macrotask();
  }
}

/** Lets Office breathe: it restarts an add-in that does not yield for five seconds. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

import type { Block } from '../sync/blocks';
import { bodyCells, columnValues, type OpenTable } from './open-table';

/** Rows whose long texts go into one answer of Excel on the web, which is 5 MB at most. */
const LONG_ROWS = 1000;

export interface BlocksRead<Cells> {
  /** The texts of the column that says what a row is, top to bottom. */
  readonly keys: readonly string[];
  readonly blocks: readonly (Block & { readonly cells: Cells })[];
}

/**
 * Reads something of all rows of a table, at most `rowsAtOnce` with one sync, so that each answer stays below Excel's limit. `load` asks for
 * what there is to be read of a block. Null when rows moved meanwhile; the keys are those of the last sync.
 */
export async function readInBlocks<Field extends string, Cells>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  id: Field,
  rowsAtOnce: number,
  load: (block: Block) => Cells,
): Promise<BlocksRead<Cells> | null> {
  const blocks: (Block & { readonly cells: Cells })[] = [];
  const before: string[] = [];
  for (let first = 0; first < open.rows; first += rowsAtOnce) {
    const block = { first, count: Math.min(rowsAtOnce, open.rows - first) };
    const isLast = first + block.count === open.rows;
    const keys = isLast ? keyCells(open, id, 0, open.rows) : keyCells(open, id, first, block.count);
    blocks.push({ ...block, cells: load(block) });
    // Each block has an answer of its own, which is what keeps it small.
    // eslint-disable-next-line office-addins/no-context-sync-in-loop
    await context.sync();
    const read = columnValues(keys).map(String);
    if (isLast) return before.every((key, row) => key === read[row]) ? { keys: read, blocks } : null;
    before.push(...read);
  }
  return { keys: [], blocks };
}

/** The values of one column of long texts, with what each row is; none where the planner deleted the column, null when rows moved. */
export async function readLongColumn<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  id: Field,
  field: Field,
): Promise<{ readonly keys: readonly string[]; readonly values: readonly unknown[] } | null> {
  const at = open.columns.get(field);
  const read = await readInBlocks(context, open, id, LONG_ROWS, ({ first, count }) => {
    const cells = at === undefined ? null : bodyCells(open, first, count, at, 1);
    cells?.load('values');
    return cells;
  });
  if (read === null) return null;
  const values = read.blocks.flatMap(({ cells }) => (cells === null ? [] : columnValues(cells)));
  return { keys: read.keys, values };
}

/** The cells that say what each row of a block is. */
export function keyCells<Field extends string>(
  open: OpenTable<Field>,
  id: Field,
  first: number,
  count: number,
): Excel.Range {
  const cells = bodyCells(open, first, count, open.columns.get(id) ?? 0, 1);
  cells.load('values');
  return cells;
}

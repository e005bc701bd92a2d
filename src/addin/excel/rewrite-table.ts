import type { Language } from '../../language/text';
import type { Block } from '../sync/blocks';
import type { Cell } from '../sync/cells';
import { growTable } from './grow-table';
import { openOrMakeTable, type TablePlan } from './make-table';
import { bodyCells, columnValues, type OpenTable } from './open-table';
import type { LazyRows } from '../sync/chunks';
import { removeRows } from './remove-rows';
import { areRowsInPlace } from './rows-in-place';
import { writeAtRest } from './write-at-rest';
import { type ChunkedWrite, writeRows } from './write-rows';

export type TableWriting = Pick<ChunkedWrite, 'chunkBytes' | 'progress' | 'signal'>;

/**
 * Puts rows in place of all that a table of ours holds; made where it is not there yet. Where the planner sorts or deletes rows meanwhile, all
 * of it is written again. Fails with `rowsMoved` when they never come to rest. Where `signal` stops it, the table is left empty: half of
 * the rows would look like all of them.
 */
export async function rewriteTable<Field extends string>(
  context: Excel.RequestContext,
  plan: TablePlan<Field>,
  /** The column by which rows are known. */
  id: Field,
  rowsOf: (open: OpenTable<Field>) => LazyRows<Record<Field, Cell>>,
  language: Language,
  writing: TableWriting,
): Promise<void> {
  const reopen = () => openOrMakeTable(context, plan, language);
  // Excel wants a table to have a row.
  const empty = Object.fromEntries(plan.columns.map(({ field }) => [field, ''])) as Record<Field, Cell>;
  const put = async (open: OpenTable<Field>, found: LazyRows<Record<Field, Cell>>, how: TableWriting) => {
    const rows = found.length === 0 ? [empty] : found;
    const left = { first: rows.length, count: open.rows - rows.length };
    const fitting =
      left.count > 0
        ? await removeRows(context, open, [left])
        : await growTable(context, open, plan.columns, -left.count, language);
    return write(context, fitting, id, rows, how);
  };
  await writeAtRest(context, await reopen(), reopen, async (open) => {
    const written = await put(open, rowsOf(open), writing);
    return written || writing.signal?.aborted !== true ? written : put(await reopen(), [], {});
  });
}

/** Writes chunk by chunk as long as the rows to come are those that were there before; answers whether all of them were written. */
async function write<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  id: Field,
  rows: LazyRows<Record<Field, Cell>>,
  writing: TableWriting,
): Promise<boolean> {
  const ids = bodyCells(open, 0, open.rows, open.columns.get(id) ?? 0, 1);
  ids.load('values');
  await context.sync();
  const standing = columnValues(ids).map(String);
  const isInPlace = ({ first, count }: Block) =>
    areRowsInPlace(context, open, id, first, standing.slice(first, first + count));
  return (await writeRows<Field>(context, open, 0, rows, { ...writing, isInPlace })) === rows.length;
}

import type { RefreshPreview } from '../../contract/refresh';
import type { Language } from '../../language/text';
import type { Block } from '../sync/blocks';
import {
  type ChangeCells,
  changeColumns,
  type ChangeField,
  changeRows,
  type PlantWords,
} from '../sync/change-columns';
import { growTable } from './grow-table';
import { openOrMakeTable, type TablePlan } from './make-table';
import { bodyCells, columnValues, type OpenTable, openTable } from './open-table';
import { removeRows } from './remove-rows';
import { areRowsInPlace } from './rows-in-place';
import { changesLink } from './workbook-setting';
import { writeAtRest } from './write-at-rest';
import { type ChunkedWrite, writeRows } from './write-rows';

export const changesTable: TablePlan<ChangeField> = {
  link: changesLink,
  sheetName: 'sheet.changes',
  tableName: 'RefreshPreview',
  columns: changeColumns,
  needed: ['order'],
  frozenColumns: 1,
};

export type ChangesWriting = Pick<ChunkedWrite, 'chunkBytes' | 'progress'>;

/** Whether the workbook has the sheet of a preview. */
export async function hasChanges(context: Excel.RequestContext): Promise<boolean> {
  return (await openTable(context, changesTable.link, [])) !== null;
}

/**
 * Writes what a refresh would change into its own sheet, in place of the preview before. Where the planner sorts or deletes rows meanwhile,
 * all of it is written again. Fails with `rowsMoved` when they never come to rest.
 */
export async function writeChanges(
  context: Excel.RequestContext,
  preview: RefreshPreview,
  language: Language,
  words: PlantWords,
  writing: ChangesWriting = {},
): Promise<void> {
  const rows = changeRows(preview, words);
  const reopen = () => openOrMakeTable(context, changesTable, language);
  await writeAtRest(context, await reopen(), reopen, async (open) => {
    const fitting = await fit(context, open, Math.max(rows.length, 1), language);
    return write(context, fitting, rows.length === 0 ? [emptyRow] : rows, writing);
  });
}

/** Brings the sheet of the preview to the front, if there is one. */
export async function showChanges(context: Excel.RequestContext): Promise<void> {
  const open = await openTable(context, changesTable.link, []);
  open?.sheet.activate();
  await context.sync();
}

const emptyRow = Object.fromEntries(changeColumns.map(({ field }) => [field, ''])) as ChangeCells;

/** Gives the table so many rows. */
async function fit(
  context: Excel.RequestContext,
  open: OpenTable<ChangeField>,
  rows: number,
  language: Language,
): Promise<OpenTable<ChangeField>> {
  if (rows >= open.rows) return growTable(context, open, changeColumns, rows - open.rows, language);
  return removeRows(context, open, [{ first: rows, count: open.rows - rows }]);
}

/** Writes chunk by chunk as long as the rows to come are those of the preview before; answers whether all of them were written. */
async function write(
  context: Excel.RequestContext,
  open: OpenTable<ChangeField>,
  rows: readonly ChangeCells[],
  writing: ChangesWriting,
): Promise<boolean> {
  const orders = bodyCells(open, 0, open.rows, open.columns.get('order') ?? 0, 1);
  orders.load('values');
  await context.sync();
  const standing = columnValues(orders).map(String);
  const isInPlace = ({ first, count }: Block) =>
    areRowsInPlace(context, open, 'order', first, standing.slice(first, first + count));
  return (await writeRows(context, open, 0, rows, { ...writing, isInPlace })) === rows.length;
}

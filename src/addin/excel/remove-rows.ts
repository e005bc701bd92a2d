import type { Block } from '../sync/blocks';
import { bodyCells, type OpenTable } from './open-table';

/**
 * Deletes blocks of rows, given bottom up; answers with the table as it is then. It must not be filtered: Excel would delete nothing. One
 * sync, and none where there is nothing to delete.
 */
export async function removeRows<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  remove: readonly Block[],
): Promise<OpenTable<Field>> {
  if (remove.length === 0) return open;
  for (const { first, count } of remove)
    bodyCells(open, first, count, 0, open.headers.length).delete(Excel.DeleteShiftDirection.up);
  context.application.suspendScreenUpdatingUntilNextSync();
  await context.sync();
  return { ...open, rows: open.rows - remove.reduce((sum, { count }) => sum + count, 0) };
}

import type { OpenTable } from './open-table';

/** The rows of the table's body that a filter or the planner did not hide, counted from 0. Syncs. */
export async function visibleRows(
  context: Excel.RequestContext,
  open: OpenTable<string>,
): Promise<Set<number>> {
  // The first column alone: one address for each row.
  const view = open.table.columns.getItemAt(0).getDataBodyRange().getVisibleView();
  view.load('cellAddresses');
  await context.sync();
  return new Set((view.cellAddresses as string[][]).map(([address]) => rowOf(address ?? '') - open.firstRow));
}

/** `Orders!A12` → 11 */
function rowOf(address: string): number {
  return Number(/(\d+)$/.exec(address)?.[1] ?? 0) - 1;
}

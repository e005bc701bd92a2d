import type { OpenTable } from './open-table';

/** The rows of the table's body that a filter or the planner did not hide, counted from 0. Syncs. */
export async function visibleRows(
  context: Excel.RequestContext,
  open: OpenTable<string>,
): Promise<Set<number>> {
  const columns = open.headers.map((_header, at) => open.table.columns.getItemAt(at).getDataBodyRange());
  for (const column of columns) column.load('columnHidden');
  await context.sync();
  // One column alone: one address for each row. A hidden column has no visible cells, whatever its rows are.
  const shown = columns.find((column) => !column.columnHidden);
  if (shown === undefined) return new Set();
  const view = shown.getVisibleView();
  view.load('cellAddresses');
  await context.sync();
  return new Set((view.cellAddresses as string[][]).map(([address]) => rowOf(address ?? '') - open.firstRow));
}

/** `Orders!A12` → 11 */
function rowOf(address: string): number {
  return Number(/(\d+)$/.exec(address)?.[1] ?? 0) - 1;
}

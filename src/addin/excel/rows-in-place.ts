import { bodyCells, columnValues, type OpenTable } from './open-table';

/**
 * Whether the table's rows from `first` on still carry these keys in the column of `field`, and the table and its columns
 * stand where they stood when it was opened, without a filter; null stands for a row that does not matter. One sync.
 *
 * Invariant: rows are written by number, with the sync right after the one that found their keys in place. The moment between
 * these two syncs is left, because Excel offers no write that depends on what it finds.
 */
export async function areRowsInPlace<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  field: Field,
  first: number,
  keys: readonly (string | null)[],
): Promise<boolean> {
  const at = open.columns.get(field) ?? 0;
  const cells = bodyCells(open, first, keys.length, at, 1);
  const body = open.table.getDataBodyRange();
  const { columns, autoFilter } = open.table;
  cells.load('values');
  // Rows to be filled are all alike: that one above them is gone shows in the table's size only.
  body.load('rowIndex,rowCount');
  columns.load('items/name');
  autoFilter.load('isDataFiltered');
  await context.sync();
  const found = columnValues(cells).map(String);
  return (
    body.rowIndex === open.firstRow &&
    body.rowCount === open.rows &&
    !autoFilter.isDataFiltered &&
    areColumnsInPlace(open, columns) &&
    keys.every((key, row) => key === null || key === found[row])
  );
}

/** Whether the columns, loaded with their names, stand where they stood when the table was opened. */
export function areColumnsInPlace(open: OpenTable<string>, columns: Excel.TableColumnCollection): boolean {
  const names = columns.items.map(({ name }) => name);
  return names.length === open.headers.length && names.every((name, at) => name === open.headers[at]);
}

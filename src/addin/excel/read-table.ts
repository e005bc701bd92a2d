import { SheetError } from '../sync/sheet';
import type { TablePlan } from './make-table';
import { bodyCells, columnValues, type OpenTable, openTable } from './open-table';
import { readInBlocks } from './read-in-blocks';

/** A table of ours with the values of its rows, by field; those of a column that the planner deleted are empty. */
export interface TableRead<Field extends string> {
  readonly open: OpenTable<Field>;
  readonly rows: readonly Record<Field, unknown>[];
}

/** Rows whose cells go into one answer of Excel on the web, which is 5 MB at most. */
const READ_AT_ONCE = 5000;
/** How often rows may move while they are read. */
const READINGS = 5;

/** A table of ours as it stands; null where there is none. Fails with `rowsMoved` when its rows never come to rest. */
export async function readTable<Field extends string>(
  context: Excel.RequestContext,
  plan: TablePlan<Field>,
  /** The column by which rows are known. */
  id: Field,
): Promise<TableRead<Field> | null> {
  for (let reading = 0; reading < READINGS; reading++) {
    // Rows that moved may have become fewer.
    const open = await openTable(context, plan.link, plan.needed);
    if (open === null) return null;
    const rows = await readRows(context, plan, open, id);
    if (rows !== null) return { open, rows };
  }
  throw new SheetError('rowsMoved');
}

/** Null when rows moved meanwhile. */
export async function readRows<Field extends string>(
  context: Excel.RequestContext,
  plan: TablePlan<Field>,
  open: OpenTable<Field>,
  id: Field,
): Promise<Record<Field, unknown>[] | null> {
  const read = await readInBlocks(context, open, id, READ_AT_ONCE, ({ first, count }) =>
    [...open.columns].map(([field, at]) => {
      const cells = bodyCells(open, first, count, at, 1);
      cells.load('values');
      return { field, cells };
    }),
  );
  if (read === null) return null;
  return read.blocks.flatMap(({ count, cells }) => {
    const columns = cells.map((column) => [column.field, columnValues(column.cells)] as const);
    return Array.from({ length: count }, (_unused, row) => {
      // Every field is among them.
      const fields = Object.fromEntries(plan.columns.map(({ field }) => [field, ''])) as Record<
        Field,
        unknown
      >;
      for (const [field, values] of columns) fields[field] = values[row];
      return fields;
    });
  });
}

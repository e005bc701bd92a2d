import type { DateSystem } from '../sync/cells';
import { findColumns, type NamedColumn } from '../sync/find-columns';
import { SheetError } from '../sync/sheet';
import { withDateSystem } from './date-system';
import { type ordersLink, readSetting, type TableLink } from './workbook-setting';

/** A table of ours as it stands now. Positions count from 0, rows from the sheet's top, columns within the table. */
export interface OpenTable<Field extends string> {
  readonly table: Excel.Table;
  readonly sheet: Excel.Worksheet;
  /** What the workbook remembers of it. */
  readonly link: TableLink;
  /** Where each field's column is now; fields whose column the planner deleted are missing. */
  readonly columns: ReadonlyMap<Field, number>;
  readonly headers: readonly string[];
  /** Excel's ids of all columns. */
  readonly ids: readonly (number | string)[];
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly rows: number;
  readonly dateSystem: DateSystem;
}

export type TableSetting = Pick<typeof ordersLink, 'schema'> & { readonly name: string };

/**
 * Finds our table wherever the planner moved it, and its columns whatever they are called now. Null when there is none.
 * Fails with `columnsGone` when a column of `needed` was deleted.
 */
export async function openTable<Field extends string>(
  context: Excel.RequestContext,
  setting: TableSetting,
  needed: readonly Field[],
): Promise<OpenTable<Field> | null> {
  const link = await readSetting(context, setting);
  if (link === null) return null;
  const table = context.workbook.tables.getItemOrNullObject(link.table);
  table.load('id');
  await context.sync();
  if (table.isNullObject) return null;
  const [body, dateSystem] = await withDateSystem(context, async () => {
    const range = table.getDataBodyRange();
    range.load('rowIndex,columnIndex,rowCount');
    table.columns.load('items/id,items/name');
    await context.sync();
    return range;
  });
  const named: NamedColumn[] = table.columns.items.map(({ id, name }) => ({ id, name }));
  // The link was written for a table of this kind, so its keys are fields of it.
  const columns = findColumns(link.columns, link.others ?? [], named) as ReadonlyMap<Field, number>;
  const gone = needed.filter((field) => !columns.has(field));
  if (gone.length > 0) {
    throw new SheetError('columnsGone', gone.map((field) => link.columns[field]?.header ?? field).join(', '));
  }
  return {
    table,
    sheet: table.worksheet,
    link,
    columns,
    headers: named.map(({ name }) => name),
    ids: named.map(({ id }) => id),
    firstRow: body.rowIndex,
    firstColumn: body.columnIndex,
    rows: body.rowCount,
    dateSystem,
  };
}

/** Cells of the table's body: rows counted from the first body row. */
export function bodyCells(
  open: OpenTable<string>,
  row: number,
  rows: number,
  column: number,
  columns: number,
): Excel.Range {
  return open.sheet.getRangeByIndexes(open.firstRow + row, open.firstColumn + column, rows, columns);
}

/** The values of one column, top to bottom; fails with `tooLarge` where Excel keeps them back. */
export function columnValues(range: Excel.Range): unknown[] {
  // Over its limit Excel answers null instead of failing.
  const values = range.values as unknown[][] | null;
  if (values === null) throw new SheetError('tooLarge');
  return values.map((row) => row[0]);
}

/**
 * Whether a cell, as Excel gives its formula, computes its value. Of text behind an apostrophe Excel gives the text alone: where it begins
 * as a formula does, only that the cell shows it as its `value` tells it from one.
 */
export function isFormula(cell: unknown, value?: unknown): boolean {
  return typeof cell === 'string' && cell.startsWith('=') && cell !== value;
}

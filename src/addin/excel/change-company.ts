import { blocksOf } from '../sync/blocks';
import { bodyCells, columnValues, type OpenTable, openTable } from './open-table';
import { ordersTable } from './orders-table';
import { withoutFilters } from './without-filters';
import { clearSetting, loadedSearch, queueSetting, workbookCompany } from './workbook-setting';
import { movementsTable } from './write-movements';

/**
 * Takes every order and movement out of our tables and lets the workbook work for `company` from now on. The tables stay as
 * the planner made them, formulas and rows of their own included.
 */
export async function changeCompany(context: Excel.RequestContext, company: string): Promise<void> {
  const orders = await openTable(context, ordersTable.link, ordersTable.needed);
  if (orders !== null) await emptyTable(context, orders, 'key');
  const movements = await openTable(context, movementsTable.link, movementsTable.needed);
  if (movements !== null) await emptyTable(context, movements, 'movement');
  queueSetting(context, workbookCompany, company);
  await clearSetting(context, loadedSearch);
}

/** Deletes the rows that have something in the column of `id`: that column says what of ours a row is. */
async function emptyTable<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  id: Field,
): Promise<void> {
  const ids = open.table.columns.getItemAt(open.columns.get(id) ?? 0).getDataBodyRange();
  ids.load('values');
  await context.sync();
  const ours = columnValues(ids).flatMap((text, row) => (text === '' ? [] : [row]));
  if (ours.length === 0) return;
  // Excel wants a table to have a row, and the planner's formulas live on in it.
  const going = ours.length === open.rows ? ours.slice(1) : ours;
  await withoutFilters(context, open, async () => {
    if (going.length < ours.length) await clearRow(context, open, 0);
    for (const { first, count } of blocksOf(going).reverse()) {
      bodyCells(open, first, count, 0, open.headers.length).delete(Excel.DeleteShiftDirection.up);
    }
    context.application.suspendScreenUpdatingUntilNextSync();
    await context.sync();
  });
}

/** Everything but formulas. */
async function clearRow(context: Excel.RequestContext, open: OpenTable<string>, row: number): Promise<void> {
  const cells = bodyCells(open, row, 1, 0, open.headers.length);
  cells.load('formulas');
  await context.sync();
  cells.values = cells.formulas.map((line: unknown[]) =>
    line.map((cell) => (String(cell).startsWith('=') ? null : '')),
  );
}

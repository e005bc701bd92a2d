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

/**
 * Deletes the rows that have something in the column of `id`: that column says what of ours a row is. Rows are deleted by number,
 * with the sync right after the one that read them.
 */
async function emptyTable<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  id: Field,
): Promise<void> {
  const columns = open.headers.length;
  await withoutFilters(context, open, async () => {
    const ids = open.table.columns.getItemAt(open.columns.get(id) ?? 0).getDataBodyRange();
    const top = bodyCells(open, 0, 1, 0, columns);
    ids.load('values');
    top.load('formulas');
    await context.sync();
    const ours = columnValues(ids).flatMap((text, row) => (text === '' ? [] : [row]));
    // Excel wants a table to have a row, and the planner's formulas live on in it.
    const allGo = ours.length === open.rows;
    if (allGo) top.values = top.formulas.map(withoutText);
    for (const { first, count } of blocksOf(allGo ? ours.slice(1) : ours).reverse()) {
      bodyCells(open, first, count, 0, columns).delete(Excel.DeleteShiftDirection.up);
    }
    context.application.suspendScreenUpdatingUntilNextSync();
    await context.sync();
  });
}

/** Empties every cell but those with a formula, which null leaves alone. */
function withoutText(cells: unknown[]): (string | null)[] {
  return cells.map((cell) => (String(cell).startsWith('=') ? null : ''));
}

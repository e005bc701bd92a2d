import type { Language } from '../../language/text';
import { neededFields, orderColumns, type OrderField } from '../sync/columns';
import { addColumns } from './add-columns';
import { openTable } from './open-table';
import { ordersTable } from './orders-table';
import { clearSetting } from './workbook-setting';

/**
 * Gives the orders table back those of our columns that nothing works without and that were deleted, empty, at its end: the next search
 * fills them. Without its key column no row says any more whose it is: such a table is left to the planner as it is, and the next search
 * makes a new one.
 */
export async function rebuildTable(context: Excel.RequestContext, language: Language): Promise<void> {
  const open = await openTable<OrderField>(context, ordersTable.link, []);
  if (open === null) return;
  const needed: ReadonlySet<string> = new Set(neededFields);
  const missing = orderColumns.filter(({ field }) => needed.has(field) && !open.columns.has(field));
  if (missing.some(({ field }) => field === 'key')) return clearSetting(context, ordersTable.link);
  if (missing.length > 0) await addColumns(context, open, missing, ordersTable, language);
}

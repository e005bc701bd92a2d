import type { Language } from '../../language/text';
import { neededFields, orderColumns, type OrderField } from '../sync/columns';
import { textsIn } from '../texts';
import { openTable } from './open-table';
import { ordersTable } from './orders-table';
import { clearSetting, queueSetting, readSetting } from './workbook-setting';

/**
 * Gives the orders table back those of our columns that nothing works without and that were deleted, empty, at its end: the next search
 * fills them. Without its key column no row says any more whose it is: such a table is left to the planner as it is, and the next search
 * makes a new one.
 */
export async function rebuildTable(context: Excel.RequestContext, language: Language): Promise<void> {
  const link = await readSetting(context, ordersTable.link);
  const open = await openTable<OrderField>(context, ordersTable.link, []);
  if (link === null || open === null) return;
  const needed: ReadonlySet<string> = new Set(neededFields);
  const missing = orderColumns.filter(({ field }) => needed.has(field) && !open.columns.has(field));
  if (missing.some(({ field }) => field === 'key')) return clearSetting(context, ordersTable.link);
  const t = textsIn(language);
  const taken = new Set(open.headers.map((header) => header.toLowerCase()));
  const added = missing.map((column) => {
    const header = freeHeader(t(column.header), taken);
    taken.add(header.toLowerCase());
    const made = open.table.columns.add(undefined, undefined, header);
    made.getRange().format.columnWidth = column.width;
    made.getRange().columnHidden = 'hidden' in column;
    made.load('id,name');
    return { field: column.field, made };
  });
  await context.sync();
  const columns = Object.fromEntries(
    added.map(({ field, made }) => [field, { id: made.id, header: made.name }]),
  );
  queueSetting(context, ordersTable.link, { ...link, columns: { ...link.columns, ...columns } });
  await context.sync();
}

function freeHeader(wanted: string, taken: ReadonlySet<string>): string {
  let header = wanted;
  for (let number = 2; taken.has(header.toLowerCase()); number++) header = `${wanted} ${number}`;
  return header;
}

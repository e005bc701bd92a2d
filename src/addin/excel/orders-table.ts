import { neededFields, orderColumns, type OrderField } from '../sync/columns';
import { type OpenTable, openTable } from './open-table';
import type { TablePlan } from './make-table';
import { ordersLink } from './workbook-setting';

/** Action, Priority, Result and Order stay in view. */
const FROZEN = 4;

export const ordersTable: TablePlan<OrderField> = {
  link: ordersLink,
  sheetName: 'sheet.orders',
  tableName: 'Orders',
  columns: orderColumns,
  needed: neededFields,
  frozenColumns: FROZEN,
};

export type OpenOrders = OpenTable<OrderField>;

export function openOrders(context: Excel.RequestContext): Promise<OpenOrders | null> {
  return openTable(context, ordersTable.link, ordersTable.needed);
}

/** The body cells of one of our columns. */
export function orderColumn(open: OpenOrders, field: (typeof neededFields)[number]): Excel.Range {
  // `openOrders` fails without the needed columns.
  const at = open.columns.get(field) ?? 0;
  return open.table.columns.getItemAt(at).getDataBodyRange();
}

import type { WarehouseRequest } from '../../contract/warehouse-requests';
import type { Language } from '../../language/text';
import { requestColumns, type RequestField, requestRows } from '../sync/request-rows';
import { textsIn } from '../texts';
import type { TablePlan } from './make-table';
import { openTable } from './open-table';
import { rewriteTable, type TableWriting } from './rewrite-table';
import { requestsLink } from './workbook-setting';

export const requestsTable: TablePlan<RequestField> = {
  link: requestsLink,
  sheetName: 'sheet.requests',
  tableName: 'WarehouseRequests',
  columns: requestColumns,
  needed: ['key'],
  frozenColumns: 2,
};

/** Writes what warehouses are asked for into its own sheet, in place of what was there before, and brings it to the front. */
export async function writeRequests(
  context: Excel.RequestContext,
  requests: readonly WarehouseRequest[],
  company: string,
  language: Language,
  writing: TableWriting = {},
): Promise<void> {
  const rows = requestRows(requests, company, textsIn(language));
  await rewriteTable(context, requestsTable, 'key', () => rows, language, writing);
  const open = await openTable(context, requestsTable.link, []);
  open?.sheet.activate();
  await context.sync();
}

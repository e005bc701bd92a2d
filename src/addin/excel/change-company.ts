import { openTable } from './open-table';
import { ordersTable } from './orders-table';
import { takeRowsOut } from './take-rows-out';
import { clearSetting, loadedSearch, queueSetting, workbookCompany } from './workbook-setting';
import { lotsTable } from './write-lots';
import { movementsTable } from './write-movements';
import { requestsTable } from './write-requests';
import { shortagesTable } from './write-shortages';

/**
 * Takes every order, movement, warehouse request, shortage and lot out of our tables and lets the workbook work for `company` from now on. The
 * tables stay as the planner made them, formulas and rows of their own included.
 */
export async function changeCompany(context: Excel.RequestContext, company: string): Promise<void> {
  const orders = await openTable(context, ordersTable.link, ordersTable.needed);
  if (orders !== null) await takeRowsOut(context, orders, 'key', isOurs);
  const movements = await openTable(context, movementsTable.link, movementsTable.needed);
  if (movements !== null) await takeRowsOut(context, movements, 'movement', isOurs);
  const requests = await openTable(context, requestsTable.link, requestsTable.needed);
  if (requests !== null) await takeRowsOut(context, requests, 'key', isOurs);
  const shortages = await openTable(context, shortagesTable.link, shortagesTable.needed);
  if (shortages !== null) await takeRowsOut(context, shortages, 'key', isOurs);
  const lots = await openTable(context, lotsTable.link, ['key']);
  if (lots !== null) await takeRowsOut(context, lots, 'key', isOurs);
  queueSetting(context, workbookCompany, company);
  await clearSetting(context, loadedSearch);
}

/** A row of the planner's own has nothing in our columns of ids. */
const isOurs = (id: string) => id !== '';

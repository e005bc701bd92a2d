import { openTable } from './open-table';
import { contentTable } from './order-content';
import { ordersTable } from './orders-table';
import { putFiltersBack } from './without-filters';
import { changesTable } from './write-changes';
import { lotsTable } from './write-lots';
import { movementsTable } from './write-movements';
import { requestsTable } from './write-requests';
import { shortagesTable } from './write-shortages';

/** Puts back the filters that a pane took off our tables and was closed before it could put them back. */
export async function restoreFilters(context: Excel.RequestContext): Promise<string[]> {
  const orders = await openTable(context, ordersTable.link, []);
  const lost = orders === null ? [] : await putFiltersBack(context, orders);
  const movements = await openTable(context, movementsTable.link, []);
  if (movements !== null) lost.push(...(await putFiltersBack(context, movements)));
  const changes = await openTable(context, changesTable.link, []);
  if (changes !== null) lost.push(...(await putFiltersBack(context, changes)));
  const content = await openTable(context, contentTable.link, []);
  if (content !== null) lost.push(...(await putFiltersBack(context, content)));
  const requests = await openTable(context, requestsTable.link, []);
  if (requests !== null) lost.push(...(await putFiltersBack(context, requests)));
  const shortages = await openTable(context, shortagesTable.link, []);
  if (shortages !== null) lost.push(...(await putFiltersBack(context, shortages)));
  const lots = await openTable(context, lotsTable.link, []);
  if (lots !== null) lost.push(...(await putFiltersBack(context, lots)));
  return lost;
}

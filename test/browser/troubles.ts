import assert from 'node:assert/strict';
import type { Route } from 'playwright-core';
import { assertAccessible } from './accessible';
import type { PlannerAtWork } from './planner-at-work';

/*
 * Troubles that a planner meets in a pane with found orders: each comes, is said and looked at, and goes again.
 */

export async function readOnly(planner: PlannerAtWork): Promise<void> {
  await planner.page.evaluate(() => void (window.workbench.faults.readOnly = true));
  await planner.press('pane.find.search');
  await planner.sees('error.readOnly');
  await assertAccessible(planner, 'a read-only workbook');
  await planner.page.evaluate(() => void (window.workbench.faults.readOnly = false));
  await planner.press('pane.retry');
  await planner.pane.getByText(planner.text('error.readOnly')).waitFor({ state: 'detached' });
}

/** It goes on by itself. */
export async function cellEdit(planner: PlannerAtWork): Promise<void> {
  const count = (await planner.orders()).length;
  await planner.page.evaluate(() => window.workbench.faults.startCellEdit());
  await planner.button('pane.mark.visible').click();
  await planner.sees('pane.work.cellEdit');
  await planner.page.evaluate(() => window.workbench.faults.endCellEdit());
  await planner.pane.getByText(planner.text('pane.work.cellEdit')).waitFor({ state: 'detached' });
  await planner.sees('pane.marked', { count });
  await planner.idle();
  const sheet = planner.text('sheet.orders');
  await planner.page.evaluate(
    (name) => window.workbench.select(name, window.workbench.tableRange('Orders')),
    sheet,
  );
  await planner.press('pane.mark.clear');
  await planner.sees('pane.mark.none');
}

/** Without the column that says whose state it is nothing goes on; rebuilt it is back, and the next search fills it. */
export async function brokenTable(planner: PlannerAtWork): Promise<void> {
  const header = planner.text('column.state');
  const frame = await planner.frame();
  await frame.evaluate(deleteColumn, header);
  await planner.press('pane.mark.visible');
  await planner.sees('error.columnsGone', { columns: header });
  await assertAccessible(planner, 'a broken table');
  await planner.press('pane.rebuild');
  await planner.button('pane.rebuild').waitFor({ state: 'detached' });
  await planner.press('pane.find.search');
  await planner.found('launched');
  await planner.idle();
  assert.equal((await planner.orders())[0]?.state, planner.text('state.launched'));
}

/** In the add-in. */
function deleteColumn(header: string): Promise<void> {
  return Excel.run(async (context) => {
    context.workbook.tables.getItem('Orders').columns.getItem(header).delete();
    await context.sync();
  });
}

export async function away(planner: PlannerAtWork): Promise<void> {
  const refuse = (route: Route) => route.abort('connectionrefused');
  await planner.page.route('**/api/**', refuse);
  await planner.press('pane.find.search');
  await planner.sees('error.unreachable', { address: new URL(planner.page.url()).origin });
  await assertAccessible(planner, 'the order book is away');
  await planner.page.unroute('**/api/**', refuse);
  await planner.press('pane.retry');
  await planner.button('pane.retry').waitFor({ state: 'detached' });
}

/** What stands before the order book wants to know again who it is. */
export async function signedOut(planner: PlannerAtWork): Promise<void> {
  const refuse = (route: Route) => route.fulfill({ status: 401 });
  await planner.page.route('**/api/**', refuse);
  await planner.press('pane.find.search');
  await planner.sees('error.signedOut', { address: new URL(planner.page.url()).origin });
  await planner.pane.getByRole('status').getByText(planner.text('pane.status.signedOut')).waitFor();
  await assertAccessible(planner, 'signed out');
  await planner.page.unroute('**/api/**', refuse);
  await planner.press('pane.retry');
  await planner.button('pane.retry').waitFor({ state: 'detached' });
}

/** The pane connects again by itself. */
export async function offline(planner: PlannerAtWork): Promise<void> {
  await planner.context.setOffline(true);
  await planner.press('pane.find.search');
  await planner.sees('error.offline');
  await planner.context.setOffline(false);
  await planner.pane.getByText(planner.text('error.offline')).waitFor({ state: 'detached' });
  await planner.idle();
}

export async function withoutRight(planner: PlannerAtWork): Promise<void> {
  const lookOnly = async (route: Route) => {
    const response = await route.fetch();
    const session = (await response.json()) as object;
    await route.fulfill({ response, json: { ...session, rights: [] } });
  };
  await planner.page.route('**/api/session', lookOnly);
  await planner.press('pane.find.search');
  await planner.sees('pane.right.release');
  await planner.press('pane.mark.visible');
  assert.equal(await planner.button('pane.preview.button').isDisabled(), true);
  await assertAccessible(planner, 'without the right to release');
  await planner.page.unroute('**/api/session', lookOnly);
  await planner.press('pane.find.search');
  await planner.pane.getByText(planner.text('pane.right.release')).waitFor({ state: 'detached' });
}

export async function emptyBook(planner: PlannerAtWork): Promise<void> {
  const none = (route: Route) => route.fulfill({ json: { items: [] } });
  await planner.page.route('**/api/companies', none);
  await planner.page.reload();
  await planner.page.waitForFunction(() => 'workbench' in window);
  await planner.page.evaluate(() => window.workbench.ready);
  await planner.sees('pane.noCompany.title');
  await assertAccessible(planner, 'an empty order book');
  await planner.page.unroute('**/api/companies', none);
  await planner.press('pane.retry');
  await planner.pane.getByText(planner.text('pane.noCompany.title')).waitFor({ state: 'detached' });
}

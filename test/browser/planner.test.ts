import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import type { Locator } from 'playwright-core';
import { languages } from '../../src/language/text';
import { assertAccessible } from './accessible';
import type { PlannerAtWork } from './planner-at-work';
import { usePlanner } from './use-launchbook';

for (const language of languages) {
  describe(`a planner's day in the workbench (${language})`, function () {
    this.timeout(240_000);
    const at = usePlanner(language);

    it('search, shortages, filter, mark, preview, release, papers, movements, declare, refused restore, roll back, restore, release again', async () => {
      const { planner } = at;
      await planner.page.getByRole('separator').press('Home');
      await assertAccessible(planner, 'first run');
      await lookAtShortages(planner);
      const orders = await markOrdersOfOneItem(planner);
      await readHelpByKeyboard(planner);
      await lookAtPolicies(planner);
      await release(planner, orders);
      await printPapers(planner);
      await declareOn(planner, orders);
      await restoreIsRefused(planner, orders);
      await rollBackAndRestore(planner);
      await releaseAgain(planner, orders[0] ?? '');
      assert.deepEqual(planner.complaints, []);
    });
  });
}

/** All orders of the coming week at once lack some material: what is short, in the pane and as a sheet. Then nothing is marked again. */
async function lookAtShortages(planner: PlannerAtWork): Promise<void> {
  await planner.search('launched');
  await planner.press('pane.mark.visible');
  await planner.press('pane.preview.button');
  const [one, other] = [1, 2].map((count) =>
    planner.text('pane.preview.shortages', { count }).replace(/^\d+/, ''),
  );
  await planner.pane.getByRole('button', { name: new RegExp(`^[1-9][\\d.,]*(${one}|${other})$`) }).click();
  await planner.button('pane.shortages.asStockAllows').waitFor();
  await assertAccessible(planner, 'shortages');
  await planner.press('pane.shortages.write');
  const rows = await planner.rows(planner.text('sheet.shortages'), 'Shortages');
  assert.ok(rows.length > 0 && rows.every((row) => row[planner.text('column.order')] !== ''));
  const last = (await planner.orders()).length + 1;
  await planner.page.evaluate(([sheet, range]) => window.workbench.select(sheet, range), [
    planner.text('sheet.orders'),
    `A2:A${last}`,
  ] as const);
  await planner.press('pane.mark.clear');
  await planner.sees('pane.mark.none');
}

/** Searches the next seven days, filters the sheet on an item with a few orders, and marks what is visible. */
async function markOrdersOfOneItem(planner: PlannerAtWork): Promise<string[]> {
  await planner.search('launched');
  const found = await planner.orders();
  assert.ok(found.length > 100, `${found.length} orders`);
  const item = itemWithSeveral(found.map((row) => row.item));
  await planner.filter('item', [item]);
  await planner.press('pane.mark.visible');
  const orders = found.filter((row) => row.item === item).map((row) => row.order);
  await planner.sees('pane.marked', { count: orders.length });
  return orders;
}

/** The first item that two to eight orders make. */
function itemWithSeveral(items: readonly string[]): string {
  const found = items.find((item) => {
    const count = items.filter((other) => other === item).length;
    return count >= 2 && count <= 8;
  });
  assert.ok(found !== undefined, 'some item has several orders');
  return found;
}

/** From the menu's button to the help and back to it, without the mouse. */
async function readHelpByKeyboard(planner: PlannerAtWork): Promise<void> {
  await planner.pressByKey('pane.menu');
  await planner.pane.getByRole('menu').waitFor();
  await assertAccessible(planner, 'menu');
  await planner.page.keyboard.press('End');
  await planner.page.keyboard.press('Enter');
  await planner.pane.getByRole('dialog', { name: planner.text('pane.help.title') }).waitFor();
  await assertAccessible(planner, 'help');
  await openGuide(planner);
  await planner.page.keyboard.press('Escape');
  await planner.pane.getByRole('dialog').waitFor({ state: 'detached' });
  const focused = await planner.pane
    .locator('body')
    .evaluate(() => document.activeElement?.getAttribute('aria-label'));
  assert.equal(focused, planner.text('pane.menu'));
}

/** The settings say by which policies the company releases. */
async function lookAtPolicies(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.menu');
  await planner.pane.getByRole('menuitem', { name: planner.text('pane.menu.settings'), exact: true }).click();
  await planner.pane.getByRole('dialog', { name: planner.text('pane.settings') }).waitFor();
  const shortage = planner.pane.getByLabel(planner.text('pane.policy.shortage'));
  assert.equal(await shortage.inputValue(), 'refuse');
  await assertAccessible(planner, 'settings');
  await beOvertaken(planner, shortage);
  await planner.page.keyboard.press('Escape');
  await planner.pane.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Somebody else changes the policies while the planner chooses: what was chosen stays, beside what holds now. */
async function beOvertaken(planner: PlannerAtWork, shortage: Locator): Promise<void> {
  const address = new URL('/api/policy', planner.page.url()).href;
  const { request } = planner.context;
  const { version } = (await (await request.get(address)).json()) as { version: number };
  const theirs = { version, shortage: 'refuse', reservation: 'full', picking: 'requests' };
  assert.equal((await request.put(address, { data: theirs })).status(), 200);
  await shortage.selectOption('negative');
  await planner.press('pane.settings.save');
  const now = planner.text('pane.policy.now', {
    means: '',
    now: planner.text('pane.policy.shortage.refuse'),
  });
  await planner.pane.getByText(now.trim()).waitFor();
  assert.equal(await shortage.inputValue(), 'negative');
  await assertAccessible(planner, 'policies that somebody else changed');
  assert.match(planner.complaints.pop() ?? '', /409/);
}

/** It opens in a window of its own, in the language of the pane, with its pictures. */
async function openGuide(planner: PlannerAtWork): Promise<void> {
  const [guide] = await Promise.all([
    planner.context.waitForEvent('page'),
    planner.pane.getByRole('link', { name: planner.text('pane.help.guide') }).press('Enter'),
  ]);
  await guide.waitForURL(`**/guide/${planner.language}`);
  assert.equal(await guide.locator('html').getAttribute('lang'), planner.language);
  const picture = guide.getByRole('img').first();
  await picture.scrollIntoViewIfNeeded();
  await guide.waitForFunction(() => (document.images[0]?.naturalWidth ?? 0) > 0);
  await guide.close();
}

async function release(planner: PlannerAtWork, orders: readonly string[]): Promise<void> {
  const count = orders.length;
  await confirm(planner, orders);
  await planner.press('pane.preview.button');
  await planner.sees('pane.preview.ok.release', { count });
  await assertAccessible(planner, 'preview of a release');
  await planner.press('pane.commit.release', { count });
  await planner.sees('pane.result.release', { count });
  await assertAccessible(planner, 'result of a release');
  const released = (await planner.orders()).filter(({ order }) => orders.includes(order));
  assert.equal(released.length, count);
  for (const row of released) {
    assert.equal(row.state, planner.text('state.executive'));
    assert.ok(row.result.startsWith(planner.text('sheet.word.released')), row.result);
    assert.equal(row.action, '');
  }
  await planner.press('pane.result.showMovements');
  const movements = await planner.rows(planner.text('sheet.movements'), 'Movements');
  assert.ok(movements.length >= count, `${movements.length} movements`);
  const status = planner.text('column.status');
  assert.ok(movements.every((row) => row[status] === planner.text('sheet.status.posted')));
}

/** The route cards of what was released, as one file that comes from an address of its own. */
async function printPapers(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.papers');
  await assertAccessible(planner, 'papers of a release');
  const [file] = await Promise.all([
    planner.page.waitForEvent('download'),
    planner.press('pane.papers.print'),
  ]);
  const paper = await buffer(await file.createReadStream());
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
  await planner.sees('pane.papers.window');
}

/** Reads what is about to be released in sequence, takes one order out and adds it again; route cards are printed from now on. */
async function confirm(planner: PlannerAtWork, orders: readonly string[]): Promise<void> {
  const count = orders.length;
  await planner.press('pane.confirm', { count });
  const list = planner.pane.getByRole('list', { name: planner.text('pane.confirm.list') });
  await list.waitFor();
  await assertAccessible(planner, 'orders about to be released');
  assert.equal(await list.getByRole('listitem').count(), count);
  const order = orders.at(-1) ?? '';
  await chooseForOne(planner, list.getByRole('listitem').last());
  await planner.press('pane.confirm.takeOut', { order });
  await planner.sees('pane.marked', { count: count - 1 });
  assert.equal((await planner.orders()).find((row) => row.order === order)?.action, '');
  await planner.pane.getByRole('checkbox', { name: planner.text('paper.routeCard'), exact: true }).check();
  await planner.press('pane.confirm.keep');
  await planner.sees('pane.confirm.kept');
  await planner.press('pane.mark.visible');
  await planner.sees('pane.marked', { count });
  await planner.press('pane.confirm', { count });
}

/** Gives one order a posting day and papers of its own, sees both in its folded row, and takes them back. */
async function chooseForOne(planner: PlannerAtWork, row: Locator): Promise<void> {
  const fold = row.getByRole('button').first();
  await fold.click();
  await row.getByLabel(planner.text('pane.settings.posting')).fill('2031-01-15');
  await row.getByRole('checkbox', { name: planner.text('paper.jobCard') }).check();
  await assertAccessible(planner, 'what is chosen for one order');
  await fold.click();
  await row.getByText(new RegExp(`2031 · ${planner.text('paper.jobCard')}$`)).waitFor();
  await fold.click();
  await row.getByRole('button', { name: planner.text('pane.confirm.asAll') }).click();
  await fold.click();
  await row.getByText(/2031/).waitFor({ state: 'detached' });
}

/** As a scanner does that stands in for the keyboard: what is on no paper of ours is told, a route card leads to how many. */
async function scanPaper(planner: PlannerAtWork): Promise<void> {
  const field = planner.pane.getByLabel(planner.text('pane.scan.label'));
  await field.fill('5901234123457');
  await field.press('Enter');
  await planner.sees('refusal.DEC-17', { barcode: '5901234123457' });
  await assertAccessible(planner, 'a barcode of no paper');
  await planner.page.keyboard.type('PO1');
  await planner.page.keyboard.press('Enter');
  const quantity = planner.pane.getByLabel(planner.text('pane.declaration.quantity'));
  await quantity.and(planner.pane.locator(':focus')).waitFor();
  await planner.pane.getByText(`${planner.text('paper.routeCard')} 1: `).waitFor();
  assert.equal(await field.inputValue(), '');
  await assertAccessible(planner, 'a scanned paper');
}

/** Finds the orders again among the executive ones and declares a piece of the first. */
async function declareOn(planner: PlannerAtWork, orders: readonly string[]): Promise<void> {
  const [first = ''] = orders;
  await planner.tab('pane.tab.restore');
  await scanPaper(planner);
  await planner.search('executive');
  await planner.filter('order', orders);
  const place = (await planner.orders()).findIndex(({ order }) => order === first);
  assert.ok(place >= 0, `${first} is among the executive orders`);
  await planner.page.evaluate(([sheet, row]) => window.workbench.select(sheet, `C${row}`), [
    planner.text('sheet.orders'),
    place + 2,
  ] as const);
  await planner.sees('pane.order', { order: first });
  await planner.sees('pane.order.declarations.none');
  await planner.pane.getByLabel(planner.text('pane.declaration.quantity')).fill('1');
  await planner.press('pane.declaration.open');
  await planner.sees('pane.declaration.opened');
  await planner.pane.getByText(/ · 1 EA · /).waitFor();
  await assertAccessible(planner, 'an order with a declaration');
}

/** The declared order stays, its row says why and what to do; the others go. */
async function restoreIsRefused(planner: PlannerAtWork, orders: readonly string[]): Promise<void> {
  const count = orders.length;
  await planner.press('pane.mark.visible');
  await planner.press('pane.preview.button');
  await planner.sees('pane.preview.no.restore', { count: 1 });
  await planner.sees('pane.group.RES-02');
  await assertAccessible(planner, 'preview with refusals');
  await planner.press('pane.commit.restore', { count });
  await planner.sees('pane.result.restore', { count: count - 1 });
  const refused = (await planner.orders()).find(({ order }) => order === orders[0]);
  assert.ok(refused);
  assert.ok(refused.result.includes(planner.text('refusal.RES-02', { declarations: '1' })), refused.result);
  assert.equal(refused.action, planner.text('action.restore'));
}

async function rollBackAndRestore(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.declaration.of', { number: 1, step: planner.text('pane.declaration.register') });
  await planner.press('pane.unwind.rollBack', { number: 1 });
  await planner.press('pane.unwind.delete', { number: 1 });
  await planner.sees('pane.order.declarations.none');
  await planner.press('pane.commit.restore', { count: 1 });
  await planner.sees('pane.result.restore', { count: 1 });
}

/** The order is back among the launched ones, and goes once more. */
async function releaseAgain(planner: PlannerAtWork, order: string): Promise<void> {
  await planner.tab('pane.tab.release');
  await planner.pane.getByLabel(planner.text('pane.find.order'), { exact: true }).fill(order);
  await planner.search('launched');
  assert.deepEqual(
    (await planner.orders()).map((row) => row.order),
    [order],
  );
  await planner.press('pane.mark.visible');
  await planner.press('pane.commit.release', { count: 1 });
  await planner.sees('pane.result.release', { count: 1 });
}

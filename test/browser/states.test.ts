import assert from 'node:assert/strict';
import type { Route } from 'playwright-core';
import type { Outcome, Preview } from '../../src/contract/runs';
import { languages } from '../../src/language/text';
import { assertAccessible } from './accessible';
import { pressByTab } from './by-keyboard';
import { PlannerAtWork } from './planner-at-work';
import {
  away,
  brokenTable,
  cellEdit,
  emptyBook,
  offline,
  readOnly,
  signedOut,
  withoutRight,
} from './troubles';
import { useLaunchbook } from './use-launchbook';

describe('the pane in every state', function () {
  this.timeout(240_000);
  const launchbook = useLaunchbook();
  let planner: PlannerAtWork;
  afterEach(() => planner?.leave());

  for (const language of languages) {
    it(`says what is the matter and what to do, for everybody (${language})`, async () => {
      planner = await PlannerAtWork.sitDown(launchbook.url, language);
      await planner.page.getByRole('separator').press('Home');
      await dialogs(planner);
      await openList(planner);
      await nothingFound(planner);
      await moreCriteria(planner);
      await exportAndHold(planner);
      await movements(planner);
      await runsOfToday(planner);
      await readOnly(planner);
      await cellEdit(planner);
      await brokenTable(planner);
      await offeredForce(planner);
      await lotsToChoose(planner);
      await away(planner);
      await signedOut(planner);
      await offline(planner);
      await withoutRight(planner);
      await emptyBook(planner);
    });
  }

  it('lets a planner search, mark, preview and release without a mouse', async () => {
    planner = await PlannerAtWork.sitDown(launchbook.url, 'en');
    await field(planner, 'pane.find.order').focus();
    await pressByTab(planner, 'pane.find.search');
    await planner.found('launched');
    await planner.idle();
    assert.ok((await planner.orders()).length > 100);
    await selectNextRow(planner);
    await pressByTab(planner, 'pane.mark.selected');
    await planner.sees('pane.marked', { count: 1 });
    await pressByTab(planner, 'pane.preview.button');
    await planner.sees('pane.preview.ok.release', { count: 1 });
    await pressByTab(planner, 'pane.commit.release', { count: 1 });
    await planner.sees('pane.result.release', { count: 1 });
    await planner.page.reload();
    await planner.button('pane.undo.run').waitFor();
    await planner.page.getByRole('separator').press('Home');
    await assertAccessible(planner, 'a release of before, to undo');
    assert.deepEqual(planner.complaints, []);
  });
});

const field = (planner: PlannerAtWork, key: string) =>
  planner.pane.getByLabel(planner.text(key), { exact: true });

/** Goes to the sheet by the keys that Excel has for it, one row down, and back into the pane. */
async function selectNextRow(planner: PlannerAtWork): Promise<void> {
  await planner.page.keyboard.press('Control+F6');
  await planner.page.waitForFunction(() => document.activeElement?.tagName !== 'IFRAME');
  await planner.page.keyboard.press('ArrowDown');
  await planner.page.waitForFunction(() => window.workbench.selection() === 'A2');
  await planner.idle();
  await field(planner, 'pane.find.order').focus();
}

async function selectFirstRow(planner: PlannerAtWork): Promise<void> {
  await planner.page.evaluate((sheet) => window.workbench.select(sheet, 'A2'), planner.text('sheet.orders'));
  await planner.idle();
}

/** Settings and diagnostics; the menu's button has the focus again after each. */
async function dialogs(planner: PlannerAtWork): Promise<void> {
  for (const name of ['settings', 'diagnostics']) {
    await planner.pressByKey('pane.menu');
    await planner.pane.getByRole('menuitem', { name: planner.text(`pane.menu.${name}`) }).press('Enter');
    await planner.pane.getByRole('dialog', { name: planner.text(`pane.${name}`) }).waitFor();
    if (name === 'diagnostics') await planner.sees('pane.diagnostics.host');
    await assertAccessible(planner, name);
    await planner.page.keyboard.press('Escape');
    await planner.pane.getByRole('dialog').waitFor({ state: 'detached' });
    const focused = planner.pane.locator('body');
    const label = await focused.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.equal(label, planner.text('pane.menu'), name);
  }
}

async function openList(planner: PlannerAtWork): Promise<void> {
  const box = planner.pane.getByRole('combobox', { name: planner.text('pane.find.workCentre') });
  await box.press('ArrowDown');
  await planner.pane.getByRole('menu').waitFor();
  await assertAccessible(planner, 'an open list');
  await box.press('Escape');
  await planner.pane.getByRole('menu').waitFor({ state: 'detached' });
}

/** The item is what leaves all orders out. */
async function nothingFound(planner: PlannerAtWork): Promise<void> {
  await field(planner, 'pane.find.item').fill('NO SUCH ITEM');
  await planner.press('pane.find.search');
  await planner.sees('pane.empty.title');
  const without = planner.pane.getByRole('button', {
    name: new RegExp(
      `^[\\d.,]+${planner.text('pane.empty.without.item', { count: 2 }).replace(/^\d*/, '')}$`,
    ),
  });
  await without.waitFor();
  await assertAccessible(planner, 'nothing found');
  await without.click();
  await planner.found('launched');
  await planner.idle();
  assert.ok((await planner.orders()).length > 100);
}

async function exportAndHold(planner: PlannerAtWork): Promise<void> {
  await planner.button('pane.export').first().press('Enter');
  await planner.pane.getByRole('menu').waitFor();
  await planner.button('pane.hold').press('Enter');
  await planner.press('pane.hold.put');
  await planner.sees('pane.reason.missing');
  await assertAccessible(planner, 'ways to export, and a hold without a reason');
  await planner.button('pane.hold').press('Enter');
}

async function movements(planner: PlannerAtWork): Promise<void> {
  await planner.tab('pane.tab.movements');
  await planner.press('pane.find.more');
  await assertAccessible(planner, 'the search for movements');
  await planner.press('pane.find.search');
  await assertAccessible(planner, 'found movements');
  await planner.tab('pane.tab.release');
}

/** Due days that fit no order: shown as a chip when folded, and taken off again. */
async function moreCriteria(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.find.more');
  const due = planner.text('column.due');
  await planner.pane
    .getByLabel(planner.text('pane.find.to', { criterion: due }), { exact: true })
    .fill('1999-12-31');
  await planner.pane.getByLabel(planner.text('pane.find.onHold'), { exact: true }).selectOption('false');
  await assertAccessible(planner, 'more criteria');
  await planner.press('pane.find.search');
  await planner.sees('pane.empty.title');
  await planner.press('pane.find.more.set', { count: 2 });
  await assertAccessible(planner, 'more criteria, folded');
  for (const criterion of [due, planner.text('pane.find.onHold')]) {
    await planner.pane.getByRole('button', { name: new RegExp(`^${criterion}:`) }).press('Enter');
  }
  await planner.press('pane.find.search');
  await planner.found('launched');
}

async function runsOfToday(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.runs');
  await planner.button('pane.runs.again').waitFor();
  await assertAccessible(planner, 'runs of today');
  await planner.press('pane.runs');
}

/** The order book says of a marked order that its refusal may be forced: with the right to, for a reason. */
async function offeredForce(planner: PlannerAtWork): Promise<void> {
  const refuse = async (route: Route) => {
    const response = await route.fetch();
    const { outcomes, ...preview } = (await response.json()) as Preview;
    const refusals: Outcome['refusals'] = [{ code: 'REL-07', params: {}, forceable: true }];
    const refused = outcomes.map((outcome) => ({ ...outcome, result: 'refused', movements: 0, refusals }));
    await route.fulfill({ response, json: { ...preview, outcomes: refused } });
  };
  await planner.page.route('**/api/runs', refuse);
  await selectFirstRow(planner);
  await planner.press('pane.mark.selected');
  await planner.press('pane.preview.button');
  await planner.press('pane.force', { count: 1 });
  await planner.press('pane.force.preview');
  await planner.sees('pane.reason.missing');
  await assertAccessible(planner, 'an offer to force, without a reason');
  await planner.page.unroute('**/api/runs', refuse);
  // That it is required stands in its label, too.
  await planner.pane.getByLabel(planner.text('pane.force.reason')).fill('SO-17');
  await planner.press('pane.force.preview');
  await planner.sees('pane.force.previewed', { reason: 'SO-17' });
  await planner.sees('pane.commit.force', { count: 1 });
  await assertAccessible(planner, 'preview of a forced release');
  await planner.press('pane.force.back');
  await planner.press('pane.mark.clear');
}

/** An item whose lots are picked by hand: the preview asks for them, and their sheet has a row for each there is. */
async function lotsToChoose(planner: PlannerAtWork): Promise<void> {
  const item = { item: 'RT-310', variant: '', warehouse: 'MAG1' };
  const lot = { receivedOn: null, expiresOn: null, expired: false, available: '30' };
  const missing = { ...item, line: '10', need: '20', unit: 'PC' };
  const refusals: Outcome['refusals'] = [{ code: 'REL-09', params: missing }];
  const ask = async (route: Route) => {
    const response = await route.fetch();
    const preview = (await response.json()) as Preview;
    const asked: Preview = {
      ...preview,
      outcomes: preview.outcomes.map((of) => ({ ...of, result: 'refused', movements: 0, refusals })),
      lots: preview.outcomes.map(({ key }) => ({ ...item, order: key, line: 10, need: '20', lots: [] })),
      lotStocks: [
        {
          ...{ ...item, description: 'Tube', unit: 'PC', picking: 'manual' },
          lots: ['L-0815', 'L-0816'].map((name) => ({ ...lot, lot: name })),
        },
      ],
    };
    await route.fulfill({ response, json: asked });
  };
  await planner.page.route('**/api/runs', ask);
  await selectFirstRow(planner);
  await planner.press('pane.mark.selected');
  await planner.press('pane.preview.button');
  await planner.sees('pane.lots.open', { count: 1 });
  await assertAccessible(planner, 'lots to choose');
  await planner.press('pane.lots.write');
  await planner.page.unroute('**/api/runs', ask);
  const rows = await planner.rows(planner.text('sheet.lots'), 'Lots');
  const shown = rows.map((row) => [row[planner.text('column.lot')], row[planner.text('column.toTake')]]);
  assert.deepEqual(shown, [
    ['L-0815', ''],
    ['L-0816', ''],
  ]);
  await selectFirstRow(planner);
  await planner.press('pane.mark.clear');
}

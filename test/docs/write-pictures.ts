import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Pool } from 'pg';
import type { Locator } from 'playwright-core';
import { languages, type Language } from '../../src/language/text';
import { PlannerAtWork } from '../browser/planner-at-work';
import {
  commit,
  createOrder,
  mark,
  prepareContoso,
  rowOf,
  selectOrder,
  type,
} from '../browser/refresh-steps';
import { startLaunchbook, type Started } from '../cli/started';
import { temporaryFolder, useDatabase } from '../postgres';

const FOLDER = path.resolve(__dirname, '../../docs/screenshots');
/** Wide enough for the columns that matter, small enough for pictures of about 100 kB. */
const SIZE = { width: 1200, height: 860 };
const FADED_MS = 700;

/**
 * Not a test: `npm run docs:pictures` photographs a planner's morning for docs/guide.*.md. The same plant, size and steps every time;
 * only the days differ, because the sample plant always stands at today.
 */
for (const language of languages) {
  describe(`docs/screenshots (${language})`, function () {
    this.timeout(240_000);
    let folder: string;
    let launchbook: Started;
    let url: string;

    before('start', async () => {
      folder = await temporaryFolder();
      launchbook = startLaunchbook(folder, { LAUNCHBOOK_USER: 'anna' });
      url = await launchbook.ready();
    });
    after(async () => {
      launchbook.process.kill('SIGINT');
      await launchbook.ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    });

    it('are taken', async () => {
      const planner = await sitDown(url, language);
      await searchEverything(planner);
      await markByFormula(planner);
      await picture(planner, 'marked');
      const confirm = await lookAtWhatGoes(planner);
      await picture(planner, 'confirm');
      await confirm.click();
      await preview(planner);
      await picture(planner, 'preview');
      await release(planner);
      await picture(planner, 'released');
      await findMovements(planner);
      await picture(planner, 'movements');
      await planner.leave();
      const another = await sitDown(url, language);
      await lookAtDeclared(another);
      await picture(another, 'restore');
      await another.page.emulateMedia({ colorScheme: 'dark' });
      await picture(another, 'restore-dark');
      await another.leave();
    });
  });
}

for (const language of languages) {
  describe(`docs/screenshots of a refresh (${language})`, function () {
    this.timeout(240_000);
    const database = useDatabase(prepareContoso);
    let folder: string;
    let launchbook: Started;
    let url: string;

    before('start, with the plant that has routings', async () => {
      folder = await temporaryFolder();
      launchbook = startLaunchbook(folder, {
        DATABASE_URL: database.connectionString,
        LAUNCHBOOK_USER: 'anna',
      });
      url = await launchbook.ready();
    });
    after(async () => {
      launchbook.process.kill('SIGINT');
      await launchbook.ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    });

    it('are taken', async () => {
      const planner = await sitDown(url, language);
      await previewGreaterQuantity(planner);
      await picture(planner, 'refresh');
      await lookAtOperations(planner);
      await picture(planner, 'operations');
      await editInSheet(planner);
      await picture(planner, 'content');
      await askWarehouses(planner, database.pool);
      await picture(planner, 'requests');
      await planner.leave();
    });
  });
}

async function sitDown(url: string, language: Language): Promise<PlannerAtWork> {
  const planner = await PlannerAtWork.sitDown(url, language);
  await planner.page.setViewportSize(SIZE);
  await planner.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await planner.page.getByRole('separator').press('Home');
  await planner.idle();
  return planner;
}

async function searchEverything(planner: PlannerAtWork): Promise<void> {
  await planner.pane.getByText(planner.text('pane.find.anyDay'), { exact: true }).first().click();
  await planner.search('launched');
}

/** What starts within four days and has its materials is to go, by the formula of the guide. */
async function markByFormula(planner: PlannerAtWork): Promise<void> {
  const orders = await planner.orders();
  const [complete, word] = [planner.text('materials.complete'), planner.text('action.release')];
  const formulas = orders.map((_, at) => [
    `=IF(AND(I${at + 2}<=TODAY()+4,Q${at + 2}="${complete}"),"${word}","")`,
  ]);
  await planner.page.evaluate(
    ([sheet, cells]) => {
      window.workbench.write(sheet, 'A2', cells);
      window.workbench.select(sheet, 'A2');
    },
    [planner.text('sheet.orders'), formulas] as const,
  );
  await planner.idle();
  await planner.button('pane.preview.button').click({ trial: true });
}

/** Unfolds the list of what is about to be released, with route cards to print. Gives what folds it again. */
async function lookAtWhatGoes(planner: PlannerAtWork): Promise<Locator> {
  const [one, other] = [1, 2].map((count) =>
    planner.text('pane.confirm', { count }).replace(String(count), '[\\d.,]+'),
  );
  const confirm = planner.pane.getByRole('button', { name: new RegExp(`^(${one}|${other})$`) });
  await confirm.click();
  await planner.pane.getByRole('checkbox', { name: planner.text('paper.routeCard'), exact: true }).check();
  await toTop(confirm);
  return confirm;
}

async function preview(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.preview.button');
  await planner.sees('pane.group.REL-10');
  const shortages = planner.pane.getByText(
    new RegExp(`^\\d+ ${planner.text('pane.preview.shortages', { count: 2 }).replace(/^\d+ /, '')}$`),
  );
  await shortages.click();
  await toTop(planner.pane.getByRole('heading', { name: planner.text('pane.preview'), exact: true }));
}

async function release(planner: PlannerAtWork): Promise<void> {
  const verb = planner.text('action.release');
  await planner.pane.getByRole('button', { name: new RegExp(`^${verb} \\d`) }).click();
  await planner.pane
    .getByText(new RegExp(planner.text('pane.result.run', { number: '\\d+' })))
    .first()
    .waitFor();
  await planner.button('pane.result.showMovements').click({ trial: true });
  await toTop(planner.pane.getByRole('heading', { name: planner.text('pane.mark'), exact: true }));
}

async function findMovements(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.result.showMovements');
  await planner.tab('pane.tab.movements');
  await planner.press('pane.find.search');
  await planner.sees('pane.movements.byItem');
}

/** An executive order of which production has been declared: it cannot be restored, and the pane says why. */
async function lookAtDeclared(planner: PlannerAtWork): Promise<void> {
  await planner.tab('pane.tab.restore');
  await planner.search('executive');
  const sheet = planner.text('sheet.orders');
  const [restorable, no] = [planner.text('column.restorable'), planner.text('sheet.restorable.no')];
  const rows = await planner.rows(sheet, 'Orders');
  const declared = rows.find((row) => row[restorable]?.startsWith(no));
  assert.ok(declared, 'some order cannot be restored');
  await planner.page.evaluate(([name, row]) => window.workbench.select(name, `D${row}`), [
    sheet,
    rows.indexOf(declared) + 2,
  ] as const);
  await planner.pane.getByText(planner.text('pane.order.movements'), { exact: true }).last().waitFor();
  await toTop(
    planner.pane.getByRole('heading', {
      name: planner.text('pane.order', { order: declared[planner.text('column.order')] ?? '' }),
    }),
  );
}

/** A new order, refreshed, and refreshed to twice its quantity: so there is a plan before and after. */
async function previewGreaterQuantity(planner: PlannerAtWork): Promise<void> {
  await planner.tab('pane.tab.refresh');
  await planner.press('pane.find.search');
  const order = await createOrder(planner);
  await planner.press('pane.preview.button');
  await commit(planner);
  await type(planner, 'column.quantity', await rowOf(planner, order), 20);
  await mark(planner, order);
  await planner.press('pane.preview.button');
  await selectOrder(planner, order);
  await toTop(planner.pane.getByRole('heading', { name: planner.text('pane.preview'), exact: true }));
}

/** The order in the last row, with the form to move its first operation. */
async function lookAtOperations(planner: PlannerAtWork): Promise<void> {
  await commit(planner);
  await planner.button('pane.content.move.of', { operation: 10 }).click();
  await toTop(planner.pane.getByRole('heading', { name: /\d+\/\d+\/\d+$/ }));
}

/** The order in the last row again: one quantity is changed, and one is none. */
async function editInSheet(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.content.load');
  const sheet = planner.text('sheet.content');
  await planner.page.evaluate((name) => {
    window.workbench.write(name, 'G2', [[22]]);
    window.workbench.write(name, 'G3', [['~20']]);
    window.workbench.select(name, 'G2');
  }, sheet);
  await planner.press('pane.content.apply');
  await toTop(planner.pane.getByRole('heading', { name: sheet, exact: true }));
}

/** An executive order is refreshed with a request for its output; the plant's main warehouse picks and puts away by request. */
async function askWarehouses(planner: PlannerAtWork, pool: Pool): Promise<void> {
  await pool.query(`
    update warehouse set output_handling = 'inventory_put_away', consumption_handling = 'inventory_pick'
     where warehouse = 'MAIN'`);
  const executive = (await planner.orders()).find(({ state }) => state === planner.text('state.executive'));
  await mark(planner, executive?.order ?? '');
  for (const option of ['pane.refresh.inbound', 'pane.refresh.executive'])
    await planner.pane.getByRole('checkbox', { name: planner.text(option) }).check();
  await commit(planner);
  await planner.press('pane.requests.load');
  const sheet = planner.text('sheet.requests');
  await planner.page.evaluate((name) => window.workbench.select(name, 'A2'), sheet);
  await toTop(planner.pane.getByRole('heading', { name: sheet, exact: true }));
}

/** The pane scrolls until this is at its top. */
async function toTop(heading: Locator): Promise<void> {
  await heading.evaluate((element) => element.scrollIntoView({ block: 'start' }));
}

async function picture(planner: PlannerAtWork, name: string): Promise<void> {
  await planner.idle();
  await planner.page.waitForTimeout(FADED_MS);
  await planner.page.screenshot({ path: path.join(FOLDER, `${name}-${planner.language}.png`) });
}

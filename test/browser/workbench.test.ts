import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { buildPage } from '../../src/workbench/page/build';
import { fixtureServer } from '../workbench/page/fixture-server';
import { sharedBrowser } from './browser';
import { filterByKeyword, goToFrozenCells, scrollThroughFilterList, sortByArrow } from './by-hand';

declare global {
  interface Window {
    /** Of the demo add-in: the value of A1, or the code of the error that came instead. */
    readFirstCell(): Promise<unknown>;
  }
}

describe('the workbench in a browser', function () {
  this.timeout(60_000);

  let folder: string;
  let server: Awaited<ReturnType<typeof fixtureServer>>;
  let address: string;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let foreign: string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-page-'));
    server = await fixtureServer(await buildPage(join(folder, 'page')));
    address = await server.listen({ host: '127.0.0.1', port: 0 });
  });

  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function open(locale: string): Promise<Frame> {
    complaints = [];
    foreign = [];
    context = await (
      await sharedBrowser()
    ).newContext({
      locale,
      colorScheme: null,
      viewport: { width: 1366, height: 768 },
    });
    page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && url.hostname !== '127.0.0.1') foreign.push(request.url());
    });
    await page.goto(address);
    const frame = await (await page.waitForSelector('.pane iframe')).contentFrame();
    assert.ok(frame);
    await frame.waitForSelector('body[data-ready]');
    return frame;
  }

  afterEach(async () => {
    await context.close();
  });

  it('runs an unmodified add-in: ribbon from its manifest, commands, tables sorted and filtered by hand, events, button states', async () => {
    const frame = await open('en-US');
    assert.equal(await frame.textContent('#status'), 'Excel on OfficeOnline, en-US');
    assert.deepEqual(await page.locator('#ribbon-tabs button').allTextContents(), ['Home', 'Harvest']);
    assert.deepEqual(await page.locator('.ribbon-controls > .ribbon-button').allTextContents(), [
      'Harvest book',
      'Count',
    ]);
    assert.equal(await page.evaluate(() => window.workbench.isEnabled('Harvest.Ship')), false);

    await page.evaluate(() => window.workbench.press('Harvest.Count'));
    assert.deepEqual(await page.evaluate(() => window.workbench.read('Sheet1', 'A1:C4')), [
      ['Fruit', 'Crates', 'Grade'],
      ['Apple', 12, 'A'],
      ['Pear', 7, 'B'],
      ['Quince', 3, 'A'],
    ]);
    assert.equal(await page.evaluate(() => window.workbench.tableRange('Harvest')), 'A1:C4');
    assert.equal(await page.evaluate(() => window.workbench.isEnabled('Harvest.Ship')), true);

    await page.evaluate(() => window.workbench.setTableFilter('Harvest', 'Grade', ['A']));
    assert.deepEqual(await page.evaluate(() => window.workbench.visibleRows('Sheet1', 'A1:A4')), [1, 2, 4]);

    await page.evaluate(() => window.workbench.clearTableFilter('Harvest', 'Grade'));
    await sortByArrow(page);
    await filterByKeyword(page);

    await page.evaluate(() => window.workbench.select('Sheet1', 'E2'));
    await frame.focus('#count');
    await page.keyboard.press('Escape');
    await page.locator('#grid :focus').waitFor({ state: 'attached' });
    await page.keyboard.type('checked');
    await page.waitForFunction(() => window.workbench.faults.isEditingCell);
    assert.equal(await frame.evaluate(() => window.readFirstCell()), 'InvalidOperationInCellEditMode');
    await page.keyboard.press('Enter');
    await frame.getByText('changed E2').waitFor();
    assert.equal(await frame.evaluate(() => window.readFirstCell()), 'Fruit');

    const [before = 0, wrapped = 0, emptied = 0] = await frame.evaluate(heightsOfWrappedCell);
    assert.ok(wrapped > before * 2, `a row with a long wrapped text is ${wrapped} high, before ${before}`);
    assert.equal(emptied, before);

    await page.evaluate(() => window.workbench.press('Harvest.Ship'));
    await frame.waitForSelector('body[data-visibility=Hidden]', { state: 'attached' });
    assert.equal(await page.locator('.pane').isVisible(), false);
    await page.getByRole('button', { name: 'Harvest book' }).click();
    assert.equal(await page.locator('.pane').isVisible(), true);

    assert.deepEqual(complaints, []);
    assert.deepEqual(foreign, []);
  });

  it('changes language and colours, keeps the workbook, and sets the pane by keyboard', async () => {
    await open('it-IT');
    assert.deepEqual(await page.locator('#ribbon-tabs button').allTextContents(), ['Home', 'Raccolto']);
    await page.evaluate(() => window.workbench.write('Foglio1', 'B2', [[42]]));

    await page.getByRole('button', { name: 'English' }).click();
    const frame = await (await page.waitForSelector('.pane iframe')).contentFrame();
    await frame?.waitForSelector('body[data-ready]');
    assert.equal(await frame?.textContent('#status'), 'Excel on OfficeOnline, en-US');
    assert.deepEqual(await page.evaluate(() => window.workbench.read('Foglio1', 'B2')), [[42]]);

    await page.getByRole('button', { name: 'Use dark colours' }).click();
    assert.equal(await frame?.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches), true);

    const width = async () => (await page.locator('.pane').boundingBox())?.width ?? 0;
    const before = await width();
    await page.getByRole('separator').press('ArrowLeft');
    assert.equal(await width(), before + 16);
    await page.getByRole('separator').press('Home');
    assert.equal(await width(), 320);
    assert.deepEqual(complaints, []);
  });

  it('fills down, copies and pastes thousands of cells by keyboard, each a step that can be undone, and goes where it is sent', async () => {
    const frame = await open('en-US');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await frame.evaluate(allowOneWordInD2);
    await page.evaluate(() => {
      window.workbench.write('Sheet1', 'C2', [[2], [3], [4]]);
      window.workbench.write('Sheet1', 'D2', [['=C2*10']]);
      window.workbench.select('Sheet1', 'D2:D4');
    });
    await frame.focus('#count');
    await page.keyboard.press('Escape');
    await page.locator('#grid :focus').waitFor({ state: 'attached' });
    await page.keyboard.press('Control+d');
    await page.waitForFunction(() => window.workbench.readText('Sheet1', 'D4')[0]?.[0] === '40');
    assert.deepEqual(await frame.evaluate(rulesInD), ['List', 'None']);
    await page.keyboard.press('Control+z');
    await page.waitForFunction(() => window.workbench.readText('Sheet1', 'D3:D4').join('') === '');

    await page.evaluate(() => {
      const lines = Array.from({ length: 1500 }, (_, index) => [index + 1, `=F${String(index + 2)}*10`]);
      window.workbench.write('Sheet1', 'F2', [...lines.slice(0, -1), ['<b>&', '2026-03-01']]);
      window.workbench.write('Sheet1', 'K3', [['here before']]);
      window.workbench.select('Sheet1', 'F2:G1501');
    });
    await page.evaluate(() => window.workbench.idle());
    await page.keyboard.press('Control+c');
    await page.waitForFunction(async () =>
      (await navigator.clipboard.readText()).startsWith('1\t10\n2\t20\n'),
    );
    // Texts are in the clipboard before the rest is: a key pressed in between, as nobody could, pastes nothing.
    await page.evaluate(() => window.workbench.idle());
    await page.evaluate(() => window.workbench.select('Sheet1', 'K2'));
    await page.keyboard.press('Control+v');
    await page.waitForFunction(() => window.workbench.readText('Sheet1', 'L1500')[0]?.[0] === '14990');
    assert.equal(await page.evaluate(() => window.workbench.selection()), 'K2:L1501');
    assert.deepEqual(await page.evaluate(() => window.workbench.readText('Sheet1', 'K1501:L1501')), [
      ['<b>&', '2026-03-01'],
    ]);
    assert.deepEqual(await frame.evaluate(formulasOfL3), ['=K3*10']);
    await page.keyboard.press('Control+z');
    await page.waitForFunction(() => window.workbench.readText('Sheet1', 'L1500').join('') === '');
    // Formulas are computed beside the page: what they gave last may come a moment after the keys.
    await page.waitForFunction(
      () => window.workbench.read('Sheet1', 'K3:L3')[0]?.join('|') === 'here before|',
    );
    await scrollThroughFilterList(page, frame);
    await goToFrozenCells(page, frame);
    assert.deepEqual(complaints, []);
  });

  it('says in words why an add-in does not start', async () => {
    complaints = [];
    context = await (await sharedBrowser()).newContext({ locale: 'en-US' });
    page = await context.newPage();
    await page.route('**/addin/taskpane.html', (route) =>
      route.fulfill({ body: '<p>No office.js here</p>', contentType: 'text/html' }),
    );
    await page.clock.install();
    await page.goto(address);
    await page.locator('.pane-notice').getByText('Starting Harvest Book').waitFor();
    await page.clock.fastForward(5000);
    const notice = page.locator('.pane-notice');
    await notice.getByText('Harvest Book did not start').waitFor();
    assert.match((await notice.textContent()) ?? '', /does not load office\.js/);
  });
});

/** In the add-in. */
function allowOneWordInD2(): Promise<void> {
  return Excel.run(async (context) => {
    const cell = context.workbook.worksheets.getItem('Sheet1').getRange('D2');
    cell.dataValidation.rule = { list: { inCellDropDown: true, source: 'ripe' } };
    await context.sync();
  });
}

/** In the add-in. */
function formulasOfL3(): Promise<string[]> {
  return Excel.run(async (context) => {
    const cell = context.workbook.worksheets.getItem('Sheet1').getRange('L3').load('formulas');
    await context.sync();
    return cell.formulas.flat().map(String);
  });
}

/** In the add-in: the kinds of rules for the values of D2 and D3. */
function rulesInD(): Promise<string[]> {
  return Excel.run(async (context) => {
    const sheet = context.workbook.worksheets.getItem('Sheet1');
    const rules = ['D2', 'D3'].map((address) => sheet.getRange(address).dataValidation.load('type'));
    await context.sync();
    return rules.map(({ type }) => type);
  });
}

/** In the add-in: the height of a row before a long text is wrapped in it, with it, and when it is gone again. */
function heightsOfWrappedCell(): Promise<number[]> {
  return Excel.run(async (context) => {
    const cell = context.workbook.worksheets.getItem('Sheet1').getRange('F9');
    cell.format.wrapText = true;
    const heights: number[] = [];
    for (const text of ['', 'Needs more room than one line of a narrow cell has.', '']) {
      cell.values = [[text]];
      const { format } = cell.load('format/rowHeight');
      await context.sync();
      heights.push(format.rowHeight);
    }
    return heights;
  });
}

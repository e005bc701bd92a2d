import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';

/** Fewest crates first. */
export async function sortByArrow(page: Page): Promise<void> {
  await page.evaluate(() => window.workbench.openFilterList('Harvest', 'Crates'));
  await page.getByRole('button', { name: 'Ascending' }).click();
  await page.waitForFunction(
    () => window.workbench.readText('Sheet1', 'A2:A4').join() === 'Quince,Pear,Apple',
  );
}

/** What the keyword finds is ticked and chosen, and nothing that only its first letter found; then the filter is cleared. */
export async function filterByKeyword(page: Page): Promise<void> {
  await page.evaluate(() => window.workbench.openFilterList('Harvest', 'Fruit'));
  const keyword = page.getByPlaceholder('keywords');
  for (const [letters, found] of [
    ['p', ['Pear', 'Apple']],
    ['pe', ['Pear']],
  ] as const) {
    await keyword.fill(letters);
    const ticked = page.getByRole('checkbox', { checked: true });
    await ticked.nth(found.length).waitFor({ state: 'attached' });
    assert.equal(await ticked.count(), found.length + 1);
    for (const fruit of found) await page.getByText(fruit, { exact: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Confirm' }).click();
  const visible = () => page.evaluate(() => window.workbench.visibleRows('Sheet1', 'A1:A4').join());
  await page.waitForFunction(() => window.workbench.visibleRows('Sheet1', 'A1:A4').length < 4);
  assert.equal(await visible(), '1,3');
  await page.evaluate(() => window.workbench.clearTableFilter('Harvest', 'Fruit'));
  assert.equal(await visible(), '1,2,3,4');
}

/** Univer would not scroll for a cell whose column is frozen: by its address, from the add-in, and by keyboard. */
export async function goToFrozenCells(page: Page, frame: Frame): Promise<void> {
  await frame.evaluate(freezeFirstColumn);
  await page.evaluate(() => {
    window.workbench.write('Sheet1', 'A900', [['last']]);
    window.workbench.select('Sheet1', 'A900');
  });
  await page.waitForFunction(() => window.workbench.firstRowInView() > 800);
  await frame.evaluate(selectA1);
  await page.waitForFunction(() => window.workbench.firstRowInView() === 1);
  await page.keyboard.press('Control+ArrowDown');
  await page.waitForFunction(() => window.workbench.selection() === 'A900');
  await page.waitForFunction(() => window.workbench.firstRowInView() > 800);
}

/** The list of a filter over 1,500 values draws what is in view, down to its end. */
export async function scrollThroughFilterList(page: Page, frame: Frame): Promise<void> {
  await frame.evaluate(makeLongTable);
  await page.evaluate(() => window.workbench.openFilterList('Long', 'Number'));
  const [first, last] = ['1', '<b>&'].map((value) => page.getByText(value, { exact: true }));
  await first?.hover();
  assert.equal(await last?.count(), 0);
  const drawn = await page.getByRole('checkbox').count();
  assert.ok(drawn > 7 && drawn < 200, `${drawn} entries drawn`);
  await page.mouse.wheel(0, 1_000_000);
  await last?.waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
}

/** In the add-in. */
function makeLongTable(): Promise<void> {
  return Excel.run(async (context) => {
    const sheet = context.workbook.worksheets.getItem('Sheet1');
    sheet.getRange('F1:G1').values = [['Number', 'Tenfold']];
    sheet.tables.add('F1:G1501', true).name = 'Long';
    await context.sync();
  });
}

/** In the add-in. */
function freezeFirstColumn(): Promise<void> {
  return Excel.run(async (context) => {
    context.workbook.worksheets.getItem('Sheet1').freezePanes.freezeColumns(1);
    await context.sync();
  });
}

/** In the add-in. */
function selectA1(): Promise<void> {
  return Excel.run(async (context) => {
    context.workbook.worksheets.getItem('Sheet1').getRange('A1').select();
    await context.sync();
  });
}

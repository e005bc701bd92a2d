import assert from 'node:assert/strict';
import { anOrder, anOutcome, aSearch, company, typeInto } from '../workbook';
import { useSheetOfOrders } from './sheet-of-orders';

describe('what Excel is known to do: texts', () => {
  const { workbook, column } = useSheetOfOrders();

  const hostile = [
    '=1+1',
    '+39 02',
    '-5',
    '@SUM(A1)',
    "'quoted",
    "''twice",
    '\t=1',
    '＝1',
    '007',
    '1-2',
    '1E5',
  ];

  it('formula text and apostrophes pass through search, sheet, and the next search unchanged', async () => {
    const texts = hostile.map((text, at) => anOrder(at + 1, { description: text, customer: text }));
    for (let search = 0; search < 2; search++) {
      await workbook.sheet.writeOrders(texts, aSearch(texts.length), 'en');
      assert.deepEqual(await column('Description'), hostile);
      assert.deepEqual(await column('Customer'), hostile);
    }
    const results = hostile.map((text, at) =>
      anOutcome(at + 1, { order: anOrder(at + 1, { description: text, customer: text }) }),
    );
    await workbook.sheet.writeResults(results, company, 'en');
    assert.deepEqual(await column('Description'), hostile);
  });

  it('formula text in a company code stays the key it was', async () => {
    await workbook.sheet.writeOrders([anOrder(1)], aSearch(1, '=1+1'), 'en');
    await typeInto('Action', 'Release');
    const { marked } = await workbook.sheet.readMarks();
    assert.deepEqual(
      marked.map(({ company: of }) => of),
      ['=1+1'],
    );
  });
});

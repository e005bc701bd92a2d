import assert from 'node:assert/strict';
import { anOrder, aSearch, company, rowsOf, typeInto, useWorkbook } from './workbook';

describe('orders added to those about to be released', () => {
  const workbook = useWorkbook();
  const shown = async () =>
    (await rowsOf()).map((row) => [row['Order'], row['State'], row['Qty'], row['Action']]);

  beforeEach(async () => {
    await workbook.sheet.writeOrders([anOrder(1), anOrder(2)], aSearch(2), 'en');
  });

  for (const [language, word, state] of [
    ['en', 'Release', 'Launched'],
    ['it', 'Rilascia', 'Lanciato'],
  ] as const)
    it(`are marked in their rows, and in rows of their own where they had none (${language})`, async () => {
      await workbook.sheet.markOrders(
        [anOrder(2), anOrder(7, { quantity: '12' })],
        'release',
        company,
        language,
      );
      const rows = await shown();
      assert.deepEqual(
        rows.map(([order, , , action]) => [order, action]),
        [
          ['2026/1/0', ''],
          ['2026/2/0', word],
          ['2026/7/0', word],
        ],
      );
      assert.deepEqual(rows[2]?.slice(1, 3), [state, 12]);
      const { marked, problems } = await workbook.sheet.readMarks();
      assert.deepEqual(
        marked.map(({ key, action }) => [key, action]),
        [
          ['2026/2/0', 'release'],
          ['2026/7/0', 'release'],
        ],
      );
      assert.deepEqual(problems, []);
    });

  it('have one row each, however often they are added', async () => {
    await workbook.sheet.markOrders([anOrder(7)], 'release', company, 'en');
    await workbook.sheet.markOrders([anOrder(7)], 'release', company, 'en');
    assert.equal((await shown()).length, 3);
  });

  it('lose their mark when they are taken out, and nobody else does', async () => {
    await typeInto('Action', 'Release', 'Release');
    const { marked } = await workbook.sheet.readMarks();
    await workbook.sheet.unmarkOrders(
      marked.slice(0, 1).map(({ key }) => key),
      company,
    );
    assert.deepEqual(
      (await shown()).map(([order, , , action]) => [order, action]),
      [
        ['2026/1/0', ''],
        ['2026/2/0', 'Release'],
      ],
    );
  });
});

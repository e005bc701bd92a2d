import assert from 'node:assert/strict';
import { orderKey } from '../../../src/domain/order';
import { refusal } from '../../../src/domain/refusals';
import { anOrder, anOutcome, aSearch, company, rowsOf, typeInto, useWorkbook } from './workbook';

describe('an order that was released in part, in the sheet', () => {
  const workbook = useWorkbook();
  const restKey = orderKey({ year: 2026, number: 1, lot: 1 });
  const first = anOrder(1, { state: 'executive', quantity: '40', version: 4 });
  const rest = anOrder(1, { key: restKey, quantity: '10', version: 1 });
  const inPart = refusal('SPL-03', {
    ...{ quantity: '40', whole: '50', rest: '10', unit: 'pcs', items: 'A', restOrder: restKey },
  });
  const outcome = anOutcome(1, { order: first, warnings: [inPart], movements: 3, other: rest });
  const shown = async () =>
    (await rowsOf()).map((row) => [row['Order'], row['State'], row['Qty'], row['Action']]);

  beforeEach(async () => {
    await workbook.sheet.writeOrders([anOrder(1, { quantity: '50' }), anOrder(2)], aSearch(2), 'en');
    await typeInto('Action', 'Release', 'Release');
  });

  it('says before how much would go, and in which words', async () => {
    const { other: _, ...judged } = outcome;
    await workbook.sheet.writePreview([judged], company, 'en');
    assert.equal(
      (await rowsOf())[0]?.['Result'],
      'Would be released, 3 movements. Only in part: 40 of 50 pcs, as far as A reaches. The rest, 10 pcs, would become order 2026/1/1.',
    );
  });

  for (const [language, text] of [
    [
      'en',
      'Released, 3 movements. Released in part: 40 of 50 pcs, as far as A reaches. The rest, 10 pcs, is order 2026/1/1.',
    ],
    [
      'it',
      "Rilasciato, 3 movimenti. Rilasciato in parte: 40 di 50 pcs, fin dove basta A. Il resto, 10 pcs, è l'ordine 2026/1/1.",
    ],
  ] as const)
    it(`says in its row how much went (${language})`, async () => {
      await workbook.sheet.writeResults([outcome], company, language);
      assert.equal((await rowsOf())[0]?.['Result'], text);
    });

  it('has its rest in a row below the others, launched and not marked, once however often it is written', async () => {
    const others = await shown();
    await workbook.sheet.writeResults([outcome], company, 'en');
    await workbook.sheet.writeResults([outcome], company, 'en');
    assert.deepEqual(await shown(), [
      ['2026/1/0', 'Executive', 40, ''],
      others[1],
      ['2026/1/1', 'Launched', 10, ''],
    ]);
  });

  it('has its quantity back in its row when the rest is merged', async () => {
    await workbook.sheet.writeResults([outcome], company, 'en');
    const merged = anOutcome(1, {
      ...{
        key: restKey,
        result: 'merged',
        movements: 0,
        order: { ...rest, state: 'historical', quantity: '0' },
      },
      warnings: [refusal('SPL-09', { order: first.key, restOrder: restKey, whole: '50', unit: 'pcs' })],
      other: anOrder(1, { quantity: '50', version: 6 }),
    });
    await workbook.sheet.writeResults([merged], company, 'en');
    const rows = await rowsOf();
    assert.deepEqual([rows[0]?.['State'], rows[0]?.['Qty']], ['Launched', 50]);
    assert.deepEqual(
      [rows[2]?.['State'], rows[2]?.['Qty'], rows[2]?.['Result']],
      [
        'Historical',
        0,
        'Merged. Both together make 50 pcs again. Order 2026/1/1 is in the archive, with nothing left to make.',
      ],
    );
  });
});

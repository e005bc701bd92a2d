import assert from 'node:assert/strict';
import { orderKey } from '../../../src/domain/order';
import { anOrder, aSearch, company, filterOrders, typeInto, useWorkbook } from './workbook';

const key = (number: number) => orderKey({ year: 2026, number, lot: 0 });

describe('rows selected in the sheet', () => {
  const workbook = useWorkbook();
  beforeEach(() =>
    workbook.sheet.writeOrders(
      [1, 2, 3, 4].map((number) => anOrder(number)),
      aSearch(4),
      'en',
    ),
  );
  const selected = async () =>
    (await workbook.sheet.readSelected()).map((row) => [row.key, row.company, row.version]);

  it('leave out hidden rows', async () => {
    await filterOrders('2026/3/0');
    await select('A2:C5');
    assert.deepEqual(await selected(), [[key(3), company, 3]]);
  });

  it('leave out a row that shows another order than it was loaded for', async () => {
    await typeInto('Order', '2026/1/0', 'typed over');
    await select('A2:C3');
    assert.deepEqual(await selected(), [[key(1), company, 3]]);
  });

  it('count an order once, however often it stands there', async () => {
    await typeInto('Order', key(2));
    await typeInto('Key', `${key(2)} ${company}`);
    await select('A2:C3');
    assert.deepEqual(await selected(), [[key(2), company, 3]]);
  });

  it('are none outside the table', async () => {
    for (const address of ['A1:A1', 'A9:A12']) {
      await select(address);
      assert.deepEqual(await selected(), []);
    }
  });
});

function select(address: string): Promise<void> {
  return Excel.run(async (context) => {
    context.workbook.worksheets.getItem('Orders').getRange(address).select();
    await context.sync();
  });
}

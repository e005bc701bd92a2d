import assert from 'node:assert/strict';
import { orderKey } from '../../../src/domain/order';
import { calendarDate } from '../../../src/domain/calendar';
import { refusal } from '../../../src/domain/refusals';
import { anOrder, anOutcome, aSearch, company, rowsOf, typeInto, useWorkbook } from './workbook';

const key = (number: number) => orderKey({ year: 2026, number, lot: 0 });

describe('rows marked Refresh', () => {
  const workbook = useWorkbook();
  const sheet = () => workbook.sheet;
  beforeEach(() => sheet().writeOrders([anOrder(1), anOrder(2)], aSearch(2), 'en'));

  const wanted = async () => {
    const { marked, problems } = await sheet().readMarks();
    return { wanted: marked.map((row) => [row.action, row.wanted]), problems };
  };
  const refreshed = (number: number, changes = {}) => {
    const order = anOrder(number, { version: 4, ...changes });
    return anOutcome(number, { result: 'refreshed', movements: 0, order });
  };
  const column = async (header: string) => (await rowsOf()).map((row) => row[header]);

  it('are understood in both languages, and want nothing new while nothing was changed', async () => {
    await typeInto('Action', 'Refresh', ' RICALCOLA ');
    assert.deepEqual(await wanted(), {
      wanted: [
        ['refresh', {}],
        ['refresh', {}],
      ],
      problems: [],
    });
  });

  it('want the quantity, due date and start that the planner typed over theirs', async () => {
    await typeInto('Action', 'Refresh', 'Release');
    await typeInto('Qty', '=0.1+0.2', 99);
    await typeInto('Due', 46366);
    await typeInto('Start', '2026-11-28');
    const changed = { quantity: '0.3', due: '2026-12-10', start: '2026-11-28' };
    assert.deepEqual((await wanted()).wanted, [
      ['refresh', changed],
      ['release', {}],
    ]);
  });

  for (const [header, text, code] of [
    ['Qty', 'many', 'noQuantity'],
    ['Due', 'soon', 'noDue'],
    ['Start', '', 'noStart'],
  ] as const) {
    it(`are named where the ${header} cell holds no such value`, async () => {
      await typeInto('Action', 'Refresh');
      await typeInto(header, text);
      assert.deepEqual(await wanted(), { wanted: [], problems: [{ code, row: 2, text }] });
    });
  }

  it('count in neither row where the same order is wanted differently', async () => {
    await typeInto('Action', 'Refresh', 'Refresh');
    await typeInto('Key', "'2026/1/0 IT", "'2026/1/0 IT");
    await typeInto('Order', "'2026/1/0", "'2026/1/0");
    await typeInto('Qty', 12.5, 13);
    assert.deepEqual(await wanted(), {
      wanted: [],
      problems: [{ code: 'twoActions', row: 3, text: '2026/1/0' }],
    });
  });

  it('say how many changes a refresh would make', async () => {
    await sheet().writePreview([refreshed(1), refreshed(2)], company, 'en', {
      changes: new Map([[key(1), 3]]),
    });
    assert.deepEqual(await column('Result'), [
      'Would be refreshed, 3 changes',
      'Would be refreshed, nothing changes',
    ]);
    await sheet().writePreview([], company, 'it');
    assert.deepEqual(await column('Result'), ['', '']);
  });

  it('show the order anew when it is refreshed, unmarked', async () => {
    await typeInto('Action', 'Refresh');
    await typeInto('Qty', 20);
    await sheet().writeResults(
      [refreshed(1, { quantity: '20', end: calendarDate('2026-12-01') })],
      company,
      'en',
    );
    const [row] = await rowsOf();
    assert.deepEqual([row?.['Action'], row?.['Qty'], row?.['End'], row?.['Version']], ['', 20, 46357, 4]);
    assert.equal(row?.['Result'], 'Refreshed');
  });

  it('keep mark and what is wanted when the refresh is refused', async () => {
    await typeInto('Action', 'Refresh', 'Refresh');
    await typeInto('Qty', 20, 30);
    const refusals = [refusal('REF-02', { order: key(1) })];
    await sheet().writeResults(
      [
        { ...refreshed(1, { version: 3 }), result: 'refused', refusals },
        { ...refreshed(2, { version: 3 }), result: 'failed' },
      ],
      company,
      'en',
    );
    assert.deepEqual((await wanted()).wanted, [
      ['refresh', { quantity: '20' }],
      ['refresh', { quantity: '30' }],
    ]);
    assert.match(String((await column('Result'))[0]), /^Refused: The order has no due date/);
  });

  it('keep what is wanted through a search, which says what the order book has', async () => {
    await typeInto('Action', 'Refresh', 'Refresh');
    await typeInto('Qty', 20);
    await typeInto('Due', 46366);
    const found = [anOrder(1, { version: 5, quantity: '14' }), anOrder(2, { quantity: '15' })];
    await sheet().writeOrders(found, aSearch(2), 'it');
    assert.deepEqual(await column('Qty'), [20, 15]);
    assert.deepEqual(await column('Result'), [
      "Mantenuto come modificato; nell'archivio ordini: quantità 14, scadenza 30 nov 2026",
      '',
    ]);
    assert.deepEqual((await wanted()).wanted, [
      ['refresh', { quantity: '20', due: '2026-12-10' }],
      ['refresh', {}],
    ]);
  });

  it('lose to a search what the planner changed without a mark', async () => {
    await typeInto('Qty', 20);
    await sheet().writeOrders([anOrder(1), anOrder(2)], aSearch(2), 'en');
    assert.deepEqual(await column('Qty'), [12.5, 12.5]);
  });

  describe('by a formula', () => {
    const formula = '=IF(1=1,"Refresh","")';
    beforeEach(() => typeInto('Action', formula, formula));
    const marked = async () => (await sheet().readMarks()).marked.map((row) => row.key);

    it('are silent once the row says that it was refreshed, in either language, and speak again after a search', async () => {
      await sheet().writeResults([refreshed(1)], company, 'it');
      assert.deepEqual(await marked(), [key(2)]);
      await sheet().writeOrders([anOrder(1), anOrder(2)], aSearch(2), 'en');
      assert.deepEqual(await marked(), [key(1), key(2)]);
    });

    it('speak again as soon as the planner changes the quantity', async () => {
      await sheet().writeResults([refreshed(1)], company, 'en');
      await typeInto('Qty', 7);
      assert.deepEqual(await marked(), [key(1), key(2)]);
    });
  });
});

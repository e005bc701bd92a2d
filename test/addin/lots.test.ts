import assert from 'node:assert/strict';
import { writeLots } from '../../src/addin/excel/write-lots';
import { isPreviewOutdated } from '../../src/addin/taskpane/preview-outdated';
import { troubleText } from '../../src/addin/taskpane/trouble-text';
import { textsIn } from '../../src/addin/texts';
import { formatsFor } from '../../src/language/formats';
import { useAdapter } from '../adapter/http/adapter';
import { rowsOf, useWorkbook } from './excel/workbook';
import { usePaneAtAdapter } from './pane-at-adapter';

describe('lots in pane and sheet', () => {
  const adapter = useAdapter();
  const workbook = useWorkbook();
  const desk = usePaneAtAdapter(adapter, workbook);
  const { pane, state } = desk;

  before('A goes first in, first out, D by hand; four orders', async () => {
    for (const [item, picking] of [
      ['A', 'fifo'],
      ['D', 'manual'],
    ]) {
      await adapter.pool.query(`delete from stock where item = '${item}'`);
      await adapter.pool.query(
        `update item set lot_managed = true, lot_picking = '${picking}', description = '=cmd|x' where item = '${item}';
         insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, received_on, expires_on)
         values ('IT', '${item}', '', 'MAG1', 'L1', 30, 30, '2026-10-02', '2026-12-31'),
                ('IT', '${item}', '', 'MAG1', '=L2', 500, 500, '2026-10-20', null),
                ('IT', '${item}', '', 'MAG1', 'L3', 50, 50, '2026-10-30', null)`,
      );
    }
    await adapter.add(
      { number: 1, lines: { A: '100' } },
      { number: 2, lines: { D: '20' } },
      { number: 3, lines: { A: '60' } },
      { number: 4, lines: { A: '10' } },
    );
  });
  beforeEach('search', async () => {
    await pane.actions.search();
  });

  const went = () => assert.equal(state().trouble, null);
  /** Types into a column of a table, by row. */
  const type = (table: string, header: string, values: Readonly<Record<number, unknown>>) =>
    Excel.run(async (context) => {
      const column = context.workbook.tables.getItem(table).columns.getItem(header).getDataBodyRange();
      for (const [row, value] of Object.entries(values)) column.getCell(Number(row), 0).values = [[value]];
      await context.sync();
    });
  async function mark(number: number): Promise<void> {
    const at = (await rowsOf('values', 'Orders')).findIndex(({ Order }) => Order === `2026/${number}/0`);
    await type('Orders', 'Action', { [at]: 'Release' });
  }
  const shown = async (...headers: string[]) =>
    (await rowsOf('values', 'Lots')).map((row) => headers.map((header) => row[header]));
  const movementsOf = async (number: number) => {
    const reply = await adapter.send('GET', `/api/movements?order=2026/${number}/0`);
    return reply
      .json<{ items: { lot: string; quantity: string }[] }>()
      .items.map((m) => `${m.lot} ${m.quantity}`);
  };

  it('REL-09 writes the lots to choose from, and says at their rows what is wrong with a choice', async () => {
    await mark(2);
    await pane.actions.preview();
    assert.equal(state().preview?.outcomes[0]?.refusals[0]?.code, 'REL-09');
    await pane.actions.writeLots();
    went();
    assert.deepEqual(
      await shown('Order', 'Line', 'Item', 'Description', 'Warehouse', 'Need', 'Lot', 'Available', 'To take'),
      [
        ['2026/2/0', 10, 'D', '=cmd|x', 'MAG1', 20, 'L1', 30, ''],
        ['2026/2/0', 10, 'D', '=cmd|x', 'MAG1', 20, '=L2', 500, ''],
        ['2026/2/0', 10, 'D', '=cmd|x', 'MAG1', 20, 'L3', 50, ''],
      ],
    );
    const wrong: [Record<number, unknown>, Record<number, unknown>, number, RegExp][] = [
      [{ 0: 'L1' }, { 0: 15 }, 0, /come to 15 PC, the line needs 20/],
      [{ 0: 'L7' }, { 0: 20 }, 0, /L7.*no such lot in MAG1/],
    ];
    for (const [lots, quantities, at, said] of wrong) {
      await type('Lots', 'Lot', lots);
      await type('Lots', 'To take', quantities);
      await pane.actions.preview();
      went();
      const rows = await rowsOf('values', 'Lots');
      assert.match(String(rows[at]?.['Result']), said);
      assert.equal(rows[at]?.['To take'], quantities[at]);
    }
    await type('Lots', 'Lot', { 0: 'L1' });
    await type('Lots', 'To take', { 0: 5, 1: 'some' });
    await pane.actions.commit();
    const { trouble } = state();
    assert.match(
      troubleText(trouble?.error, textsIn('en'), formatsFor('en', 'en'), ''),
      /Lots sheet, rows 3:/,
    );
    assert.deepEqual(await movementsOf(2), []);
    await type('Lots', 'To take', { 1: 15 });
    await pane.actions.preview();
    went();
    assert.equal(state().preview?.chosenLots?.length, 1);
    assert.deepEqual(await shown('Lot', 'To take', 'Result'), [
      ['L1', 5, 'Chosen'],
      ['=L2', 15, 'Chosen'],
      ['L3', '', ''],
    ]);
    await pane.actions.commit();
    went();
    assert.deepEqual(await movementsOf(2), ['L1 5', '=L2 15']);
    assert.deepEqual(await shown('Lot', 'To take'), [['', '']]);
  });

  it('T-37 takes what is proposed where nothing is typed, and what is typed where it is', async () => {
    await mark(1);
    await pane.actions.preview();
    await pane.actions.writeLots();
    assert.deepEqual(await shown('Lot', 'To take'), [
      ['L1', 30],
      ['=L2', 70],
      ['L3', ''],
    ]);
    await pane.actions.preview();
    assert.equal(state().preview?.chosenLots?.length, 0);
    await type('Lots', 'To take', { 0: 20, 2: 10 });
    await pane.actions.commit();
    went();
    assert.deepEqual(await movementsOf(1), ['L1 20', '=L2 70', 'L3 10']);
  });

  it('tells that a preview is outdated when other lots are typed, and no longer when they are as it was asked with', async () => {
    await mark(4);
    await pane.actions.preview();
    await pane.actions.writeLots();
    const isOutdated = async () => {
      await pane.actions.refreshMarks();
      return isPreviewOutdated(state());
    };
    const at = (await shown('Order', 'Lot')).findIndex(([of, lot]) => of === '2026/4/0' && lot === 'L3');
    assert.equal(await isOutdated(), false);
    await type('Lots', 'To take', { [at]: 3 });
    assert.equal(await isOutdated(), true);
    await type('Lots', 'To take', { [at]: 'three' });
    assert.equal(await isOutdated(), true);
    await type('Lots', 'To take', { [at]: '' });
    assert.equal(await isOutdated(), false);
    await type('Lots', 'To take', { [at]: 3 });
    await pane.actions.preview();
    assert.equal(await isOutdated(), false);
    await type('Lots', 'To take', { [at]: '' });
    await type('Orders', 'Action', { 3: '' });
  });

  it('REL-10 names the lot that lacks it at its row, and keeps a choice while its order is not marked', async () => {
    await mark(3);
    await pane.actions.preview();
    await pane.actions.writeLots();
    const at = (await shown('Lot')).findIndex(([lot]) => lot === 'L3');
    await type('Lots', 'To take', { 0: '', 1: '', [at]: 60 });
    await pane.actions.commit();
    went();
    assert.deepEqual(await movementsOf(3), []);
    const [row] = (await rowsOf('values', 'Lots')).filter(({ Lot }) => Lot === 'L3');
    assert.deepEqual([row?.['To take'], row?.['Order']], [60, '2026/3/0']);
    assert.match(String(row?.['Result']), /L3.*need 60 PC, available 40, short 20/);
    desk.language = 'it';
    await pane.actions.mark('release', 'visible');
    await type('Orders', 'Action', { 0: '' });
    const first = String((await rowsOf('values', 'Orders'))[0]?.['Order']);
    assert.equal(first, '2026/3/0');
    await pane.actions.preview();
    went();
    const kept = (await rowsOf('values', 'Lots')).filter(({ Order }) => Order === '2026/3/0');
    assert.match(String(kept.find(({ Lot }) => Lot === 'L3')?.['Result']), /non è nell'ultima anteprima/);
  });

  it('keeps a choice when its sheet is written again and that is cancelled', async () => {
    await mark(4);
    await pane.actions.preview();
    await pane.actions.writeLots();
    await type('Lots', 'To take', { 0: 4 });
    const { preview } = state();
    assert.ok(preview);
    const abort = new AbortController();
    const progress = () => abort.abort();
    const writing = { chunkBytes: 100, progress, signal: abort.signal };
    const words = { language: 'en', formats: formatsFor('en', 'en') } as const;
    await Excel.run((context) => writeLots(context, preview, 'IT', words, writing));
    const [row] = (await rowsOf('values', 'Lots')).filter(({ 'To take': taken }) => taken !== '');
    assert.deepEqual([row?.['Order'], row?.['To take']], ['2026/4/0', 4]);
  });
});

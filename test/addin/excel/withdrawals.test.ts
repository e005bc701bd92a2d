import assert from 'node:assert/strict';
import type { RunSummary } from '../../../src/contract/runs';
import type { Withdrawal } from '../../../src/contract/withdrawals';
import { instant } from '../../../src/domain/calendar';
import { orderKey } from '../../../src/domain/order';
import { useWorkbook } from './workbook';

const order = (number: number) => orderKey({ year: 2026, number, lot: 0 });
const aPlace = (item: string, changes: Partial<Withdrawal> = {}): Withdrawal => ({
  warehouse: 'MAG1',
  warehouseName: 'Raw material',
  item,
  variant: '',
  description: 'Tube',
  lot: '',
  unit: 'pcs',
  quantity: '15.5',
  orders: [
    { order: order(1), quantity: '10' },
    { order: order(2), quantity: '5.5' },
  ],
  ...changes,
});

describe('the withdrawal list on its sheet', () => {
  const workbook = useWorkbook();

  const write = (number: number, places: readonly Withdrawal[], language: 'en' | 'it' = 'en') => {
    const openedAt = instant(new Date('2026-11-20T10:00:00Z'));
    // Nothing else of the run stands on paper.
    const run = { number, actor: 'anna', openedAt } as RunSummary;
    return workbook.sheet.writeWithdrawals({ company: 'Esempio', run, places }, language);
  };
  const sheets = () => workbook.excel.workbook.sheets.map(({ name }) => name);
  const cells = (name: string) =>
    Excel.run(async (context) => {
      const used = context.workbook.worksheets.getItem(name).getUsedRange(true);
      used.load('values');
      await context.sync();
      return used.values as unknown[][];
    });

  it('says of which run it is, place by place what to take, and which order needs how much of it', async () => {
    await write(17, [
      aPlace('A'),
      aPlace('B', {
        variant: 'RED',
        lot: '007',
        quantity: '1',
        orders: [{ order: order(3), quantity: '1' }],
      }),
    ]);
    const [title, of, blank, header, ...rows] = await cells('Withdrawal list');
    assert.equal(title?.[0], 'Withdrawal list, run 17');
    assert.match(String(of?.[0]), /^Esempio · anna · .*2026/);
    assert.ok(blank?.every((cell) => cell === ''));
    assert.deepEqual(header?.slice(3, 6), ['Lot', 'To take', 'Unit']);
    assert.deepEqual(rows, [
      ['MAG1 Raw material', 'A', 'Tube', '', 15.5, 'pcs', '2026/1/0', 10, ''],
      ['', '', '', '', '', 'pcs', '2026/2/0', 5.5, ''],
      ['MAG1 Raw material', 'B RED', 'Tube', '007', 1, 'pcs', '2026/3/0', 1, ''],
    ]);
  });

  it('repeats its head on every page', async () => {
    await write(17, [aPlace('A')], 'it');
    await Excel.run(async (context) => {
      const { pageLayout } = context.workbook.worksheets.getItem('Lista prelievo');
      const head = pageLayout.getPrintTitleRowsOrNullObject();
      pageLayout.load('orientation');
      head.load('address');
      await context.sync();
      assert.deepEqual([pageLayout.orientation, head.address.split('!')[1]], ['Landscape', '1:4']);
    });
  });

  it('begins a page with each warehouse, and a list that takes its place has pages of its own', async () => {
    const pages = () =>
      Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getItem('Withdrawal list');
        const breaks = sheet.horizontalPageBreaks;
        breaks.load('items/rowIndex');
        sheet.pageLayout.load('zoom');
        await context.sync();
        return { starts: breaks.items.map(({ rowIndex }) => rowIndex), zoom: sheet.pageLayout.zoom };
      });
    const inMag2 = { warehouse: 'MAG2', warehouseName: 'Finished goods' };
    await write(17, [
      aPlace('A'),
      aPlace('B'),
      aPlace('A', inMag2),
      aPlace('C', { ...inMag2, warehouse: 'MAG3' }),
    ]);
    // Excel passes over breaks on a sheet that is fitted to pages.
    assert.deepEqual(await pages(), { starts: [8, 10], zoom: { scale: 85 } });
    await write(18, [aPlace('A'), aPlace('B', inMag2)]);
    assert.deepEqual((await pages()).starts, [6]);
  });

  it('takes the place of the list before, longer or not', async () => {
    await write(17, [aPlace('A'), aPlace('B'), aPlace('C')]);
    await write(18, [aPlace('D')]);
    const [title, , , , ...rows] = await cells('Withdrawal list');
    assert.equal(title?.[0], 'Withdrawal list, run 18');
    assert.deepEqual(
      rows.map((row) => row[1]),
      ['D', ''],
    );
  });

  it('leaves a list alone that the planner renamed', async () => {
    await write(17, [aPlace('A')]);
    workbook.excel.workbook.as('user', () => {
      const list = workbook.excel.workbook.sheets.find(({ name }) => name === 'Withdrawal list');
      if (list) list.name = 'For Luca';
    });
    await write(18, [aPlace('D')]);
    assert.equal((await cells('For Luca'))[0]?.[0], 'Withdrawal list, run 17');
    assert.equal((await cells('Withdrawal list'))[0]?.[0], 'Withdrawal list, run 18');
  });

  it('leaves a list alone whose rows are hidden: a block would land in the visible ones', async () => {
    await write(17, [aPlace('A'), aPlace('B')]);
    await Excel.run(async (context) => {
      context.workbook.worksheets.getItem('Withdrawal list').getRange('6:6').rowHidden = true;
      await context.sync();
    });
    await write(18, [aPlace('D')]);
    assert.deepEqual(sheets().slice(1), ['Withdrawal list', 'Withdrawal list 2']);
    assert.equal((await cells('Withdrawal list'))[0]?.[0], 'Withdrawal list, run 17');
  });

  it('never takes a sheet of the planner that has its name', async () => {
    await Excel.run(async (context) => {
      context.workbook.worksheets.add('Withdrawal list').getRange('A1').values = [['mine']];
      await context.sync();
    });
    await write(17, [aPlace('A')]);
    assert.equal((await cells('Withdrawal list'))[0]?.[0], 'mine');
    assert.equal((await cells('Withdrawal list 2'))[0]?.[0], 'Withdrawal list, run 17');
  });

  it('keeps text of the order book from becoming a formula', async () => {
    await write(17, [aPlace('=1+1', { description: '+cmd' })]);
    const [, , , , row] = await cells('Withdrawal list');
    assert.deepEqual(row?.slice(1, 3), ['=1+1', '+cmd']);
  });

  it('says so where nothing is to be taken any more', async () => {
    await write(17, []);
    assert.equal((await cells('Withdrawal list'))[4]?.[0], 'Nothing is to be withdrawn for this run.');
  });
});

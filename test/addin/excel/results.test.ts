import assert from 'node:assert/strict';
import { orderKey } from '../../../src/domain/order';
import { refusal } from '../../../src/domain/refusals';
import { aMovement, anOrder, anOutcome, aSearch, company, rowsOf, typeInto, useWorkbook } from './workbook';

describe('what a run did, in the sheet', () => {
  const workbook = useWorkbook();
  const short = refusal('REL-10', {
    item: 'A',
    warehouse: 'MAG1',
    unit: 'pcs',
    need: '1234.5',
    available: '60',
    short: '1174.5',
  });
  const refused = anOutcome(2, { result: 'refused', refusals: [short], order: anOrder(2), movements: 0 });
  beforeEach(async () => {
    await workbook.sheet.writeOrders([anOrder(1), anOrder(2), anOrder(3)], aSearch(3), 'en');
    await typeInto('Action', 'Release', 'Release');
  });

  it('stands in the rows: who went loses the mark, who was refused keeps it with the reason', async () => {
    await workbook.sheet.writeResults([anOutcome(1), refused], company, 'en');
    assert.deepEqual(
      (await rowsOf()).map((row) => [row['Action'], row['Result'], row['State'], row['Version']]),
      [
        ['', 'Released, 2 movements', 'Executive', 4],
        [
          'Release',
          'Refused: A, MAG1: need 1,234.5 pcs, available 60, short 1,174.5. Wait for supply, take other orders out, or release them later.',
          'Launched',
          3,
        ],
        ['', '', 'Launched', 3],
      ],
    );
  });

  it('says in the rows what a run would do; of the orders and their marks nothing changes', async () => {
    await workbook.sheet.writePreview([anOutcome(1), refused], company, 'en');
    assert.deepEqual(
      (await rowsOf()).map((row) => [row['Action'], row['Result'], row['State'], row['Version']]),
      [
        ['Release', 'Would be released, 2 movements', 'Launched', 3],
        [
          'Release',
          'Would be refused: REL-10 A, MAG1: need 1,234.5 pcs, available 60, short 1,174.5. Wait for supply, take other orders out, or release them later.',
          'Launched',
          3,
        ],
        ['', '', 'Launched', 3],
      ],
    );
  });

  it('takes a preview of another time or language away, in rows that are not judged again', async () => {
    await workbook.sheet.writePreview([anOutcome(1), refused, anOutcome(3)], company, 'it');
    assert.equal((await rowsOf())[0]?.['Result'], 'Verrebbe rilasciato, 2 movimenti');
    await workbook.sheet.writePreview([anOutcome(2, { result: 'restored', movements: 1 })], company, 'en');
    const results = async () => (await rowsOf()).map((row) => row['Result']);
    assert.deepEqual(await results(), ['', 'Would be restored, 1 movement', '']);
    await workbook.sheet.writeResults([anOutcome(1)], company, 'en');
    assert.deepEqual(await results(), ['Released, 2 movements', '', '']);
    await workbook.sheet.writePreview([], company, 'en');
    assert.deepEqual(await results(), ['Released, 2 movements', '', '']);
  });

  it('says no more of materials that are withdrawn', async () => {
    const orders = [anOrder(1, { materialStatus: 'complete' }), anOrder(2, { materialStatus: 'missing' })];
    await workbook.sheet.writeOrders(orders, aSearch(2), 'en');
    await workbook.sheet.writeResults([anOutcome(1), refused], company, 'en');
    assert.deepEqual((await rowsOf()).map((row) => row['Materials']).slice(0, 2), ['', 'Missing']);
  });

  describe('of an order that somebody else changed', () => {
    const stale = refusal('REL-03', { order: '2026/1/0', user: 'bruno', at: '' });
    const theirs = anOrder(1, { version: 9, item: 'SP-9' });
    const changed = anOutcome(1, { result: 'refused', refusals: [stale], order: theirs });
    const rows = async () => {
      const all = await rowsOf();
      return all.map((row) => [row['Order'], row['Action'], row['Item'], row['Version'], row['Result']]);
    };
    const others = [
      ['2026/2/0', 'Release', 'SP-2', 3, ''],
      ['2026/3/0', '', 'SP-3', 3, ''],
    ];
    beforeEach(() => workbook.sheet.writeResults([changed], company, 'en'));

    it('leaves the row as the planner knows it, so that going on without a choice is refused again', async () => {
      assert.deepEqual((await rows())[0]?.slice(0, 4), ['2026/1/0', 'Release', 'SP-1', 3]);
    });

    for (const [choice, becomes] of [
      ['theirs', [['2026/1/0', '', 'SP-9', 9, ''], ...others]],
      ['mine', [['2026/1/0', 'Release', 'SP-9', 9, ''], ...others]],
      ['drop', others],
    ] as const) {
      it(`does what the planner chose: ${choice}`, async () => {
        await workbook.sheet.settleChanged([changed], choice, company, 'en');
        assert.deepEqual(await rows(), becomes);
      });
    }
  });

  it('speaks Italian on request', async () => {
    await workbook.sheet.writeResults([anOutcome(1, { movements: 1 })], company, 'it');
    assert.equal((await rowsOf())[0]?.['Result'], 'Rilasciato, 1 movimento');
    assert.equal((await rowsOf())[0]?.['State'], 'Esecutivo');
  });

  it('reaches rows that a filter hides, and the filter stays', async () => {
    workbook.excel.faults.writesOnlyVisibleRows = true;
    await Excel.run(async (context) => {
      const column = context.workbook.tables.getItem('Orders').columns.getItem('Order');
      column.filter.applyValuesFilter(['2026/2/0']);
      await context.sync();
    });
    const report = await workbook.sheet.writeResults([anOutcome(1), refused], company, 'en');
    assert.deepEqual(report.filtersLost, []);
    assert.deepEqual(
      (await rowsOf()).map((row) => row['State']),
      ['Executive', 'Launched', 'Launched'],
    );
    const { marked } = await workbook.sheet.readMarks();
    assert.deepEqual(
      marked.map(({ key, hidden }) => [key, hidden]),
      [['2026/2/0', false]],
    );
  });

  it("leaves the planner's formula in the Action cell", async () => {
    await typeInto('Action', '=IF(P2="Launched","Release","")');
    await workbook.sheet.writeResults([anOutcome(1)], company, 'en');
    assert.equal((await rowsOf('formulas'))[0]?.['Action'], '=IF(P2="Launched","Release","")');
    assert.equal((await rowsOf())[0]?.['Action'], '');
  });

  it('lists the movements, and brings them up to date when they are taken back', async () => {
    await workbook.sheet.writeMovements([aMovement(1), aMovement(2)], company, 'en');
    await workbook.sheet.writeMovements([aMovement(2, 'restored'), aMovement(3)], company, 'en');
    assert.deepEqual(
      (await rowsOf('values', 'Movements')).map((row) => [
        row['Order'],
        row['Line'],
        row['Quantity'],
        row['Status'],
      ]),
      [
        ['2026/1/0', 1, 5, 'Posted'],
        ['2026/1/0', 2, 5, 'Restored'],
        ['2026/1/0', 3, 5, 'Posted'],
      ],
    );
  });

  it('keeps an unfinished run with the workbook until it is settled', async () => {
    const { sheet } = workbook;
    assert.equal(await sheet.readPendingRun(), null);
    const orders = [{ key: orderKey({ year: 2026, number: 1, lot: 0 }), version: 3 }];
    const sentBy = { user: 'anna', company: '1', address: 'https://plant' };
    await sheet.savePendingRun({ key: 'k', ...sentBy, request: { command: 'release', orders } });
    const read = await sheet.readPendingRun();
    assert.ok(read && 'orders' in read.request);
    assert.deepEqual(
      [read.key, read.user, read.company, read.address, read.request.command, read.request.orders],
      ['k', 'anna', '1', 'https://plant', 'release', orders],
    );
    const undo = { command: 'restore', undoes: 'run 17', count: 2 } as const;
    await sheet.savePendingRun({ key: 'u', ...sentBy, request: undo });
    assert.deepEqual((await sheet.readPendingRun())?.request, undo);
    await sheet.savePendingRun(null);
    assert.equal(await sheet.readPendingRun(), null);
  });

  it('still knows an unfinished run that an earlier version left, without where it was sent', async () => {
    const orders = [{ key: orderKey({ year: 2026, number: 1, lot: 0 }), version: 3 }];
    const left = { key: 'k', user: 'anna', request: { command: 'release', orders } };
    await Excel.run(async (context) => {
      context.workbook.settings.add('launchbook.pendingRun', left);
      await context.sync();
    });
    const read = await workbook.sheet.readPendingRun();
    assert.deepEqual([read?.key, read?.user, read?.company, read?.address], ['k', 'anna', null, null]);
  });
});

describe('a workbook that cannot be written just now', () => {
  const workbook = useWorkbook();

  it('says that it waits for a cell being edited, and goes on afterwards', async () => {
    const { faults } = workbook.excel;
    faults.startCellEdit();
    const said = new Promise<void>((resolve) => {
      const look = () => (workbook.waits.includes(true) ? resolve() : void setImmediate(look));
      look();
    });
    const written = workbook.sheet.writeOrders([anOrder(1)], aSearch(1), 'en');
    await said;
    faults.endCellEdit();
    await written;
    assert.deepEqual(workbook.waits, [true, false]);
    assert.equal((await rowsOf()).length, 1);
  });

  it('names the table that is gone', async () => {
    await assert.rejects(workbook.sheet.mark('release', 'visible', 'en'), { code: 'tableGone' });
  });

  it('5 MB: goes on where its results are more than Excel on the web gives at once', async function () {
    this.timeout(60_000);
    const rows = 1500;
    const many = Array.from({ length: rows }, (_unused, at) => anOrder(at + 1));
    await workbook.sheet.writeOrders(many, aSearch(rows), 'en');
    await typeInto('Action', '=IF(G2>1,"Refresh","")');
    const { sheet, body } = workbook.excel.workbook.tables[0] ?? assert.fail('There is no table.');
    workbook.excel.workbook.as('user', () => {
      const long = many.map(() => [`Would be refused: ${'reason '.repeat(150)}`]);
      sheet.write(body.row, body.column + 2, long);
    });
    workbook.excel.faults.sizeLimits = { request: 5_000_000, response: 1_500_000 };
    assert.equal((await workbook.sheet.readMarks()).marked.length, 1);
    await workbook.sheet.writeResults([anOutcome(1)], company, 'en');
    await workbook.sheet.writeOrders([anOrder(2)], aSearch(1), 'en');
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Order']),
      ['2026/1/0', '2026/2/0'],
    );
  });

  it('says when Excel keeps values back', async () => {
    await workbook.sheet.writeOrders([anOrder(1), anOrder(2), anOrder(3)], aSearch(3), 'en');
    workbook.excel.faults.nullReadsOverCells = 2;
    await assert.rejects(workbook.sheet.readMarks(), { code: 'tooLarge' });
  });
});

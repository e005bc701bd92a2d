import assert from 'node:assert/strict';
import { orderKey } from '../../../src/domain/order';
import { anOrder, anOutcome, aSearch, company, rowsOf, typeInto, useWorkbook } from './workbook';

const key = (number: number) => orderKey({ year: 2026, number, lot: 0 });

describe('marks in the sheet', () => {
  const workbook = useWorkbook();
  beforeEach(async () => {
    const orders = [1, 2, 3, 4].map((number) => anOrder(number, { workCentre: number > 2 ? '200' : '100' }));
    await workbook.sheet.writeOrders(orders, aSearch(4), 'en');
  });

  const marked = async () =>
    (await workbook.sheet.readMarks()).marked.map(({ key, action }) => [key, action]);

  it('are read in English and Italian, however they are written', async () => {
    await typeInto('Action', 'Release', ' rilascia ', 'RESTORE', 'Ripristina');
    assert.deepEqual(await marked(), [
      [key(1), 'release'],
      [key(2), 'release'],
      [key(3), 'restore'],
      [key(4), 'restore'],
    ]);
  });

  it('are read where a formula computes them', async () => {
    await typeInto('Action', '=IF(G2>10,"Release","")', '=IF(G3>99,"Release","")');
    assert.deepEqual(await marked(), [[key(1), 'release']]);
  });

  it('carry version and state of the row, and what is said of its order before it goes', async () => {
    await typeInto('Action', 'Release');
    assert.deepEqual((await workbook.sheet.readMarks()).marked, [
      {
        ...{ row: 2, key: key(1), company, version: 3, action: 'release', priority: null },
        ...{ start: '2026-11-21', item: 'SP-1', quantity: '12.5', unit: 'pcs' },
        ...{ state: 'launched', wanted: {}, hidden: false },
      },
    ]);
  });

  it('carry the quantity that goes, whatever is typed over it', async () => {
    await typeInto('Action', 'Release');
    await typeInto('Qty', '99');
    assert.equal((await workbook.sheet.readMarks()).marked[0]?.quantity, '12.5');
  });

  it('are visible whatever column the planner hides', async () => {
    await typeInto('Action', 'Release');
    await Excel.run(async (context) => {
      const columns = context.workbook.tables.getItem('Orders').columns;
      columns.getItem('Action').getDataBodyRange().columnHidden = true;
      await context.sync();
    });
    assert.deepEqual(
      (await workbook.sheet.readMarks()).marked.map(({ key, hidden }) => [key, hidden]),
      [[key(1), false]],
    );
  });

  it('are refused by name where the word is no action', async () => {
    await typeInto('Action', 'Relese', 'Release');
    const { marked, problems } = await workbook.sheet.readMarks();
    assert.deepEqual(problems, [{ code: 'unknownWord', row: 2, text: 'Relese' }]);
    assert.equal(marked.length, 1);
  });

  it('are refused where the row no longer shows the order it was loaded for', async () => {
    await typeInto('Action', 'Release', 'Release');
    await typeInto('Order', "'2026/2/0");
    const { marked, problems } = await workbook.sheet.readMarks();
    assert.deepEqual(problems, [{ code: 'changedOrder', row: 2, text: '2026/2/0' }]);
    assert.deepEqual(
      marked.map(({ key }) => key),
      [key(2)],
    );
  });

  it('count an order once that stands in two rows', async () => {
    await typeInto('Action', 'Release', 'Release');
    await typeInto('Key', "'2026/1/0 IT", "'2026/1/0 IT");
    await typeInto('Order', "'2026/1/0", "'2026/1/0");
    assert.deepEqual(await marked(), [[key(1), 'release']]);
  });

  it('count in neither row where the same order is marked differently, and say so', async () => {
    await typeInto('Action', 'Release', 'Restore', 'Release');
    await typeInto('Key', "'2026/1/0 IT", "'2026/1/0 IT");
    await typeInto('Order', "'2026/1/0", "'2026/1/0");
    const { marked, problems } = await workbook.sheet.readMarks();
    assert.deepEqual(
      marked.map((row) => row.key),
      [key(3)],
    );
    assert.deepEqual(problems, [{ code: 'twoActions', row: 3, text: '2026/1/0' }]);
  });

  describe('that a formula computes', () => {
    const formula = (row: number) => `=IF(G${row}>10,"Release")`;
    beforeEach(() => typeInto('Action', formula(2), formula(3)));

    it('are read as what it says, and say nothing any more when the order is released', async () => {
      assert.deepEqual(await marked(), [
        [key(1), 'release'],
        [key(2), 'release'],
      ]);
      await workbook.sheet.writeResults([anOutcome(1)], company, 'en');
      assert.deepEqual(await workbook.sheet.readMarks().then((marks) => marks.problems), []);
      assert.deepEqual(await marked(), [[key(2), 'release']]);
      assert.deepEqual((await rowsOf('formulas')).map((row) => row['Action']).slice(0, 2), [
        formula(2),
        formula(3),
      ]);
    });

    it('are none where it says FALSE, or points at an empty cell', async () => {
      await typeInto('Action', '=IF(G2>99,"Release")', '=Z99');
      assert.deepEqual(await workbook.sheet.readMarks(), { marked: [], newOrders: [], problems: [] });
    });

    it('do not keep rows in the sheet that are done with', async () => {
      await workbook.sheet.writeResults([anOutcome(1)], company, 'en');
      const report = await workbook.sheet.writeOrders([anOrder(3)], aSearch(1), 'en');
      assert.equal(report.kept, 1);
      assert.deepEqual(
        (await rowsOf()).map((row) => row['Order']),
        ['2026/2/0', '2026/3/0'],
      );
    });
  });

  describe('with a priority', () => {
    const read = async () => {
      const { marked, problems } = await workbook.sheet.readMarks();
      return { priorities: marked.map(({ priority }) => priority), problems };
    };
    beforeEach(() => typeInto('Action', 'Release', 'Release', 'Release', 'Release'));

    it('are read with the number the planner typed, pasted or computed', async () => {
      await typeInto('Priority', 2, "'1,5", '=1+2', '');
      assert.deepEqual(await read(), { priorities: [2, 1.5, 3, null], problems: [] });
    });

    it('are refused by name where it is no number', async () => {
      await typeInto('Priority', 'high', 1);
      const { priorities, problems } = await read();
      assert.deepEqual(problems, [{ code: 'noNumber', row: 2, text: 'high' }]);
      assert.deepEqual(priorities, [1, null, null]);
    });

    it('lose it with the mark when the order is released, unless a formula computes it', async () => {
      await typeInto('Priority', 2, '=1+2', 7);
      await workbook.sheet.writeResults([anOutcome(1), anOutcome(2)], company, 'en');
      assert.deepEqual(
        (await rowsOf('formulas')).map((row) => row['Priority']),
        ['', '=1+2', 7, ''],
      );
    });

    it('stay in the sheet with it, found again or not', async () => {
      await typeInto('Action', '', '', '', '');
      await typeInto('Priority', 2, 5);
      const report = await workbook.sheet.writeOrders([anOrder(1), anOrder(4)], aSearch(2), 'en');
      assert.equal(report.kept, 1);
      assert.deepEqual(
        (await rowsOf()).map((row) => [row['Order'], row['Priority']]),
        [
          ['2026/1/0', 2],
          ['2026/2/0', 5],
          ['2026/4/0', ''],
        ],
      );
    });

    it('may be without the column, if the planner deleted it', async () => {
      await Excel.run(async (context) => {
        context.workbook.tables.getItem('Orders').columns.getItem('Priority').delete();
        await context.sync();
      });
      assert.deepEqual((await read()).priorities, [null, null, null, null]);
    });
  });

  it('are offered by the state of the row: release where launched, restore where executive, refresh in both', async () => {
    await workbook.sheet.writeResults([anOutcome(2)], company, 'en');
    const launched = 'Release,Refresh';
    assert.deepEqual(await offered(4), [launched, 'Restore,Refresh', launched, launched]);
  });

  it('are counted apart in rows that a filter hides', async () => {
    await typeInto('Action', 'Release', 'Release', 'Release');
    await filter('200');
    const { marked } = await workbook.sheet.readMarks();
    assert.deepEqual(
      marked.map(({ key, hidden }) => [key, hidden]),
      [
        [key(1), true],
        [key(2), true],
        [key(3), false],
      ],
    );
  });

  it('go to the visible rows only, and the filter stays', async () => {
    workbook.excel.faults.writesOnlyVisibleRows = true;
    await filter('200');
    assert.equal(await workbook.sheet.mark('release', 'visible', 'it'), 2);
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Action']),
      ['', '', 'Rilascia', 'Rilascia'],
    );
    assert.equal(
      (await workbook.sheet.readMarks()).marked.every(({ hidden }) => !hidden),
      true,
    );
  });

  it('go to the selected rows, and away again', async () => {
    await select('B2:C3');
    assert.equal(await workbook.sheet.mark('release', 'selected', 'en'), 2);
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Action']),
      ['Release', 'Release', '', ''],
    );
    await select('A1:A2');
    assert.equal(await workbook.sheet.mark(null, 'selected', 'en'), 1);
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Action']),
      ['', 'Release', '', ''],
    );
  });

  it('need a row of an order that is selected and visible', async () => {
    await typeInto('Action', 'Release');
    await filter('200');
    for (const area of ['A1:T1', 'B2:C3', 'A90:C91']) {
      await select(area);
      for (const action of ['restore', null] as const) {
        await assert.rejects(
          workbook.sheet.mark(action, 'selected', 'en'),
          { code: 'nothingSelected' },
          area,
        );
      }
    }
    assert.deepEqual(await marked(), [[key(1), 'release']]);
  });

  it('leave formulas in the Action column alone', async () => {
    await typeInto('Action', '=IF(G2>10,"Release","")');
    assert.equal(await workbook.sheet.mark('release', 'visible', 'en'), 3);
    assert.equal((await rowsOf('formulas'))[0]?.['Action'], '=IF(G2>10,"Release","")');
  });

  it('are none in a workbook without orders of ours', async () => {
    await Excel.run(async (context) => {
      context.workbook.tables.getItem('Orders').worksheet.delete();
      await context.sync();
    });
    assert.deepEqual(await workbook.sheet.readMarks(), { marked: [], newOrders: [], problems: [] });
  });

  it('lead back to their rows', async () => {
    assert.equal(await workbook.sheet.selectRows([key(2), key(3)], company), 2);
    assert.equal(await selectedAddress(), 'Orders!A3:X4');
  });

  it('lead back to scattered rows one block after the other', async () => {
    const seen: string[] = [];
    for (let click = 0; click < 3; click++) {
      await workbook.sheet.selectRows([key(1), key(2), key(4)], company);
      seen.push(await selectedAddress());
    }
    assert.deepEqual(seen, ['Orders!A2:X3', 'Orders!A5:X5', 'Orders!A2:X3']);
  });
});

/** What the dropdown of each Action cell offers. */
function offered(rows: number): Promise<unknown[]> {
  return Excel.run(async (context) => {
    const action = context.workbook.tables.getItem('Orders').columns.getItem('Action').getDataBodyRange();
    const rules = Array.from({ length: rows }, (_, row) => action.getCell(row, 0).dataValidation);
    for (const rule of rules) rule.load('rule');
    await context.sync();
    return rules.map(({ rule }) => rule.list?.source);
  });
}

function filter(workCentre: string): Promise<void> {
  return Excel.run(async (context) => {
    const column = context.workbook.tables.getItem('Orders').columns.getItem('Work centre');
    column.filter.applyValuesFilter([workCentre]);
    await context.sync();
  });
}

function select(address: string): Promise<void> {
  return Excel.run(async (context) => {
    context.workbook.worksheets.getItem('Orders').getRange(address).select();
    await context.sync();
  });
}

function selectedAddress(): Promise<string> {
  return Excel.run(async (context) => {
    const range = context.workbook.getSelectedRange();
    range.load('address');
    await context.sync();
    return range.address;
  });
}

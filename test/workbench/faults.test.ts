import assert from 'node:assert/strict';
import { EXCEL_ON_THE_WEB } from '../../src/workbench/protocol/faults';
import { type HeadlessExcel, createHeadlessExcel } from '../../src/workbench/transport/headless';
import { failure } from './failure';
import { writeOrders } from './orders-sheet';

describe('Faults of Excel that can be switched on', () => {
  let excel: HeadlessExcel;

  beforeEach(async () => {
    excel = createHeadlessExcel();
    await writeOrders(excel);
  });

  afterEach(() => {
    excel.dispose();
  });

  function orders() {
    const sheet = excel.workbook.sheets.find((candidate) => candidate.name === 'Orders');
    return sheet ?? assert.fail('There is no sheet Orders.');
  }

  it('refuses batches while a cell is being edited', async () => {
    excel.faults.startCellEdit();
    const error = await failure(() =>
      excel.Excel.run(async (context) => {
        context.workbook.worksheets.getItem('Orders').getRange('A1').values = [['x']];
        await context.sync();
      }),
    );
    assert.equal(error.code, 'InvalidOperationInCellEditMode');
    excel.faults.endCellEdit();
    await excel.Excel.run(async (context) => {
      context.workbook.worksheets.getItem('Orders').getRange('A1').values = [['x']];
      await context.sync();
    });
  });

  it('lets a batch wait for the end of the edit when it asks for that', async () => {
    excel.faults.startCellEdit();
    let isDone = false;
    const run = excel.Excel.run({ delayForCellEdit: true }, async (context) => {
      context.workbook.worksheets.getItem('Orders').getRange('H1').values = [['later']];
      await context.sync();
      isDone = true;
    });
    const impatient = await failure(() =>
      excel.Excel.run(async (context) => {
        context.workbook.worksheets.getItem('Orders').getRange('H2').values = [['now']];
        await context.sync();
      }),
    );
    assert.equal(impatient.code, 'InvalidOperationInCellEditMode');
    for (let turn = 0; turn < 20; turn++) await excel.eventsDelivered();
    assert.equal(isDone, false);
    excel.faults.endCellEdit();
    await run;
    assert.equal(isDone, true);
  });

  it('refuses requests and replies over the limits of Excel on the web', async () => {
    excel.faults.sizeLimits = EXCEL_ON_THE_WEB;
    const rows = Array.from({ length: 6000 }, () => ['x'.repeat(1000)]);
    const request = await failure(() =>
      excel.Excel.run(async (context) => {
        context.workbook.worksheets.getItem('Sheet1').getRange('A1:A6000').values = rows;
        await context.sync();
      }),
    );
    assert.equal(request.code, 'RequestPayloadSizeLimitExceeded');
    excel.workbook.activeSheet.write(0, 0, rows);
    const response = await failure(() =>
      excel.Excel.run(async (context) => {
        context.workbook.worksheets.getItem('Sheet1').getRange('A1:A6000').load('values');
        await context.sync();
      }),
    );
    assert.equal(response.code, 'ResponsePayloadSizeLimitExceeded');
  });

  it('reads null over the cell limit', async () => {
    excel.faults.nullReadsOverCells = 10;
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      const [all, some] = [table.getDataBodyRange(), table.columns.getItem('Qty').getDataBodyRange()];
      all.load('values');
      some.load('values');
      await context.sync();
      assert.equal(all.values, null);
      assert.deepEqual(some.values, [[10], [20], [30], [40]]);
    });
  });

  it('writes a block into the visible rows only', async () => {
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.columns.getItem('Item').filter.applyValuesFilter(['Frame']);
      await context.sync();
      excel.faults.writesOnlyVisibleRows = true;
      table.columns.getItem('Action').getDataBodyRange().values = [['1'], ['2'], ['3'], ['4']];
      await context.sync();
    });
    const actions = orders().values({ row: 1, column: 4, rows: 4, columns: 1 });
    assert.deepEqual(actions, [[1], ['REL'], [2], ['REL']]);
  });

  it('keeps rows that are deleted while a filter hides some of them', async () => {
    excel.faults.deletesNothingUnderFilter = true;
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.columns.getItem('Item').filter.applyValuesFilter(['Frame']);
      table.getDataBodyRange().getRow(0).getResizedRange(1, 0).delete('Up');
      table.rows.load('count');
      await context.sync();
      assert.equal(table.rows.count, 4);
    });
  });

  it('takes only a part of the written rows into the table', async () => {
    excel.faults.tableGrowthLimit = 2;
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.getDataBodyRange().getRowsBelow(3).getColumn(0).values = [['a'], ['b'], ['c']];
      table.rows.load('count');
      await context.sync();
      assert.equal(table.rows.count, 6);
    });
  });

  it('says nothing of a choice in a dropdown', async () => {
    const seen: string[] = [];
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.columns.getItem('Action').getDataBodyRange().dataValidation.rule = {
        list: { inCellDropDown: true, source: 'REL,RES' },
      };
      table.onChanged.add((event) => {
        seen.push(event.address);
        return Promise.resolve();
      });
      await context.sync();
    });
    excel.faults.silentDropdowns = true;
    excel.workbook.as('user', () => {
      orders().write(1, 4, [['REL']]);
      orders().write(1, 2, [[7]]);
    });
    await excel.eventsDelivered();
    assert.deepEqual(seen, ['C2']);
  });

  it('fails to select, activate and clear filters while another workbook has the focus', async () => {
    excel.faults.focusLost = true;
    const actions: ((context: Excel.RequestContext) => void)[] = [
      (context) => {
        context.workbook.worksheets.getItem('Orders').activate();
      },
      (context) => {
        context.workbook.worksheets.getItem('Orders').getRange('A1').select();
      },
      (context) => {
        context.workbook.tables.getItem('Orders').clearFilters();
      },
    ];
    for (const act of actions) {
      const error = await failure(() =>
        excel.Excel.run(async (context) => {
          act(context);
          await context.sync();
        }),
      );
      assert.equal(error.code, 'GeneralException');
    }
  });

  it('refuses every change of a workbook that is read-only', async () => {
    excel.faults.readOnly = true;
    const error = await failure(() =>
      excel.Excel.run(async (context) => {
        context.workbook.worksheets.getItem('Orders').getRange('A1').values = [['x']];
        await context.sync();
      }),
    );
    assert.equal(error.code, 'AccessDenied');
    await excel.Excel.run(async (context) => {
      context.workbook.load('readOnly');
      await context.sync();
      assert.equal(context.workbook.readOnly, true);
    });
  });

  it('breaks off after some changes, and what was done stays done', async () => {
    excel.faults.failAfter = { changes: 2, code: 'Timeout' };
    const error = await failure(() =>
      excel.Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getItem('Sheet1');
        sheet.getRange('A1').values = [[1]];
        sheet.getRange('A2').values = [[2]];
        sheet.getRange('A3').values = [[3]];
        await context.sync();
      }),
    );
    assert.equal(error.code, 'Timeout');
    excel.faults.failAfter = undefined;
    const cells = excel.workbook.sheets[0]?.values({ row: 0, column: 0, rows: 3, columns: 1 });
    assert.deepEqual(cells, [[1], [2], ['']]);
  });

  it('lets a co-author change the sheet between two batches', async () => {
    await excel.Excel.run(async (context) => {
      const first = context.workbook.tables.getItem('Orders').getDataBodyRange().getRow(0);
      first.load('values');
      await context.sync();
      excel.workbook.as('remote', () => {
        orders().insertRows(1, 1);
      });
      first.load('address');
      await context.sync();
      assert.equal(first.address, 'Orders!A3:E3');
    });
  });
});

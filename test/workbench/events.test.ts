import assert from 'node:assert/strict';
import { type HeadlessExcel, createHeadlessExcel } from '../../src/workbench/transport/headless';
import { writeOrders } from './orders-sheet';

describe('Events of the headless workbook', () => {
  let excel: HeadlessExcel;

  beforeEach(async () => {
    excel = createHeadlessExcel({ requirements: { ExcelApi: '1.14' } });
    await writeOrders(excel);
  });

  afterEach(() => {
    excel.dispose();
  });

  function orders() {
    const sheet = excel.workbook.sheets.find((candidate) => candidate.name === 'Orders');
    return sheet ?? assert.fail('There is no sheet Orders.');
  }

  /** What the person types into a cell. */
  async function typed(row: number, column: number, value: string | number): Promise<void> {
    excel.workbook.as('user', () => {
      orders().write(row, column, [[value]]);
    });
    await excel.eventsDelivered();
  }

  it('tells a handler what the person typed, and the handler reads in a run of its own', async () => {
    const seen: unknown[] = [];
    await excel.Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('Orders');
      table.onChanged.add(async (event) => {
        await excel.Excel.run(async (own) => {
          const range = event.getRange(own);
          range.load('address, values');
          await own.sync();
          seen.push(event.address, event.source, event.details.valueBefore, range.address, range.values);
        });
      });
      await context.sync();
    });
    await typed(1, 4, 'REL');
    await excel.Excel.run((context) => context.sync());
    await excel.eventsDelivered();
    assert.deepEqual(seen, ['E2', 'Local', '', 'Orders!E2', [['REL']]]);
  });

  it('says who changed a sheet: the person, this add-in or a co-author', async () => {
    const seen: unknown[] = [];
    // Its reference moves with the rows, which is no edit.
    orders().write(0, 7, [['=C5']]);
    await excel.Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem('Orders');
      sheet.onChanged.add((event) => {
        seen.push([event.address, event.changeType, event.source, event.triggerSource]);
        return Promise.resolve();
      });
      await context.sync();
      sheet.getRange('E2:E3').values = [['REL'], ['RES']];
      await context.sync();
    });
    await typed(1, 2, 11);
    excel.workbook.as('remote', () => {
      orders().deleteRows(2, 1);
    });
    await excel.eventsDelivered();
    assert.deepEqual(seen, [
      ['E2:E3', 'RangeEdited', 'Local', 'ThisLocalAddin'],
      ['C2', 'RangeEdited', 'Local', 'Unknown'],
      ['3:3', 'RowDeleted', 'Remote', 'Unknown'],
    ]);
  });

  it('raises nothing while events are switched off, or once the handler is removed', async () => {
    let calls = 0;
    await excel.Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem('Orders');
      const handler = sheet.onChanged.add(() => {
        calls++;
        return Promise.resolve();
      });
      await context.sync();
      context.runtime.enableEvents = false;
      await context.sync();
      await typed(1, 4, 'REL');
      context.runtime.enableEvents = true;
      await context.sync();
      await typed(2, 4, 'REL');
      assert.equal(calls, 1);
      handler.remove();
      await context.sync();
      await typed(3, 4, 'REL');
      assert.equal(calls, 1);
    });
  });

  it('follows selections and sheets', async () => {
    const seen: unknown[] = [];
    const note = (event: object): Promise<void> => {
      seen.push(event);
      return Promise.resolve();
    };
    const ids = await excel.Excel.run(async (context) => {
      const { worksheets } = context.workbook;
      const sheet = worksheets.getItem('Orders');
      const table = sheet.tables.getItem('Orders');
      sheet.load('id');
      table.load('id');
      await context.sync();
      sheet.onSelectionChanged.add((event) => note({ selection: event.address }));
      table.onSelectionChanged.add((event) => note({ inside: event.isInsideTable, table: event.address }));
      worksheets.onActivated.add((event) => note({ activated: event.worksheetId }));
      worksheets.onAdded.add((event) => note({ added: event.worksheetId }));
      worksheets.onDeleted.add((event) => note({ deleted: event.worksheetId }));
      await context.sync();
      return { sheet: sheet.id, table: table.id };
    });
    excel.workbook.select(orders(), [{ row: 2, column: 1, rows: 2, columns: 9 }]);
    excel.workbook.select(orders(), [{ row: 20, column: 1, rows: 1, columns: 1 }]);
    await excel.Excel.run(async (context) => {
      context.workbook.worksheets.add('More');
      await context.sync();
      context.workbook.worksheets.getItem('More').delete();
      await context.sync();
    });
    await excel.eventsDelivered();
    const added = (seen.find((event) => 'added' in (event as object)) as { added: string }).added;
    assert.deepEqual(seen, [
      { activated: ids.sheet },
      { selection: 'B3:J4' },
      { inside: true, table: 'B3:E4' },
      { selection: 'B21' },
      { inside: false, table: '' },
      { added },
      { deleted: added },
    ]);
  });
});

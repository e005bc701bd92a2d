import assert from 'node:assert/strict';
import fc from 'fast-check';
import { numbers, Planner, step } from './planner';
import { anOrder, aSearch, openWorkbook, rowsOf, useWorkbook } from './workbook';

const ROWS = 5000;

describe("a search in a planner's sheet", () => {
  it('keeps whatever they made of it beside the order it was made for', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), numbers, async (steps, last) => {
        const workbook = openWorkbook();
        try {
          // What Excel does to writes and deletions under a filter must never be seen.
          workbook.excel.faults.writesOnlyVisibleRows = true;
          workbook.excel.faults.deletesNothingUnderFilter = true;
          const planner = await Planner.withSheet(workbook);
          for (const each of steps) await planner.take(each);
          await planner.take({ does: 'search', finds: last });
        } finally {
          workbook.close();
        }
      }),
      // The same sheets every time: a failure is one of the change at hand.
      { numRuns: 25, seed: 20261121, endOnFailure: true },
    );
  });

  it('leaves a copy of the sheet alone, and goes on with the one it made', async () => {
    const workbook = openWorkbook();
    try {
      await workbook.sheet.writeOrders([anOrder(1)], aSearch(1), 'en');
      const copy = await Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.add('Orders (2)');
        const source = context.workbook.tables.getItem('Orders').getRange();
        source.load('values,rowCount,columnCount');
        await context.sync();
        const range = sheet.getRangeByIndexes(0, 0, source.rowCount, source.columnCount);
        range.values = source.values;
        const table = sheet.tables.add(range, true);
        table.name = 'Orders13';
        await context.sync();
        return table.name;
      });
      const before = await rowsOf('values', copy);
      await workbook.sheet.writeOrders([anOrder(2)], aSearch(1), 'en');
      assert.deepEqual(await rowsOf('values', copy), before);
      assert.deepEqual(
        (await rowsOf()).map((row) => row['Order']),
        ['2026/2/0'],
      );
      assert.deepEqual((await workbook.sheet.readMarks()).marked, []);
    } finally {
      workbook.close();
    }
  });
});

describe('what a search sends to Excel', () => {
  const workbook = useWorkbook();

  it('is little more than the data: at most 1.2 bytes for each, the first time and again', async function () {
    this.timeout(60_000);
    // Making the table costs the same for any number of rows.
    await workbook.sheet.writeOrders([], aSearch(0), 'it');
    const { host } = workbook.excel;
    let sent = 0;
    const execute = host.execute.bind(host);
    host.execute = (body, flags) => {
      sent += Buffer.byteLength(body);
      return execute(body, flags);
    };
    const orders = Array.from({ length: ROWS }, (_, number) =>
      anOrder(number + 1, { description: 'Telaio, verniciato a più mani', materialStatus: 'partial' }),
    );
    for (let search = 0; search < 2; search++) {
      sent = 0;
      await workbook.sheet.writeOrders(orders, aSearch(ROWS), 'it');
      const data = await Excel.run(async (context) => {
        const body = context.workbook.tables.getItem('Orders').getDataBodyRange();
        body.load('values');
        await context.sync();
        return Buffer.byteLength(JSON.stringify(body.values));
      });
      const ratio = sent / data;
      assert.ok(ratio <= 1.2, `${sent} bytes for ${data} of data: ${ratio.toFixed(3)}`);
    }
  });
});

import assert from 'node:assert/strict';
import type { OrderContentChange, RefreshPreview } from '../../../src/contract/refresh';
import { orderKey } from '../../../src/domain/order';
import { writeChanges } from '../../../src/addin/excel/write-changes';
import { mostChangeRows } from '../../../src/addin/sync/most-rows';
import { textsIn } from '../../../src/addin/texts';
import { formatsFor } from '../../../src/language/formats';
import { rowsOf, useWorkbook } from './workbook';

const key = (number: number) => orderKey({ year: 2026, number, lot: 0 });
const table = 'RefreshPreview';
const words = { t: textsIn('en'), formats: formatsFor('en', 'en', 'Europe/Rome'), zone: 'Europe/Rome' };

function aChange(changes: Partial<OrderContentChange> = {}): OrderContentChange {
  return {
    ...{ part: 'material', kind: 'changed', orderLine: 10000, number: 20, name: 'TUBE', editLost: false },
    fields: [{ field: 'quantity', before: '10', after: '12.5' }],
    ...changes,
  };
}

/** What the sheet does not show is left out. */
function preview(...orders: (readonly OrderContentChange[])[]): RefreshPreview {
  const shown = orders.map((changes, at) => ({ key: key(at + 1), changes }));
  return { orders: shown, load: [], closed: [] } as unknown as RefreshPreview;
}

describe('the sheet with what a refresh would change', () => {
  const workbook = useWorkbook();
  const write = (of: RefreshPreview, language: 'en' | 'it' = 'en') =>
    workbook.sheet.writeChanges(of, 'Europe/Rome', language);
  const shown = async () => (await rowsOf('values', table)).map((row) => Object.values(row));

  it('has a row for each value, with its order, part and line', async () => {
    await write(preview([aChange()], [aChange({ part: 'header', orderLine: null, number: null, name: '' })]));
    assert.deepEqual(Object.keys((await rowsOf('values', table))[0] ?? {}), [
      ...['Order', 'Part', 'Line', 'No.', 'Item or operation', 'What changes', 'Before', 'After'],
      ...['Days later', 'Edit'],
    ]);
    assert.deepEqual(await shown(), [
      ['2026/1/0', 'Material', 10000, 20, 'TUBE', 'Quantity', 10, 12.5, '', ''],
      ['2026/2/0', 'Order', '', '', '', 'Quantity', 10, 12.5, '', ''],
    ]);
  });

  it('has one row for what is added or removed, with what tells most of it', async () => {
    const fields = [
      { field: 'quantity', before: null, after: '3' },
      { field: 'unit', before: null, after: 'pcs' },
      { field: 'usageOn', before: null, after: '2026-12-03' },
      { field: 'lot', before: null, after: '' },
    ];
    const gone = [
      { field: 'workCentre', before: '100', after: null },
      { field: 'machine', before: '', after: null },
      { field: 'startsAt', before: '2026-12-03T07:00:00Z', after: null },
    ];
    await write(
      preview([
        aChange({ kind: 'added', fields }),
        aChange({ part: 'operation', kind: 'removed', number: 30, name: 'Paint', fields: gone }),
      ]),
      'it',
    );
    const rows = (await shown()).map((row) => row.slice(4, 8));
    assert.deepEqual(rows, [
      ['TUBE', 'aggiunta', '', '3 · pcs · 3 dic 2026'],
      ['Paint', 'rimozione', '100 · 3 dic 2026, 08:00', ''],
    ]);
  });

  it('counts days by the clock of the plant, and says which edits are lost', async () => {
    const fields = [
      { field: 'startsAt', before: '2026-12-03T23:30:00Z', after: '2026-12-03T10:00:00Z' },
      { field: 'usageOn', before: '2026-12-03', after: '2026-12-10' },
    ];
    await write(preview([aChange({ fields, editLost: true })]));
    assert.deepEqual(
      // Which blank stands before AM is for the language data to say.
      (await shown()).map((row) =>
        row.slice(5).map((cell) => (typeof cell === 'string' ? cell.replace(/\s/g, ' ') : cell)),
      ),
      [
        ['Start', 'Dec 4, 2026, 12:30 AM', 'Dec 3, 2026, 11:00 AM', -1, 'edit by hand, lost'],
        ['Needed on', 'Dec 3, 2026', 'Dec 10, 2026', 7, 'edit by hand, lost'],
      ],
    );
  });

  it('shows the last preview alone, however many rows the one before had', async () => {
    await write(preview([aChange(), aChange({ number: 30 })], [aChange()]));
    await write(preview([], [aChange({ number: 40 })]));
    assert.deepEqual(
      (await shown()).map(([order, , , number]) => [order, number]),
      [['2026/2/0', 40]],
    );
    await write(preview());
    assert.deepEqual(
      (await shown()).map(([order]) => order),
      [''],
    );
    await write(preview([aChange(), aChange({ number: 50 })]));
    assert.equal((await shown()).length, 2);
  });

  it('keeps a filter of the planner, and writes under none', async () => {
    workbook.excel.faults.writesOnlyVisibleRows = true;
    await write(preview([aChange()], [aChange()]));
    await Excel.run(async (context) => {
      const column = context.workbook.tables.getItem(table).columns.getItem('Order');
      column.filter.applyValuesFilter(['2026/2/0']);
      await context.sync();
    });
    await write(preview([aChange({ number: 1 })], [aChange({ number: 2 })]));
    assert.deepEqual(
      (await shown()).map(([, , , number]) => number),
      [1, 2],
    );
    assert.equal(workbook.excel.workbook.tables[0]?.isFiltered, true);
  });

  it('takes nothing of the order book for a formula', async () => {
    const fields = [{ field: 'description', before: '=1+1', after: '@SUM(A1)' }];
    await write(preview([aChange({ name: '=HYPERLINK("http://example.com")', fields })]));
    assert.deepEqual((await shown())[0]?.slice(4, 8), [
      '=HYPERLINK("http://example.com")',
      'Description',
      '=1+1',
      '@SUM(A1)',
    ]);
    for (const sheet of workbook.excel.workbook.sheets) {
      const used = sheet.usedArea(false);
      assert.ok(used === null || !sheet.hasFormula(used), sheet.name);
    }
  });

  it('is there only when it was asked for', async () => {
    assert.equal(await workbook.sheet.hasChanges(), false);
    await write(preview());
    assert.equal(await workbook.sheet.hasChanges(), true);
  });

  it('is empty where the planner stops its writing, so that nobody takes a part of it for all of it', async () => {
    await write(preview([aChange({ number: 1 })], [aChange({ number: 2 })]));
    const stop = new AbortController();
    const progress = (done: number) => {
      if (done > 0) stop.abort();
    };
    const numbers = [3, 4, 5];
    await Excel.run((context) =>
      writeChanges(context, preview(numbers.map((number) => aChange({ number }))), 'en', words, {
        chunkBytes: 1,
        progress,
        signal: stop.signal,
      }),
    );
    assert.deepEqual(
      (await shown()).map((row) => row.join('')),
      [''],
    );
  });

  it('is empty where there are more changes than a sheet is filled with, and the planner is told', async () => {
    await write(preview([aChange()]));
    const fields = Array.from({ length: mostChangeRows + 1 }, () => aChange().fields[0] ?? assert.fail());
    await assert.rejects(write(preview([aChange({ fields })])), { name: 'SheetError', code: 'tooManyRows' });
    assert.deepEqual(
      (await shown()).map((row) => row.join('')),
      [''],
    );
  });
});

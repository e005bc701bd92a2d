import assert from 'node:assert/strict';
import { writeOrders } from '../../../src/addin/excel/write-orders';
import type { SearchReport } from '../../../src/addin/sync/sheet';
import {
  anOrder,
  aSearch,
  company,
  filterOrders,
  rowsOf,
  typeInto,
  useWorkbook,
  visibleOrders,
} from './workbook';

describe('a search whose writing is stopped', () => {
  const workbook = useWorkbook();
  const orders = (numbers: readonly number[], quantity = '1') =>
    numbers.map((number) => anOrder(number, { quantity }));
  const write = (...numbers: number[]) =>
    workbook.sheet.writeOrders(orders(numbers, '7'), aSearch(numbers.length), 'en');

  /** Writes one row a chunk, and stops when so many are in the sheet. */
  async function stopAfter(rows: number, numbers: readonly number[]): Promise<SearchReport> {
    const stop = new AbortController();
    const progress = (done: number) => {
      if (done >= rows) stop.abort();
    };
    const writing = { chunkBytes: 1, progress, signal: stop.signal };
    return Excel.run((context) =>
      writeOrders(context, orders(numbers), aSearch(numbers.length), 'en', writing),
    );
  }

  const shown = async () => (await rowsOf()).map((row) => [row['Order'], row['Qty'], row['Result']]);

  it('leaves whole rows only, and the workbook remembers how many of how many', async () => {
    const report = await stopAfter(2, [1, 2, 3, 4, 5]);
    assert.deepEqual(await shown(), [
      ['2026/1/0', 1, ''],
      ['2026/2/0', 1, ''],
    ]);
    assert.deepEqual(report.loaded, { ...aSearch(5), written: 2 });
    assert.deepEqual(await workbook.sheet.readLoaded(), report.loaded);
  });

  it('says in each row it did not reach what that row is', async () => {
    await write(1, 2, 3, 4);
    await typeInto('Action', '', '', '', 'Release');
    const report = await stopAfter(1, [1, 2, 3, 5]);
    assert.deepEqual(await shown(), [
      ['2026/1/0', 1, ''],
      ['2026/2/0', 7, 'Not refreshed by this search'],
      ['2026/3/0', 7, 'Not refreshed by this search'],
      ['2026/4/0', 7, 'Not in this search'],
    ]);
    assert.equal(report.kept, 1);
  });

  it('leaves sheet and memory alone where nothing was written yet', async () => {
    await write(1, 2);
    const before = await rowsOf('formulas');
    const signal = AbortSignal.abort();
    const report = await workbook.sheet.writeOrders(orders([3]), aSearch(1), 'en', { signal });
    assert.equal(report.loaded, null);
    assert.deepEqual(await rowsOf('formulas'), before);
    assert.equal((await workbook.sheet.readLoaded())?.found, 2);
  });

  it('leaves an empty table where no order of it was there before', async () => {
    await write(1, 2);
    await stopAfter(0, [3, 4]);
    assert.deepEqual(await shown(), [['', '', '']]);
    assert.equal((await workbook.sheet.readLoaded())?.written, 0);
  });

  it('puts the filter back, and the next search brings the rest', async () => {
    await write(1, 2);
    await filterOrders('2026/1/0');
    await stopAfter(1, [1, 2, 3]);
    assert.deepEqual(await visibleOrders(), ['2026/1/0']);
    await workbook.sheet.writeOrders(orders([1, 2, 3]), aSearch(3), 'en');
    assert.deepEqual(
      (await rowsOf()).map((row) => [row['Key'], row['Qty'], row['Result']]),
      [1, 2, 3].map((number) => [`2026/${number}/0 ${company}`, 1, '']),
    );
    assert.equal((await workbook.sheet.readLoaded())?.written, undefined);
  });

  it('says on its way how far it is', async () => {
    const said: (readonly number[])[] = [];
    const progress = (done: number, total: number) => void said.push([done, total]);
    await workbook.sheet.writeOrders(orders([1, 2, 3]), aSearch(3), 'en', { progress });
    assert.deepEqual(said, [
      [0, 3],
      [3, 3],
    ]);
  });
});

import assert from 'node:assert/strict';
import { writeMovements } from '../../../src/addin/excel/write-movements';
import { writeResults } from '../../../src/addin/excel/write-results';
import { formatsFor } from '../../../src/language/formats';
import type { Movement } from '../../../src/contract/movements';
import type { Outcome } from '../../../src/contract/runs';
import {
  aMovement,
  anOrder,
  anOutcome,
  aSearch,
  company,
  rowsOf,
  typeInto,
  useWorkbook,
  whileWriting,
} from './workbook';

describe('results, while the planner moves rows', () => {
  const workbook = useWorkbook();
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
  const outcomes = numbers.map((number) => anOutcome(number, { movements: 10 + number }));
  beforeEach(async () => {
    await workbook.sheet.writeOrders(
      numbers.map((number) => anOrder(number)),
      aSearch(numbers.length),
      'en',
    );
    await typeInto('Action', ...numbers.map(() => 'Release'));
  });

  const table = () => workbook.excel.workbook.tables[0] ?? assert.fail('There is no table.');
  const columnAt = (header: string) => table().columns.find(({ name }) => name === header)?.index ?? -1;
  const column = (header: string) =>
    table()
      .sheet.values(table().body)
      .map((row) => row[columnAt(header)]);
  const written = () => column('Result').filter((result) => result !== '').length;
  const someWritten = () => written() > 0;
  /** The order book numbers orders, so the order's number says which outcome belongs into its row. */
  const seen = async () =>
    (await rowsOf()).map((row) => [
      row['Order'],
      row['Key'],
      row['Item'],
      row['Result'],
      row['Version'],
      row['Action'],
    ]);
  const expected = (number: number) => [
    `2026/${number}/0`,
    `2026/${number}/0 ${company}`,
    `SP-${number}`,
    `Released, ${10 + number} movements`,
    4,
    '',
  ];
  const sort = (ascending: boolean) => {
    table().sheet.sort(table().body, [{ column: columnAt('Order'), ascending }], false);
  };
  /** One row a chunk. */
  const write = (of: readonly Outcome[]) => (context: Excel.RequestContext) =>
    writeResults(context, of, company, 'en', formatsFor('en', 'en'), { chunkBytes: 1 });

  it('follow their orders when the table is sorted between two chunks', async () => {
    await whileWriting(workbook, write(outcomes), someWritten, () => {
      sort(false);
    });
    assert.deepEqual(await seen(), numbers.map(expected).reverse());
  });

  it('leave rows without an outcome alone when the table is sorted', async () => {
    await whileWriting(workbook, write([anOutcome(1), anOutcome(5)]), someWritten, () => {
      sort(false);
    });
    assert.deepEqual(
      (await seen()).map(([order, , , result]) => [order, result]),
      [...numbers]
        .reverse()
        .map((number) => [`2026/${number}/0`, number === 1 || number === 5 ? 'Released, 2 movements' : '']),
    );
  });

  it('follow their orders when a row is deleted between two chunks', async () => {
    await whileWriting(workbook, write(outcomes), someWritten, () => {
      table().sheet.deleteRows(table().body.row + 2, 1);
    });
    assert.deepEqual(await seen(), [1, 2, 4, 5, 6, 7, 8].map(expected));
  });

  it('follow their orders when rows are inserted above the table', async () => {
    await whileWriting(workbook, write(outcomes), someWritten, () => {
      table().sheet.insertRows(0, 2);
    });
    assert.deepEqual(await seen(), numbers.map(expected));
  });

  it('stay in their columns when the planner inserts one between two chunks', async () => {
    await whileWriting(workbook, write(outcomes), someWritten, () => {
      table().addColumn(columnAt('Version'), 'Mine');
    });
    assert.deepEqual(await seen(), numbers.map(expected));
    assert.ok((await rowsOf()).every((row) => row['Mine'] === ''));
  });

  it('end in an error when the rows never come to rest, and none is in a wrong row', async () => {
    let ascending = true;
    let before = 0;
    const moreWritten = () => written() > before;
    const sortAgain = () => {
      before = written();
      ascending = !ascending;
      sort(ascending);
    };
    const writing = whileWriting(workbook, write(outcomes), moreWritten, sortAgain, Infinity);
    await assert.rejects(writing, { code: 'rowsMoved' });
    const rows = await seen();
    const arrived = rows.filter(([, , , result]) => result !== '');
    assert.ok(arrived.length > 0 && arrived.length < numbers.length);
    for (const row of arrived) assert.deepEqual(row, expected(Number(String(row[0]).split('/')[1])));
    assert.equal(new Set(rows.map(([, key]) => key)).size, numbers.length);
  });
});

describe('movements, while the planner moves rows', () => {
  const workbook = useWorkbook();
  const lines = [1, 2, 3, 4, 5, 6];
  const table = () =>
    workbook.excel.workbook.tables.find(({ name }) => name === 'Movements') ??
    assert.fail('There is no table.');
  const lineColumn = 2;
  const statuses = () =>
    table()
      .sheet.values(table().body)
      .map((row) => row[12]);
  const seen = async () => (await rowsOf('values', 'Movements')).map((row) => [row['Line'], row['Status']]);
  const write = (status: Movement['status'], of: readonly number[]) => (context: Excel.RequestContext) =>
    writeMovements(
      context,
      of.map((line) => aMovement(line, status)),
      company,
      'en',
      { chunkBytes: 1 },
    );
  const sort = () => {
    table().sheet.sort(table().body, [{ column: lineColumn, ascending: false }], false);
  };

  it('follow their rows when the table is sorted between two chunks', async () => {
    await Excel.run(write('posted', lines));
    await whileWriting(workbook, write('restored', lines), () => statuses().includes('Restored'), sort);
    assert.deepEqual(
      await seen(),
      [...lines].reverse().map((line) => [line, 'Restored']),
    );
  });

  it('are all there, once, when a row is deleted while new ones are written', async () => {
    await Excel.run(write('posted', [1, 2, 3]));
    const deleteFirst = () => {
      table().sheet.deleteRows(table().body.row, 1);
    };
    await whileWriting(workbook, write('posted', [4, 5, 6]), () => statuses()[3] === 'Posted', deleteFirst);
    assert.deepEqual(
      await seen(),
      [2, 3, 4, 5, 6].map((line) => [line, 'Posted']),
    );
  });
});

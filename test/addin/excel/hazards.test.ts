import assert from 'node:assert/strict';
import { writeOrders } from '../../../src/addin/excel/write-orders';
import { EXCEL_ON_THE_WEB } from '../../../src/workbench/protocol/faults';
import {
  aMovement,
  anOrder,
  anOutcome,
  aSearch,
  company,
  filterOrders,
  rowsOf,
  typeInto,
  useWorkbook,
  visibleOrders,
  whileWriting,
} from './workbook';

describe('what Excel is known to do', () => {
  const workbook = useWorkbook();
  const orders = (...numbers: number[]) => numbers.map((number) => anOrder(number));
  const write = (...numbers: number[]) =>
    workbook.sheet.writeOrders(orders(...numbers), aSearch(numbers.length), 'en');
  const column = async (header: string, of?: 'values' | 'formulas') =>
    (await rowsOf(of)).map((row) => row[header]);
  const table = () => workbook.excel.workbook.tables[0] ?? assert.fail('There is no table.');
  const asUser = (change: () => void) => {
    workbook.excel.workbook.as('user', change);
  };

  describe('filters', () => {
    it('visible-rows-only writes: movements reach the rows a filter hides', async () => {
      await workbook.sheet.writeMovements([aMovement(1), aMovement(2)], company, 'en');
      workbook.excel.faults.writesOnlyVisibleRows = true;
      await Excel.run(async (context) => {
        context.workbook.tables.getItem('Movements').columns.getItem('Line').filter.applyValuesFilter(['2']);
        await context.sync();
      });
      const restored = [aMovement(1, 'restored'), aMovement(2, 'restored')];
      await workbook.sheet.writeMovements(restored, company, 'en');
      const rows = await rowsOf('values', 'Movements');
      assert.deepEqual(
        rows.map((row) => row['Status']),
        ['Restored', 'Restored'],
      );
    });

    it('deletes ignored under a filter: a search still takes out what it did not find', async () => {
      workbook.excel.faults.deletesNothingUnderFilter = true;
      await write(1, 2, 3, 4);
      await filterOrders('2026/1/0');
      await write(3, 4);
      assert.deepEqual(await column('Order'), ['2026/3/0', '2026/4/0']);
    });

    it('come back after a pane that died while they were off', async () => {
      await write(1, 2, 3);
      await filterOrders('2026/2/0');
      await dieWhileWriting();
      assert.deepEqual(await visibleOrders(), ['2026/1/0', '2026/2/0', '2026/3/0']);
      assert.deepEqual(await workbook.sheet.restoreFilters(), []);
      assert.deepEqual(await visibleOrders(), ['2026/2/0']);
      assert.deepEqual(await workbook.sheet.restoreFilters(), []);
    });

    it('come back with the next search after a pane that died', async () => {
      await write(1, 2, 3);
      await filterOrders('2026/2/0');
      await dieWhileWriting();
      const report = await write(1, 2, 3, 4);
      assert.deepEqual(report.filtersLost, []);
      assert.deepEqual(await visibleOrders(), ['2026/2/0']);
    });

    it('give way to what the planner has filtered since a pane died', async () => {
      await write(1, 2, 3);
      await filterOrders('2026/2/0');
      await dieWhileWriting();
      await filterOrders('2026/3/0');
      await workbook.sheet.restoreFilters();
      assert.deepEqual(await visibleOrders(), ['2026/3/0']);
    });

    it('are named when Excel would not take them back', async () => {
      await write(1, 2, 3);
      await filterOrders('2026/2/0');
      await dieWhileWriting();
      await Excel.run(async (context) => {
        const header = context.workbook.tables.getItem('Orders').getHeaderRowRange().getCell(0, 3);
        header.values = [['Job']];
        await context.sync();
      });
      assert.deepEqual(await workbook.sheet.restoreFilters(), ['Order']);
    });

    it('set between two chunks put no row in a wrong place, and stay', async () => {
      await write(1, 2, 3, 4);
      workbook.excel.faults.writesOnlyVisibleRows = true;
      const again = orders(1, 2, 3, 4).map((order) => ({ ...order, quantity: '1' }));
      const quantities = () =>
        table()
          .sheet.values(table().body)
          .filter((row) => row[6] === 1).length;
      await whileWriting(
        workbook,
        (context) => writeOrders(context, again, aSearch(4), 'en', { chunkBytes: 1 }),
        () => quantities() > 0,
        () => {
          const order = table().columns.find(({ name }) => name === 'Order');
          if (order) table().filter(order, { kind: 'values', values: ['2026/4/0'] });
        },
      );
      const rows = await rowsOf();
      assert.deepEqual(
        rows.map((row) => [row['Order'], row['Key'], row['Qty']]),
        [1, 2, 3, 4].map((number) => [`2026/${number}/0`, `2026/${number}/0 ${company}`, 1]),
      );
      assert.deepEqual(await visibleOrders(), ['2026/4/0']);
    });

    /** A write that breaks off for good after the filters are off: nothing of ours runs any more. */
    async function dieWhileWriting(): Promise<void> {
      const job = Excel.run(async (context) => {
        const sync = context.sync.bind(context);
        let dead = false;
        context.sync = async <T>(passThrough?: T) => {
          if (dead) throw new Error('The pane is gone.');
          const passed = await sync(passThrough);
          dead = !table().isFiltered;
          // office.js passes the argument through as it is.
          return passed as T;
        };
        return writeOrders(context, orders(1, 2, 3), aSearch(3), 'en');
      });
      await assert.rejects(job);
    }
  });

  describe('edits of others', () => {
    it('co-author edits between read and write: a search follows rows sorted meanwhile, with their marks', async () => {
      await write(1, 2, 3, 4);
      await typeInto('Action', 'Release');
      const again = orders(1, 2, 3, 4, 5).map((order) => ({ ...order, quantity: '1' }));
      const written = () =>
        table()
          .sheet.values(table().body)
          .filter((row) => row[6] === 1).length;
      await whileWriting(
        workbook,
        (context) => writeOrders(context, again, aSearch(5), 'en', { chunkBytes: 1 }),
        () => written() === 2,
        () => {
          table().sheet.sort(table().body, [{ column: 3, ascending: false }], false);
        },
      );
      const rows = await rowsOf();
      const marked = rows.filter((row) => row['Action'] !== '').map((row) => row['Order']);
      assert.deepEqual(marked, ['2026/1/0']);
      assert.deepEqual(
        rows.map((row) => row['Order']).sort(),
        orders(1, 2, 3, 4, 5).map(({ key }) => key),
      );
      assert.ok(rows.every((row) => row['Qty'] === 1 && row['Key'] === `${String(row['Order'])} ${company}`));
    });

    it('silent dropdown events: a mark nobody was told of is read all the same', async () => {
      await write(1, 2);
      workbook.excel.faults.silentDropdowns = true;
      asUser(() => {
        table().sheet.write(1, 0, [['Release']]);
      });
      const { marked } = await workbook.sheet.readMarks();
      assert.deepEqual(
        marked.map(({ key }) => key),
        ['2026/1/0'],
      );
    });
  });

  describe('sizes', () => {
    it('partial table growth: every row is in the table, blank cells at its end or not', async () => {
      workbook.excel.faults.tableGrowthLimit = 2;
      const blank = orders(1, 2, 3, 4, 5).map((order) => ({ ...order, customer: '', site: '' }));
      await workbook.sheet.writeOrders(blank, aSearch(5), 'en');
      assert.equal((await rowsOf()).length, 5);
    });

    it('5 MB: a large search goes through a small door, and so do its marks and results', async () => {
      // A fiftieth of the limits of the web keeps the test quick; so are the chunks.
      const { request, response } = EXCEL_ON_THE_WEB;
      workbook.excel.faults.sizeLimits = { request: request / 50, response: response / 50 };
      const many = Array.from({ length: 300 }, (_, at) =>
        anOrder(at + 1, { description: 'Telaio verniciato, città'.repeat(4) }),
      );
      const chunk = request / 250;
      await Excel.run((context) => writeOrders(context, many, aSearch(300), 'en', { chunkBytes: chunk }));
      assert.equal((await rowsOfKeys()).length, 300);
    });

    it('5 MB: what is too large all the same is named', async () => {
      workbook.excel.faults.sizeLimits = { request: 20_000, response: 5_000_000 };
      const huge = [anOrder(1, { description: 'x'.repeat(30_000) })];
      await assert.rejects(workbook.sheet.writeOrders(huge, aSearch(1), 'en'), { code: 'tooLarge' });
    });

    it('null reads: nothing is deleted where Excel keeps values back', async () => {
      await write(1, 2, 3);
      workbook.excel.faults.nullReadsOverCells = 2;
      await assert.rejects(write(1), { code: 'tooLarge' });
      workbook.excel.faults.nullReadsOverCells = Infinity;
      assert.equal((await rowsOf()).length, 3);
    });

    async function rowsOfKeys(): Promise<unknown[]> {
      return Excel.run(async (context) => {
        const keys = context.workbook.tables.getItem('Orders').columns.getItem('Key').getDataBodyRange();
        keys.load('values');
        await context.sync();
        return keys.values;
      });
    }
  });

  describe('what is slow, clashes or cannot be undone', () => {
    /** What Excel was asked for, as office.js sends it. */
    async function askedFor(job: () => Promise<unknown>): Promise<string> {
      const { host } = workbook.excel;
      const execute = host.execute.bind(host);
      const bodies: string[] = [];
      host.execute = (body, flags) => {
        bodies.push(body);
        return execute(body, flags);
      };
      await job();
      host.execute = execute;
      return bodies.join('\n');
    }
    const many = (count: number) => Array.from({ length: count }, (_unused, at) => at + 1);

    it('slow adding of rows: many come in as blocks of values, never through the rows of the table', async () => {
      await write(1);
      const asked = await askedFor(() => write(...many(300)));
      assert.ok(!asked.includes('"Rows"'));
      assert.equal((await rowsOf()).length, 300);
    });

    it('slow deleting of rows: scattered ones go in few blocks', async () => {
      await write(...many(300));
      const asked = await askedFor(() => write(...many(300).filter((number) => number % 2 === 0)));
      assert.equal(asked.split('"Name":"Delete"').length - 1, 1);
      assert.equal((await rowsOf()).length, 150);
    });

    it('lost undo: with its sheets there, nothing is asked for that empties the list of what can be undone', async () => {
      const addsSheets = /"Name":"Worksheets"[^\n]*"Name":"Add"/;
      assert.match(await askedFor(() => write(1, 2)), addsSheets);
      await workbook.sheet.writeMovements([aMovement(1)], company, 'en');
      const asked = await askedFor(async () => {
        await write(2, 3);
        await workbook.sheet.mark('release', 'visible', 'en');
        await workbook.sheet.writeResults([anOutcome(2)], company, 'en');
        await workbook.sheet.writeMovements([aMovement(1), aMovement(2)], company, 'en');
      });
      assert.doesNotMatch(asked, /"Protection"|"Save"|"Copy"/);
      assert.doesNotMatch(asked, addsSheets);
    });

    it('frozen pane: timers of the pane run between two chunks', async () => {
      let turns = 0;
      let written = 0;
      const turn = () => {
        turns += 1;
        timer = setTimeout(turn, 0);
      };
      let timer = setTimeout(turn, 0);
      const atChunk: number[] = [];
      await Excel.run((context) =>
        writeOrders(context, orders(...many(6)), aSearch(6), 'en', {
          chunkBytes: 1,
          progress: (done) => {
            if (done > written) atChunk.push(turns);
            written = done;
          },
        }),
      );
      clearTimeout(timer);
      assert.equal(new Set(atChunk).size, atChunk.length);
      assert.ok(atChunk.length > 3);
    });
  });

  describe('the window', () => {
    it('lost focus: a search arrives although another workbook is in front', async () => {
      await write(1);
      workbook.excel.faults.focusLost = true;
      await write(1, 2);
      assert.deepEqual(await column('Order'), ['2026/1/0', '2026/2/0']);
    });

    it('lost focus: filters that cannot be taken off stop the write, and the planner is asked to click back', async () => {
      await write(1, 2);
      await filterOrders('2026/2/0');
      workbook.excel.faults.focusLost = true;
      await assert.rejects(write(1, 2, 3), { code: 'otherWorkbook' });
      workbook.excel.faults.focusLost = false;
      assert.deepEqual(await visibleOrders(), ['2026/2/0']);
      assert.equal((await rowsOf()).length, 2);
    });

    it('a workbook that is read-only is named', async () => {
      await write(1);
      workbook.excel.faults.readOnly = true;
      await assert.rejects(write(2), { code: 'readOnly' });
    });

    it('cell-edit mode: a write waits for the planner, and nothing is lost', async () => {
      await write(1, 2);
      const { faults } = workbook.excel;
      faults.startCellEdit();
      const writing = workbook.sheet.writeResults([anOutcome(1)], company, 'en');
      await new Promise((resolve) => setImmediate(resolve));
      asUser(() => {
        table().sheet.write(2, 0, [['Release']]);
      });
      faults.endCellEdit();
      await writing;
      assert.deepEqual(await column('Action'), ['', 'Release']);
      assert.deepEqual(await column('State'), ['Executive', 'Launched']);
    });

    it('cell-edit mode that Excel will not wait for is named', async () => {
      await write(1);
      workbook.excel.faults.failAfter = { changes: 0, code: 'InvalidOperationInCellEditMode' };
      await assert.rejects(workbook.sheet.mark('release', 'visible', 'en'), { code: 'cellEdit' });
    });
  });

  describe('date systems', () => {
    // Excel counts 21 November 2026 as this many days since the last day of 1899, and since the first of 1904.
    const days = { false: 46347, true: 44885 } as const;

    for (const from1904 of [false, true]) {
      it(`a workbook that counts from ${from1904 ? 1904 : 1900} shows and gives back the same days`, async () => {
        workbook.excel.faults.countsDaysFrom1904 = from1904;
        await write(1);
        assert.deepEqual(await column('Start'), [days[`${from1904}`]]);
        await workbook.sheet.writeResults([anOutcome(1)], company, 'en');
        assert.deepEqual(await column('Start'), [days[`${from1904}`]]);
        await typeInto('Action', 'Restore');
        const { marked } = await workbook.sheet.readMarks();
        assert.deepEqual(
          marked.map(({ start }) => start),
          ['2026-11-21'],
        );
        await workbook.sheet.writeMovements([aMovement(1)], company, 'en');
        const [movement] = await rowsOf('values', 'Movements');
        assert.equal(movement?.['Date'], days[`${from1904}`] - 1);
      });
    }
  });

  describe('worksheet functions that Excel refuses to compute', () => {
    /** How often the Excel of the test was asked for one. */
    function countQuestions(): () => number {
      const { host } = workbook.excel;
      const execute = host.execute.bind(host);
      let asked = 0;
      host.execute = (body, flags) => {
        if (body.includes('"Functions"') || body.includes('"functions"')) asked += 1;
        return execute(body, flags);
      };
      return () => asked;
    }

    it('leave days counted from 1900, and are asked for once', async () => {
      workbook.excel.faults.refusesFunctions = true;
      const asked = countQuestions();
      await write(1);
      assert.deepEqual(await column('Start'), [46347]);
      await typeInto('Action', 'Release');
      const { marked } = await workbook.sheet.readMarks();
      assert.deepEqual(
        marked.map(({ start }) => start),
        ['2026-11-21'],
      );
      await workbook.sheet.writeResults([anOutcome(1)], company, 'en');
      assert.equal(asked(), 1);
    });

    it('move no day in a workbook that was known to count from 1904', async () => {
      workbook.excel.faults.countsDaysFrom1904 = true;
      await write(1);
      workbook.excel.faults.refusesFunctions = true;
      await assert.rejects(write(1), { code: 'excel' });
      workbook.excel.faults.refusesFunctions = false;
      await write(1);
      assert.deepEqual(await column('Start'), [44885]);
    });
  });

  describe('texts', () => {
    const hostile = [
      '=1+1',
      '+39 02',
      '-5',
      '@SUM(A1)',
      "'quoted",
      "''twice",
      '\t=1',
      '＝1',
      '007',
      '1-2',
      '1E5',
    ];

    it('formula text and apostrophes pass through search, sheet, and the next search unchanged', async () => {
      const texts = hostile.map((text, at) => anOrder(at + 1, { description: text, customer: text }));
      for (let search = 0; search < 2; search++) {
        await workbook.sheet.writeOrders(texts, aSearch(texts.length), 'en');
        assert.deepEqual(await column('Description'), hostile);
        assert.deepEqual(await column('Customer'), hostile);
      }
      const results = hostile.map((text, at) =>
        anOutcome(at + 1, { order: anOrder(at + 1, { description: text, customer: text }) }),
      );
      await workbook.sheet.writeResults(results, company, 'en');
      assert.deepEqual(await column('Description'), hostile);
    });

    it('formula text in a company code stays the key it was', async () => {
      await workbook.sheet.writeOrders([anOrder(1)], aSearch(1, '=1+1'), 'en');
      await typeInto('Action', 'Release');
      const { marked } = await workbook.sheet.readMarks();
      assert.deepEqual(
        marked.map(({ company: of }) => of),
        ['=1+1'],
      );
    });
  });
});

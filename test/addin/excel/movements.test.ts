import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { planMovementSearch } from '../../../src/addin/sync/plan-movements';
import type { Movement } from '../../../src/contract/movements';
import { aMovement, company, rowsOf, useWorkbook } from './workbook';

describe('the movements sheet', () => {
  const workbook = useWorkbook();

  const find = (...found: Movement[]) => workbook.sheet.writeFoundMovements(found, company, 'en');
  const lines = async () => (await rowsOf('values', 'Movements')).map((row) => row['Line']);
  const inTable = <T>(job: (table: Excel.Table, context: Excel.RequestContext) => Promise<T>) =>
    Excel.run((context) => job(context.workbook.tables.getItem('Movements'), context));
  /** A column of the planner's own, with these cells from its first row down. */
  const addColumn = (...cells: string[]) =>
    inTable(async (table, context) => {
      table.columns.add(undefined, [['Mine'], ...cells.map((cell) => [cell])]);
      await context.sync();
    });
  const visible = () =>
    inTable(async (table, context) => {
      const view = table.columns.getItem('Line').getDataBodyRange().getVisibleView();
      view.load('values');
      await context.sync();
      return view.values.map(([line]: unknown[]) => line);
    });

  it('shows the result of a search in place of the one before', async () => {
    await find(aMovement(1), aMovement(2), aMovement(3));
    await find(aMovement(3), aMovement(4));
    assert.deepEqual(await lines(), [3, 4]);
    await find(aMovement(1), aMovement(2), aMovement(3));
    assert.deepEqual(await lines(), [1, 2, 3]);
  });

  it('takes in what a run did beside the result of the search', async () => {
    await find(aMovement(1), aMovement(2));
    await workbook.sheet.writeMovements([aMovement(2, 'restored'), aMovement(9)], company, 'en');
    const rows = await rowsOf('values', 'Movements');
    assert.deepEqual(
      rows.map((row) => [row['Line'], row['Status']]),
      [
        [1, 'Posted'],
        [2, 'Restored'],
        [9, 'Posted'],
      ],
    );
  });

  it('keeps rows the planner typed into, with what stands there, and says how many', async () => {
    await find(aMovement(1), aMovement(2), aMovement(3));
    await addColumn('', 'ask Luca', '');
    const report = await find(aMovement(7), aMovement(8));
    assert.deepEqual(report, { kept: 1, filtersLost: [], columnsLeftOut: [] });
    const rows = await rowsOf('values', 'Movements');
    assert.deepEqual(
      rows.map((row) => [row['Line'], row['Mine']]),
      [
        [7, ''],
        [2, 'ask Luca'],
        [8, ''],
      ],
    );
  });

  it("goes on with the planner's formulas where nothing is found", async () => {
    await find(aMovement(1), aMovement(2));
    await addColumn('=[@Quantity]*2', '=[@Quantity]*2');
    await find();
    const [row, ...more] = await rowsOf('formulas', 'Movements');
    assert.deepEqual([row?.['Order'], row?.['Status'], more], ['', '', []]);
    assert.match(String(row?.['Mine']), /^=/);
    await find(aMovement(5));
    assert.deepEqual(await lines(), [5]);
  });

  it('reaches rows that a filter hides, and the filter stays', async () => {
    await find(aMovement(1), aMovement(2));
    await inTable(async (table, context) => {
      table.columns.getItem('Line').filter.applyValuesFilter(['2']);
      await context.sync();
    });
    await find(aMovement(1), aMovement(2), aMovement(3));
    assert.deepEqual(await lines(), [1, 2, 3]);
    assert.deepEqual(await visible(), [2]);
  });

  it('says which way a movement went, as a word, and a restored one in a colour as well', async () => {
    await find({ ...aMovement(1), direction: 'load' }, { ...aMovement(2, 'restored'), direction: 'unload' });
    const rows = await rowsOf('values', 'Movements');
    assert.deepEqual(
      rows.map((row) => [row['Direction'], row['Status']]),
      [
        ['Receipt', 'Posted'],
        ['Withdrawal', 'Restored'],
      ],
    );
    await inTable(async (table, context) => {
      const rules = table.columns.getItem('Status').getDataBodyRange().conditionalFormats;
      rules.load('items/type');
      await context.sync();
      const texts = rules.items.map((rule) => rule.textComparison);
      for (const text of texts) text.load('rule');
      await context.sync();
      assert.deepEqual(texts.map(({ rule }) => rule.text).sort(), ['Restored', 'Ripristinato'].sort());
    });
  });

  it('leaves one item in view on request, and all of them again', async () => {
    await find(aMovement(1), { ...aMovement(2), item: 'B', variant: 'RED' }, aMovement(3));
    await workbook.sheet.filterMovements('B RED');
    assert.deepEqual(await visible(), [2]);
    await workbook.sheet.filterMovements(null);
    assert.deepEqual(await visible(), [1, 2, 3]);
  });

  it('takes up a table that an earlier version made, without its newer columns', async () => {
    await find(aMovement(1));
    await inTable(async (table, context) => {
      table.columns.getItem('Direction').delete();
      await context.sync();
    });
    await find(aMovement(2));
    assert.deepEqual(await lines(), [2]);
  });
});

describe('the plan of a search for movements', () => {
  const row = fc.record({ id: fc.integer({ min: 0, max: 12 }), typed: fc.boolean() });

  it('shows every movement found exactly once beside what the planner typed, and never empties a table', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 12 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }),
        (table, wanted) => {
          const rows = table.map(({ id, typed }) => ({ id: id === 0 ? '' : idOf(id), typed }));
          const found = wanted.map((line) => aMovement(line));
          const plan = planMovementSearch(rows, found, company);
          const shown = [...plan.rows, ...plan.append].flatMap((to) =>
            to === null || to === 'blank' ? [] : [to.line],
          );
          assert.deepEqual([...shown].sort(byNumber), [...wanted].sort(byNumber));
          assert.ok(plan.rows.length > 0);
          const removed = plan.remove.flatMap(({ first, count }) => rows.slice(first, first + count));
          assert.ok(removed.every(({ id, typed }) => id !== '' && !typed));
          assert.equal(plan.rows.length + removed.length, rows.length);
          assert.deepEqual(plan.standing.length, plan.rows.length);
          assert.ok(plan.rows.every((to, at) => plan.standing[at] !== '' || to === null));
        },
      ),
    );
  });
});

const byNumber = (a: number, b: number) => a - b;
const idOf = (line: number) => `${aMovement(line).id} ${company}`;

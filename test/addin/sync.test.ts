import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blocksOf } from '../../src/addin/sync/blocks';
import { dayOfSerial, quantityCell, serialOfDay, textCell } from '../../src/addin/sync/cells';
import { inPriority } from '../../src/addin/sync/in-priority';
import type { MarkedRow } from '../../src/addin/sync/sheet';
import { chunksOf, lazily } from '../../src/addin/sync/chunks';
import { type ExistingRow, planSearch } from '../../src/addin/sync/plan-search';
import { planStop } from '../../src/addin/sync/plan-stop';
import { calendarDate } from '../../src/domain/calendar';
import { rowKeyOf, rowKeyText } from '../../src/addin/sync/row-key';
import { orderKey } from '../../src/domain/order';
import { anOrder, company } from './excel/workbook';

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 20 });
const row = fc.record({
  key: fc.oneof(
    fc.constant(''),
    fc.integer({ min: 1, max: 30 }).map((number) => `2026/${number}/0 ${company}`),
  ),
  marked: fc.boolean(),
  typed: fc.boolean(),
});

describe('the plan of a search that was stopped', () => {
  const fresh = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 10 });
  const keyOf = (number: number) => `2026/${number}/0 ${company}`;
  const plans = fc
    .tuple(fc.array(row, { minLength: 1, maxLength: 25 }), numbers, fresh)
    .map(([table, found, written]) => ({
      table,
      found: new Set(found.map(keyOf)),
      fresh: new Set(written.filter((number) => found.includes(number)).map(keyOf)),
    }));

  it("leaves no row unsaid: fresh, not refreshed, not in this search, or the planner's own", () => {
    fc.assert(
      fc.property(plans, ({ table, found, fresh: written }) => {
        const { remove, rows, standing } = planStop(table, found, written);
        const gone = new Set(
          remove.flatMap(({ first, count }) => [...Array(count).keys()].map((at) => first + at)),
        );
        const left = table.filter((_row, at) => !gone.has(at));
        assert.deepEqual(
          standing,
          left.map(({ key }) => key),
        );
        assert.equal(rows.length, left.length);
        left.forEach(({ key, marked, typed }, at) => {
          if (rows[at] === 'empty') return assert.equal(left.length, 1);
          if (rows[at] === 'stale') return assert.ok(found.has(key) && !written.has(key));
          if (rows[at] === 'notFound') return assert.ok(marked || typed);
          assert.ok(key === '' ? marked || typed : written.has(key));
        });
      }),
    );
  });

  it('loses no order that is there, and no row that the planner marked or typed into', () => {
    fc.assert(
      fc.property(plans, ({ table, found, fresh: written }) => {
        const { standing } = planStop(table, found, written);
        for (const { key, marked, typed } of table)
          if (marked || typed || found.has(key)) assert.ok(standing.includes(key));
      }),
    );
  });
});

describe('the plan of a search result', () => {
  const planned = (table: ExistingRow[], found: number[], mostBlocks: number) => ({
    table,
    plan: planSearch(
      table,
      found.map((number) => anOrder(number)),
      company,
      mostBlocks,
    ),
    keys: found.map((number) => `2026/${number}/0 ${company}`),
  });
  const plans = fc
    .tuple(fc.array(row, { maxLength: 25 }), numbers, fc.constantFrom(0, 1, 100))
    .map(([table, found, mostBlocks]) => planned(table, found, mostBlocks));

  it('shows every order found', () => {
    fc.assert(
      fc.property(plans, ({ plan, keys }) => {
        const shown = new Set(
          plan.rows.flatMap((line) => ('order' in line ? [rowKeyText(line.order.key, company)] : [])),
        );
        assert.deepEqual([...shown].sort(), [...keys].sort());
      }),
    );
  });

  it('loses no row that the planner marked or typed into', () => {
    fc.assert(
      fc.property(plans, ({ table, plan }) => {
        const removed = new Set(
          plan.remove.flatMap(({ first, count }) => Array.from({ length: count }, (_, at) => first + at)),
        );
        for (const [at, { marked, typed }] of table.entries())
          assert.ok(!(removed.has(at) && (marked || typed)));
      }),
    );
  });

  it('keeps what stays in its order and adds the rest below', () => {
    fc.assert(
      fc.property(plans, ({ table, plan, keys }) => {
        const removed = plan.remove.reduce((sum, { count }) => sum + count, 0);
        assert.equal(plan.existing, table.length - removed);
        const shown = plan.rows.flatMap((line) =>
          'order' in line ? [rowKeyText(line.order.key, company)] : [],
        );
        const pinned = new Set(table.filter(({ marked, typed }) => marked || typed).map(({ key }) => key));
        const before = [...new Set(table.map(({ key }) => key))].filter(
          (key) => !pinned.has(key) && keys.includes(key),
        );
        const after = [...new Set(shown)].filter((key) => before.includes(key));
        assert.deepEqual(after, before);
        const known = new Set(table.map(({ key }) => key));
        const lastKnown = shown.findLastIndex((key) => before.includes(key));
        const firstNew = shown.findIndex((key) => !known.has(key));
        assert.ok(firstNew < 0 || lastKnown < firstNew);
      }),
    );
  });

  it('deletes blocks bottom up, and never the last row of a table', () => {
    fc.assert(
      fc.property(plans, ({ table, plan }) => {
        for (const [at, block] of plan.remove.entries()) {
          const next = plan.remove[at + 1];
          assert.ok(next === undefined || next.first + next.count < block.first);
        }
        if (table.length > 0) assert.ok(plan.existing > 0);
      }),
    );
  });
});

describe('the sequence of marked rows', () => {
  const rowOf = (number: number, priority: number | null, start = '2026-11-21'): MarkedRow => ({
    ...{ row: number, key: orderKey({ year: 2026, number, lot: 0 }), company, version: 1, action: 'release' },
    ...{ item: 'A', quantity: '1', unit: 'pcs' },
    ...{ priority, start: calendarDate(start), state: 'launched', wanted: {}, hidden: false },
  });
  const numbersOf = (rows: MarkedRow[]) => inPriority(rows, 'byStart')?.map(({ row }) => row);

  it('is the one the planner typed, then start, then key; blanks come last', () => {
    const rows = [
      rowOf(1, null),
      rowOf(10, 2),
      rowOf(9, 2),
      rowOf(8, 2, '2026-11-20'),
      rowOf(5, 1),
      rowOf(4, null),
    ];
    assert.deepEqual(numbersOf(rows), [5, 8, 9, 10, 1, 4]);
  });

  it("is the order book's where no priority was typed", () => {
    assert.equal(numbersOf([rowOf(2, null), rowOf(1, null)]), undefined);
  });
});

describe('the key of a row', () => {
  const keys = fc.record({
    year: fc.integer({ min: 1000, max: 9999 }),
    number: fc.integer({ min: 1, max: 99_999 }),
    lot: fc.integer({ min: 0, max: 99 }),
  });

  it('says the order and the company it was written for', () => {
    fc.assert(
      fc.property(keys, fc.string({ minLength: 1 }), (key, code) => {
        const order = orderKey(key);
        assert.deepEqual(rowKeyOf(rowKeyText(order, code)), { order, company: code });
      }),
    );
  });

  it('is none without order or company', () => {
    for (const text of ['', '2026/1/0', '2026/1/0 ', ' IT', 'note IT', 7, null]) {
      assert.equal(rowKeyOf(text), null);
    }
  });
});

describe('cells', () => {
  it('count days as Excel does', () => {
    assert.equal(serialOfDay(calendarDate('1900-03-01'), 1900), 61);
    assert.equal(serialOfDay(calendarDate('2026-11-20'), 1900), 46346);
    assert.equal(dayOfSerial(46346.75, 1900), '2026-11-20');
    for (const none of ['', 'x', 0, NaN, 1e9]) assert.equal(dayOfSerial(none, 1900), null);
  });

  it('count days from 1904 where the workbook does', () => {
    assert.equal(serialOfDay(calendarDate('1904-01-01'), 1904), 0);
    assert.equal(serialOfDay(calendarDate('2026-11-20'), 1904), 46346 - 1462);
    assert.equal(dayOfSerial(46346.75 - 1462, 1904), '2026-11-20');
    for (const none of ['', 'x', -1, NaN, 1e9]) assert.equal(dayOfSerial(none, 1904), null);
  });

  it('mark text that Excel would take for a formula', () => {
    for (const text of ['=1', '+1', '-1', '@a', ' =1', '\t=1', '\rx', '＝1', "'a"]) {
      assert.equal(textCell(text), `'${text}`);
    }
    for (const text of ['', 'a=1', 'A-1']) assert.equal(textCell(text), text);
  });

  it('mark text that Excel would make a number, a day or a truth value of where cells are not formatted as text', () => {
    const values = ['0012', '1E5', '.5', '1,5', '10%', '$5', '(5)', '1 1/2', '2026/5/1', '1-2', '10:30 pm'];
    for (const text of [...values, 'MAR1', '1-Dec', 'Sept 2, 2026', 'TRUE', ' false', '#N/A', '#1'])
      assert.equal(textCell(text), `'${text}`);
    const texts = [
      '100',
      '2026/5/0',
      '2026/13/1',
      '2026/120/10',
      '2026/5/1 IT',
      'SP-1',
      'May',
      'Marble 1',
      '12 mm',
      'true false',
    ];
    for (const text of texts) assert.equal(textCell(text), text);
  });

  it('hold quantities as numbers, unless a number would lose digits', () => {
    assert.equal(quantityCell('-0.005'), -0.005);
    assert.equal(quantityCell('12345678901234567890.5'), "'12345678901234567890.5");
    assert.equal(quantityCell('-12345678901234567.5'), "'-12345678901234567.5");
  });
});

describe('blocks and chunks', () => {
  it('join neighbours and lose nobody', () => {
    fc.assert(
      fc.property(numbers, (positions) => {
        const sorted = [...positions].sort((a, b) => a - b);
        const again = blocksOf(sorted).flatMap(({ first, count }) =>
          Array.from({ length: count }, (_, at) => first + at),
        );
        assert.deepEqual(again, sorted);
      }),
    );
  });

  it('cut by bytes of UTF-8, not by letters', () => {
    assert.deepEqual(
      [...chunksOf(['àààà', 'bbbb', 'c'], 10)],
      [
        { first: 0, count: 1, rows: ['àààà'] },
        { first: 1, count: 2, rows: ['bbbb', 'c'] },
      ],
    );
    assert.deepEqual(
      [...chunksOf(['x'.repeat(50)], 10)].map(({ count }) => count),
      [1],
    );
  });

  it('cut rows that are left as they are, too, and make each when its block is asked for', () => {
    const made: number[] = [];
    const rows = lazily([...Array(2500).keys()], (row) => {
      made.push(row);
      return null;
    });
    const chunks = chunksOf(rows);
    const counts: number[] = [];
    for (const { count } of chunks) {
      counts.push(count);
      // One row of the block after is known by then.
      assert.ok(made.length <= counts.length * 1000 + 1);
    }
    assert.deepEqual(counts, [1000, 1000, 500]);
  });
});

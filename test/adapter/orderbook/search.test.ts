import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { calendarDate } from '../../../src/domain/calendar';
import type { OrderQuery } from '../../../src/contract/orders';
import { BadCursor } from '../../../src/adapter/orderbook/order-book';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { useDatabase } from '../../postgres';
import { freshBook } from './fresh-book';
import { createPlanner, type Planner } from './planner';
import { addOrder, company, preparePlant, setStock } from './small-plant';

const day = calendarDate;

/** Items by code, with descriptions that are hard on patterns. */
const items = {
  'FR-R92R-58': 'HL Road Frame - Red, 58',
  'FR-M94S-42': 'HL Mountain Frame - Silver, 42',
  'fr-lower': 'Telaio Perché Più Leggero',
  'W%100': '100% wool',
  A_B: 'under_score',
  AXB: 'no underscore',
  'C\\D': 'back\\slash',
  "O'RING": `it's "quoted"`,
  "'; drop table item; --": 'Bobby',
};

/** Order number, what differs from an order of P in work centre 100 starting 2026-11-23. */
const orders = [
  { number: 1, item: 'FR-R92R-58', start: '2026-11-20' },
  { number: 2, item: 'FR-M94S-42', start: '2026-11-24', workCentre: '210' },
  { number: 3, item: 'fr-lower', start: '2026-11-24' },
  { number: 4, item: 'W%100', start: '2026-11-25' },
  { number: 5, item: 'A_B', start: '2026-11-25' },
  { number: 6, item: 'AXB', start: '2026-11-26', workCentre: '210' },
  { number: 7, item: 'C\\D', start: '2026-11-26' },
  { number: 8, item: "O'RING", start: '2026-11-27' },
  { number: 9, item: "'; drop table item; --", start: '2026-11-27', workCentre: '300' },
  { number: 12, start: '2026-11-30' },
  { number: 125, start: '2026-12-01', state: 'executive' },
  { number: 126, start: '2026-12-01' },
  { number: 1250, start: '2026-12-01', state: 'fulfilled' },
] as const;

describe('searching orders', () => {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  let planner: Planner;

  before('orders of many items', async () => {
    pool = createPool(database.connectionString);
    planner = createPlanner(pool);
    await prepare();
  });
  after(() => pool.end());

  async function prepare(): Promise<void> {
    await freshBook(pool, database.connectionString);
    for (const [item, description] of Object.entries(items)) {
      await pool.query(
        `insert into item values ($1, $2, $3, '', 'PC', 'production', 'manual', null, null, true, false, false, 0)`,
        [company, item, description],
      );
    }
    await setStock(pool, { A: '1000', D: '1000', E: '1000' });
    for (const order of orders) await addOrder(pool, order);
    // A split-off lot, and an order of the year before.
    await pool.query(`update production_order set lot = 1, number = 125 where number = 1250`);
    await pool.query(`update production_order set year = 2025 where number = 12`);
  }
  async function found(query: OrderQuery): Promise<string[]> {
    const { items: rows, next, total } = await planner.book.search(company, query, { limit: 1000 });
    assert.equal(next, null);
    assert.equal(total, rows.length);
    return rows.map(({ key }) => key);
  }
  const lotZero = (...numbers: number[]) => numbers.map((number) => `2026/${number}/0`);

  it('without criteria finds all orders, by start date, then key', async () => {
    assert.deepEqual(await found({}), [
      ...lotZero(1, 2, 3, 4, 5, 6, 7, 8, 9),
      ...['2025/12/0', '2026/125/0', '2026/125/1', '2026/126/0'],
    ]);
  });

  const byOrder: Record<string, string[]> = {
    '125': ['2026/125/0', '2026/125/1'],
    '12': ['2025/12/0'],
    '2026/125': ['2026/125/0', '2026/125/1'],
    '2026/0125': ['2026/125/0', '2026/125/1'],
    '2026/125/1': ['2026/125/1'],
    '2025/': ['2025/12/0'],
    '2026/12%': ['2026/125/0', '2026/125/1', '2026/126/0'],
    '%/12%': ['2025/12/0', '2026/125/0', '2026/125/1', '2026/126/0'],
    '%/1': ['2026/125/1'],
    '2026/_/0': lotZero(1, 2, 3, 4, 5, 6, 7, 8, 9),
    '202_/12/0': ['2025/12/0'],
    '2026/125/': ['2026/125/0', '2026/125/1'],
    '999999999': [],
    '99999999999999999999': [],
    '0000/': [],
    x: [],
    "' or true --": [],
    '\\': [],
  };
  for (const [criterion, expected] of Object.entries(byOrder)) {
    it(`by order ${criterion} finds ${expected.length}`, async () => {
      assert.deepEqual(await found({ order: criterion }), expected);
    });
  }

  const byItem: Record<string, number[]> = {
    'FR-R92R-58': [1],
    'fr-r92r-58': [1],
    FR: [1, 2, 3],
    'HL ROAD': [1],
    'hl%frame': [],
    'hl%frame%': [1, 2],
    '%frame%': [1, 2],
    '%FRAME%42': [2],
    PIÙ: [],
    '%PIÙ%': [3],
    '%perché%': [3],
    'FR-_94S-42': [2],
    '%\\%': [7],
    'C\\': [7],
    'back\\S': [7],
    "O'": [8],
    "it's": [8],
    '%"quoted"': [8],
    "'; drop table item; --": [9],
    "' or 1=1 --": [],
    '100': [4],
    A_B: [5, 6],
    'P%': [12, 125, 125, 126],
    '%': [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 125, 125, 126],
  };
  for (const [criterion, numbers] of Object.entries(byItem)) {
    it(`by item ${criterion} finds ${numbers.join(', ') || 'none'}`, async () => {
      const keys = await found({ item: criterion });
      assert.deepEqual(
        keys.map((key) => Number(key.split('/')[1])),
        numbers,
      );
    });
  }

  it('by start date, both ends included', async () => {
    assert.deepEqual(
      await found({ startFrom: day('2026-11-25'), startTo: day('2026-11-26') }),
      lotZero(4, 5, 6, 7),
    );
    assert.deepEqual(await found({ startTo: day('2026-11-20') }), lotZero(1));
    assert.deepEqual(await found({ startFrom: day('2026-12-01') }), [
      '2026/125/0',
      '2026/125/1',
      '2026/126/0',
    ]);
    assert.deepEqual(await found({ startFrom: day('2026-11-26'), startTo: day('2026-11-25') }), []);
    assert.equal(
      (await found({ startFrom: day('0001-01-01'), startTo: day('9999-12-31') })).length,
      orders.length,
    );
  });

  it('by one work centre or several; an empty list does not restrict', async () => {
    assert.deepEqual(await found({ workCentre: ['210'] }), lotZero(2, 6));
    assert.deepEqual(await found({ workCentre: ['210', '300'] }), lotZero(2, 6, 9));
    assert.deepEqual(await found({ workCentre: ['2%'] }), []);
    assert.equal((await found({ workCentre: [] })).length, orders.length);
  });

  it('by state', async () => {
    assert.deepEqual(await found({ state: ['executive'] }), ['2026/125/0']);
    assert.deepEqual(await found({ state: ['fulfilled'] }), ['2026/125/1']);
    assert.equal((await found({ state: ['launched'] })).length, orders.length - 2);
  });

  it('by several criteria at once, all of which must hold', async () => {
    const all = { item: 'FR', startFrom: day('2026-11-24'), workCentre: ['210', '300'] };
    assert.deepEqual(await found({ ...all, state: ['launched'] }), lotZero(2));
    assert.deepEqual(await found({ ...all, order: '2' }), lotZero(2));
    assert.deepEqual(await found({ ...all, order: '3' }), []);
  });

  it('never finds what another company has', async () => {
    await pool.query(`insert into company values ('XX', 'Other', 'Europe/Rome', 'refuse', 'none', 0)`);
    assert.deepEqual((await planner.book.search('XX', {}, { limit: 10 })).items, []);
    assert.deepEqual(await planner.book.rows('XX', ['2026/1/0' as never]), []);
  });

  describe('page by page', () => {
    beforeEach(prepare);
    after(prepare);

    /** All rows in pages of `limit`; `between` is called after each page. */
    async function pages(query: OrderQuery, limit: number, between?: (page: number) => Promise<void>) {
      const seen: string[] = [];
      const totals: (number | null)[] = [];
      let cursor: string | undefined;
      for (let page = 1; ; page++) {
        const slice = await planner.book.search(company, query, { limit, cursor });
        assert.ok(slice.items.length <= limit);
        seen.push(...slice.items.map(({ key }) => key));
        totals.push(slice.total);
        if (slice.next === null) return { seen, totals };
        cursor = slice.next;
        await between?.(page);
      }
    }

    for (const limit of [1, 2, 5, 12, 13, 14]) {
      it(`of ${limit} gives every row once, and counts on the first page only`, async () => {
        const { seen, totals } = await pages({}, limit);
        assert.deepEqual(seen, await found({}));
        assert.deepEqual(totals, [orders.length, ...totals.slice(1).map(() => null)]);
      });
    }

    it('gives every row once while orders change their state in between', async () => {
      const changing = lotZero(1, 3, 5, 7, 9);
      const { seen } = await pages({}, 2, async (page) => {
        const order = changing[page - 1];
        if (order === undefined) return;
        await planner.release(order);
        if (page % 2 === 0) await planner.restore(order);
      });
      assert.deepEqual(seen, await found({}));
    });

    it('of launched orders leaves out what was released before its page, and misses nothing else', async () => {
      const { seen } = await pages({ state: ['launched'] }, 3, async (page) => {
        // On the page just read, then on one still to come.
        if (page === 1) await planner.release('2026/2/0', '2026/8/0');
      });
      assert.deepEqual(seen, [...lotZero(1, 2, 3, 4, 5, 6, 7, 9), '2025/12/0', '2026/126/0']);
    });

    it('of launched orders shows one restored before its page', async () => {
      await planner.release('2026/8/0');
      const { seen } = await pages({ state: ['launched'] }, 3, async (page) => {
        if (page === 1) await planner.restore('2026/8/0');
      });
      assert.deepEqual(seen, [...lotZero(1, 2, 3, 4, 5, 6, 7, 8, 9), '2025/12/0', '2026/126/0']);
    });
  });

  describe('with a cursor it did not make', () => {
    const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const wrong: Record<string, (mark: unknown) => string> = {
      empty: () => '',
      'not base64': () => '%%%',
      'no JSON': () => Buffer.from('hello').toString('base64url'),
      'no list': (mark) => text({ mark, start: '2026-11-20' }),
      'of another kind': () => text(['runs', 7]),
      'too short': (mark) => text([mark, '2026-11-20', 2026, 1]),
      'without numbers': (mark) => text([mark, '2026-11-20', 'a', 'b', 'c']),
      'without a day': (mark) => text([mark, 'today', 2026, 1, 0]),
      'with numbers nobody counts to': (mark) => text([mark, '2026-11-20', 2026, 1e15, 0.5]),
      'with something else in it': (mark) => text([mark, null, 2026, 1, 0]),
    };
    for (const [what, made] of Object.entries(wrong)) {
      it(`throws BadCursor: ${what}`, async () => {
        const { next } = await planner.book.search(company, {}, { limit: 1 });
        const [mark] = JSON.parse(Buffer.from(next ?? '', 'base64url').toString()) as unknown[];
        const cursor = made(mark);
        await assert.rejects(planner.book.search(company, {}, { limit: 10, cursor }), BadCursor);
      });
    }

    it('throws BadCursor: one of a search with other criteria, or in another company', async () => {
      const query: OrderQuery = { state: ['launched'], item: '%', startFrom: day('2026-11-01') };
      const { next } = await planner.book.search(company, query, { limit: 1 });
      const page = { limit: 10, cursor: next ?? '' };
      assert.ok((await planner.book.search(company, { ...query }, page)).items.length > 0);
      const others = [
        {},
        { ...query, item: 'F%' },
        { ...query, startTo: day('2026-12-31') },
        { state: query.state },
      ];
      for (const other of others) await assert.rejects(planner.book.search(company, other, page), BadCursor);
      await assert.rejects(planner.book.search('XX', query, page), BadCursor);
    });

    it('throws BadCursor: one of a search for movements', async () => {
      await planner.release('2026/1/0');
      const { next } = await planner.book.movements(company, {}, { limit: 1 });
      assert.ok(next);
      await assert.rejects(planner.book.search(company, {}, { limit: 10, cursor: next }), BadCursor);
    });
  });

  describe('as a stream', () => {
    it('gives what a search finds, in its order, in batches', async () => {
      await pool.query(
        `insert into production_order (company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced,
           unit, start_on, end_on, due_on, work_centre, customer, site, job_order, state, changed_at, changed_by)
         select $1, gen_random_uuid(), 2027, n, 0, 'P', '', 1, 0, 'PC', '2027-01-01'::date + n % 7, '2027-02-01',
                '2027-02-01', '100', '', 'S1', '', 'launched', now(), 'setup'
           from generate_series(1, 2300) n`,
        [company],
      );
      const batches: string[][] = [];
      for await (const batch of planner.book.stream(company, { order: '2027/' }))
        batches.push(batch.map(({ key }) => key));
      assert.deepEqual(
        batches.map(({ length }) => length),
        [1000, 1000, 300],
      );
      const expected = Array.from({ length: 2300 }, (_, index) => index + 1)
        .sort((a, b) => (a % 7) - (b % 7) || a - b)
        .map((number) => `2027/${number}/0`);
      assert.deepEqual(batches.flat(), expected);
    });

    it('ends at once when nothing is found', async () => {
      const rows = [];
      for await (const batch of planner.book.stream(company, { order: '1999/' })) rows.push(...batch);
      assert.deepEqual(rows, []);
    });
  });
});

import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { calendarDate } from '../../../src/domain/calendar';
import type { Movement, MovementQuery } from '../../../src/contract/movements';
import { BadCursor } from '../../../src/adapter/orderbook/order-book';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { useDatabase } from '../../postgres';
import { freshBook } from './fresh-book';
import { assertInvariants } from './invariants';
import { createPlanner, key, type Planner } from './planner';
import { addOrder, company, preparePlant, setStock } from './small-plant';

const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };

describe('searching movements', () => {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  let planner: Planner;
  /** The runs, by what they did. */
  const runs: Record<string, string> = {};

  before('1 and 2 released on two days, 1 restored and released again', async () => {
    pool = createPool(database.connectionString);
    planner = createPlanner(pool, 'anna');
    await freshBook(pool, database.connectionString);
    await setStock(pool, { A: '1000', D: '1000', E: '1000' });
    for (const number of [1, 2, 3]) await addOrder(pool, { number, lines: { A: '10', E: '2.50', B: '1' } });
    runs['first'] = await release('2026-11-20', 1);
    runs['second'] = await release('2026-11-21', 2);
    runs['restore'] = await restore(1);
    runs['again'] = await release('2026-11-23', 1);
    await assertInvariants(pool);
  });
  after(() => pool.end());

  const release = (day: string, number: number) =>
    run({ kind: 'release', postingDate: calendarDate(day) } as const, number);
  const restore = (number: number) => run({ kind: 'restore' } as const, number);
  async function run(
    asked: Parameters<Planner['runner']['run']>[0]['asked'],
    number: number,
  ): Promise<string> {
    const [row] = await planner.book.rows(company, [key(`2026/${number}/0`)]);
    assert.ok(row);
    const orders = [{ key: row.key, version: row.version }];
    const ran = await planner.runner.run(
      { company: plant, actor: 'anna', asked, orders, sequence: 'byStart' },
      uuidv7(),
    );
    assert.ok(ran.kind === 'run' && ran.run.succeeded === 1);
    return ran.run.id;
  }
  const shown = ({ order, item, postedOn, status }: Movement) =>
    `${order} ${item} ${postedOn.slice(8)} ${status}`;
  async function found(query: MovementQuery): Promise<string[]> {
    const { items, next, total } = await planner.book.movements(company, query, { limit: 100 });
    assert.equal(next, null);
    assert.equal(total, items.length);
    return items.map(shown);
  }
  const first = ['2026/1/0 A 20 restored', '2026/1/0 E 20 restored'];
  const again = ['2026/1/0 A 23 posted', '2026/1/0 E 23 posted'];
  const second = ['2026/2/0 A 21 posted', '2026/2/0 E 21 posted'];

  it('without criteria finds posted and restored ones by order, release, line', async () => {
    assert.deepEqual(await found({}), [...first, ...again, ...second]);
  });

  it('by status', async () => {
    assert.deepEqual(await found({ status: 'posted' }), [...again, ...second]);
    assert.deepEqual(await found({ status: 'restored' }), first);
  });

  it('by run, both the one that posted and the one that restored', async () => {
    assert.deepEqual(await found({ run: runs['first'] }), first);
    assert.deepEqual(await found({ run: runs['restore'] }), first);
    assert.deepEqual(await found({ run: runs['second'] }), second);
    assert.deepEqual(await found({ run: runs['again'], status: 'restored' }), []);
    assert.deepEqual(await found({ run: uuidv7() }), []);
  });

  it('by order, one or several', async () => {
    assert.deepEqual(await found({ order: [key('2026/2/0')] }), second);
    assert.deepEqual(await found({ order: [key('2026/1/0'), key('2026/2/0')] }), [
      ...first,
      ...again,
      ...second,
    ]);
    assert.deepEqual(await found({ order: [key('2026/3/0'), key('2026/999/0')] }), []);
  });

  it('by item, as a pattern of its code', async () => {
    assert.deepEqual(await found({ item: 'e', status: 'posted' }), [again[1], second[1]]);
    assert.deepEqual(await found({ item: '%', status: 'restored' }), first);
    assert.deepEqual(await found({ item: '_A' }), []);
    assert.deepEqual(await found({ item: `A' or '1'='1` }), []);
  });

  it('by warehouse, one or several', async () => {
    assert.deepEqual(await found({ warehouse: ['MAG2'] }), [first[1], again[1], second[1]]);
    assert.equal((await found({ warehouse: ['MAG1', 'MAG2'] })).length, 6);
    assert.deepEqual(await found({ warehouse: ['MAG'] }), []);
  });

  it('by warehouse and reason in any case', async () => {
    assert.deepEqual(await found({ warehouse: ['mag2'], status: 'restored' }), [first[1]]);
    assert.deepEqual(await found({ reason: ['scp'] }), await found({}));
    assert.deepEqual(await found({ reason: ['CAR', 'SC'] }), []);
  });

  it('by the number of a run, both the one that posted and the one that restored', async () => {
    assert.deepEqual(await found({ runNumber: 1 }), first);
    assert.deepEqual(await found({ runNumber: 3 }), first);
    assert.deepEqual(await found({ runNumber: 4 }), again);
    assert.deepEqual(await found({ runNumber: 99 }), []);
  });

  it('by order number, as in the search for orders', async () => {
    assert.deepEqual(await found({ orderNumber: '2' }), second);
    assert.deepEqual(await found({ orderNumber: '2026/1' }), [...first, ...again]);
    assert.deepEqual(await found({ orderNumber: '%/2/%' }), second);
    assert.deepEqual(await found({ orderNumber: '2025/' }), []);
  });

  it('by the description of the item', async () => {
    assert.deepEqual(await found({ item: 'material a', status: 'restored' }), [first[0]]);
  });

  it('by the lot of the item, who posted it and which way it went', async () => {
    await pool.query(`update movement set lot = 'Lß-7' where item = 'E'`);
    assert.deepEqual(await found({ lot: 'lSS-' }), [again[1], second[1]]);
    await pool.query(`update movement set lot = ''`);
    assert.deepEqual(await found({ postedBy: 'ANN' }), await found({}));
    assert.deepEqual(await found({ postedBy: 'nna' }), []);
    assert.deepEqual(await found({ direction: 'unload' }), await found({}));
    assert.deepEqual(await found({ direction: 'load' }), []);
  });

  it('by the number of the stock record', async () => {
    assert.deepEqual(await found({ record: 1, warehouse: ['MAG1'] }), [first[0], again[0], second[0]]);
    assert.deepEqual(await found({ record: 2 }), []);
  });

  it('as a stream gives the same, in the same order', async () => {
    for (const query of [{}, { status: 'posted' as const }, { item: 'A' }]) {
      const streamed: string[] = [];
      for await (const batch of planner.book.streamMovements(company, query))
        streamed.push(...batch.map(shown));
      assert.deepEqual(streamed, await found(query));
    }
  });

  it('by the day they were posted on, both ends included', async () => {
    const [from, to] = [calendarDate('2026-11-21'), calendarDate('2026-11-23')];
    assert.deepEqual(await found({ from, to }), [...again, ...second]);
    assert.deepEqual(await found({ from: to }), again);
    assert.deepEqual(await found({ to: from }), [...first, ...second]);
  });

  it('by several criteria at once, all of which must hold', async () => {
    const criteria: MovementQuery = {
      warehouse: ['MAG1'],
      status: 'posted',
      from: calendarDate('2026-11-22'),
    };
    assert.deepEqual(await found(criteria), [again[0]]);
    assert.deepEqual(await found({ ...criteria, order: [key('2026/2/0')] }), []);
  });

  it('says of each who moved what, when, and who took it back', async () => {
    const { items } = await planner.book.movements(company, { order: [key('2026/1/0')] }, { limit: 10 });
    const [, restored, , posted] = items;
    assert.ok(restored && posted);
    assert.deepEqual(
      [restored.id, restored.quantity, restored.unit, restored.direction, restored.description],
      ['2026/1/0/1/20/1', '2.5', 'PC', 'unload', 'Material E'],
    );
    assert.deepEqual([restored.postedBy, restored.restoredBy, restored.record], ['anna', 'anna', 1]);
    assert.ok(restored.restoredAt && restored.restoredAt >= restored.postedAt);
    assert.deepEqual([posted.id, posted.restoredAt, posted.restoredBy], ['2026/1/0/2/20/1', null, null]);
    assert.deepEqual([restored.runNumber, posted.runNumber], [1, 4]);
  });

  for (const limit of [1, 2, 4, 6]) {
    it(`in pages of ${limit} gives every movement once, and counts on the first page only`, async () => {
      const seen: Movement[] = [];
      let cursor: string | undefined;
      do {
        const page = await planner.book.movements(company, {}, { limit, cursor });
        assert.equal(page.total, cursor === undefined ? 6 : null);
        seen.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      assert.deepEqual(seen.map(shown), [...first, ...again, ...second]);
      assert.equal(new Set(seen.map(({ id }) => id)).size, 6);
    });
  }

  it('throws BadCursor for a cursor it did not make', async () => {
    const { next } = await planner.book.search(company, {}, { limit: 1 });
    assert.ok(next);
    const forged = Buffer.from(JSON.stringify(['movements', 1, 2, 3, 4, 5, 'x'])).toString('base64url');
    for (const cursor of ['', 'x', next, forged]) {
      await assert.rejects(planner.book.movements(company, {}, { limit: 1, cursor }), BadCursor);
    }
  });
});

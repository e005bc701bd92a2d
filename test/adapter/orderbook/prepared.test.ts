import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { useDatabase } from '../../postgres';
import { freshBook } from './fresh-book';
import { assertInvariants } from './invariants';
import { createPlanner, type Planner } from './planner';
import { addOrder, preparePlant, setStock } from './small-plant';

/** So often the server has a statement before it keeps a plan of it. */
const OFTEN = 7;

describe('statements about a few orders, prepared on a connection', () => {
  const database = useDatabase(preparePlant);
  const order = '2026/1/0';
  const orders = Array.from({ length: 11 }, (_, index) => `2026/${index + 1}/0`);
  let pool: Pool;
  let planner: Planner;

  beforeEach('launched orders, and connections that have prepared nothing', async () => {
    pool = createPool(database.connectionString);
    planner = createPlanner(pool);
    await freshBook(pool, database.connectionString);
    await setStock(pool, { A: '10000', D: '10000', E: '10000' });
    for (const number of orders.keys()) await addOrder(pool, { number: number + 1 });
  });
  afterEach(() => pool.end());

  async function thereAndBack(...which: string[]): Promise<void> {
    const released = await planner.release(...which);
    assert.deepEqual(new Set(released.map(({ result }) => result)), new Set(['released']));
    await assertInvariants(pool);
    const restored = await planner.restore(...which);
    assert.deepEqual(new Set(restored.map(({ result }) => result)), new Set(['restored']));
    await assertInvariants(pool);
  }

  /** Does it on every connection of the pool. */
  async function onAll(statement: string): Promise<Record<string, unknown>[]> {
    const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
    const answers = await Promise.all(clients.map((client) => client.query(statement)));
    for (const client of clients) client.release();
    return answers.flatMap(({ rows }) => rows as Record<string, unknown>[]);
  }
  const prepared = () => onAll('select name from pg_prepared_statements');

  it('go on when their plans are kept, whatever is in the book by then', async () => {
    for (let time = 0; time < OFTEN; time++) await thereAndBack(order);
    await setStock(pool, { A: '0' });
    assert.deepEqual(
      (await planner.release(order)).map(({ result, refusals }) => [result, refusals[0]?.code]),
      [['refused', 'REL-10']],
    );
    await assertInvariants(pool);
    await setStock(pool, { A: '10000' });
    await thereAndBack(order, '2026/2/0');
  });

  it('are no more than a day needs, and a long list is none of them', async () => {
    await thereAndBack(...orders);
    assert.deepEqual(await prepared(), []);
    for (const each of orders.slice(0, 3)) await thereAndBack(each);
    const names = new Set((await prepared()).map(({ name }) => name));
    assert.ok(names.size > 0 && names.size < 20, `${names.size} statements`);
  });

  it('are tried again when the connection has forgotten them, as behind a pooler, and are not prepared after that', async () => {
    await thereAndBack(order);
    await onAll('deallocate all');
    await thereAndBack(order);
    await onAll('deallocate all');
    await thereAndBack(order);
    assert.deepEqual(await prepared(), []);
    const [audit] = await onAll(`select count(*)::int as entries from audit_event where event = 'release'`);
    assert.equal(audit?.['entries'], 3);
  });
});

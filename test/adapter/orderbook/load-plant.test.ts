import assert from 'node:assert/strict';
import path from 'node:path';
import { calendarDate, instant } from '../../../src/domain/calendar';
import { createPostgresOrderBook } from '../../../src/adapter/orderbook/postgres/book';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { loadPlant } from '../../../src/adapter/orderbook/postgres/load-plant';
import { migrate } from '../../../src/adapter/orderbook/postgres/migrate';
import { useDatabase } from '../../postgres';
import { assertInvariants } from './invariants';

const adventureWorks = path.join(__dirname, '../../../data/adventureworks');
const today = calendarDate('2026-11-20');

describe('the first load of the sample plant', () => {
  const database = useDatabase(migrate);
  const load = () => loadPlant(database.connectionString, adventureWorks, () => today, instant(new Date()));
  let pool: ReturnType<typeof createPool>;

  before(async function () {
    this.timeout(60_000);
    pool = createPool(database.connectionString);
    await load();
  });
  after(() => pool.end());

  it('brings at least 1,500 launched orders, and some on every one of the next 7 days', async () => {
    const book = createPostgresOrderBook(pool, () => undefined);
    const all = await book.search('AW', { state: ['launched'] }, { limit: 1 });
    assert.ok((all.total ?? 0) >= 1500, `${all.total} launched orders`);
    for (let day = 21; day <= 27; day++) {
      const start = calendarDate(`2026-11-${day}`);
      const found = await book.search(
        'AW',
        { state: ['launched'], startFrom: start, startTo: start },
        { limit: 1 },
      );
      assert.ok((found.total ?? 0) > 0, `no order starts on ${start}`);
    }
  });

  it('leaves every balance at what the plant counted', async () => {
    await assertInvariants(pool);
    const { rows } = await pool.query<{ on_hand: string }>(
      `select sum(on_hand)::text as on_hand from stock where company_id = 'AW'`,
    );
    assert.equal(rows[0]?.on_hand, '335974');
  });

  it('does nothing to a book that holds a company', async () => {
    assert.equal(await load(), undefined);
  });
});

import assert from 'node:assert/strict';
import path from 'node:path';
import type { Importer, Report } from '../../../../src/adapter/orderbook/importer';
import { createPostgresOrderBook } from '../../../../src/adapter/orderbook/postgres/book';
import { createPool } from '../../../../src/adapter/orderbook/postgres/database';
import { createImporter } from '../../../../src/adapter/orderbook/postgres/import/importer';
import { migrate } from '../../../../src/adapter/orderbook/postgres/migrate';
import { calendarDate, instant } from '../../../../src/domain/calendar';
import { useDatabase } from '../../../postgres';
import { assertInvariants } from '../invariants';

const adventureWorks = path.join(__dirname, '../../../../data/adventureworks');
// Morning of the 20th in the plant's zone.
const at = instant(new Date('2026-11-20T18:00:00Z'));

describe('the first load of the sample plant', () => {
  const database = useDatabase(migrate);
  let pool: ReturnType<typeof createPool>;
  let importer: Importer;
  let results: (Report | string | null)[];

  const load = async (by: Importer, key: string) => {
    const request = { folder: adventureWorks, actor: 'anna', firstLoad: true };
    const begun = await by.begin(request, key, 'hash');
    return begun.kind === 'opened' ? (await begun.ended).report : begun.kind;
  };

  before(async function () {
    this.timeout(90_000);
    pool = createPool(database.connectionString);
    const log = { error: () => undefined };
    importer = createImporter({ pool, holder: 'test', clock: () => at, hasEnded: () => false, log });
    results = await Promise.all(['first key', 'other key'].map((key) => load(importer, key)));
  });
  after(() => pool.end());

  it('happens once when two start at the same moment', () => {
    const said = results.map((result) => (typeof result === 'string' ? result : result?.result));
    assert.deepEqual(said.sort(), ['imported', 'running']);
  });

  it('brings nothing to a company that has been imported before', async () => {
    const again = await load(importer, 'third key');
    assert.equal(typeof again === 'string' ? again : again?.result, 'cancelled');
  });

  it('says how many rows it does not want', () => {
    const report = results.find((result): result is Report => typeof result === 'object' && result !== null);
    for (const { file, rows, added, updated, unchanged, leftOut } of report?.files ?? []) {
      const left = leftOut.reduce((sum, one) => sum + one.rows, 0);
      assert.deepEqual([file, updated, unchanged, added + left], [file, 0, 0, rows]);
    }
    const orders = report?.files.find(({ file }) => file === 'orders');
    assert.deepEqual(
      orders?.leftOut.map(({ reason }) => reason),
      ['firstLoad'],
    );
  });

  it('brings at least 1,500 launched orders, and some on every one of the next 7 days', async () => {
    const book = createPostgresOrderBook(pool, () => undefined);
    const all = await book.search('AW', { state: ['launched'] }, { limit: 1 });
    assert.ok((all.total ?? 0) >= 1500, `${all.total} launched orders`);
    for (let day = 21; day <= 27; day++) {
      const start = calendarDate(`2026-11-${day}`);
      const query = { state: ['launched' as const], startFrom: start, startTo: start };
      const found = await book.search('AW', query, { limit: 1 });
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
});

import assert from 'node:assert/strict';
import { migrate } from '../../src/adapter/orderbook/postgres/migrate';
import { assertInvariants } from '../adapter/orderbook/invariants';
import { useDatabase } from '../postgres';
import { importSample, plantAtWork, type PlantAtWork } from './plant-at-work';

const prepare = (connectionString: string) => migrate(connectionString);

/** Too long for the suite: `npm run test:plants` runs it alone. The times beside its lines are what there is to know. */
describe('the whole of AdventureWorks in the order book', function () {
  this.timeout(300_000);
  this.slow(0);
  const database = useDatabase(prepare);
  let plant: PlantAtWork;
  const count = async (from: string): Promise<number> => {
    const { rows } = await database.pool.query<{ count: number }>(
      `select count(*)::int as count from ${from}`,
    );
    return rows[0]?.count ?? -1;
  };
  before('open the book', () => {
    plant = plantAtWork(database.pool, 'AW');
  });

  it('is imported', async () => {
    assert.equal((await importSample(database.pool, 'adventureworks')).result, 'imported');
  });

  it('has every order with its lines, movements and declarations', async () => {
    const states = await Promise.all(
      ['launched', 'executive', 'fulfilled'].map((state) =>
        count(`production_order where state = '${state}'`),
      ),
    );
    assert.deepEqual(states, [10_105, 1_458, 61_028]);
    assert.equal(await count('order_material'), 464_916);
    assert.equal(await count('order_operation'), 67_131);
    assert.equal(await count('movement'), 164_475);
    assert.equal(await count('declaration'), 61_747);
  });

  it('is sound', () => assertInvariants(database.pool));

  it('changes nothing when it comes again', async () => {
    const stock = await plant.stock();
    assert.equal((await importSample(database.pool, 'adventureworks')).result, 'unchanged');
    assert.deepEqual(await plant.stock(), stock);
    assert.equal(await count('production_order where version <> 1'), 0);
  });

  for (const [what, query, least] of [
    ['all launched orders', {}, 10_105],
    ['an item by a part of its name', { item: '%frame%' }, 1_000],
    ['an item by its first letters', { item: 'BK' }, 1_000],
    ['a number by its last figures', { order: '%71/0' }, 50],
  ] as const) {
    it(`finds ${what}`, async () => {
      const { total, items } = await plant.book.search(
        'AW',
        { ...query, state: ['launched'] },
        { limit: 200 },
      );
      assert.ok((total ?? 0) >= least, `${total} orders`);
      assert.ok(items.length > 0);
    });
  }

  let opening: readonly string[];
  let released: Awaited<ReturnType<PlantAtWork['release']>>;
  it('releases a thousand orders, as far as its stock goes', async () => {
    opening = await plant.stock();
    released = await plant.release(await plant.launched(1000));
    assert.equal(released.filter(({ result }) => result === 'failed').length, 0);
    assert.equal(released.filter(({ result }) => result === 'released').length, 614);
  });

  it('is sound after it', () => assertInvariants(database.pool));

  it('takes them back to the piece', async () => {
    const went = released.flatMap(({ key, result }) => (result === 'released' ? [key] : []));
    const restored = await plant.restore(await plant.book.rows('AW', went));
    assert.ok(restored.every(({ result }) => result === 'restored'));
    assert.deepEqual(await plant.stock(), opening);
  });

  it('gets Contoso Coffee beside it, and keeps what is its own', async () => {
    assert.equal((await importSample(database.pool, 'contoso-coffee')).result, 'imported');
    assert.equal(await count(`production_order where company_id = 'CONTOSO'`), 120);
    assert.equal(await count(`production_order where company_id = 'AW'`), 72_591);
    assert.deepEqual(await plant.stock(), opening);
  });

  it('is sound at the end', () => assertInvariants(database.pool));
});

import assert from 'node:assert/strict';
import { migrate } from '../../src/adapter/orderbook/postgres/migrate';
import { assertInvariants } from '../adapter/orderbook/invariants';
import { useDatabase } from '../postgres';
import { importSample, plantAtWork, type PlantAtWork } from './plant-at-work';

const prepare = (connectionString: string) => migrate(connectionString);

describe('Contoso Coffee in the order book', () => {
  const database = useDatabase(prepare);
  let plant: PlantAtWork;
  before('import it', async () => {
    assert.equal((await importSample(database.pool, 'contoso-coffee')).result, 'imported');
    plant = plantAtWork(database.pool, 'CONTOSO');
  });
  afterEach('the book is sound', () => assertInvariants(database.pool));

  it('says in every row that its orders are generated', async () => {
    const { items, total } = await plant.book.search('CONTOSO', {}, { limit: 200 });
    assert.equal(total, 120);
    for (const { customer, jobOrder } of items) {
      assert.deepEqual([customer, jobOrder], ['Generated demo order', 'GENERATED']);
    }
  });

  it('changes nothing when it comes again', async () => {
    const before = await plant.stock();
    assert.equal((await importSample(database.pool, 'contoso-coffee')).result, 'unchanged');
    assert.deepEqual(await plant.stock(), before);
  });

  it('shows a planner releases and refusals of every kind, and takes them back', async () => {
    const before = await plant.stock();
    const orders = await plant.launched(200);
    const outcomes = await plant.release(orders);
    const count = (code: string) =>
      outcomes.filter(({ refusals }) => refusals.some((refusal) => refusal.code === code)).length;
    const released = outcomes.filter(({ result }) => result === 'released');
    assert.deepEqual(
      {
        launched: orders.length,
        released: released.length,
        withMovements: released.filter(({ movements }) => movements > 0).length,
        withoutMaterials: count('REL-07'),
        short: count('REL-10'),
        onHold: count('REL-17'),
      },
      { launched: 71, released: 53, withMovements: 6, withoutMaterials: 1, short: 15, onHold: 2 },
    );
    await assertInvariants(database.pool);
    const rows = await plant.book.rows(
      'CONTOSO',
      released.map(({ key }) => key),
    );
    const restored = await plant.restore(rows);
    assert.ok(restored.every(({ result }) => result === 'restored'));
    assert.deepEqual(await plant.stock(), before);
  });
});

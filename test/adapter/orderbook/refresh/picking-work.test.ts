import assert from 'node:assert/strict';
import { instant } from '../../../../src/domain/calendar';
import type { ReservationPolicy } from '../../../../src/domain/policy';
import { useDatabase } from '../../../postgres';
import { countStock, freshBook } from '../fresh-book';
import { handleConsumption } from '../handled-warehouse';
import { assertInvariants } from '../invariants';
import { codesOf, key, postingDate } from '../planner';
import { addOrder, company, preparePlant, setStock } from '../small-plant';
import { addMethods, createRefresher, useAdapterPool } from './methods';

const order = '2026/1/0';
const inOne = { executive: 'restoreAndRelease', postingDate, confirmPicked: true } as const;

describe('a refresh of an order with picking work', () => {
  const database = useDatabase(preparePlant);
  const pool = useAdapterPool(database);

  beforeEach(async () => {
    await freshBook(database.pool, database.connectionString);
    await addMethods(database.pool);
    await handleConsumption(database.pool);
    await setStock(database.pool, { A: '1000', B: '20' });
    await countStock(database.pool, { item: 'B', warehouse: 'LINE1', quantity: '20' });
    await addOrder(database.pool, { number: 1, quantity: '40' });
  });
  afterEach(() => assertInvariants(database.pool));

  const released = async (reservation: ReservationPolicy) => {
    const planner = createRefresher(pool());
    const moment = { company, actor: 'anna', at: instant(new Date('2026-11-20T08:00:00Z')) };
    await planner.book.setPolicy(moment, { shortage: 'refuse', reservation, picking: 'work' }, 0);
    await planner.refresh({}, order);
    assert.equal((await planner.release(order))[0]?.result, 'released');
    return planner;
  };
  const shown = async () => {
    const planner = createRefresher(pool());
    const works = await planner.book.work(company, key(order));
    const [detail] = await planner.book.read(company, [key(order)]);
    return {
      work: works.map(
        ({ number, state, lines }) => `${number} ${state} ${lines.map((line) => line.quantity).join()}`,
      ),
      picked: detail?.materials.find(({ item }) => item === 'B')?.picked,
    };
  };

  it('cancels it and makes it anew with the release, by what its own restore gives back', async () => {
    const planner = await released('full');
    assert.deepEqual(await shown(), { work: ['1 open 20'], picked: '20' });
    const [outcome] = await planner.refresh(inOne, order);
    assert.equal(outcome?.result, 'refreshed', JSON.stringify(outcome));
    assert.deepEqual(await shown(), { work: ['1 cancelled 20', '2 open 20'], picked: '20' });
  });

  it('leaves both as they are where the new need cannot be reserved in full (REL-15)', async () => {
    const planner = await released('full');
    const more = { ...inOne, changes: { [key(order)]: { quantity: '50' } } };
    const [outcome] = await planner.refresh(more, order);
    assert.deepEqual(codesOf(outcome), ['REL-15']);
    assert.deepEqual(await shown(), { work: ['1 open 20'], picked: '20' });
  });

  it('leaves an order alone whose work somebody has begun', async () => {
    const planner = await released('partial');
    await planner.work(order, { step: 'start', work: 1 });
    const [outcome] = await planner.refresh(inOne, order);
    assert.equal(outcome?.result, 'refused');
    assert.deepEqual((await shown()).work, ['1 in_process 20']);
  });
});

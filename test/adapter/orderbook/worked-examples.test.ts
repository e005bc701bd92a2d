import assert from 'node:assert/strict';
import { quantity, zero } from '../../../src/domain/quantity';
import { codesOf, createPlanner } from './planner';
import { addOrder, company, countLines, setStock, stockOf } from './small-plant';
import { usePlanner } from './use-planner';

const ample = { A: '1000', D: '1000', E: '1000', B: '1000', C: '1000' };
const opening = { step: 'open', quantity: quantity('10'), scrap: zero, closing: false } as const;
const order = '2026/125/0';

describe('release and restore: the worked examples', () => {
  const { pool, planner } = usePlanner();

  beforeEach('a plant with ample stock and order 2026/125/0', async () => {
    await setStock(pool, ample);
    await addOrder(pool, { number: 125 });
  });

  it('T-30 release with ample stock withdraws the automatic materials, a record per warehouse and reason', async () => {
    const [outcome] = await planner.release(order);
    assert.equal(outcome?.result, 'released');
    assert.equal(outcome.movements, 3);
    assert.equal(await planner.stateOf(order), 'executive');
    assert.deepEqual(await planner.movementsOf(order), ['MAG1/SCP A 100', 'MAG1/SCP D 3', 'MAG2/SCP E 50']);
    const { rows } = await pool.query(
      'select warehouse, reason, record from movement_record order by warehouse',
    );
    assert.deepEqual(rows, [
      { warehouse: 'MAG1', reason: 'SCP', record: 1 },
      { warehouse: 'MAG2', reason: 'SCP', record: 1 },
    ]);
    assert.deepEqual(await stockOf(pool), { A: '900', B: '1000', C: '1000', D: '997', E: '950' });
  });

  it('T-31 restore takes both records back, the stock with them, and the order is in the list again', async () => {
    await planner.release(order);
    const [outcome] = await planner.restore(order);
    assert.equal(outcome?.result, 'restored');
    assert.equal(outcome.movements, 3);
    assert.deepEqual(await planner.movementsOf(order), []);
    assert.equal((await pool.query('select * from movement_record')).rowCount, 0);
    assert.deepEqual(await stockOf(pool), ample);
    const listed = await planner.book.search(company, { state: ['launched'] }, { limit: 10 });
    assert.deepEqual(
      listed.items.map(({ key }) => key),
      [order],
    );
    assert.deepEqual(codesOf((await planner.restore(order))[0]), ['RES-01']);
  });

  it('T-32 a declaration that is only opened refuses the restore with RES-02', async () => {
    await planner.release(order);
    await planner.declare(order, opening);
    assert.deepEqual(codesOf((await planner.restore(order))[0]), ['RES-02']);
    assert.equal((await planner.movementsOf(order)).length, 3);
    await planner.declare(order, { step: 'delete', number: 1 });
    assert.equal((await planner.restore(order))[0]?.result, 'restored');
  });

  it('T-33 a fulfilled order refuses the restore with RES-03', async () => {
    await planner.release(order);
    await planner.declare(order, { ...opening, closing: true });
    await planner.declare(order, { step: 'register', number: 1 });
    assert.equal(await planner.stateOf(order), 'fulfilled');
    assert.deepEqual(codesOf((await planner.restore(order))[0]), ['RES-03', 'RES-02']);
    await planner.declare(order, { step: 'rollBack', number: 1 });
    assert.equal(await planner.stateOf(order), 'executive');
  });

  it('T-34 one short material refuses the whole order with REL-10; nothing of it moves', async () => {
    await setStock(pool, { A: '80' });
    const [outcome] = await planner.release(order);
    assert.deepEqual(codesOf(outcome), ['REL-10']);
    const { item, warehouse, need, available, short } = outcome?.refusals[0]?.params ?? {};
    assert.deepEqual([item, warehouse, need, available, short], ['A', 'MAG1', '100', '80', '20']);
    assert.equal(await planner.stateOf(order), 'launched');
    assert.deepEqual(await planner.movementsOf(order), []);
    assert.deepEqual(await stockOf(pool), { ...ample, A: '80' });
  });

  it('T-36 stock goes to the order that starts first; the second is short of what is left', async () => {
    await setStock(pool, { A: '100' });
    await addOrder(pool, { number: 1, lines: { A: '60' }, start: '2026-11-25' });
    await addOrder(pool, { number: 2, lines: { A: '60' }, start: '2026-11-24' });
    const outcomes = await planner.release('2026/1/0', '2026/2/0');
    assert.deepEqual(
      outcomes.map(({ key, result }) => [key, result]),
      [
        ['2026/2/0', 'released'],
        ['2026/1/0', 'refused'],
      ],
    );
    assert.equal(outcomes[1]?.refusals[0]?.code, 'REL-10');
    assert.equal(outcomes[1]?.refusals[0]?.params['short'], '20');
  });

  it('T-36 holds over chunks as well, and the preview says the same', async () => {
    await setStock(pool, { A: '100' });
    const orders = [3, 4, 5].map((number) => `2026/${number}/0`);
    await addOrder(pool, { number: 3, lines: { A: '60' }, start: '2026-11-24' });
    await addOrder(pool, { number: 4, lines: { A: '60' }, start: '2026-11-25' });
    await addOrder(pool, { number: 5, lines: { A: '40' }, start: '2026-11-26' });
    const marked = orders.map((text) => ({ key: text as never, version: 1 }));
    const moment = { company, actor: 'planner', at: '2026-11-20T08:00:00.000Z' as never };
    const preview = await planner.book.preview(
      { kind: 'release', postingDate: '2026-11-20' as never },
      marked,
      moment,
    );
    const outcomes = await createPlanner(pool, 'second', 1).release(...orders);
    assert.deepEqual(
      outcomes.map(({ result }) => result),
      ['released', 'refused', 'released'],
    );
    assert.deepEqual(
      preview.outcomes.map(({ result }) => result),
      ['released', 'refused', 'released'],
    );
    assert.deepEqual(preview.outcomes[1]?.refusals, outcomes[1]?.refusals);
  });

  it('says before a release what it would give each work centre to do on each day, refused orders apart', async () => {
    await setStock(pool, { A: '60' });
    await addOrder(pool, { number: 3, lines: { A: '60' }, start: '2026-11-23' });
    await addOrder(pool, { number: 4, lines: { A: '60' }, start: '2026-11-24' });
    await addOrder(pool, { number: 5, state: 'executive' });
    await pool.query(
      `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
       select company_id, order_id, n, (array['100', '210'])[n], '', start_on + n - 1, start_on + 1, true, false
         from production_order, generate_series(1, 2) n where number in (3, 4, 5)`,
    );
    await countLines(pool);
    const marked = [3, 4, 5].map((number) => ({ key: `2026/${number}/0` as never, version: 1 }));
    const moment = { company, actor: 'planner', at: '2026-11-20T08:00:00.000Z' as never };
    const release = { kind: 'release', postingDate: '2026-11-20' as never } as const;
    const { load } = await planner.book.preview(release, marked, moment);
    assert.deepEqual(
      load.map(({ workCentre, name, day, going, refused }) => [workCentre, name, day, going, refused]),
      [
        ['100', 'Assembly', '2026-11-23', 1, 0],
        ['100', 'Assembly', '2026-11-24', 1, 1],
        ['100', 'Assembly', '2026-11-25', 0, 1],
        ['210', 'Painting', '2026-11-24', 1, 0],
        ['210', 'Painting', '2026-11-25', 0, 1],
      ],
    );
    assert.deepEqual((await planner.book.preview({ kind: 'restore' }, marked, moment)).load, []);
  });

  it('says of an operation without an end what it gives to do in its first 366 days', async () => {
    await addOrder(pool, { number: 3, lines: {}, start: '2026-11-23' });
    await pool.query(
      `update production_order set no_materials = true;
       insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
       select company_id, order_id, 10, '100', '', start_on, '9999-12-31', true, true from production_order`,
    );
    await countLines(pool);
    const { load } = await planner.book.preview(
      { kind: 'release', postingDate: '2026-11-20' as never },
      [{ key: '2026/3/0' as never, version: 1 }],
      { company, actor: 'planner', at: '2026-11-20T08:00:00.000Z' as never },
    );
    assert.deepEqual([load.length, load[0]?.day, load.at(-1)?.day], [366, '2026-11-23', '2027-11-23']);
  });

  it('T-38 an executive order that never had movements is restored, with the warning RES-08', async () => {
    await addOrder(pool, { number: 7, state: 'executive' });
    const [outcome] = await planner.restore('2026/7/0');
    assert.equal(outcome?.result, 'restored');
    assert.deepEqual(
      outcome.warnings.map(({ code }) => code),
      ['RES-08'],
    );
    assert.equal(await planner.stateOf('2026/7/0'), 'launched');
    assert.deepEqual(await stockOf(pool), ample);
  });

  it('release → restore → release again withdraws the same, under a new cause and a new record number', async () => {
    await planner.release(order);
    await planner.restore(order);
    await planner.release(order);
    assert.deepEqual(await planner.movementsOf(order), ['MAG1/SCP A 100', 'MAG1/SCP D 3', 'MAG2/SCP E 50']);
    assert.deepEqual(await stockOf(pool), { A: '900', B: '1000', C: '1000', D: '997', E: '950' });
    const { rows } = await pool.query('select record from movement_record order by warehouse');
    assert.deepEqual(rows, [{ record: 2 }, { record: 2 }]);
  });
});

import assert from 'node:assert/strict';
import { quantity, zero } from '../../../src/domain/quantity';
import { createPlanner } from './planner';
import { order, useRefusingPlant } from './refusing-plant';
import { addOrder, company } from './small-plant';

describe('what a restore refuses', () => {
  const the = useRefusingPlant();
  const open = { step: 'open', quantity: quantity('5'), scrap: zero, closing: false } as const;

  it('ORD-01 an order that does not exist', async () => {
    assert.deepEqual(await the.codes(() => the.planner.restore('2026/999/0')), ['ORD-01']);
  });

  it('RES-01 a launched order', async () => {
    const refusals = await the.refused(() => the.planner.restore(order));
    assert.deepEqual(refusals, [{ code: 'RES-01', params: { order, state: 'launched' } }]);
  });

  it('RES-02 an order with declarations, opened or registered, names them', async () => {
    await the.planner.release(order);
    await the.planner.declare(order, open);
    await the.planner.declare(order, open);
    await the.planner.declare(order, { step: 'register', number: 1 });
    const refusals = await the.refused(() => the.planner.restore(order));
    assert.deepEqual(refusals, [
      { code: 'RES-02', params: { order, declarations: '1, 2', context: 'several' } },
    ]);
  });

  it('RES-03 a fulfilled order', async () => {
    await addOrder(the.pool, { number: 7, state: 'fulfilled' });
    assert.deepEqual(await the.codes(() => the.planner.restore('2026/7/0')), ['RES-03']);
  });

  it('RES-05 an order with a stock record in a closed period names record and period', async () => {
    await the.planner.release(order);
    await the.pool.query(`insert into closed_period values ($1, 'MAG2', '2026-11-01', '2026-11-20')`, [
      company,
    ]);
    const refusals = await the.refused(() => the.planner.restore(order));
    const period = { date: '2026-11-20', from: '2026-11-01', to: '2026-11-20' };
    assert.deepEqual(refusals, [
      { code: 'RES-05', params: { order, warehouse: 'MAG2', record: '1', ...period } },
    ]);
  });

  it('RES-05 not of an order whose records lie outside every closed period', async () => {
    await the.planner.release(order);
    await the.pool.query(`insert into closed_period values ($1, '', '2026-11-01', '2026-11-19')`, [company]);
    assert.equal((await the.planner.restore(order))[0]?.result, 'restored');
  });

  it('RES-07 an order somebody changed meanwhile names the user and the time', async () => {
    await createPlanner(the.pool, 'bruno').release(order);
    const refusals = await the.refused(() => the.inVersion(1, 'restore'));
    const params = { order, user: 'bruno', at: await the.changedAt() };
    assert.deepEqual(refusals, [{ code: 'RES-07', params }]);
  });

  it('RES-08 is no refusal: an order without withdrawals goes back with a warning', async () => {
    await addOrder(the.pool, { number: 7, state: 'executive' });
    const [outcome] = await the.planner.restore('2026/7/0');
    assert.equal(outcome?.result, 'restored');
    assert.deepEqual(outcome.warnings, [{ code: 'RES-08', params: { order: '2026/7/0' } }]);
  });
});

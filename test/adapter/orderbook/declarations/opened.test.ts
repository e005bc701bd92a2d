import assert from 'node:assert/strict';
import { codesOf, createPlanner } from '../planner';
import { addOrder, setStock, stockOf } from '../small-plant';
import {
  ample,
  closing,
  open,
  order,
  register,
  released,
  remove,
  rollBack,
  useShopFloor,
} from './shop-floor';

describe('declarations of an order on the shop floor', () => {
  const the = useShopFloor();
  const { take, refusedCodes, detail } = the;

  it('never has the number of one that was deleted: a pane that still shows it means no other', async () => {
    const numbers = async () => (await detail()).declarations.map(({ number }) => number);
    await take(open('5'), open('7'), remove(2));
    await take(open('9'));
    assert.deepEqual(await numbers(), [1, 3]);
    assert.deepEqual(await refusedCodes(register(2)), ['DEC-08']);
    await take(remove(1), remove(3));
    await the.planner.restore(order);
    await the.planner.release(order);
    await take(open('4'));
    assert.deepEqual(await numbers(), [4]);
  });

  it('an opened declaration keeps the order from being restored until it is deleted', async () => {
    await take(closing('50'), register(), rollBack());
    assert.deepEqual((await the.planner.restore(order)).map(codesOf), [['RES-02']]);
    await take(remove());
    const [restored] = await the.planner.restore(order);
    assert.deepEqual([restored?.result, restored?.movements], ['restored', 3]);
    assert.deepEqual(await stockOf(the.pool), { ...ample, P: '0' });
  });

  it('posts once, when two operators register the same declaration at the same moment', async () => {
    await take(closing('50'));
    const others = [createPlanner(the.pool, 'berta'), createPlanner(the.pool, 'carlo'), the.planner];
    const outcomes = await Promise.all(others.map((each) => each.declare(order, register())));
    assert.deepEqual(outcomes.map(codesOf).sort(), [[], ['DEC-05'], ['DEC-05']]);
    assert.deepEqual(await stockOf(the.pool), { ...released, C: '975', P: '50' });
  });

  it('gives the last of a manual material to one of two orders that are registered at the same moment', async () => {
    await addOrder(the.pool, { number: 126, state: 'executive', lines: { C: '25' } });
    await setStock(the.pool, { C: '30' });
    const other = createPlanner(the.pool, 'berta');
    await take(closing('50'));
    await other.declare('2026/126/0', closing('50'));
    const outcomes = await Promise.all([
      the.planner.declare(order, register()),
      other.declare('2026/126/0', register()),
    ]);
    assert.deepEqual(outcomes.map(codesOf).sort(), [[], ['DEC-11']]);
    assert.equal((await stockOf(the.pool))['C'], '5');
  });
});

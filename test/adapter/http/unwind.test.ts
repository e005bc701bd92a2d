import assert from 'node:assert/strict';
import { OrderDetail } from '../../../src/contract/orders';
import { RunReply } from '../../../src/contract/runs';
import { Unwind, type UnwindStep } from '../../../src/contract/unwind';
import { WorkList } from '../../../src/contract/work';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { handleConsumption } from '../orderbook/handled-warehouse';
import { company, preparePlant, setStock } from '../orderbook/small-plant';
import { ample, newKey, problemIn, useAdapter } from './adapter';

async function prepare(connectionString: string): Promise<void> {
  await preparePlant(connectionString);
  const pool = createPool(connectionString);
  await handleConsumption(pool);
  await setStock(pool, ample);
  await pool.end();
}

describe('GET /api/orders/{key}/unwind', () => {
  const adapter = useAdapter(() => ({}), prepare);
  let made = 0;

  before(async () => {
    await adapter.send('PUT', '/api/policy', { payload: { version: 0, preset: 'dynamics' } });
  });

  const post = async (url: string, payload: object = {}) => {
    const reply = await adapter.send('POST', url, { payload, key: newKey() });
    assert.equal(reply.statusCode, 200, reply.body);
    return RunReply.parse(reply.json());
  };
  /** Releases a new order of 60 A, withdrawn at once, and 50 B, which the warehouse fetches. */
  const released = async () => {
    made += 1;
    const key = `2026/${made}/0`;
    await adapter.add({ number: made, lines: { A: '60', B: '50' } });
    await post('/api/runs', { command: 'release', orders: [{ key, version: 1 }] });
    const order = `/api/orders/${key}`;
    const [work] = WorkList.parse((await adapter.send('GET', `${order}/work`)).json()).items;
    return { key, order, work: `${order}/work/${work?.number ?? 0}` };
  };
  const unwindOf = async (order: string) =>
    Unwind.parse((await adapter.send('GET', `${order}/unwind`)).json());
  const named = ({ step, ...of }: UnwindStep) =>
    [step, 'declaration' in of ? of.declaration : 'line' in of ? of.line : ''].join(' ').trim();
  const stocks = async () => {
    const { rows } = await adapter.pool.query<{ place: string; on_hand: string }>(
      `select concat(item, ' ', warehouse) as place, trim_scale(on_hand)::text as on_hand from stock`,
    );
    return new Map(rows.map(({ place, on_hand }) => [place, on_hand]));
  };
  /** Takes a step by its own command. */
  const take = async (key: string, step: UnwindStep, version: number) => {
    const order = `/api/orders/${key}`;
    switch (step.step) {
      case 'rollBack':
        return post(`${order}/declarations/${step.declaration}/roll-back`);
      case 'delete': {
        const url = `${order}/declarations/${step.declaration}`;
        return RunReply.parse((await adapter.send('DELETE', url, { key: newKey() })).json());
      }
      case 'reverse':
        return post(`${order}/work/${step.work}/lines/${step.line}/reverse`);
      case 'cancel':
        return post(`${order}/work/${step.work}/cancel`);
      case 'restore':
        return post('/api/runs', { command: 'restore', orders: [{ key, version }] });
    }
  };

  it('leads a fulfilled order with picked materials back to launched, each step moving what was told', async () => {
    const before = await stocks();
    const { key, order, work } = await released();
    await post(`${work}/lines/1/confirm`);
    await post(`${order}/declarations`, { quantity: '20' });
    await post(`${order}/declarations/1/register`);
    await post(`${order}/declarations`, { quantity: '30', closing: true });
    await post(`${order}/declarations/2/register`);
    const whole = await unwindOf(order);
    assert.deepEqual(whole.steps.map(named), [
      ...['rollBack 2', 'delete 2', 'rollBack 1', 'delete 1'],
      ...['reverse 1', 'cancel', 'restore'],
    ]);
    assert.deepEqual(
      whole.steps.flatMap(({ refusals }) => refusals),
      [],
    );
    const reversed = whole.steps.find(({ step }) => step === 'reverse');
    assert.deepEqual(
      reversed?.changes.map(({ item, warehouseName, change, unit }) => [item, warehouseName, change, unit]),
      [
        ['B', 'Raw material', '50', 'PC'],
        ['B', 'Beside the line', '-50', 'PC'],
      ],
    );
    for (const [done, told] of whole.steps.entries()) {
      const { steps, version } = await unwindOf(order);
      const [first] = steps;
      assert.ok(first);
      assert.deepEqual(first, told, `step ${done + 1} is as it was told at first`);
      await take(key, first, version);
      const now = await stocks();
      for (const { item, warehouse, after } of first.changes)
        assert.equal(now.get(`${item} ${warehouse}`), after, `${named(first)}: ${item} ${warehouse}`);
    }
    const detail = OrderDetail.parse((await adapter.send('GET', order)).json());
    assert.equal(detail.state, 'launched');
    const after = await stocks();
    for (const [place, onHand] of before) assert.equal(after.get(place), onHand, place);
    assert.deepEqual(
      (await unwindOf(order)).steps.map(({ step, refusals }) => [step, refusals.map(({ code }) => code)]),
      [['restore', ['RES-01']]],
    );
  });

  it('shows what a restore gives back of an order that was released only, and writes nothing', async () => {
    const { order } = await released();
    const runs = async () => (await adapter.pool.query('select 1 from run')).rowCount;
    const before = await runs();
    const { steps } = await unwindOf(order);
    assert.deepEqual(
      steps.map(({ step, changes, warnings }) => [
        step,
        changes.map(({ item, change }) => `${item} ${change}`),
        warnings.map(({ code, params }) => `${code} ${params['context'] ?? ''}`),
      ]),
      [['restore', ['A 60'], ['RES-06 cancelled']]],
    );
    assert.equal(await runs(), before);
  });

  it('says at its step what is in the way: WRK-07 used up beside the line, WRK-08 a closed day', async () => {
    const { order, work } = await released();
    await post(`${work}/lines/1/confirm`);
    await adapter.pool.query(
      `update stock set on_hand = on_hand - 20, opening = opening - 20 where warehouse = 'LINE1' and item = 'B';
       insert into closed_period values ('${company}', 'LINE1', '2026-11-01', '2026-11-30')`,
    );
    const { steps } = await unwindOf(order);
    assert.deepEqual(
      steps.map(({ step, refusals }) => [step, refusals.map(({ code }) => code)]),
      [
        ['reverse', ['WRK-07', 'WRK-08']],
        ['cancel', []],
        ['restore', []],
      ],
    );
    const refused = await adapter.send('POST', `${work}/lines/1/reverse`, { payload: {}, key: newKey() });
    assert.deepEqual(
      problemIn(refused, 'refused', 409).refusals?.map(({ code }) => code),
      steps[0]?.refusals.map(({ code }) => code),
      'as the command says it',
    );
    await adapter.pool.query(
      `delete from closed_period;
       update stock set on_hand = on_hand + 20, opening = opening + 20 where warehouse = 'LINE1' and item = 'B'`,
    );
  });

  it('refuses a step that somebody took meanwhile', async () => {
    const { key, order, work } = await released();
    await post(`${work}/lines/1/confirm`);
    const { steps } = await unwindOf(order);
    const [first] = steps;
    assert.ok(first);
    await take(key, first, 0);
    const again = await adapter.send('POST', `${work}/lines/1/reverse`, { payload: {}, key: newKey() });
    assert.deepEqual(
      problemIn(again, 'refused', 409).refusals?.map(({ code }) => code),
      ['WRK-05'],
    );
  });

  it('knows no order that is not there', async () => {
    problemIn(await adapter.send('GET', '/api/orders/2026/999/0/unwind'), 'notFound', 404);
  });
});

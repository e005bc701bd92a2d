import assert from 'node:assert/strict';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { RunPage, RunReply } from '../../../src/contract/runs';
import { WorkList, WorkPage } from '../../../src/contract/work';
import { handleConsumption } from '../orderbook/handled-warehouse';
import { assertInvariants } from '../orderbook/invariants';
import { company, preparePlant, setStock } from '../orderbook/small-plant';
import { ample, newKey, problemIn, useAdapter } from './adapter';

async function prepare(connectionString: string): Promise<void> {
  await preparePlant(connectionString);
  const pool = createPool(connectionString);
  await handleConsumption(pool);
  await setStock(pool, ample);
  await pool.end();
}

describe('picking work over HTTP', () => {
  const adapter = useAdapter(() => ({}), prepare);
  let made = 0;

  before(async () => {
    const reply = await adapter.send('PUT', '/api/policy', { payload: { version: 0, preset: 'dynamics' } });
    assert.equal(reply.statusCode, 200, reply.body);
  });

  /** Releases a new order that needs 50 B and 5 D, both by list, and gives its address and the number of its work. */
  const released = async () => {
    made += 1;
    await adapter.pool.query(`update item set pickup_type = 'with_list' where item = 'D'`);
    await adapter.add({ number: made, lines: { B: '50', D: '5' } });
    const payload = { command: 'release', orders: [{ key: `2026/${made}/0`, version: 1 }] };
    const reply = await adapter.send('POST', '/api/runs', { payload, key: newKey() });
    assert.equal(RunReply.parse(reply.json()).run.succeeded, 1, reply.body);
    const order = `/api/orders/2026/${made}/0`;
    const [work] = await worksOf(order);
    return { order, work: `${order}/work/${work?.number ?? 0}`, number: String(work?.number) };
  };
  const worksOf = async (order: string) =>
    WorkList.parse((await adapter.send('GET', `${order}/work`)).json()).items;
  const post = (url: string, payload: object | undefined = undefined, key = newKey()) =>
    adapter.send('POST', url, { key, ...(payload && { payload }) });
  const taken = async (url: string, payload?: object) => {
    const reply = await post(url, payload);
    assert.equal(reply.statusCode, 200, reply.body);
    return RunReply.parse(reply.json());
  };
  const refused = async (url: string, payload?: object) =>
    problemIn(await post(url, payload), 'refused', 409).refusals?.map(({ code, params }) => [
      code,
      params['context'] ?? '',
    ]);

  it('is listed with its order, and with all that is in hand', async () => {
    const { order, number } = await released();
    const [work] = await worksOf(order);
    assert.deepEqual(
      [work?.number, work?.state, work?.madeBy, work?.runNumber !== null],
      [Number(number), 'open', 'anna', true],
    );
    assert.deepEqual(
      work?.lines.map((line) => [
        line.line,
        line.item,
        line.description,
        line.quantity,
        line.unit,
        line.pickFromName,
        line.putToName,
        line.state,
      ]),
      [
        [1, 'B', 'Material B', '50', 'PC', 'Raw material', 'Beside the line', 'open'],
        [2, 'D', 'Material D', '5', 'PC', 'Raw material', 'Beside the line', 'open'],
      ],
    );
    const second = await released();
    const run = RunPage.parse((await adapter.send('GET', '/api/runs?limit=1')).json()).items[0];
    const ofRun = WorkPage.parse((await adapter.send('GET', `/api/work?run=${run?.id}`)).json());
    assert.deepEqual(
      [ofRun.items.map((one) => one.order), ofRun.total],
      [[second.order.slice('/api/orders/'.length)], 1],
    );
    const first = WorkPage.parse((await adapter.send('GET', '/api/work?limit=1')).json());
    assert.deepEqual([first.items[0]?.number, first.total], [Number(number), 2]);
    const next = WorkPage.parse(
      (await adapter.send('GET', `/api/work?limit=1&cursor=${first.next ?? ''}`)).json(),
    );
    assert.deepEqual([next.items[0]?.number, next.next, next.total], [Number(second.number), null, null]);
    problemIn(await adapter.send('GET', '/api/work?cursor=x'), 'invalidRequest', 400);
  });

  it('is started, confirmed, reversed and closed, each a run that can be repeated', async () => {
    const { order, work } = await released();
    await taken(`${work}/start`);
    const [key, payload] = [newKey(), { quantity: '40' }];
    const first = RunReply.parse((await post(`${work}/lines/1/confirm`, payload, key)).json());
    const again = RunReply.parse((await post(`${work}/lines/1/confirm`, payload, key)).json());
    assert.deepEqual(
      [first.run.command, first.run.movements, again.replayed, again.run.id],
      ['work', 2, true, first.run.id],
    );
    problemIn(await post(`${work}/lines/1/confirm`, { quantity: '41' }, key), 'keyOfOtherRequest', 422);
    await taken(`${work}/lines/1/reverse`);
    await taken(`${work}/lines/1/confirm`, { postingDate: '2026-11-19' });
    await taken(`${work}/close`);
    const [closed] = await worksOf(order);
    assert.deepEqual(
      [closed?.state, closed?.lines.map(({ state, picked, pickedBy }) => [state, picked, pickedBy])],
      [
        'closed',
        [
          ['confirmed', '50', 'anna'],
          ['cancelled', null, null],
        ],
      ],
    );
    const log = await adapter.send('GET', `/api/runs/${first.run.id}/log?format=csv`, {
      headers: { 'accept-language': 'it' },
    });
    assert.match(log.body, /Lavoro di prelievo modificato/);
  });

  it('is confirmed line by line at one go, each line to be reversed by itself', async () => {
    const { order, work } = await released();
    const done = await taken(`${work}/confirm`, { postingDate: '2026-11-19' });
    assert.deepEqual([done.outcomes.items[0]?.result, done.run.movements], ['worked', 4]);
    const stateOf = async () => {
      const [now] = await worksOf(order);
      return [now?.state, now?.lines.map(({ state, picked }) => [state, picked])];
    };
    assert.deepEqual(await stateOf(), [
      'closed',
      [
        ['confirmed', '50'],
        ['confirmed', '5'],
      ],
    ]);
    assert.deepEqual(await refused(`${work}/confirm`), [['WRK-03', 'confirm']]);
    const reversed = await taken(`${work}/lines/2/reverse`);
    assert.equal(reversed.run.movements, 2);
    await assertInvariants(adapter.pool);
    assert.deepEqual(await stateOf(), [
      'in_process',
      [
        ['confirmed', '50'],
        ['open', null],
      ],
    ]);
    problemIn(await post(`${work}/confirm`, { quantity: '1' }), 'invalidRequest', 400);
  });

  it('is confirmed at one go in full or not at all, and says which lines keep it', async () => {
    const { order, work } = await released();
    await setStock(adapter.pool, { D: '4' });
    const { refusals } = problemIn(await post(`${work}/confirm`), 'refused', 409);
    assert.deepEqual(
      refusals?.map(({ code, params }) => [
        code,
        params['context'],
        params['lines'],
        params['item'],
        params['short'],
      ]),
      [['WRK-07', 'all', '2', 'D', '1']],
    );
    await setStock(adapter.pool, ample);
    await adapter.pool.query(
      `insert into closed_period values ('${company}', 'LINE1', '2026-11-01', '2026-11-10')`,
    );
    const closed = problemIn(await post(`${work}/confirm`, { postingDate: '2026-11-10' }), 'refused', 409);
    assert.deepEqual(
      closed.refusals?.map(({ code, params }) => [code, params['context'], params['lines']]),
      [['WRK-08', 'all', '1, 2']],
    );
    await adapter.pool.query('delete from closed_period');
    const [still] = await worksOf(order);
    assert.deepEqual([still?.state, still?.lines.map(({ state }) => state)], ['open', ['open', 'open']]);
    await taken(`${work}/confirm`);
  });

  it('of one line is confirmed once, whoever asks at the same moment', async () => {
    const { work } = await released();
    const other = await adapter.another();
    const headers = () => ({ host: 'localhost', 'idempotency-key': newKey() });
    const [url, method] = [`${work}/lines/1/confirm`, 'POST'] as const;
    const replies = await Promise.all([
      adapter.server.inject({ method, url, headers: headers() }),
      other.server.inject({ method, url, headers: headers() }),
      adapter.server.inject({ method, url, headers: headers() }),
    ]);
    assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [200, 409, 409]);
  });

  it('WRK-01 is not made for an order that is not executive', async () => {
    await adapter.add({ number: 900, lines: { B: '50' } });
    assert.deepEqual(await refused('/api/orders/2026/900/0/work'), [['WRK-01', '']]);
  });

  it('WRK-02 is not found under a number, or a line, that the order has not', async () => {
    const { order, work } = await released();
    assert.deepEqual(await refused(`${order}/work/99999/start`), [['WRK-02', '']]);
    assert.deepEqual(await refused(`${work}/lines/9/confirm`), [['WRK-02', 'line']]);
    problemIn(await post(`${order}/work/x/start`), 'notFound', 404);
    problemIn(await post('/api/orders/2026/999/0/work'), 'notFound', 404);
  });

  it('WRK-03 is left alone in a state that a step is not for', async () => {
    const { work } = await released();
    assert.deepEqual(await refused(`${work}/close`), [['WRK-03', 'close']]);
    await taken(`${work}/cancel`);
    assert.deepEqual(await refused(`${work}/start`), [['WRK-03', '']]);
    assert.deepEqual(await refused(`${work}/cancel`), [['WRK-03', 'cancel']]);
  });

  it('WRK-04 is closed when something was picked, and cancelled when nothing was', async () => {
    const { work } = await released();
    await taken(`${work}/start`);
    assert.deepEqual(await refused(`${work}/close`), [['WRK-04', 'close']]);
    await taken(`${work}/lines/1/confirm`);
    assert.deepEqual(await refused(`${work}/cancel`), [['WRK-04', '']]);
  });

  it('WRK-05 has each line confirmed once and reversed only then', async () => {
    const { work } = await released();
    assert.deepEqual(await refused(`${work}/lines/1/reverse`), [['WRK-05', 'reverse']]);
    await taken(`${work}/lines/1/confirm`);
    assert.deepEqual(await refused(`${work}/lines/1/confirm`), [['WRK-05', '']]);
    await taken(`${work}/close`);
    assert.deepEqual(await refused(`${work}/lines/2/confirm`), [['WRK-05', 'cancelled']]);
  });

  it('WRK-06 has no more picked than a line says', async () => {
    const { work } = await released();
    assert.deepEqual(await refused(`${work}/lines/1/confirm`, { quantity: '50.001' }), [['WRK-06', '']]);
    for (const quantity of ['0', '-1', 5, 'x'])
      problemIn(await post(`${work}/lines/1/confirm`, { quantity }), 'invalidRequest', 400);
  });

  it('WRK-07 has nothing picked that is not there, and nothing put back that was used', async () => {
    const { order, work } = await released();
    await setStock(adapter.pool, { B: '40' });
    const { refusals } = problemIn(await post(`${work}/lines/1/confirm`), 'refused', 409);
    assert.deepEqual(
      refusals?.map(({ code, params }) => [
        code,
        params['item'],
        params['need'],
        params['available'],
        params['short'],
      ]),
      [['WRK-07', 'B', '50', '40', '10']],
    );
    await setStock(adapter.pool, ample);
    await taken(`${work}/lines/1/confirm`);
    await adapter.pool.query(
      `update stock set on_hand = 20, opening = opening + 20 - on_hand where warehouse = 'LINE1' and item = 'B'`,
    );
    assert.deepEqual(await refused(`${work}/lines/1/reverse`), [['WRK-07', 'reverse']]);
    await adapter.pool.query(
      `update stock set on_hand = on_hand + 1000, opening = opening + 1000 where warehouse = 'LINE1' and item = 'B'`,
    );
    await taken(`${work}/lines/1/reverse`);
    // For the other tests nothing shall lie beside the line.
    await adapter.pool.query(
      `update stock set opening = opening - on_hand, on_hand = 0 where warehouse = 'LINE1' and item = 'B'`,
    );
    assert.equal((await worksOf(order))[0]?.state, 'in_process');
  });

  it('WRK-08 posts nothing on a closed day, and takes nothing back from one', async () => {
    const { work } = await released();
    await adapter.pool.query(
      `insert into closed_period values ('${company}', 'LINE1', '2026-11-01', '2026-11-10')`,
    );
    assert.deepEqual(await refused(`${work}/lines/1/confirm`, { postingDate: '2026-11-10' }), [
      ['WRK-08', ''],
    ]);
    await taken(`${work}/lines/1/confirm`);
    await adapter.pool.query(`update closed_period set to_on = '2026-11-30'`);
    assert.deepEqual(await refused(`${work}/lines/1/reverse`), [['WRK-08', 'reverse']]);
    await adapter.pool.query('delete from closed_period');
  });

  it('WRK-09 is not made when nothing remains, or nothing of it is there', async () => {
    const { order, work } = await released();
    assert.deepEqual(await refused(`${order}/work`), [['WRK-09', 'none']]);
    await taken(`${work}/cancel`);
    await setStock(adapter.pool, { B: '0', D: '0' });
    assert.deepEqual(await refused(`${order}/work`), [['WRK-09', '']]);
    await setStock(adapter.pool, ample);
    await taken(`${order}/work`, { quantity: '10' });
    const [, second] = await worksOf(order);
    assert.deepEqual(
      second?.lines.map(({ item, quantity }) => [item, quantity]),
      [
        ['B', '10'],
        ['D', '1'],
      ],
    );
  });

  it('WRK-09 is not made where the company asks its warehouses by requests; what there is can be ended', async () => {
    const { order, work } = await released();
    await adapter.pool.query(`update company set picking_policy = 'requests'`);
    assert.deepEqual(await refused(`${order}/work`), [['WRK-09', 'requests']]);
    await taken(`${work}/lines/1/confirm`);
    await taken(`${work}/close`);
    await adapter.pool.query(`update company set picking_policy = 'work'`);
    await taken(`${order}/work`);
  });

  it('T-46 is made for two pallets of 100 lb: material for 200 lb', async () => {
    await adapter.pool.query(
      `insert into item_unit (company_id, item, unit, factor) values ('${company}', 'P', 'PL', 100)`,
    );
    await adapter.add({ number: 950, quantity: '500', lines: { B: '500' } });
    await setStock(adapter.pool, { B: '500' });
    const payload = { command: 'release', orders: [{ key: '2026/950/0', version: 1 }] };
    await adapter.send('POST', '/api/runs', { payload, key: newKey() });
    const order = '/api/orders/2026/950/0';
    const [whole] = await worksOf(order);
    await taken(`${order}/work/${whole?.number ?? 0}/cancel`);
    await taken(`${order}/work`, { quantity: '2', unit: 'PL' });
    const [, part] = await worksOf(order);
    assert.deepEqual(
      part?.lines.map(({ item, quantity }) => [item, quantity]),
      [['B', '200']],
    );
    await setStock(adapter.pool, ample);
  });

  it('WRK-11 is not made for a part in a unit that the item does not know', async () => {
    const { order, work } = await released();
    await taken(`${work}/cancel`);
    const { refusals } = problemIn(
      await post(`${order}/work`, { quantity: '2', unit: 'XX' }),
      'refused',
      409,
    );
    assert.deepEqual(
      refusals?.map(({ code, params }) => [
        code,
        params['item'],
        params['unit'],
        params['units']?.split(', ')[0],
      ]),
      [['WRK-11', 'P', 'XX', 'PC']],
    );
    await taken(`${order}/work`, { quantity: '10', unit: 'PC' });
    problemIn(await post(`${order}/work`, { unit: 'PC' }), 'invalidRequest', 400);
  });

  it('needs the right to pick', async () => {
    const { work } = await released();
    const { server } = await adapter.another({ rights: ['release'] });
    const headers = { host: 'localhost', 'idempotency-key': newKey() };
    problemIn(await server.inject({ method: 'POST', url: `${work}/start`, headers }), 'rightMissing', 403);
  });
});

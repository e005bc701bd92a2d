import assert from 'node:assert/strict';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { RunReply } from '../../../src/contract/runs';
import { WorkList } from '../../../src/contract/work';
import { handleConsumption } from '../orderbook/handled-warehouse';
import { assertInvariants } from '../orderbook/invariants';
import { company, preparePlant } from '../orderbook/small-plant';
import { newKey, problemIn, useAdapter } from './adapter';

/** B is picked by hand from lots: L1 came first, OLD has expired; X9 is a lot of another item. */
async function prepare(connectionString: string): Promise<void> {
  await preparePlant(connectionString);
  const pool = createPool(connectionString);
  await handleConsumption(pool);
  await pool.query(
    `update item set lot_managed = true, lot_picking = 'manual' where item = 'B';
     insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, received_on, expires_on)
     values ('${company}', 'B', '', 'MAG1', 'L1', 500, 500, '2026-10-02', null),
            ('${company}', 'B', '', 'MAG1', 'L2', 90, 90, '2026-10-20', null),
            ('${company}', 'B', '', 'MAG1', 'L3', 90, 90, '2026-10-21', null),
            ('${company}', 'B', '', 'MAG1', 'OLD', 90, 90, '2026-11-01', '2026-11-10'),
            ('${company}', 'D', '', 'MAG1', '', 100, 100, null, null)
     on conflict do nothing`,
  );
  await pool.end();
}

describe('lots of picking work over HTTP', () => {
  const adapter = useAdapter(() => ({}), prepare);
  let made = 0;

  before(async () => {
    await adapter.pool.query(`update item set pickup_type = 'with_list' where item = 'D'`);
    const reply = await adapter.send('PUT', '/api/policy', { payload: { version: 0, preset: 'dynamics' } });
    assert.equal(reply.statusCode, 200, reply.body);
  });
  afterEach(() => assertInvariants(adapter.pool));

  /** Releases a new order for 50 B and gives the address of its only line's work, planned from L1. */
  const released = async (lines: Record<string, string> = { B: '50' }) => {
    made += 1;
    await adapter.add({ number: made, lines });
    const payload = { command: 'release', orders: [{ key: `2026/${made}/0`, version: 1 }] };
    const reply = await adapter.send('POST', '/api/runs', { payload, key: newKey() });
    assert.equal(RunReply.parse(reply.json()).run.succeeded, 1, reply.body);
    const order = `/api/orders/2026/${made}/0`;
    const [work] = await worksOf(order);
    return { order, work: `${order}/work/${work?.number ?? 0}` };
  };
  const worksOf = async (order: string) =>
    WorkList.parse((await adapter.send('GET', `${order}/work`)).json()).items;
  const linesOf = async (order: string) =>
    (await worksOf(order)).flatMap(({ lines }) =>
      lines.map(({ line, lot, quantity, state, picked }) => [line, lot, quantity, state, picked].join(' ')),
    );
  const post = (url: string, payload: object = {}) => adapter.send('POST', url, { key: newKey(), payload });
  const taken = async (url: string, payload?: object) => {
    const reply = await post(url, payload);
    assert.equal(reply.statusCode, 200, reply.body);
  };
  const refused = async (url: string, payload?: object) =>
    problemIn(await post(url, payload), 'refused', 409).refusals?.map(({ code, params }) =>
      [code, params['context'], params['lot'], params['available']].filter(Boolean).join(' '),
    );
  const stockOf = async (warehouse: string) => {
    const { rows } = await adapter.pool.query<{ stock: string }>(
      `select lot || ' ' || trim_scale(on_hand) as stock from stock
        where item = 'B' and warehouse = $1 and on_hand <> opening order by lot`,
      [warehouse],
    );
    return rows.map(({ stock }) => stock);
  };

  it('are named when a line is confirmed: each becomes a line, and is reversed by itself', async () => {
    const { order, work } = await released();
    assert.deepEqual(await linesOf(order), ['1 L1 50 open ']);
    const lots = [
      { lot: 'L2', quantity: '20' },
      { lot: 'L1', quantity: '10' },
      { lot: 'L2', quantity: '5' },
    ];
    await taken(`${work}/lines/1/confirm`, { lots });
    assert.deepEqual(await linesOf(order), ['1 L1 25 confirmed 10', '2 L2 25 confirmed 25']);
    assert.deepEqual(
      [await stockOf('MAG1'), await stockOf('LINE1')],
      [
        ['L1 490', 'L2 65'],
        ['L1 10', 'L2 25'],
      ],
    );
    assert.equal((await worksOf(order))[0]?.state, 'closed');
    await taken(`${work}/lines/2/reverse`);
    assert.deepEqual([await stockOf('MAG1'), await stockOf('LINE1')], [['L1 490'], ['L1 10']]);
    assert.deepEqual(await linesOf(order), ['1 L1 25 confirmed 10', '2 L2 25 open ']);
    await taken(`${work}/lines/2/confirm`, { lots: [{ lot: 'L3', quantity: '25' }] });
    assert.deepEqual(await linesOf(order), ['1 L1 25 confirmed 10', '2 L3 25 confirmed 25']);
    for (const line of [1, 2]) await taken(`${work}/lines/${line}/reverse`);
    assert.deepEqual([await stockOf('MAG1'), await stockOf('LINE1')], [[], []]);
    await taken(`${work}/cancel`);
  });

  it('say what confirming or reversing a line would change, and which lots there are', async () => {
    const { order, work } = await released({ B: '40' });
    const next = async () => {
      const [found] = await worksOf(order);
      return (found?.lines ?? []).map(({ changes, lots }) => ({
        changes: changes.map((c) => `${c.warehouse} ${c.lot} ${c.before} ${c.change} ${c.after}`),
        lots: lots.map((each) => [each.lot, each.onHand, each.free, each.atInput, each.expiresOn].join(' ')),
      }));
    };
    assert.deepEqual(await next(), [
      {
        changes: ['MAG1 L1 500 -40 460', 'LINE1 L1 0 40 40'],
        lots: ['L1 500 500 0 ', 'L2 90 90 0 ', 'L3 90 90 0 ', 'OLD 90 90 0 2026-11-10'],
      },
    ]);
    await taken(`${work}/lines/1/confirm`, { lots: [{ lot: 'L2', quantity: '30' }] });
    assert.deepEqual(await next(), [{ changes: ['LINE1 L2 30 -30 0', 'MAG1 L2 60 30 90'], lots: [] }]);
    await taken(`${work}/lines/1/reverse`);
    await taken(`${work}/cancel`);
    assert.deepEqual(await next(), [{ changes: [], lots: [] }]);
  });

  it('WRK-10 are lots of the item in its storage that have not expired and that nobody else was promised', async () => {
    const other = await released({ B: '570' });
    assert.deepEqual(await linesOf(other.order), ['1 L1 500 open ', '2 L2 70 open ']);
    const { order, work } = await released({ B: '40', D: '5' });
    const confirm = (lot: string, quantity: string, line = 1) =>
      refused(`${work}/lines/${line}/confirm`, { lots: [{ lot, quantity }] });
    assert.deepEqual(await confirm('X9', '1'), ['WRK-10 X9']);
    assert.deepEqual(await confirm('OLD', '1'), ['WRK-10 expired OLD']);
    assert.deepEqual(await confirm('L1', '1'), ['WRK-10 promised L1 0']);
    assert.deepEqual(await confirm('L1', '20'), ['WRK-10 promised L1 0']);
    const lines = await linesOf(order);
    const material = lines.findIndex((line) => line.includes('  5 ')) + 1;
    assert.deepEqual(await confirm('L3', '5', material), ['WRK-10 notByLot']);
    for (const each of [work, other.work]) await taken(`${each}/cancel`);
  });

  it('WRK-06, WRK-07 come to no more than the line says and the lot holds', async () => {
    const { work } = await released({ B: '150' });
    const confirm = (lots: Record<string, string>) =>
      refused(`${work}/lines/1/confirm`, {
        lots: Object.entries(lots).map(([lot, quantity]) => ({ lot, quantity })),
      });
    assert.deepEqual(await confirm({ L2: '80', L3: '80' }), ['WRK-06']);
    assert.deepEqual(await confirm({ L2: '91' }), ['WRK-07 L2 90']);
    assert.deepEqual([await stockOf('MAG1'), await stockOf('LINE1')], [[], []]);
    await taken(`${work}/cancel`);
  });

  it('are either lots or a quantity, each above zero', async () => {
    const { work } = await released();
    const wrong = [
      { quantity: '5', lots: [{ lot: 'L1', quantity: '5' }] },
      { lots: [] },
      { lots: [{ lot: 'L1', quantity: '0' }] },
      { lots: [{ lot: '', quantity: '1' }] },
    ];
    for (const payload of wrong)
      problemIn(await post(`${work}/lines/1/confirm`, payload), 'invalidRequest', 400);
    await taken(`${work}/cancel`);
  });
});

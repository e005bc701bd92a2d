import assert from 'node:assert/strict';
import { OrderDetail } from '../../../src/contract/orders';
import { Preview, RunReply } from '../../../src/contract/runs';
import type { Right } from '../../../src/domain/rights';
import { addMethods } from '../orderbook/refresh/methods';
import { company, preparePlant, setStock } from '../orderbook/small-plant';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { newKey, problemIn, useAdapter } from './adapter';

async function preparePlantWithMethods(connectionString: string): Promise<void> {
  await preparePlant(connectionString);
  const pool = createPool(connectionString);
  await addMethods(pool);
  await pool.end();
}

describe('orders that are entered and refreshed over HTTP', () => {
  const adapter = useAdapter(() => ({}), preparePlantWithMethods);
  const post = (url: string, payload: object, key?: string) =>
    adapter.send('POST', url, { payload, ...(key !== undefined && { key }) });
  const replyOf = (reply: Awaited<ReturnType<typeof post>>) => {
    assert.equal(reply.statusCode, 200, reply.body);
    return RunReply.parse(reply.json());
  };
  const detailOf = async (order: string) =>
    OrderDetail.parse((await adapter.send('GET', `/api/orders/${order}`)).json());

  it('are headers first, then have materials and operations', async () => {
    const orders = [
      { item: 'P', quantity: '60', due: '2026-11-27' },
      { item: 'P', quantity: '5', due: '2026-12-04', start: '2026-12-01', site: 'S1' },
    ];
    const { run, outcomes } = replyOf(await post('/api/orders', { orders }, newKey()));
    assert.deepEqual([run.command, run.succeeded], ['create', 2]);
    assert.deepEqual(
      outcomes.items.map(({ key, result, order }) => [key, result, order?.quantity, order?.due, order?.site]),
      [
        ['2026/1/0', 'created', '60', '2026-11-27', 'S1'],
        ['2026/2/0', 'created', '5', '2026-12-04', 'S1'],
      ],
    );
    assert.deepEqual((await detailOf('2026/1/0')).materials, []);

    const refresh = { command: 'refresh', orders: [{ key: '2026/1/0', version: 1 }] };
    const preview = Preview.parse((await post('/api/runs', { ...refresh, dryRun: true })).json());
    assert.equal(preview.refresh?.orders[0]?.operations[0]?.startsAt, '2026-11-25T13:45:00.000Z');
    assert.equal(replyOf(await post('/api/runs', refresh, newKey())).outcomes.items[0]?.result, 'refreshed');
    const { version, start, materials, operations } = await detailOf('2026/1/0');
    assert.deepEqual([version, start], [2, '2026-11-25']);
    assert.deepEqual(
      materials.map(({ item, quantity, usageAt }) => [item, quantity, usageAt]),
      [
        ['A', '120', '2026-11-25T13:45:00.000Z'],
        ['B', '60', '2026-11-25T13:45:00.000Z'],
      ],
    );
    assert.deepEqual(
      operations.map(({ operation, orderLine, endsAt }) => [operation, orderLine, endsAt]),
      [
        [10, 10000, '2026-11-26T11:45:00.000Z'],
        [20, 10000, '2026-11-26T15:00:00.000Z'],
      ],
    );
  });

  it('are read whole: lines, what each material follows from, times', async () => {
    const entered = { orders: [{ item: 'P', quantity: '60', due: '2026-11-27' }] };
    const key = replyOf(await post('/api/orders', entered, newKey())).outcomes.items[0]?.key ?? '';
    const header = (await detailOf(key)).lines;
    assert.deepEqual(
      header.map(({ orderLine, level, item, quantity, bom, startsAt, due }) => [
        ...[orderLine, level, item, quantity],
        ...[bom, startsAt, due],
      ]),
      [[10000, 0, 'P', '60', null, null, '2026-11-27']],
    );
    replyOf(await post('/api/runs', { command: 'refresh', orders: [{ key, version: 1 }] }, newKey()));
    await adapter.pool.query(
      `insert into reservation
       select company_id, document, line, 'A', '', 'MAG1', '', 7.50, order_id
         from production_order, (values ('R-1', 1), ('R-1', 2)) r(document, line)
        where company_id = $1 and year || '/' || number || '/' || lot = $2`,
      [company, key],
    );
    const { lines, materials, operations } = await detailOf(key);
    const [line] = lines;
    assert.deepEqual(
      [line?.description, line?.bom, line?.bomVersion, line?.routing, line?.startsAt, line?.endsAt],
      ['Finished product', 'P', '', 'P', '2026-11-25T13:45:00.000Z', '2026-11-26T15:00:00.000Z'],
    );
    const [a, b] = materials;
    assert.deepEqual(
      [a?.quantity, a?.quantityPer, a?.perUnit, a?.fixed, a?.scrap, a?.routingLink, a?.leadTimeOffsetDays],
      ['120', '2', 'PC', false, '0', '', 0],
    );
    assert.deepEqual([a?.reserved, b?.reserved, a?.picked, a?.supplied], ['15', '0', '0', '0']);
    const [first] = operations;
    assert.deepEqual(
      [first?.setup, first?.run, first?.wait, first?.move, first?.lotSize, first?.inputQuantity],
      [...['30', '5', '20', '10'].map((time) => ({ time, unit: 'minutes' })), '1', '60'],
    );
    await adapter.pool.query(`delete from reservation where document = 'R-1'`);
  });

  it('give no number twice: not when the request is repeated, not after an import', async () => {
    const [body, id] = [{ orders: [{ item: 'P', quantity: '1', due: '2026-12-04' }] }, newKey()];
    const first = replyOf(await post('/api/orders', body, id));
    const again = replyOf(await post('/api/orders', body, id));
    assert.equal(again.replayed, true);
    assert.deepEqual(again.outcomes.items[0]?.key, first.outcomes.items[0]?.key);
    await adapter.add({ number: 500 });
    assert.equal(replyOf(await post('/api/orders', body, newKey())).outcomes.items[0]?.key, '2026/501/0');
    const others = await Promise.all(
      Array.from({ length: 8 }, async () => replyOf(await post('/api/orders', body, newKey()))),
    );
    const keys = others.map(({ outcomes }) => outcomes.items[0]?.key);
    assert.equal(new Set(keys).size, 8);
  });

  it('may name item and variant in one, as a sheet shows them; an item that has blanks itself comes first', async () => {
    await adapter.pool.query(
      `insert into item (company_id, item, description, category, procurement, pickup_type, unit, stock_managed, lot_managed, blocked,
              decimals)
       values ($1, 'P 9 X', '', '', 'production', 'automatic', 'pcs', true, false, false, 0)`,
      [company],
    );
    const orders = ['P', 'P 9', 'P 9 X', 'P 9 X  L'].map((item) => ({
      item,
      quantity: '1',
      due: '2026-12-04',
    }));
    const { outcomes } = replyOf(await post('/api/orders', { orders }, newKey()));
    assert.deepEqual(
      outcomes.items.map(({ order }) => [order?.item, order?.variant]),
      [
        ['P', ''],
        ['P', '9'],
        ['P 9 X', ''],
        ['P 9 X', 'L'],
      ],
    );
  });

  it('are refused one by one, with the rules of the refresh', async () => {
    const orders = [
      { item: 'NOT-THERE 1', quantity: '1', due: '2026-12-04' },
      { item: 'P', quantity: '1', due: '2026-12-04', site: 'NOT-THERE' },
      { item: 'P', quantity: '0', due: '2026-12-04' },
      { item: 'P', quantity: '2', due: '2026-12-04' },
    ];
    const { outcomes } = replyOf(await post('/api/orders', { orders }, newKey()));
    assert.deepEqual(
      outcomes.items.map(({ result, refusals, order }) => [
        result,
        refusals.map(({ code }) => code),
        order !== null,
      ]),
      [
        ['refused', ['REF-07'], false],
        ['refused', ['REF-07'], false],
        ['refused', ['REF-10'], false],
        ['created', [], true],
      ],
    );
  });

  const fieldsOf = (reply: Awaited<ReturnType<typeof post>>) =>
    problemIn(reply, 'invalidRequest', 400).errors?.map(({ path }) => path);
  const marked = [{ key: '2026/1/0', version: 1 }];

  it('T-64 refuses lines without routings', async () => {
    const calculate = { lines: true, routings: false, componentNeed: true };
    const reply = await post('/api/runs', { command: 'refresh', orders: marked, calculate }, newKey());
    assert.deepEqual(fieldsOf(reply), ['calculate.lines']);
  });

  it('refuses what goes with a refresh only', async () => {
    const release = { command: 'release', orders: marked, direction: 'forward' };
    assert.deepEqual(fieldsOf(await post('/api/runs', release, newKey())), ['direction']);
    const changed = [{ key: '2026/1/0', version: 1, quantity: '3' }];
    assert.deepEqual(fieldsOf(await post('/api/runs', { command: 'release', orders: changed }, newKey())), [
      'orders',
    ]);
    const entered = { orders: [{ item: '', quantity: 'many', due: '2026-02-30' }] };
    assert.deepEqual(fieldsOf(await post('/api/orders', entered, newKey())), [
      'orders.0.item',
      'orders.0.quantity',
      'orders.0.due',
    ]);
  });

  it('may be sent as the sheet shows them: without lines only what differs is refused (REF-17)', async () => {
    const orders = [
      { item: 'P', quantity: '60', due: '2026-11-27' },
      { item: 'P', quantity: '5', due: '2026-12-04' },
    ];
    const entered = replyOf(await post('/api/orders', { orders }, newKey()));
    const keys = entered.outcomes.items.map(({ key }) => key);
    const shown = keys.map((key, place) => ({ key, version: 1, ...orders[place] }));
    const asShown = shown.map(({ key, version, quantity, due }) => ({ key, version, quantity, due }));
    replyOf(await post('/api/runs', { command: 'refresh', orders: asShown }, newKey()));
    const calculate = { lines: false, routings: true, componentNeed: false };
    const [first, second] = asShown.map((each) => ({ ...each, version: 2 }));
    const again = {
      ...{ command: 'refresh', calculate },
      orders: [
        { ...first, quantity: '60.000' },
        { ...second, due: '2026-12-07' },
      ],
    };
    const { outcomes } = replyOf(await post('/api/runs', again, newKey()));
    assert.deepEqual(
      outcomes.items.map(({ result, refusals }) => [
        result,
        refusals.map(({ code, params }) => [code, params['to']]),
      ]),
      [
        ['refreshed', []],
        ['refused', [['REF-17', '2026-12-07']]],
      ],
    );
  });

  it('are moved and changed by hand, until a refresh takes that back', async () => {
    const entered = await post(
      '/api/orders',
      { orders: [{ item: 'P', quantity: '60', due: '2026-11-27' }] },
      newKey(),
    );
    const key = replyOf(entered).outcomes.items[0]?.key ?? '';
    const refresh = (version: number) => ({ command: 'refresh', orders: [{ key, version }] });
    await post('/api/runs', refresh(1), newKey());

    const move = { version: 2, startsAt: '2026-11-27T07:00:00.000Z' };
    const moved = replyOf(await post(`/api/orders/${key}/operations/10000/20`, move, newKey()));
    assert.equal(moved.outcomes.items[0]?.result, 'changed');
    const { operations, end, due, version } = await detailOf(key);
    assert.deepEqual([version, end, due], [3, '2026-11-27', '2026-11-28']);
    assert.deepEqual(
      operations.map(({ startsAt, endsAt, byHand }) => [startsAt, endsAt, byHand]),
      [
        ['2026-11-25T13:45:00.000Z', '2026-11-26T11:45:00.000Z', false],
        ['2026-11-27T07:00:00.000Z', '2026-11-27T10:15:00.000Z', true],
      ],
    );
    const [{ line = 0 } = {}] = (await detailOf(key)).materials;
    replyOf(await post(`/api/orders/${key}/materials/${line}`, { version: 3, quantityPer: '3' }, newKey()));
    const longer = { version: 4, run: { time: '10', unit: 'minutes' } };
    replyOf(await post(`/api/orders/${key}/operations/10000/10`, longer, newKey()));
    const changed = await detailOf(key);
    assert.deepEqual([changed.materials[0]?.quantity, changed.materials[0]?.byHand], ['180', true]);
    assert.equal(changed.operations[0]?.endsAt, '2026-11-27T08:45:00.000Z');

    const early = { version: 5, startsAt: '2026-11-20T07:00:00.000Z' };
    const refused = problemIn(
      await post(`/api/orders/${key}/operations/10000/20`, early, newKey()),
      'refused',
      409,
    );
    assert.deepEqual(
      refused.refusals?.map(({ code }) => code),
      ['REF-14'],
    );
    const past = { version: 5, startsAt: '2026-11-19T07:00:00.000Z' };
    const warned = replyOf(await post(`/api/orders/${key}/operations/10000/10`, past, newKey()));
    assert.deepEqual(
      warned.outcomes.items.map(({ result, warnings }) => [
        result,
        warnings.map(({ code, params }) => [code, params['context'], params['date']]),
      ]),
      [['changed', [['REF-19', 'moved', '2026-11-20']]]],
    );
    problemIn(await post(`/api/orders/${key}/operations/10000/99`, early, newKey()), 'notFound', 404);
    problemIn(
      await post(`/api/orders/${key}/materials/${line}`, { version: 5, operation: 99 }, newKey()),
      'notFound',
      404,
    );
    problemIn(
      await post(`/api/orders/${key}/materials/${line}`, { version: 5 }, newKey()),
      'invalidRequest',
      400,
    );

    const preview = Preview.parse((await post('/api/runs', { ...refresh(6), dryRun: true })).json());
    const lost = preview.refresh?.orders[0]?.changes.filter(({ editLost }) => editLost) ?? [];
    assert.deepEqual(
      lost.map(({ part, number }) => [part, number]),
      [
        ['material', line],
        ['operation', 10],
        ['operation', 20],
      ],
    );
    replyOf(await post('/api/runs', refresh(6), newKey()));
    assert.equal((await detailOf(key)).materials[0]?.quantity, '120');
  });

  it('are refused as bad requests where a time has no zone or a text cannot be stored', async () => {
    const order = { item: 'P', quantity: '60', due: '2026-11-27' };
    const half = '\ud800';
    for (const odd of [{ item: half }, { variant: half }, { variant: 'RED\n' }, { site: half }])
      problemIn(
        await post('/api/orders', { orders: [{ ...order, ...odd }] }, newKey()),
        'invalidRequest',
        400,
      );
    const key =
      replyOf(await post('/api/orders', { orders: [order] }, newKey())).outcomes.items[0]?.key ?? '';
    await post('/api/runs', { command: 'refresh', orders: [{ key, version: 1 }] }, newKey());
    const change = (part: string, edit: object) =>
      post(`/api/orders/${key}/${part}`, { version: 2, ...edit }, newKey());
    for (const startsAt of ['2026-11-27T07:00', '2026-11-27', '27', 'Nov 27, 2026'])
      problemIn(await change('operations/10000/20', { startsAt }), 'invalidRequest', 400);
    problemIn(await change('operations/10000/20', { description: half }), 'invalidRequest', 400);
    problemIn(await change('materials/10000', { lot: half }), 'invalidRequest', 400);
    const zoned = replyOf(await change('operations/10000/20', { startsAt: '2026-11-27T08:00:00+01:00' }));
    assert.equal(zoned.outcomes.items[0]?.result, 'changed');
    assert.equal((await detailOf(key)).operations[1]?.startsAt, '2026-11-27T07:00:00.000Z');
  });

  it('are restored and released with it where that is asked for, by the rights to all three', async () => {
    await setStock(adapter.pool, { A: '200', B: '200' });
    const entered = { orders: [{ item: 'P', quantity: '60', due: '2026-11-27' }] };
    const key = replyOf(await post('/api/orders', entered, newKey())).outcomes.items[0]?.key ?? '';
    const orders = (version: number) => [{ key, version }];
    replyOf(await post('/api/runs', { command: 'refresh', orders: orders(1) }, newKey()));
    replyOf(await post('/api/runs', { command: 'release', orders: orders(2) }, newKey()));
    const plain = { command: 'refresh', orders: orders(3) };
    const [refused] = replyOf(await post('/api/runs', plain, newKey())).outcomes.items;
    assert.deepEqual(refused?.refusals[0]?.next, 'restoreAndRelease');

    const wanted = [{ key, version: 3, quantity: '70' }];
    const inOne = {
      command: 'refresh',
      orders: wanted,
      executive: 'restoreAndRelease',
      postingDate: '2026-11-21',
    };
    const preview = Preview.parse((await post('/api/runs', { ...inOne, dryRun: true })).json());
    assert.deepEqual(preview.refresh?.orders[0]?.released, { takenBack: 1, posted: 1 });
    const id = newKey();
    const done = replyOf(await post('/api/runs', inOne, id));
    assert.deepEqual(
      [done.run.postingDate, done.outcomes.items[0]?.result, done.outcomes.items[0]?.order?.state],
      ['2026-11-21', 'refreshed', 'executive'],
    );
    assert.equal(replyOf(await post('/api/runs', inOne, id)).replayed, true);
    const outcomes = await adapter.send('GET', `/api/runs/${done.run.id}/outcomes?include=movements`);
    const { items } = outcomes.json<{
      items: { movementList: { item: string; quantity: string; status: string }[] }[];
    }>();
    assert.deepEqual(
      items[0]?.movementList.map(({ item, quantity, status }) => [item, quantity, status]).sort(),
      [
        ['A', '120', 'restored'],
        ['A', '140', 'posted'],
      ],
    );
    assert.deepEqual(fieldsOf(await post('/api/runs', { ...inOne, executive: 'refuse' }, newKey())), [
      'postingDate',
    ]);
    const { server } = await adapter.another({ rights: ['refresh', 'release'] });
    const headers = { host: 'localhost', 'idempotency-key': newKey() };
    problemIn(
      await server.inject({ method: 'POST', url: '/api/runs', payload: inOne, headers }),
      'rightMissing',
      403,
    );
  });

  it('need the right to refresh', async () => {
    const rights: Right[] = ['release', 'restore'];
    const { server } = await adapter.another({ rights });
    for (const [url, payload] of [
      ['/api/runs', { command: 'refresh', orders: marked, dryRun: true }],
      ['/api/orders', { orders: [{ item: 'P', quantity: '1', due: '2026-12-04' }] }],
    ] as const) {
      const headers = { host: 'localhost', 'idempotency-key': newKey() };
      problemIn(await server.inject({ method: 'POST', url, payload, headers }), 'rightMissing', 403);
    }
  });
});

import assert from 'node:assert/strict';
import { ReservationList } from '../../../src/contract/reservations';
import { RunReply, RunSummary } from '../../../src/contract/runs';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { bookState } from '../orderbook/fresh-book';
import { addMethods } from '../orderbook/refresh/methods';
import { company, preparePlant, setStock } from '../orderbook/small-plant';
import { newKey, problemIn, useAdapter } from './adapter';

async function prepare(connectionString: string): Promise<void> {
  await preparePlant(connectionString);
  const pool = createPool(connectionString);
  await addMethods(pool);
  await pool.end();
}

describe('reservations over HTTP', () => {
  const adapter = useAdapter(() => ({}), prepare);
  const order = '2026/1/0';
  const post = (url: string, payload: object, key = newKey()) => adapter.send('POST', url, { payload, key });
  const step = (what: 'cancel' | 'reserve', reservations: object[], key = newKey()) =>
    post(`/api/orders/${order}/reservations/${what}`, { reservations }, key);
  const outcomeOf = (reply: Awaited<ReturnType<typeof post>>) => {
    assert.equal(reply.statusCode, 200, reply.body);
    const [outcome] = RunReply.parse(reply.json()).outcomes.items;
    return { result: outcome?.result, why: outcome?.refusals };
  };
  const refresh = () => post('/api/runs', { command: 'refresh', orders: [{ key: order, version: 1 }] });
  const listed = async () => {
    const reply = await adapter.send('GET', `/api/orders/${order}/reservations`);
    const { items } = ReservationList.parse(reply.json());
    return items.map(
      ({ of, document, line, item, quantity, cancelledBy }) =>
        `${of} ${document}/${line} ${item} ${quantity} ${cancelledBy ?? 'stands'}`,
    );
  };
  const a = { of: 'component', document: 'R-1', line: 1 };
  const p = { of: 'output', document: 'SO-1', line: 3 };

  before(async () => {
    await adapter.add({ number: 1, quantity: '60', lines: { A: '5' } });
    await setStock(adapter.pool, { A: '8' });
    const id = `(select order_id from production_order where company_id = '${company}' and number = 1)`;
    await adapter.pool.query(`
      insert into reservation values ('${company}', 'R-1', 1, 'A', '', 'MAG1', '', 5, ${id}),
                                     ('${company}', 'SO-9', 1, 'A', '', 'MAG1', '', 1, null);
      insert into output_reservation values ('${company}', 'SO-1', 3, ${id}, 10)`);
  });

  it('keep an order from being refreshed (REF-06), naming line, item, quantity and document', async () => {
    const { result, why } = outcomeOf(await refresh());
    assert.deepEqual(
      [
        result,
        why?.map(({ code, params }) => [
          code,
          params['line'],
          params['item'],
          params['quantity'],
          params['document'],
        ]),
      ],
      [
        'refused',
        [
          ['REF-06', '10', 'A', '5', 'R-1'],
          ['REF-06', '10000', 'P', '10', 'SO-1'],
        ],
      ],
    );
    assert.deepEqual(await listed(), ['output SO-1/3 P 10 stands', 'component R-1/1 A 5 stands']);
  });

  it('are cancelled as a run, once, and stay in the list', async () => {
    const [key, first] = [newKey(), [a, p]];
    assert.equal(outcomeOf(await step('cancel', first, key)).result, 'unreserved');
    const replayed = RunReply.parse((await step('cancel', first, key)).json());
    assert.deepEqual([replayed.replayed, replayed.run.command], [true, 'reserve']);
    assert.deepEqual(await listed(), ['output SO-1/3 P 10 anna', 'component R-1/1 A 5 anna']);
    const { refusals } = problemIn(await step('cancel', [a]), 'refused', 409);
    assert.deepEqual(
      refusals?.map(({ code }) => code),
      ['RSV-01'],
    );
    const log = await adapter.send('GET', `/api/runs/${replayed.run.id}/log?format=csv`, {
      headers: { 'accept-language': 'it' },
    });
    assert.match(log.body, /Impegno annullato/);
  });

  it('let the order be refreshed as it was loaded, once they are cancelled', async () => {
    assert.equal(outcomeOf(await refresh()).result, 'refreshed');
  });

  it('are reserved again up to what is free, all or none', async () => {
    const state = await bookState(adapter.pool);
    const tooMuch = [
      { ...a, quantity: '8' },
      { ...p, quantity: '61' },
    ];
    const { refusals } = problemIn(await step('reserve', tooMuch), 'refused', 409);
    assert.deepEqual(
      refusals?.map(({ code, params }) => [code, params['context'], params['available'], params['short']]),
      [
        ['RSV-03', undefined, '7', '1'],
        ['RSV-03', 'output', '60', '1'],
      ],
    );
    assert.deepEqual(await bookState(adapter.pool), state);
    assert.equal(outcomeOf(await step('reserve', [{ ...a, quantity: '7' }, p])).result, 'reserved');
    assert.deepEqual(await listed(), ['output SO-1/3 P 10 stands', 'component R-1/1 A 7 stands']);
    const [run] = (await adapter.send('GET', '/api/runs?command=reserve&limit=1')).json<{
      items: unknown[];
    }>().items;
    assert.deepEqual(RunSummary.parse(run).succeeded, 1);
  });

  it('refuse what names nothing, and who may not refresh', async () => {
    problemIn(await step('cancel', []), 'invalidRequest', 400);
    problemIn(await step('reserve', [{ ...a, quantity: '0' }]), 'invalidRequest', 400);
    problemIn(await adapter.send('GET', '/api/orders/2026/99/0/reservations'), 'notFound', 404);
    const { server } = await adapter.another({ rights: ['release'] });
    const headers = { host: 'localhost', 'idempotency-key': newKey() };
    const url = `/api/orders/${order}/reservations/cancel`;
    const payload = { reservations: [a] };
    problemIn(await server.inject({ method: 'POST', url, payload, headers }), 'rightMissing', 403);
  });
});

import assert from 'node:assert/strict';
import { RunReply } from '../../../src/contract/runs';
import { OrderDetail } from '../../../src/contract/orders';
import { RunPage } from '../../../src/contract/runs';
import { MovementPage } from '../../../src/contract/movements';
import { countLines } from '../orderbook/small-plant';
import { newKey, problemIn, today, useAdapter } from './adapter';

describe('declarations of an order', () => {
  const adapter = useAdapter();
  let number = 200;
  let address: string;
  const declarations = () => `${address}/declarations`;
  const open = (payload: object, key = newKey()) => adapter.send('POST', declarations(), { payload, key });
  const take = (method: 'POST' | 'DELETE', path: string) =>
    adapter.send(method, `${declarations()}/${path}`, { key: newKey() });
  const order = async (): Promise<OrderDetail> =>
    OrderDetail.parse((await adapter.send('GET', address)).json());
  const codesOf = (reply: Awaited<ReturnType<typeof open>>) =>
    problemIn(reply, 'refused', 409).refusals?.map(({ code }) => code);

  beforeEach('an order on the shop floor', async () => {
    number += 1;
    address = `/api/orders/2026/${number}/0`;
    await adapter.add({ number, state: 'executive' });
  });

  it('goes from opened over registered to fulfilled, and all the way back', async () => {
    const reply = await open({ quantity: '50', closing: true });
    assert.equal(reply.statusCode, 200, reply.body);
    const { run, outcomes } = RunReply.parse(reply.json());
    assert.deepEqual([run.command, run.state, outcomes.items[0]?.result], ['declare', 'done', 'declared']);
    assert.deepEqual(
      (await order()).declarations.map(({ number, quantity, scrap, closing, openedBy, registeredAt }) => [
        number,
        quantity,
        scrap,
        closing,
        openedBy,
        registeredAt,
      ]),
      [[1, '50', '0', true, 'anna', null]],
    );

    const registered = RunReply.parse((await take('POST', '1/register')).json());
    assert.deepEqual([registered.run.movements, registered.outcomes.items[0]?.movements], [2, 2]);
    assert.deepEqual([(await order()).state, (await order()).declarations[0]?.movements], ['fulfilled', 2]);
    const rolledBack = RunReply.parse((await take('POST', '1/roll-back')).json());
    assert.equal(rolledBack.outcomes.items[0]?.movements, 2);
    assert.deepEqual([(await order()).state, (await order()).declarations[0]?.movements], ['executive', 0]);
    assert.equal((await take('DELETE', '1')).statusCode, 200);
    assert.deepEqual((await adapter.send('GET', declarations())).json(), { items: [] });
  });

  it('answers a refused step with the reason, and keeps the run', async () => {
    await open({ quantity: '50', closing: true });
    assert.deepEqual(codesOf(await open({ quantity: '1' })), ['DEC-04']);
    const [last] = RunPage.parse((await adapter.send('GET', '/api/runs?limit=1')).json()).items;
    assert.deepEqual([last?.command, last?.state, last?.refused], ['declare', 'done', 1]);
  });

  it('answers a failed step with its outcome, so that the next attempt has a key of its own', async () => {
    await open({ quantity: '1' });
    // The order's next version does not fit into the database: an error no rule foresees.
    const setVersion = (version: number) =>
      adapter.pool.query('update production_order set version = $1 where number = $2', [version, number]);
    const { version } = await order();
    await setVersion(2_147_483_647);
    const reply = await take('POST', '1/register');
    await setVersion(version);
    assert.equal(reply.statusCode, 200, reply.body);
    assert.equal(RunReply.parse(reply.json()).outcomes.items[0]?.result, 'failed');
    assert.equal((await order()).declarations[0]?.registeredAt, null);
    assert.equal((await take('POST', '1/register')).statusCode, 200);
  });

  it('refuses the same step again under the same key', async () => {
    const key = newKey();
    assert.deepEqual(codesOf(await open({ quantity: '0' }, key)), ['DEC-02']);
    assert.deepEqual(codesOf(await open({ quantity: '0' }, key)), ['DEC-02']);
  });

  it('opens once, however often the same request comes', async () => {
    const key = newKey();
    await open({ quantity: '5' }, key);
    const again = RunReply.parse((await open({ quantity: '5' }, key)).json());
    assert.equal(again.replayed, true);
    assert.equal((await order()).declarations.length, 1);
    problemIn(await open({ quantity: '6' }, key), 'keyOfOtherRequest', 422);
  });

  it('posts on the day given, and the same request again finds what it did', async () => {
    await open({ quantity: '50', closing: true });
    const key = newKey();
    const register = (payload?: object) =>
      adapter.send('POST', `${declarations()}/1/register`, { key, ...(payload && { payload }) });
    const postingDate = '2026-11-03';
    assert.equal((await register({ postingDate })).statusCode, 200);
    assert.equal(RunReply.parse((await register({ postingDate })).json()).replayed, true);
    problemIn(await register({ postingDate: '2026-11-04' }), 'keyOfOtherRequest', 422);
    problemIn(await register(), 'keyOfOtherRequest', 422);
    const { items } = MovementPage.parse(
      (await adapter.send('GET', `/api/movements?order=2026/${number}/0`)).json(),
    );
    assert.deepEqual(
      items.map(({ line, item, direction, postedOn }) => [line, item, direction, postedOn]),
      [
        [0, 'P', 'load', postingDate],
        [50, 'C', 'unload', postingDate],
      ],
    );
  });

  it('posts on the plant’s day when no day is given, and under another lot is another request', async () => {
    await open({ quantity: '50', closing: true });
    const key = newKey();
    await adapter.send('POST', `${declarations()}/1/register`, { key });
    const { items } = MovementPage.parse(
      (await adapter.send('GET', `/api/movements?order=2026/${number}/0`)).json(),
    );
    assert.deepEqual([...new Set(items.map(({ postedOn }) => postedOn))], [today]);
    const other = await adapter.send('POST', `${declarations()}/1/register`, { key, payload: { lot: 'L1' } });
    problemIn(other, 'keyOfOtherRequest', 422);
  });

  it('declares on the operation named, and on the last productive and movable one otherwise', async () => {
    await adapter.pool.query(
      `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
       select company_id, order_id, 10 * n, '100', 'Work', start_on, end_on, true, n = 2
         from production_order, generate_series(1, 2) n where number = $1`,
      [number],
    );
    await countLines(adapter.pool);
    await open({ operation: 10, quantity: '50', closing: true });
    await open({ quantity: '40', scrap: '2' });
    await take('POST', '1/register');
    await take('POST', '2/register');
    const { operations, declarations: declared } = await order();
    assert.deepEqual(
      declared.map(({ operation }) => operation),
      [10, 20],
    );
    assert.deepEqual(
      operations.map(({ operation, produced, scrap, closed }) => [operation, produced, scrap, closed]),
      [
        [10, '50', '0', true],
        [20, '40', '2', false],
      ],
    );
    assert.deepEqual(codesOf(await open({ operation: 30, quantity: '1' })), ['DEC-14']);
  });

  it('refuses what is no operation, no day and no lot', async () => {
    const { errors } = problemIn(await open({ operation: '10', quantity: '1' }), 'invalidRequest', 400);
    assert.deepEqual(
      errors?.map(({ path }) => path),
      ['operation'],
    );
    await open({ quantity: '1' });
    const payload = { postingDate: '2026-02-30', lot: ' ' };
    const reply = await adapter.send('POST', `${declarations()}/1/register`, { key: newKey(), payload });
    assert.deepEqual(
      problemIn(reply, 'invalidRequest', 400).errors?.map(({ path }) => path),
      ['postingDate', 'lot'],
    );
  });

  it('refuses numbers in place of decimal text', async () => {
    const { errors } = problemIn(await open({ quantity: 50, scrap: '1e3' }), 'invalidRequest', 400);
    assert.deepEqual(
      errors?.map(({ path }) => path),
      ['quantity', 'scrap'],
    );
  });

  it('refuses more pieces than could ever be added up', async () => {
    const { errors } = problemIn(await open({ quantity: '1000000000000.5' }), 'invalidRequest', 400);
    assert.deepEqual(
      errors?.map(({ path }) => path),
      ['quantity'],
    );
    assert.equal((await open({ quantity: '999999999999.999999999' })).statusCode, 200);
  });

  it('needs a key', async () => {
    problemIn(await open({ quantity: '1' }, ''), 'missingIdempotencyKey', 400);
  });

  it('says which declaration is not there', async () => {
    assert.deepEqual(codesOf(await take('POST', '7/register')), ['DEC-08']);
    problemIn(await take('POST', 'seven/register'), 'notFound', 404);
  });

  it('has nothing at an order that is not there', async () => {
    address = '/api/orders/2026/9999/0';
    problemIn(await adapter.send('GET', declarations()), 'notFound', 404);
    problemIn(await open({ quantity: '1' }), 'notFound', 404);
  });
});

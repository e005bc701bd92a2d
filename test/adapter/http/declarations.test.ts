import assert from 'node:assert/strict';
import { RunReply } from '../../../src/contract/runs';
import { OrderDetail } from '../../../src/contract/orders';
import { RunPage } from '../../../src/contract/runs';
import { newKey, problemIn, useAdapter } from './adapter';

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

    assert.equal((await take('POST', '1/register')).statusCode, 200);
    assert.equal((await order()).state, 'fulfilled');
    assert.equal((await take('POST', '1/roll-back')).statusCode, 200);
    assert.equal((await order()).state, 'executive');
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

  it('refuses numbers in place of decimal text', async () => {
    const { errors } = problemIn(await open({ quantity: 50, scrap: '1e3' }), 'invalidRequest', 400);
    assert.deepEqual(
      errors?.map(({ path }) => path),
      ['quantity', 'scrap'],
    );
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

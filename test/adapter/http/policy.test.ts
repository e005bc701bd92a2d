import assert from 'node:assert/strict';
import { RunReply } from '../../../src/contract/runs';
import { CompanyPolicy } from '../../../src/contract/work';
import { instant } from '../../../src/domain/calendar';
import { newKey, problemIn, useAdapter } from './adapter';

describe('the policies of a company over HTTP', () => {
  const adapter = useAdapter();
  const policy = async () => CompanyPolicy.parse((await adapter.send('GET', '/api/policy')).json());
  /** By whoever has just read them. */
  const put = async (payload: object) => {
    const { version } = await policy();
    return adapter.send('PUT', '/api/policy', { payload: { version, ...payload } });
  };

  it('are those it was imported with until somebody changes them, and the change is kept', async () => {
    const before = { shortage: 'refuse', reservation: 'none', picking: 'requests', preset: null };
    assert.deepEqual(await policy(), { ...before, version: 0, changedAt: null, changedBy: null });
    const changed = CompanyPolicy.parse((await put({ preset: 'businessCentral' })).json());
    const { changedAt, ...rest } = changed;
    assert.deepEqual(rest, {
      shortage: 'negative',
      reservation: 'none',
      picking: 'requests',
      preset: 'businessCentral',
      version: 1,
      changedBy: 'anna',
    });
    assert.equal(changedAt, '2026-11-20T09:00:00.000Z');
    await put({ preset: 'businessCentral' });
    const own = { shortage: 'refuse', reservation: 'full', picking: 'work' };
    assert.equal(CompanyPolicy.parse((await put(own)).json()).preset, null);
    const { rows } = await adapter.pool.query(
      'select shortage_from, shortage_to, picking_from, picking_to, changed_by from policy_change order by change_id',
    );
    assert.deepEqual(rows, [
      {
        shortage_from: 'refuse',
        shortage_to: 'negative',
        picking_from: 'requests',
        picking_to: 'requests',
        changed_by: 'anna',
      },
      {
        shortage_from: 'negative',
        shortage_to: 'refuse',
        picking_from: 'requests',
        picking_to: 'work',
        changed_by: 'anna',
      },
    ]);
  });

  it('are stamped on an order at its release; what happens to it later follows the stamp', async () => {
    await put({ preset: 'businessCentral' });
    await adapter.pool.query(
      `update warehouse set negative_stock = true; update stock set on_hand = 0, opening = 0 where item = 'C'`,
    );
    await adapter.add({ number: 1 });
    const order = { key: '2026/1/0', version: 1 };
    await adapter.send('POST', '/api/runs', {
      payload: { command: 'release', orders: [order] },
      key: newKey(),
    });
    await put({ shortage: 'refuse', reservation: 'none', picking: 'requests' });
    const stamp = await adapter.pool.query(
      'select shortage_policy, reservation_policy, picking_policy from production_order',
    );
    assert.deepEqual(stamp.rows, [
      { shortage_policy: 'negative', reservation_policy: 'none', picking_policy: 'requests' },
    ]);
    const declarations = '/api/orders/2026/1/0/declarations';
    await adapter.send('POST', declarations, {
      payload: { quantity: '50', scrap: '0', closing: true },
      key: newKey(),
    });
    // Of manual material C there is nothing; the order was released where stock may go below zero.
    const registered = await adapter.send('POST', `${declarations}/1/register`, { key: newKey() });
    assert.equal(registered.statusCode, 200, registered.body);
    await adapter.send('POST', `${declarations}/1/roll-back`, { key: newKey() });
    await adapter.send('DELETE', `${declarations}/1`, { key: newKey() });
    const restore = { command: 'restore', orders: [{ ...order, version: 4 }] };
    const restored = await adapter.send('POST', '/api/runs', { payload: restore, key: newKey() });
    assert.equal(RunReply.parse(restored.json()).run.succeeded, 1, restored.body);
    const after = await adapter.pool.query('select picking_policy from production_order');
    assert.deepEqual(after.rows, [{ picking_policy: null }]);
  });

  it('POL-01: are not changed by who has not seen what somebody else made of them, who is named with the time', async () => {
    const { version } = await policy();
    const { server } = await adapter.another({
      user: 'bruno',
      clock: () => instant(new Date('2026-11-20T10:30:00Z')),
    });
    const change = (payload: object) =>
      server.inject({ method: 'PUT', url: '/api/policy', payload, headers: { host: 'localhost' } });
    const theirs = { shortage: 'split', reservation: 'none', picking: 'requests' };
    assert.equal((await change({ version, ...theirs })).statusCode, 200);
    const mine = { version, preset: 'dynamics' };
    const refused = problemIn(await adapter.send('PUT', '/api/policy', { payload: mine }), 'refused', 409);
    assert.deepEqual(refused.refusals, [
      { code: 'POL-01', params: { user: 'bruno', at: '2026-11-20T10:30:00.000Z' } },
    ]);
    const now = await policy();
    assert.deepEqual([now.preset, now.changedBy, now.version], ['fluentis', 'bruno', version + 1]);
    assert.equal((await put({ preset: 'dynamics' })).statusCode, 200);
    // Sent again because its answer was lost, or wanted by both: it is so already.
    assert.equal((await adapter.send('PUT', '/api/policy', { payload: mine })).statusCode, 200);
    assert.equal((await policy()).version, version + 2);
  });

  it('POL-01: are changed by one of several who read the same and save at the same time', async () => {
    const { server } = await adapter.another({ user: 'bruno' });
    const wishes = (['full', 'partial', 'none'] as const).flatMap((reservation) =>
      (['requests', 'work'] as const).map((picking) => ({ reservation, picking })),
    );
    // The first rounds open the connections.
    for (const shortage of ['refuse', 'split', 'negative', 'refuse', 'split'] as const) {
      const { version } = await policy();
      const replies = await Promise.all(
        wishes.map((wish, index) =>
          (index % 2 === 0 ? server : adapter.server).inject({
            ...{ method: 'PUT', url: '/api/policy', headers: { host: 'localhost' } },
            payload: { version, shortage, ...wish },
          }),
        ),
      );
      assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [
        200,
        ...wishes.slice(1).map(() => 409),
      ]);
      const won = wishes[replies.findIndex(({ statusCode }) => statusCode === 200)];
      const { reservation, picking, version: now } = await policy();
      assert.deepEqual([{ reservation, picking }, now], [won, version + 1]);
    }
  });

  it('are changed by who may only, to what there is only', async () => {
    const unread = await adapter.send('PUT', '/api/policy', { payload: { preset: 'dynamics' } });
    problemIn(unread, 'invalidRequest', 400);
    problemIn(await put({ version: -1, preset: 'dynamics' }), 'invalidRequest', 400);
    problemIn(await put({ preset: 'sap' }), 'invalidRequest', 400);
    problemIn(await put({ shortage: 'refuse' }), 'invalidRequest', 400);
    problemIn(await put({ preset: 'dynamics', shortage: 'refuse' }), 'invalidRequest', 400);
    const { server } = await adapter.another({ rights: ['release'] });
    const reply = await server.inject({
      method: 'PUT',
      url: '/api/policy',
      payload: { version: 0, preset: 'dynamics' },
      headers: { host: 'localhost' },
    });
    problemIn(reply, 'rightMissing', 403);
  });
});

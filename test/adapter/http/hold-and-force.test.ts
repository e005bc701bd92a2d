import assert from 'node:assert/strict';
import { OrderDetail } from '../../../src/contract/orders';
import { Preview, RunReply } from '../../../src/contract/runs';
import type { Right } from '../../../src/domain/rights';
import { newKey, problemIn, useAdapter } from './adapter';

describe('POST /api/runs to hold, lift and force', () => {
  const adapter = useAdapter();
  const post = (payload: object, key?: string, headers = {}) =>
    adapter.send('POST', '/api/runs', { payload, headers, ...(key !== undefined && { key }) });
  const order = (number: number, version = 1) => ({ key: `2026/${number}/0`, version });
  const outcomeOf = (reply: Awaited<ReturnType<typeof post>>) => {
    assert.equal(reply.statusCode, 200, reply.body);
    const { outcomes } = RunReply.parse(reply.json());
    assert.equal(outcomes.items.length, 1);
    return outcomes.items[0];
  };

  it('holds with a reason, shows it, refuses the release, and lifts', async () => {
    await adapter.add({ number: 1 });
    const hold = { command: 'hold', orders: [order(1)], reason: '  Drawing changes ' };
    const held = outcomeOf(await post(hold, newKey()));
    assert.deepEqual(
      [held?.result, held?.order?.holdReason, held?.order?.version],
      ['held', 'Drawing changes', 2],
    );
    const detail = OrderDetail.parse((await adapter.send('GET', '/api/orders/2026/1/0')).json());
    assert.deepEqual(
      [detail.holdReason, detail.heldBy, detail.heldAt],
      ['Drawing changes', 'anna', adapter.now],
    );
    const refused = outcomeOf(await post({ command: 'release', orders: [order(1, 2)] }, newKey()));
    assert.deepEqual(
      refused?.refusals.map(({ code }) => code),
      ['REL-17'],
    );
    const lifted = outcomeOf(await post({ command: 'lift', orders: [order(1, 2)] }, newKey()));
    assert.deepEqual([lifted?.result, lifted?.order?.holdReason], ['lifted', null]);
  });

  it('previews a hold without writing it', async () => {
    await adapter.add({ number: 2 });
    const reply = await post({ command: 'hold', orders: [order(2)], reason: 'Tool broken', dryRun: true });
    const { command, outcomes } = Preview.parse(reply.json());
    assert.deepEqual([command, outcomes[0]?.result, outcomes[0]?.order?.holdReason], ['hold', 'held', null]);
  });

  it('answers the same hold again with what it did, and another reason under its key is another request', async () => {
    await adapter.add({ number: 3 });
    const key = newKey();
    const hold = { command: 'hold', orders: [order(3)], reason: 'Tool broken' };
    outcomeOf(await post(hold, key));
    assert.equal(RunReply.parse((await post(hold, key)).json()).replayed, true);
    problemIn(await post({ ...hold, reason: 'No tool' }, key), 'keyOfOtherRequest', 422);
  });

  it('says of a refusal whether it may be forced, and forces it with a reason', async () => {
    await adapter.add({ number: 4, lines: {} });
    const release = { command: 'release', orders: [order(4)] };
    const refused = outcomeOf(await post(release, newKey()));
    assert.deepEqual(refused?.refusals, [
      { code: 'REL-07', params: { order: '2026/4/0', item: 'P' }, forceable: true },
    ]);
    const forced = outcomeOf(await post({ ...release, force: { reason: 'Only assembly' } }, newKey()));
    assert.deepEqual(
      [forced?.result, forced?.warnings.map(({ code, params }) => [code, params['context']])],
      ['released', [['REL-07', 'forced']]],
    );
    const { rows } = await adapter.pool.query<{ reason: string; forced: string[] }>(
      `select reason, forced from audit_event where forced is not null`,
    );
    assert.deepEqual(rows, [{ reason: 'Only assembly', forced: ['REL-07'] }]);
  });

  const orders = [order(1)];
  const wrong: readonly [what: string, path: string, message: RegExp, body: object][] = [
    ['a hold without a reason', 'reason', /missing/, { command: 'hold', orders }],
    ['a hold with an empty reason', 'reason', /1 or more/, { command: 'hold', orders, reason: '  ' }],
    ['a reason of two lines', 'reason', /one line/, { command: 'hold', orders, reason: 'a\nb' }],
    ['a reason without end', 'reason', /at most 200/, { command: 'hold', orders, reason: 'x'.repeat(201) }],
    ['a reason for a release', 'reason', /hold/, { command: 'release', orders, reason: 'Because' }],
    [
      'a forced restore',
      'force',
      /release only/,
      { command: 'restore', orders, force: { reason: 'Because' } },
    ],
    ['force without a reason', 'force.reason', /missing/, { command: 'release', orders, force: {} }],
    ['force by a word', 'force', /object/, { command: 'release', orders, force: 'please' }],
  ];
  for (const [what, path, message, body] of wrong) {
    it(`does not take ${what}`, async () => {
      const { errors = [] } = problemIn(await post(body, newKey()), 'invalidRequest', 400);
      assert.deepEqual(
        errors.map((error) => error.path),
        [path],
      );
      assert.match(errors[0]?.message ?? '', message);
    });
  }

  const needed: readonly [Right, object][] = [
    ['hold', { command: 'hold', orders, reason: 'Because' }],
    ['hold', { command: 'lift', orders }],
    ['force', { command: 'release', orders, force: { reason: 'Because' } }],
    ['force', { command: 'release', orders, force: { reason: 'Because' }, dryRun: true }],
  ];
  for (const [right, payload] of needed) {
    it(`needs the right to ${right} for ${JSON.stringify(payload).slice(0, 20)}…`, async () => {
      const all = ['release', 'restore', 'declare', 'hold', 'force', 'import'] as const;
      const { server } = await adapter.another({ rights: all.filter((one) => one !== right) });
      const headers = { 'idempotency-key': newKey() };
      const reply = await server.inject({ method: 'POST', url: '/api/runs', payload, headers });
      assert.match(problemIn(reply, 'rightMissing', 403).detail, new RegExp(`“${right}”`));
    });
  }
});

import assert from 'node:assert/strict';
import { Session } from '../../../src/contract/plant';
import { OrderPage } from '../../../src/contract/orders';
import type { RunReply } from '../../../src/contract/runs';
import type { Right } from '../../../src/domain/rights';
import { newKey, problemIn, useAdapter } from './adapter';

describe('what a planner may do', () => {
  const adapter = useAdapter();
  const orders = [{ key: '2026/1/0', version: 1 }];
  before(() => adapter.add({ number: 1 }));

  async function asking(rights: readonly Right[]) {
    const { server } = await adapter.another({ rights });
    return (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
      server.inject({ method, url, headers: { 'idempotency-key': newKey() }, ...(payload && { payload }) });
  }

  it('is told in the session', async () => {
    const ask = await asking(['restore', 'force']);
    const session = Session.parse((await ask('GET', '/api/session')).json());
    assert.deepEqual(session.rights, ['restore', 'force']);
  });

  it('always includes reading', async () => {
    const ask = await asking([]);
    assert.equal(OrderPage.parse((await ask('GET', '/api/orders')).json()).total, 1);
  });

  const commands: readonly [Right, 'POST' | 'DELETE', string, object | undefined][] = [
    ['release', 'POST', '/api/runs', { command: 'release', orders }],
    ['release', 'POST', '/api/runs', { command: 'release', orders, dryRun: true }],
    ['restore', 'POST', '/api/runs', { command: 'restore', orders }],
    ['refresh', 'POST', '/api/orders/2026/1/0/materials/1', { version: 1, quantity: '1' }],
    ['refresh', 'POST', '/api/orders/2026/1/0/operations/1/10', { version: 1, workCentre: 'NONE' }],
    ['declare', 'POST', '/api/orders/2026/1/0/declarations', { quantity: '1' }],
    ['declare', 'POST', '/api/orders/2026/1/0/declarations/1/register', undefined],
    ['declare', 'POST', '/api/orders/2026/1/0/declarations/1/roll-back', undefined],
    ['declare', 'DELETE', '/api/orders/2026/1/0/declarations/1', undefined],
  ];
  for (const [right, method, url, payload] of commands) {
    const dry = payload && 'dryRun' in payload ? ' as a preview' : '';
    it(`does not include ${method} ${url}${dry} without the right to ${right}`, async () => {
      const others = (['release', 'restore', 'declare'] as const).filter((other) => other !== right);
      const ask = await asking(others);
      const problem = problemIn(await ask(method, url, payload), 'rightMissing', 403);
      assert.match(problem.detail, new RegExp(`“${right}”`));
    });
  }

  it('does not include stopping a run without the right to its command', async () => {
    const may = await asking(['restore']);
    const stop = (await may('POST', '/api/runs', { command: 'restore', orders })).json<RunReply>().run.id;
    const ask = await asking(['release']);
    problemIn(await ask('POST', `/api/runs/${stop}/cancel`), 'rightMissing', 403);
    assert.equal((await may('POST', `/api/runs/${stop}/cancel`)).statusCode, 200);
  });

  it('includes a release for whoever may release and nothing else', async () => {
    const ask = await asking(['release']);
    const reply = await ask('POST', '/api/runs', { command: 'release', orders, dryRun: true });
    assert.equal(reply.statusCode, 200);
  });
});

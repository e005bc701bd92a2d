import assert from 'node:assert/strict';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { MovementPage } from '../../../src/contract/movements';
import { RunPage, RunReply, RunSummary } from '../../../src/contract/runs';
import type { AppOptions } from '../../../src/adapter/app';
import { newKey, problemIn, useAdapter } from './adapter';

const order = (number: number, version = 1) => ({ key: `2026/${number}/0`, version });
const release = (...numbers: number[]) => ({
  command: 'release',
  orders: numbers.map((number) => order(number)),
});

function runIn(reply: LightMyRequestResponse, status: number): RunReply {
  assert.equal(reply.statusCode, status, reply.body);
  return RunReply.parse(reply.json());
}

describe('one attempt, several requests', () => {
  const gate = { open: (): void => undefined, closed: Promise.resolve() };
  const adapter = useAdapter(({ book }): Partial<AppOptions> => ({
    chunkSize: 1,
    replyWithin: 0,
    book: {
      ...book,
      perform: async (...chunk) => {
        await gate.closed;
        return book.perform(...chunk);
      },
    },
  }));
  const close = (): void => {
    gate.closed = new Promise((resolve) => {
      gate.open = resolve;
    });
  };
  afterEach(() => gate.open());

  const post = (to: FastifyInstance, payload: object, key: string, prefer?: string) =>
    to.inject({
      method: 'POST',
      url: '/api/runs',
      payload,
      headers: { 'idempotency-key': key, ...(prefer !== undefined && { prefer }) },
    });
  const allRuns = async () => RunPage.parse((await adapter.send('GET', '/api/runs')).json()).total;
  const postedFor = async (number: number) =>
    MovementPage.parse(
      (await adapter.send('GET', `/api/movements?order=2026/${number}/0&status=posted`)).json(),
    ).items.length;

  it('in flight: the same key gets the run that is open, at this adapter and at another, and never a second one', async () => {
    await adapter.add({ number: 1 });
    const other = (await adapter.another({ replyWithin: 0 })).server;
    const key = newKey();
    const before = (await allRuns()) ?? 0;
    close();
    const first = runIn(await post(adapter.server, release(1), key), 202);
    for (const server of [adapter.server, other]) {
      const again = runIn(await post(server, release(1), key), 202);
      assert.deepEqual([again.run.id, again.run.state, again.replayed], [first.run.id, 'open', false]);
    }
    gate.open();
    const done = runIn(await post(other, release(1), key, 'wait=30'), 200);
    assert.deepEqual([done.run.id, done.run.succeeded, done.replayed], [first.run.id, 1, true]);
    assert.equal(await allRuns(), before + 1);
    assert.equal(await postedFor(1), 3);
  });

  it('in flight: another body under the key is refused all the same', async () => {
    await adapter.add({ number: 2 }, { number: 3 });
    const key = newKey();
    close();
    runIn(await post(adapter.server, release(2), key), 202);
    problemIn(await post(adapter.server, release(2, 3), key), 'keyOfOtherRequest', 422);
  });

  it('a key belongs to its user: two planners with the same key are two runs', async () => {
    await adapter.add({ number: 4 }, { number: 5 });
    const bruno = (await adapter.another({ user: 'bruno' })).server;
    const key = newKey();
    const annas = runIn(await post(adapter.server, release(4), key, 'wait=30'), 200);
    const brunos = runIn(await post(bruno, release(5), key, 'wait=30'), 200);
    assert.notEqual(annas.run.id, brunos.run.id);
    assert.deepEqual(
      [annas, brunos].map(({ run, replayed }) => [run.actor, run.succeeded, replayed]),
      [
        ['anna', 1, false],
        ['bruno', 1, false],
      ],
    );
    const again = runIn(await post(bruno, release(5), key, 'wait=30'), 200);
    assert.deepEqual([again.run.id, again.replayed], [brunos.run.id, true]);
  });

  it('twenty requests at the same moment are one run', async () => {
    await adapter.add({ number: 6 });
    const other = (await adapter.another()).server;
    const key = newKey();
    const before = (await allRuns()) ?? 0;
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        post(index % 2 === 0 ? adapter.server : other, release(6), key, 'wait=30'),
      ),
    );
    assert.equal(new Set(replies.map((reply) => runIn(reply, 200).run.id)).size, 1);
    assert.equal(await allRuns(), before + 1);
    assert.equal(await postedFor(6), 3);
  });

  it('Prefer: wait answers with the end of the run as soon as it comes', async () => {
    await adapter.add({ number: 7 }, { number: 8 });
    close();
    const { run } = runIn(await post(adapter.server, release(7, 8), newKey(), 'respond-async, wait=0'), 202);
    const asked = adapter.send('GET', `/api/runs/${run.id}`, { headers: { prefer: 'wait=600' } });
    gate.open();
    const reply = await asked;
    assert.equal(reply.headers['preference-applied'], 'wait=60', 'nobody waits longer than a minute');
    const ended = RunSummary.parse(reply.json());
    assert.deepEqual([ended.state, ended.done, ended.undoable], ['done', 2, 2]);
  });

  it('Prefer: wait answers with the open run when its time is over', async () => {
    await adapter.add({ number: 9 });
    close();
    const reply = await post(adapter.server, release(9), newKey(), 'wait=0');
    const { run } = runIn(reply, 202);
    assert.equal(reply.headers['preference-applied'], 'wait=0');
    const asked = await adapter.send('GET', `/api/runs/${run.id}`, { headers: { prefer: 'wait=0' } });
    assert.equal(RunSummary.parse(asked.json()).state, 'open');
  });

  it('says how far a run is while it goes', async () => {
    await adapter.add({ number: 10 }, { number: 11 });
    close();
    const { run } = runIn(await post(adapter.server, release(10, 11), newKey()), 202);
    const first = gate.open;
    close();
    first();
    for (;;) {
      const asked = await adapter.send('GET', `/api/runs/${run.id}`);
      const { done, total, state } = RunSummary.parse(asked.json());
      if (done === 0) continue;
      assert.deepEqual([done, total, state], [1, 2, 'open']);
      break;
    }
    gate.open();
    await adapter.send('GET', `/api/runs/${run.id}`, { headers: { prefer: 'wait=30' } });
  });
});

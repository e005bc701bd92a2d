import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { MovementPage } from '../../../src/contract/movements';
import { Preview, RunPage, RunReply, RunSummary } from '../../../src/contract/runs';
import type { AppOptions } from '../../../src/adapter/app';
import { stockOf } from '../orderbook/small-plant';
import { ample, newKey, problemIn, useAdapter } from './adapter';

const order = (number: number, version = 1) => ({ key: `2026/${number}/0`, version });

function runIn(reply: LightMyRequestResponse, status = 200): RunReply {
  assert.equal(reply.statusCode, status, reply.body);
  return RunReply.parse(reply.json());
}

describe('undo of a run', () => {
  const adapter = useAdapter();
  const post = async (command: 'release' | 'restore', orders: object[]) =>
    runIn(await adapter.send('POST', '/api/runs', { payload: { command, orders }, key: newKey() }));
  const undo = (id: string, key: string | undefined = newKey(), payload?: object) =>
    adapter.send('POST', `/api/runs/${id}/undo`, { ...(payload && { payload }), key });
  const results = ({ outcomes }: RunReply) =>
    outcomes.items.map(
      ({ key, result, refusals }) => `${key} ${result} ${refusals.map(({ code }) => code).join()}`,
    );

  /** A run that released these new orders, and could not release one that there is not. */
  let number = 0;
  async function released(count: number): Promise<{ id: string; first: number; run: RunSummary }> {
    const first = number + 1;
    const numbers = Array.from({ length: count }, () => (number += 1));
    await adapter.add(...numbers.map((one) => ({ number: one })));
    const { run } = await post('release', [...numbers.map((one) => order(one)), order(999_999)]);
    return { id: run.id, first, run };
  }

  it('restores exactly the orders it released, to the last gram', async () => {
    const before = await stockOf(adapter.pool);
    const { id, first, run } = await released(2);
    const reply = runIn(await undo(id));
    assert.deepEqual(results(reply), [`2026/${first}/0 restored `, `2026/${first + 1}/0 restored `]);
    assert.deepEqual([reply.run.command, reply.run.undoes, reply.run.movements], ['restore', run.number, 6]);
    assert.deepEqual(await stockOf(adapter.pool), before);
    const { items } = MovementPage.parse((await adapter.send('GET', `/api/movements?run=${id}`)).json());
    assert.deepEqual(new Set(items.map(({ status }) => status)), new Set(['restored']));
  });

  it('twice changes nothing more: the same key gets what it came to, a new one is told that nothing is left', async () => {
    const { id } = await released(2);
    const key = newKey();
    const first = runIn(await undo(id, key));
    const again = runIn(await undo(id, key, {}));
    assert.deepEqual([again.run.id, again.replayed], [first.run.id, true]);
    assert.deepEqual(again.outcomes, first.outcomes);
    problemIn(await undo(id), 'nothingToUndo', 409);
  });

  it('counts no order as left to undo whose records lie in a period that was closed since', async () => {
    const { id, first } = await released(2);
    const undoable = async () =>
      RunSummary.parse((await adapter.send('GET', `/api/runs/${id}`)).json()).undoable;
    await adapter.pool.query(
      `insert into closed_period
       select company_id, warehouse, posted_on, posted_on from movement_record join production_order using (company_id, order_id)
        where number = $1 limit 1`,
      [first],
    );
    try {
      assert.equal(await undoable(), 0);
    } finally {
      await adapter.pool.query('delete from closed_period');
    }
    assert.equal(await undoable(), 2);
  });

  it('refuses an order touched since by name, RES-07, and lets the others go', async () => {
    const { id, first } = await released(3);
    // Declared, registered and taken back again: as before, but not the version the run left.
    const address = `/api/orders/2026/${first + 1}/0/declarations`;
    await adapter.send('POST', address, { payload: { quantity: '1' }, key: newKey() });
    for (const step of ['register', 'roll-back']) {
      await adapter.send('POST', `${address}/1/${step}`, { key: newKey() });
    }
    await adapter.send('DELETE', `${address}/1`, { key: newKey() });
    assert.equal(RunSummary.parse((await adapter.send('GET', `/api/runs/${id}`)).json()).undoable, 2);
    assert.deepEqual(results(runIn(await undo(id))), [
      `2026/${first}/0 restored `,
      `2026/${first + 1}/0 refused RES-07`,
      `2026/${first + 2}/0 restored `,
    ]);
  });

  it('refuses an order on which production was declared, RES-02', async () => {
    const { id, first } = await released(1);
    const address = `/api/orders/2026/${first}/0/declarations`;
    await adapter.send('POST', address, { payload: { quantity: '1' }, key: newKey() });
    assert.deepEqual(results(runIn(await undo(id))), [`2026/${first}/0 refused RES-02`]);
  });

  it('leaves alone what was restored, or released by another run, since', async () => {
    const { id, first } = await released(3);
    await post('restore', [order(first, 2), order(first + 1, 2)]);
    const other = await post('release', [order(first + 1, 3)]);
    assert.deepEqual(results(runIn(await undo(id))), [`2026/${first + 2}/0 restored `]);
    assert.equal(
      RunSummary.parse((await adapter.send('GET', `/api/runs/${other.run.id}`)).json()).undoable,
      1,
    );
  });

  it('only looks with dryRun: no key needed, nothing written', async () => {
    const { id } = await released(2);
    const preview = Preview.parse((await undo(id, undefined, { dryRun: true })).json());
    assert.deepEqual(
      preview.outcomes.map(({ result, movements }) => [result, movements]),
      [
        ['restored', 3],
        ['restored', 3],
      ],
    );
    assert.equal(RunSummary.parse((await adapter.send('GET', `/api/runs/${id}`)).json()).undoable, 2);
    runIn(await undo(id));
    problemIn(await undo(id, undefined, { dryRun: true }), 'nothingToUndo', 409);
  });

  it('is not there for a restore or a declaration, and says why', async () => {
    const { id, first } = await released(2);
    const { run } = await post('restore', [order(first, 2)]);
    const reply = await adapter.send('POST', `/api/runs/${run.id}/undo`, {
      key: newKey(),
      headers: { 'accept-language': 'it' },
    });
    const problem = problemIn(reply, 'notUndoable', 409);
    assert.match(problem.detail, new RegExp(`l'elaborazione ${run.number} non lo è`));
    const { run: undone } = runIn(await undo(id));
    problemIn(await undo(undone.id), 'notUndoable', 409);
  });

  it('needs a key of its own', async () => {
    const { id, first } = await released(1);
    problemIn(await undo(id, ''), 'missingIdempotencyKey', 400);
    const key = newKey();
    await adapter.send('POST', '/api/runs', {
      payload: { command: 'restore', orders: [order(first, 2)] },
      key,
    });
    problemIn(await undo(id, key), 'keyOfOtherRequest', 422);
  });

  it('has nothing to undo where there is no run', async () => {
    problemIn(await undo('01890000-0000-7000-8000-000000000000'), 'notFound', 404);
    problemIn(await undo('seventeen'), 'notFound', 404);
  });

  it('shows in the list of runs', async () => {
    const { id, run } = await released(1);
    runIn(await undo(id));
    const { items } = RunPage.parse((await adapter.send('GET', '/api/runs?limit=2')).json());
    assert.deepEqual(
      items.map(({ command, undoes, undoable }) => [command, undoes, undoable]),
      [
        ['restore', run.number, 0],
        ['release', null, 0],
      ],
    );
  });
});

describe('undo of a run that has not come to its end', () => {
  let chunks = 0;
  const adapter = useAdapter(({ book }): Partial<AppOptions> => ({
    chunkSize: 1,
    book: {
      ...book,
      perform: async (...chunk) => {
        chunks += 1;
        if (chunks === 2) throw new Error('Connection terminated unexpectedly');
        return book.perform(...chunk);
      },
    },
  }));

  it('waits until it is cancelled, then takes back what it did', async () => {
    await adapter.add({ number: 1 }, { number: 2 });
    const payload = { command: 'release', orders: [order(1), order(2)] };
    const { run } = runIn(await adapter.send('POST', '/api/runs', { payload, key: newKey() }), 202);
    problemIn(await adapter.send('POST', `/api/runs/${run.id}/undo`, { key: newKey() }), 'runStillOpen', 409);
    const cancelled = await adapter.send('POST', `/api/runs/${run.id}/cancel`);
    assert.deepEqual(
      [RunSummary.parse(cancelled.json()).state, cancelled.json<RunSummary>().undoable],
      ['cancelled', 1],
    );
    const { outcomes } = runIn(await adapter.send('POST', `/api/runs/${run.id}/undo`, { key: newKey() }));
    assert.deepEqual(
      outcomes.items.map(({ key, result }) => `${key} ${result}`),
      ['2026/1/0 restored'],
    );
    assert.deepEqual((await stockOf(adapter.pool))['A'], ample.A);
  });
});

import assert from 'node:assert/strict';
import { Preview, RunReply } from '../../../src/contract/runs';
import { newKey, problemIn, useAdapter } from './adapter';

describe('POST /api/runs with references', () => {
  const adapter = useAdapter();
  const post = (payload: object, key?: string) =>
    adapter.send('POST', '/api/runs', { payload, ...(key !== undefined && { key }) });
  const keysIn = (items: readonly { readonly key: string }[]) => items.map(({ key }) => key);

  /** An order and the one of its job order that makes its material A. */
  async function add(number: number) {
    await adapter.add({ number }, { number: number + 1, item: 'A', lines: { D: '1' }, start: '2026-11-19' });
    await adapter.pool.query(
      `update production_order set job_order = $1, bom_level = case item when 'A' then 2 else 1 end
        where number in ($1::int, $1::int + 1)`.replaceAll('$1', String(number)),
    );
    return { key: `2026/${number}/0`, version: 1 };
  }

  it('releases an order’s sub-orders with it, as previewed, and does nothing more when it is asked again', async () => {
    const body = { command: 'release', orders: [{ ...(await add(10)), references: true }] };
    const preview = Preview.parse((await post({ ...body, dryRun: true })).json());
    assert.deepEqual(keysIn(preview.outcomes), ['2026/11/0', '2026/10/0'], 'by start');
    const key = newKey();
    const { run, outcomes } = RunReply.parse((await post(body, key)).json());
    assert.deepEqual(keysIn(outcomes.items), ['2026/11/0', '2026/10/0']);
    assert.deepEqual([run.total, run.succeeded], [2, 2]);
    const again = RunReply.parse((await post(body, key)).json());
    assert.deepEqual([again.replayed, again.run.id, again.run.total], [true, run.id, 2]);
    const undone = await adapter.send('POST', `/api/runs/${run.id}/undo`, { key: newKey(), payload: {} });
    assert.equal(RunReply.parse(undone.json()).run.succeeded, 2);
  });

  it('asks for all orders, or for one otherwise than for the others', async () => {
    const [first, second] = [await add(20), await add(30)];
    const all = { command: 'release', sequence: 'asGiven', references: true, dryRun: true };
    const preview = async (...orders: object[]) =>
      keysIn(Preview.parse((await post({ ...all, orders })).json()).outcomes);
    assert.deepEqual(await preview(first, second), ['2026/20/0', '2026/21/0', '2026/30/0', '2026/31/0']);
    assert.deepEqual(await preview(first, { ...second, references: false }), [
      '2026/20/0',
      '2026/21/0',
      '2026/30/0',
    ]);
  });

  it('takes lots that were chosen for an order that goes along, and for no other', async () => {
    const order = await add(50);
    const lots = [{ order: '2026/51/0', line: 10, lots: [{ lot: 'L1', quantity: '1' }] }];
    const body = { command: 'release', references: false, lots, dryRun: true };
    const reply = await post({ ...body, orders: [{ ...order, references: true }] });
    const { outcomes } = Preview.parse(reply.json());
    // Material D is not managed by lot.
    assert.deepEqual(
      outcomes.map(({ key, refusals }) => [key, ...refusals.map(({ code }) => code)]),
      [['2026/51/0', 'REL-09'], ['2026/50/0']],
    );
    problemIn(await post({ ...body, orders: [order] }), 'invalidRequest', 400);
  });

  it('is another request than one without them, and belongs to a release only', async () => {
    const order = await add(40);
    const key = newKey();
    assert.equal((await post({ command: 'release', orders: [order] }, key)).statusCode, 200);
    problemIn(
      await post({ command: 'release', orders: [order], references: true }, key),
      'keyOfOtherRequest',
      422,
    );
    for (const wrong of [
      { references: true, orders: [order] },
      { orders: [{ ...order, references: true }] },
    ]) {
      const problem = problemIn(
        await post({ command: 'restore', ...wrong }, newKey()),
        'invalidRequest',
        400,
      );
      assert.match(JSON.stringify(problem.errors), /release/);
    }
  });
});

import assert from 'node:assert/strict';
import { Preview, RunPage, RunReply } from '../../../src/contract/runs';
import { setStock } from '../orderbook/small-plant';
import { newKey, problemIn, useAdapter } from './adapter';

describe('POST /api/runs to release as many as stock allows', () => {
  const adapter = useAdapter();
  const orders = [1, 2, 3].map((number) => ({ key: `2026/${number}/0`, version: 1 }));
  const release = { command: 'release', orders, asStockAllows: true };
  const post = (payload: object, key?: string) =>
    adapter.send('POST', '/api/runs', { payload, ...(key !== undefined && { key }) });

  it('previews and does the same, counts what is passed over apart from what is refused, and repeats itself', async () => {
    await setStock(adapter.pool, { A: '100' });
    await adapter.add(
      { number: 1, lines: { A: '60' } },
      { number: 2, lines: { A: '60' } },
      { number: 3, lines: { A: '40' } },
    );
    await setStock(adapter.pool, { A: '100' });
    const preview = Preview.parse((await post({ ...release, dryRun: true })).json());
    const results = preview.outcomes.map(({ result }) => result);
    assert.deepEqual(results, ['released', 'skipped', 'released']);
    assert.deepEqual(
      preview.shortages[0]?.orders.map(({ key, short }) => [key, short]),
      [['2026/2/0', '20']],
    );
    const key = newKey();
    const { run, outcomes } = RunReply.parse((await post(release, key)).json());
    assert.deepEqual(
      outcomes.items.map(({ result }) => result),
      results,
    );
    assert.deepEqual([run.succeeded, run.refused, run.skipped, run.undoable], [2, 0, 1, 2]);
    assert.equal(RunReply.parse((await post(release, key)).json()).replayed, true);
    const tried = RunPage.parse((await adapter.send('GET', '/api/runs?order=2026/2/0')).json());
    assert.deepEqual(
      tried.items.map(({ id, skipped }) => [id, skipped]),
      [[run.id, 1]],
    );
    problemIn(await post({ ...release, asStockAllows: false }, key), 'keyOfOtherRequest', 422);
  });

  it('calls refused what more than stock keeps from going', async () => {
    await setStock(adapter.pool, { A: '50' });
    await adapter.add({ number: 4, lines: { A: '60' } }, { number: 5, lines: { A: '60' } });
    await setStock(adapter.pool, { A: '50' });
    const stale = [
      { key: '2026/4/0', version: 1 },
      { key: '2026/5/0', version: 0 },
    ];
    const { run, outcomes } = RunReply.parse((await post({ ...release, orders: stale }, newKey())).json());
    assert.deepEqual(
      outcomes.items.map(({ result }) => result),
      ['skipped', 'refused'],
    );
    assert.deepEqual([run.done, run.succeeded, run.refused, run.skipped, run.failed], [2, 0, 1, 1, 0]);
  });

  for (const [what, body] of [
    ['with another command', { ...release, command: 'restore' }],
    ['together with force', { ...release, force: { reason: 'Only assembly' } }],
  ] as const)
    it(`is refused ${what}`, async () => {
      const problem = problemIn(await post(body, newKey()), 'invalidRequest', 400);
      assert.deepEqual(
        problem.errors?.map(({ path }) => path),
        ['asStockAllows'],
      );
    });
});

import assert from 'node:assert/strict';
import { Preview, RunReply } from '../../../src/contract/runs';
import { setStock } from '../orderbook/small-plant';
import { newKey, problemIn, useAdapter } from './adapter';

describe('POST /api/runs where the company splits what stock does not cover', () => {
  const adapter = useAdapter();
  const post = (payload: object, key?: string) =>
    adapter.send('POST', '/api/runs', { payload, ...(key !== undefined && { key }) });
  const commit = async (payload: object) => RunReply.parse((await post(payload, newKey())).json());
  const release = (...orders: object[]) => ({ command: 'release', orders });
  const merge = (key: string, version: number) => ({ command: 'merge', orders: [{ key, version }] });

  before(() => adapter.pool.query(`update company set shortage_policy = 'split'`));
  beforeEach(() => setStock(adapter.pool, { A: '80' }));
  const add = async (number: number) => {
    await adapter.add({ number });
    await adapter.pool.query(`update order_material set fixed = true where item = 'D'`);
    return { key: `2026/${number}/0`, version: 1 };
  };

  it('T-35 releases 40 of 50, and gives the rest as the order it has become; a repeated request does nothing', async () => {
    const body = release(await add(125));
    const preview = Preview.parse((await post({ ...body, dryRun: true })).json());
    const key = newKey();
    const { run, outcomes } = RunReply.parse((await post(body, key)).json());
    const [outcome] = outcomes.items;
    assert.deepEqual([run.succeeded, run.movements], [1, 3]);
    assert.deepEqual([outcome?.order?.state, outcome?.order?.quantity], ['executive', '40']);
    const { other } = outcome ?? {};
    assert.deepEqual(
      [other?.key, other?.state, other?.quantity, other?.item],
      ['2026/125/1', 'launched', '10', 'P'],
    );
    assert.deepEqual(preview.outcomes[0]?.warnings, outcome?.warnings);
    assert.equal(preview.outcomes[0]?.result, 'released');
    const again = RunReply.parse((await post(body, key)).json());
    assert.deepEqual([again.replayed, again.outcomes.items[0]?.other?.key], [true, '2026/125/1']);
  });

  it('splits no order for which the request does not want it', async () => {
    const orders = [await add(1), await add(2)];
    const codes = ({ outcomes }: RunReply | Preview) =>
      ('items' in outcomes ? outcomes.items : outcomes).map(({ refusals }) =>
        refusals.map(({ code }) => code),
      );
    const whole = { ...release(...orders), split: false };
    assert.deepEqual(codes(await commit(whole)), [['REL-10'], ['REL-10']]);
    const [first, second] = orders;
    const one = { ...release(first ?? {}, { ...second, split: true }), split: false };
    assert.deepEqual(codes(await commit(one)), [['REL-10'], []]);
    const key = newKey();
    await setStock(adapter.pool, { A: '80' });
    const body = release({ ...(first ?? {}), split: false });
    assert.equal((await post(body, key)).statusCode, 200);
    problemIn(await post(release(first ?? {}), key), 'keyOfOtherRequest', 422);
  });

  it('merges the two again, each as it is then', async () => {
    await commit(release(await add(3)));
    const refused = (await commit(merge('2026/3/1', 1))).outcomes.items[0];
    assert.deepEqual([refused?.result, refused?.refusals.map(({ code }) => code)], ['refused', ['SPL-06']]);
    const restored = await commit({ command: 'restore', orders: [{ key: '2026/3/0', version: 2 }] });
    assert.equal(restored.outcomes.items[0]?.warnings[0]?.code, 'SPL-04');
    const preview = Preview.parse((await post({ ...merge('2026/3/1', 1), dryRun: true })).json());
    assert.equal(preview.outcomes[0]?.result, 'merged');
    const [merged] = (await commit(merge('2026/3/1', 1))).outcomes.items;
    assert.equal(merged?.result, 'merged');
    assert.deepEqual([merged.order?.state, merged.order?.quantity], ['historical', '0']);
    assert.deepEqual(
      [merged.other?.key, merged.other?.state, merged.other?.quantity],
      ['2026/3/0', 'launched', '50'],
    );
  });

  it('undoes a release in part as any other; the split stays', async () => {
    const { run } = await commit(release(await add(4)));
    assert.equal(run.undoable, 1);
    const undone = await adapter.send('POST', `/api/runs/${run.id}/undo`, { key: newKey(), payload: {} });
    const { outcomes } = RunReply.parse(undone.json());
    assert.deepEqual(
      outcomes.items.map(({ key, result, warnings }) => [key, result, warnings[0]?.params['restOrder']]),
      [['2026/4/0', 'restored', '2026/4/1']],
    );
  });

  for (const [what, path, body] of [
    [
      'split with another command',
      'split',
      { command: 'restore', orders: [{ key: '2026/9/0', version: 1 }], split: true },
    ],
    [
      'split of an order with another command',
      'orders',
      { command: 'hold', reason: 'x', orders: [{ key: '2026/9/0', version: 1, split: true }] },
    ],
  ] as const)
    it(`refuses ${what}`, async () => {
      const problem = problemIn(await post(body, newKey()), 'invalidRequest', 400);
      assert.deepEqual(
        problem.errors?.map((each) => each.path),
        [path],
      );
    });
});

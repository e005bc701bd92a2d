import assert from 'node:assert/strict';
import { Preview, RunReply } from '../../../src/contract/runs';
import { newKey, problemIn, useAdapter } from './adapter';

describe('POST /api/runs with lots', () => {
  const adapter = useAdapter();
  const post = (payload: object, key?: string) =>
    adapter.send('POST', '/api/runs', { payload, ...(key !== undefined && { key }) });
  const order = (number: number) => ({ key: `2026/${number}/0`, version: 1 });
  const choice = (number: number, lots: Record<string, string>, line = 10) => ({
    ...{ order: `2026/${number}/0`, line },
    lots: Object.entries(lots).map(([lot, quantity]) => ({ lot, quantity })),
  });
  const release = (number: number, more: object = {}) => ({
    ...{ command: 'release', orders: [order(number)], ...more },
  });
  const outcomeOf = (reply: Awaited<ReturnType<typeof post>>) => {
    assert.equal(reply.statusCode, 200, reply.body);
    return RunReply.parse(reply.json()).outcomes.items[0];
  };

  async function inLots(item: string, picking: string): Promise<void> {
    await adapter.pool.query(`delete from stock where item = '${item}'`);
    await adapter.pool.query(
      `update item set lot_managed = true, lot_picking = '${picking}' where item = '${item}';
       insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, received_on)
       values ('IT', '${item}', '', 'MAG1', 'L1', 30, 30, '2026-10-02'), ('IT', '${item}', '', 'MAG1', 'L2', 90, 90, '2026-10-20')`,
    );
  }

  it('T-37 previews and takes 30 of the older lot and 70 of the next', async () => {
    await inLots('A', 'fifo');
    await adapter.add({ number: 1, lines: { A: '100' } });
    const preview = Preview.parse((await post({ ...release(1), dryRun: true })).json());
    assert.deepEqual(preview.lots[0]?.lots, [
      { lot: 'L1', quantity: '30' },
      { lot: 'L2', quantity: '70' },
    ]);
    assert.deepEqual(preview.outcomes[0]?.movements, 2);
    const outcome = outcomeOf(await post(release(1), newKey()));
    assert.deepEqual([outcome?.result, outcome?.movements], ['released', 2]);
    const { items } = (await adapter.send('GET', '/api/movements?order=2026/1/0')).json<{
      items: { lot: string; quantity: string }[];
    }>();
    assert.deepEqual(
      items.map(({ lot, quantity }) => `${lot} ${quantity}`),
      ['L1 30', 'L2 70'],
    );
  });

  it('REL-09 says which line needs lots, and takes those that are chosen', async () => {
    await inLots('D', 'manual');
    await adapter.add({ number: 2, lines: { D: '20' } });
    const refused = outcomeOf(await post(release(2), newKey()));
    assert.deepEqual(
      refused?.refusals.map(({ code, params }) => [code, params['line']]),
      [['REL-09', '10']],
    );
    const chosen = release(2, { lots: [choice(2, { L2: '20' })] });
    const preview = Preview.parse((await post({ ...chosen, dryRun: true })).json());
    assert.deepEqual(preview.lots[0]?.lots, [{ lot: 'L2', quantity: '20' }]);
    const key = newKey();
    assert.equal(outcomeOf(await post(chosen, key))?.result, 'released');
    assert.equal(RunReply.parse((await post(chosen, key)).json()).replayed, true);
    problemIn(await post(release(2, { lots: [choice(2, { L1: '20' })] }), key), 'keyOfOtherRequest', 422);
  });

  it('refuses lots with other commands, of orders that are not released, of a line twice, and of nothing', async () => {
    const bad: [object, string][] = [
      [{ command: 'restore', orders: [order(1)], lots: [choice(1, { L1: '1' })] }, 'lots'],
      [release(1, { lots: [choice(2, { L1: '1' })] }), 'lots'],
      [release(1, { lots: [choice(1, { L1: '1' }), choice(1, { L2: '1' })] }), 'lots'],
      [release(1, { lots: [choice(1, { L1: '0' })] }), 'lots.0.lots.0.quantity'],
      [release(1, { lots: [choice(1, { L1: '-1' })] }), 'lots.0.lots.0.quantity'],
      [release(1, { lots: [choice(1, { L1: '1,5' })] }), 'lots.0.lots.0.quantity'],
      [release(1, { lots: [choice(1, { '': '1' })] }), 'lots.0.lots.0.lot'],
      [release(1, { lots: [choice(1, {})] }), 'lots.0.lots'],
    ];
    for (const [body, path] of bad) {
      const { errors } = problemIn(await post(body, newKey()), 'invalidRequest', 400);
      assert.deepEqual(
        errors?.map((error) => error.path),
        [path],
        JSON.stringify(body),
      );
    }
  });
});

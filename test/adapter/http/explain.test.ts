import assert from 'node:assert/strict';
import { Explanation } from '../../../src/contract/explanation';
import { Preview } from '../../../src/contract/runs';
import { handleConsumption } from '../orderbook/handled-warehouse';
import { setStock } from '../orderbook/small-plant';
import { newKey, problemIn, useAdapter } from './adapter';

describe('GET /api/orders/{key}/explain', () => {
  const adapter = useAdapter();
  const explain = async (number: number, query = '') => {
    const reply = await adapter.send('GET', `/api/orders/2026/${number}/0/explain${query}`);
    assert.equal(reply.statusCode, 200, reply.body);
    return Explanation.parse(reply.json());
  };
  const verdictsOf = (rules: Explanation['release']) =>
    Object.fromEntries(rules.map(({ code, verdict }) => [code, verdict]));

  it('gives every rule of a release with its verdict and what it looked at', async () => {
    await setStock(adapter.pool, { A: '100', D: '2', E: '50' });
    await adapter.add({ number: 1, lines: { A: '60', D: '3', E: '50' } });
    await setStock(adapter.pool, { A: '100', D: '2', E: '50' });
    const { release, state, postingDate } = await explain(1);
    assert.deepEqual([state, postingDate], ['launched', '2026-11-20']);
    const verdicts = verdictsOf(release);
    assert.deepEqual(
      [verdicts['REL-01'], verdicts['REL-05'], verdicts['REL-10']],
      ['pass', 'pass', 'refused'],
    );
    const stock = release.find(({ code }) => code === 'REL-10');
    assert.deepEqual(
      stock?.data.map(({ item, need, available }) => [item, need, available]),
      [
        ['A', '60', '100'],
        ['D', '3', '2'],
        ['E', '50', '50'],
      ],
    );
    assert.deepEqual(
      stock.refusals.map(({ params }) => [params['item'], params['short']]),
      [['D', '1']],
    );
  });

  it('gives the rules of a restore, and those of a release as not applicable, of an executive order', async () => {
    await adapter.add({ number: 2, lines: { A: '1' } });
    const orders = [{ key: '2026/2/0', version: 1 }];
    await adapter.send('POST', '/api/runs', { payload: { command: 'release', orders }, key: newKey() });
    const { release, restore } = await explain(2);
    assert.deepEqual(verdictsOf(release)['REL-10'], 'notApplicable');
    assert.deepEqual(verdictsOf(restore), {
      ...verdictsOf(restore),
      ...{ 'RES-01': 'pass', 'RES-02': 'pass', 'RES-05': 'pass', 'RES-08': 'pass' },
    });
    const rows = await adapter.pool.query('select 1 from run');
    assert.equal(rows.rowCount, 1, 'explaining writes nothing');
  });

  it('looks at the posting day it is asked for', async () => {
    await adapter.add({ number: 3, lines: { A: '1' } });
    await adapter.pool.query("insert into closed_period values ('IT', '', '2026-10-01', '2026-10-31')");
    const { release } = await explain(3, '?postingDate=2026-10-15');
    assert.equal(verdictsOf(release)['REL-11'], 'refused');
    assert.equal(verdictsOf((await explain(3)).release)['REL-11'], 'pass');
  });

  it('refuses by full reservation what the release refuses', async () => {
    await handleConsumption(adapter.pool);
    await adapter.pool.query("update company set reservation_policy = 'full', picking_policy = 'work'");
    await adapter.add({ number: 4, lines: { B: '50' } });
    await setStock(adapter.pool, { B: '30' });
    const orders = [{ key: '2026/4/0', version: 1 }];
    const payload = { command: 'release', orders, dryRun: true };
    const preview = Preview.parse((await adapter.send('POST', '/api/runs', { payload })).json());
    const { release } = await explain(4);
    assert.deepEqual(
      release.flatMap(({ refusals }) => refusals),
      preview.outcomes[0]?.refusals,
    );
    assert.equal(verdictsOf(release)['REL-15'], 'refused');
    const fitting = { ...payload, asStockAllows: true };
    const passed = await adapter.send('POST', '/api/runs', { payload: fitting });
    assert.equal(Preview.parse(passed.json()).outcomes[0]?.result, 'skipped', 'nothing but stock keeps it');
  });

  describe('of an order that may be split', () => {
    before(async () => {
      await adapter.pool.query(
        "update company set shortage_policy = 'split', reservation_policy = 'none', picking_policy = 'requests'",
      );
    });

    it('says that it goes in part, and what keeps it from that', async () => {
      await adapter.add({ number: 5, lines: { A: '100' } });
      await setStock(adapter.pool, { A: '80' });
      const { release } = await explain(5);
      assert.deepEqual(
        ['REL-10', 'SPL-01', 'SPL-02'].map((code) => verdictsOf(release)[code]),
        ['warned', 'pass', 'pass'],
      );
      assert.deepEqual(release.find(({ code }) => code === 'SPL-02')?.data, [
        { quantity: '40', whole: '50', unit: 'PC' },
      ]);
      await setStock(adapter.pool, { A: '1' });
      const lacking = verdictsOf((await explain(5)).release);
      assert.deepEqual(
        [lacking['REL-10'], lacking['SPL-01'], lacking['SPL-02']],
        ['refused', 'pass', 'refused'],
      );
      await setStock(adapter.pool, { A: '100' });
      const whole = verdictsOf((await explain(5)).release);
      assert.deepEqual(
        [whole['REL-10'], whole['SPL-01'], whole['SPL-02']],
        ['pass', 'notApplicable', 'notApplicable'],
      );
    });

    it('says of its merge what a preview of the merge says', async () => {
      assert.deepEqual(verdictsOf((await explain(5)).merge)['SPL-05'], 'refused', 'not split yet');
      await setStock(adapter.pool, { A: '80' });
      const released = { command: 'release', orders: [{ key: '2026/5/0', version: 1 }] };
      await adapter.send('POST', '/api/runs', { payload: released, key: newKey() });
      const explained = await explain(5);
      const { merge, version } = explained;
      const payload = { command: 'merge', orders: [{ key: '2026/5/0', version }], dryRun: true };
      const preview = Preview.parse((await adapter.send('POST', '/api/runs', { payload })).json());
      assert.deepEqual(
        merge.flatMap(({ refusals }) => refusals),
        preview.outcomes[0]?.refusals,
      );
      assert.deepEqual(verdictsOf(merge), {
        ...{ 'SPL-05': 'pass', 'SPL-06': 'refused', 'SPL-07': 'pass', 'SPL-08': 'pass' },
      });
      assert.deepEqual(merge[0]?.data, [
        { order: '2026/5/0', restOrder: '2026/5/1', whole: '50', unit: 'PC' },
      ]);
      assert.deepEqual(explained.work, [], 'nothing is picked by work');
    });
  });

  it('says what can be picked for an executive order, and what not', async () => {
    await adapter.pool.query(
      "update company set shortage_policy = 'refuse', reservation_policy = 'partial', picking_policy = 'work'",
    );
    await setStock(adapter.pool, { B: '30' });
    await adapter.add({ number: 6, lines: { B: '50' } });
    await setStock(adapter.pool, { B: '30' });
    const launched = verdictsOf((await explain(6)).work);
    assert.deepEqual(launched, {
      ...{ 'WRK-01': 'refused', 'WRK-07': 'notApplicable', 'WRK-08': 'notApplicable' },
      'WRK-09': 'notApplicable',
    });
    const payload = { command: 'release', orders: [{ key: '2026/6/0', version: 1 }] };
    await adapter.send('POST', '/api/runs', { payload, key: newKey() });
    const { work } = await explain(6);
    assert.deepEqual(verdictsOf(work), {
      ...{ 'WRK-01': 'pass', 'WRK-07': 'pass', 'WRK-08': 'pass', 'WRK-09': 'refused' },
    });
    const dataOf = (code: string) =>
      work
        .find((rule) => rule.code === code)
        ?.data.map(({ item, need, available }) => [item, need, available]);
    assert.deepEqual(dataOf('WRK-07'), [['B', '30', '30']], 'what its work is to fetch');
    assert.deepEqual(dataOf('WRK-09'), [['B', '20', '0']], 'what is left');
    await adapter.pool.query("update stock set on_hand = 10, opening = 10 where item = 'B'");
    assert.equal(verdictsOf((await explain(6)).work)['WRK-07'], 'refused');
    const { rowCount } = await adapter.pool.query(
      "select from stock where item = 'B' and warehouse = 'LINE1'",
    );
    assert.equal(rowCount, 0, 'explaining makes no stock');
  });

  it('knows no order that is not there', async () => {
    problemIn(await adapter.send('GET', '/api/orders/2026/99/0/explain'), 'notFound', 404);
    problemIn(await adapter.send('GET', '/api/orders/2026/1/0/explain?day=today'), 'invalidRequest', 400);
  });
});

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

  it('knows no order that is not there', async () => {
    problemIn(await adapter.send('GET', '/api/orders/2026/99/0/explain'), 'notFound', 404);
    problemIn(await adapter.send('GET', '/api/orders/2026/1/0/explain?day=today'), 'invalidRequest', 400);
  });
});

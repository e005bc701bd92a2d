import assert from 'node:assert/strict';
import { instant } from '../../../src/domain/calendar';
import { codesOf, key, postingDate, type Planner } from './planner';
import { addOrder, company, countLines, setStock, stockOf } from './small-plant';
import { usePlanner } from './use-planner';

const order = '2026/125/0';
const reason = 'Customer is waiting';

describe('a forced release', () => {
  const { pool, planner } = usePlanner('anna');

  beforeEach('warehouses that allow negative stock in a company that does not, and 80 of 100 A', async () => {
    await pool.query('update warehouse set negative_stock = true');
    await setStock(pool, { A: '80', D: '1000', E: '1000' });
    await addOrder(pool, { number: 125 });
  });

  const audited = async () =>
    (
      await pool.query<Record<string, unknown>>(
        'select event, reason, forced from audit_event order by at, version',
      )
    ).rows;
  const seen = (outcomes: Awaited<ReturnType<Planner['release']>>) =>
    outcomes.map(({ result, refusals, warnings }) => [
      result,
      refusals.map(({ code }) => code),
      warnings.map(({ code, params }) => `${code} ${params['context']}`),
    ]);

  it('takes stock below zero, says so, and the audit trail keeps reason and codes', async () => {
    assert.deepEqual(codesOf((await planner.release(order))[0]), ['REL-10']);
    assert.deepEqual(seen(await planner.force(reason, order)), [['released', [], ['REL-10 forced']]]);
    assert.equal((await stockOf(pool))['A'], '-20');
    assert.deepEqual(await audited(), [{ event: 'release', reason, forced: ['REL-10'] }]);
  });

  it('lets an order without materials and operations go', async () => {
    await pool.query(`delete from order_material; update item set routing = 'R1' where item = 'P'`);
    await countLines(pool);
    const warnings = ['REL-07 forced', 'REL-07 operations_forced'];
    assert.deepEqual(seen(await planner.force(reason, order)), [['released', [], warnings]]);
    assert.deepEqual(await audited(), [{ event: 'release', reason, forced: ['REL-07'] }]);
  });

  it('is previewed as it goes where nobody has counted the material yet', async () => {
    await pool.query(`delete from stock where item = 'A'`);
    const force = { kind: 'release', postingDate, force: { reason } } as const;
    const moment = { company, actor: 'anna', at: instant(new Date()) };
    const { outcomes } = await planner.book.preview(force, [{ key: key(order), version: 1 }], moment);
    assert.deepEqual(
      outcomes.map(({ result, warnings }) => [result, warnings.map(({ code }) => code)]),
      [['released', ['REL-10']]],
    );
    assert.deepEqual(seen(await planner.force(reason, order)), [['released', [], ['REL-10 forced']]]);
  });

  it('keeps the reason of orders that needed no force, too, and names no codes', async () => {
    await setStock(pool, { A: '100' });
    assert.deepEqual(seen(await planner.force(reason, order)), [['released', [], []]]);
    assert.deepEqual(await audited(), [{ event: 'release', reason, forced: null }]);
  });

  it('does not help against anything else, and then says everything', async () => {
    await planner.hold('Drawing changes', order);
    const [outcome] = await planner.force(reason, order);
    assert.deepEqual(
      outcome?.refusals.map(({ code, forceable }) => [code, forceable]),
      [
        ['REL-17', undefined],
        ['REL-10', true],
      ],
    );
    assert.equal((await stockOf(pool))['A'], '80');
  });

  it('does not help where the item is lot-managed or the warehouse forbids negative stock', async () => {
    await pool.query(`update item set lot_managed = true where item = 'A'`);
    assert.deepEqual(codesOf((await planner.force(reason, order))[0]), ['REL-10']);
    await pool.query(`update item set lot_managed = false; update warehouse set negative_stock = false`);
    assert.deepEqual(codesOf((await planner.force(reason, order))[0]), ['REL-10']);
  });

  it('takes from the next orders what it takes', async () => {
    await addOrder(pool, { number: 126, start: '2026-11-24' });
    const outcomes = await planner.force(reason, order, '2026/126/0');
    assert.deepEqual(
      outcomes.map(({ warnings }) => warnings[0]?.params['short']),
      ['20', '100'],
    );
    assert.equal((await stockOf(pool))['A'], '-120');
  });

  it('is taken back by a restore to the exact gram', async () => {
    await planner.force(reason, order);
    await planner.restore(order);
    assert.equal((await stockOf(pool))['A'], '80');
    assert.deepEqual(codesOf((await planner.release(order))[0]), ['REL-10']);
  });

  it('is judged alike by the preview, which writes nothing', async () => {
    const moment = { company, actor: 'anna', at: '2026-11-20T08:00:00.000Z' as never };
    const command = { kind: 'release', postingDate, force: { reason } } as const;
    const preview = await planner.book.preview(command, [{ key: key(order), version: 1 }], moment);
    const [outcome] = await planner.force(reason, order);
    const [previewed] = preview.outcomes;
    assert.deepEqual(
      [previewed?.result, previewed?.warnings, previewed?.movements],
      [outcome?.result, outcome?.warnings, outcome?.movements],
    );
  });
});

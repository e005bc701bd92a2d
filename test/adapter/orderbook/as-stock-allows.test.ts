import assert from 'node:assert/strict';
import { uuidv7 } from 'uuidv7';
import { instant } from '../../../src/domain/calendar';
import { codesOf, createPlanner, key, postingDate } from './planner';
import { addOrder, company, setStock, stockOf } from './small-plant';
import { usePlanner } from './use-planner';

const orders = [1, 2, 3, 4].map((number) => `2026/${number}/0`);
const asked = { kind: 'release', postingDate, asStockAllows: true } as const;

describe('releasing as many as stock allows', () => {
  const { pool, planner } = usePlanner();

  beforeEach('four orders that together need 210 of A, of which there are 100', async () => {
    await setStock(pool, { A: '100', D: '100', E: '100' });
    for (const [place, needed] of ['60', '70', '40', '40'].entries()) {
      const lines = { A: needed, D: '1' };
      await addOrder(pool, { number: place + 1, lines, start: `2026-11-2${place + 1}` });
    }
  });

  const marked = () =>
    Promise.all(
      orders.map(async (order) => ({
        key: key(order),
        version: (await planner.book.rows(company, [key(order)]))[0]?.version ?? 0,
      })),
    );

  async function release(by = planner) {
    const ran = await by.runner.run(
      {
        company: { code: company, name: 'Esempio', timeZone: 'Europe/Rome' },
        ...{ actor: 'planner', asked, orders: await marked() },
        sequence: 'byStart',
      },
      uuidv7(),
    );
    if (ran.kind !== 'run') throw new Error('the request key was new');
    return (await by.ledger.outcomes(company, ran.run.id, { limit: 1000 })).items;
  }

  it('passes over what does not fit, names its material, and releases later ones that fit', async () => {
    const outcomes = await release();
    assert.deepEqual(
      outcomes.map(({ result }) => result),
      ['released', 'skipped', 'released', 'skipped'],
    );
    assert.deepEqual(outcomes.map(codesOf), [[], ['REL-10'], [], ['REL-10']]);
    const { item, available, short } = outcomes[1]?.refusals[0]?.params ?? {};
    assert.deepEqual([item, available, short], ['A', '40', '30']);
    assert.deepEqual(await Promise.all(orders.map((order) => planner.stateOf(order))), [
      ...['executive', 'launched', 'executive', 'launched'],
    ]);
    assert.deepEqual(await stockOf(pool), { A: '0', D: '98', E: '100' });
  });

  it('does in chunks of one what the preview said of all', async () => {
    const at = { company, actor: 'planner', at: instant(new Date()) };
    const preview = await planner.book.preview(asked, await marked(), at);
    const outcomes = await release(createPlanner(pool, 'planner', 1));
    assert.deepEqual(
      preview.outcomes.map(({ key: order, result, refusals }) => [order, result, refusals]),
      outcomes.map(({ key: order, result, refusals }) => [order, result, refusals]),
    );
  });

  it('goes below zero nowhere, though policy and warehouse would allow it', async () => {
    await pool.query("update company set shortage_policy = 'negative'");
    await pool.query('update warehouse set negative_stock = true');
    const outcomes = await release();
    assert.equal(outcomes.filter(({ result }) => result === 'skipped').length, 2);
    assert.equal((await stockOf(pool))['A'], '0');
  });

  it('is undone as any release is', async () => {
    await release();
    const { items } = await planner.ledger.list(company, {}, { limit: 1 });
    const undoable = await planner.book.undoable(company, [items[0]?.id ?? '']);
    assert.deepEqual([...undoable.values()], [2]);
    await planner.restore('2026/1/0', '2026/3/0');
    assert.deepEqual(await stockOf(pool), { A: '100', D: '100', E: '100' });
  });
});

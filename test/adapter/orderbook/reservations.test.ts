import assert from 'node:assert/strict';
import { key, postingDate } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

describe('reserved stock', () => {
  const { pool, planner } = usePlanner();
  let documents = 0;

  beforeEach('100 A, and three orders over 60 of them each', async () => {
    await setStock(pool, { A: '100' });
    for (const number of [1, 2, 3]) {
      await addOrder(pool, { number, lines: { A: '60' }, start: `2026-11-2${number}` });
    }
  });

  /** Reserves A for an order, or for a document of another system. */
  async function reserve(quantity: string, order?: number, warehouse = 'MAG1'): Promise<void> {
    await pool.query(
      `insert into reservation (company_id, document, line, item, variant, warehouse, lot, quantity, order_id)
       values ($1, $2, 1, 'A', '', $3, '', $4,
               (select order_id from production_order where company_id = $1 and number = $5))`,
      [company, `DOC-${(documents += 1)}`, warehouse, quantity, order ?? null],
    );
  }
  const moment = { company, actor: 'planner', at: '2026-11-20T08:00:00.000Z' as never };
  /** Releases these orders and says what became of them, which the preview must have said as well. */
  const release = async (...numbers: number[]) => {
    const keys = numbers.map((number) => key(`2026/${number}/0`));
    const marked = (await planner.book.rows(company, keys)).map(({ key: order, version }) => ({
      key: order,
      version,
    }));
    const preview = await planner.book.preview(
      { kind: 'release', postingDate },
      inOrderOf(keys, marked),
      moment,
    );
    const outcomes = await planner.release(...keys);
    assert.deepEqual(
      preview.outcomes.map(({ result, refusals }) => [result, refusals]),
      outcomes.map(({ result, refusals }) => [result, refusals]),
    );
    return outcomes.map(({ result, refusals: [why] }) =>
      why ? [result, why.code, why.params['available'], why.params['reserved']] : [result],
    );
  };
  const inOrderOf = <T extends { key: string }>(keys: readonly string[], orders: readonly T[]) =>
    [...orders].sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));

  it('for a document of another system is not available, and REL-10 says so', async () => {
    await reserve('50');
    assert.deepEqual(await release(1), [['refused', 'REL-10', '50', '50']]);
  });

  it('for a launched order that is not marked is not available', async () => {
    await reserve('60', 2);
    assert.deepEqual(await release(1), [['refused', 'REL-10', '40', '60']]);
  });

  it('for an order itself is available to it', async () => {
    await reserve('100', 1);
    assert.deepEqual(await release(1), [['released']]);
  });

  it('for an order later in the run is kept from those before it', async () => {
    await reserve('60', 2);
    assert.deepEqual(await release(1, 2), [['refused', 'REL-10', '40', '60'], ['released']]);
  });

  it('for an order released earlier in the run counts no longer', async () => {
    await setStock(pool, { A: '120' });
    await reserve('60', 1);
    assert.deepEqual(await release(1, 2), [['released'], ['released']]);
  });

  it('for an order released by an earlier run counts no longer, and counts again once it is restored', async () => {
    await setStock(pool, { A: '120' });
    await reserve('60', 1);
    assert.deepEqual(await release(1), [['released']]);
    assert.deepEqual(await release(2), [['released']]);
    await planner.restore('2026/1/0', '2026/2/0');
    assert.deepEqual(await release(2, 3), [['released'], ['refused', 'REL-10', '0', '60']]);
    assert.deepEqual(await release(1), [['released']]);
  });

  it('in another warehouse does not matter', async () => {
    await reserve('100', undefined, 'MAG2');
    assert.deepEqual(await release(1), [['released']]);
  });

  it('of another company does not matter', async () => {
    await pool.query(`
      insert into company values ('OTHER', 'Other', 'Europe/Rome', 'refuse', 'none', 0);
      insert into item select 'OTHER', item, description, category, unit, procurement, pickup_type, warehouse, reason,
             stock_managed, lot_managed, blocked, decimals from item where company_id = '${company}';
      insert into reservation (company_id, document, line, item, variant, warehouse, lot, quantity)
      values ('OTHER', 'DOC', 1, 'A', '', 'MAG1', '', 100)`);
    assert.deepEqual(await release(1), [['released']]);
  });

  it('is of no consequence where stock may go below zero', async () => {
    await pool.query(
      `update company set shortage_policy = 'negative'; update warehouse set negative_stock = true`,
    );
    await reserve('100');
    assert.deepEqual(await release(1, 2), [['released'], ['released']]);
  });

  it('shows in the shortages of a preview as what is available without it', async () => {
    await reserve('50');
    await reserve('10', 1);
    const { shortages } = await planner.book.preview(
      { kind: 'release', postingDate },
      [{ key: key('2026/1/0'), version: 1 }],
      moment,
    );
    assert.deepEqual(
      shortages.map(({ item, need, available, missing }) => [item, need, available, missing]),
      [['A', '60', '50', '10']],
    );
  });

  it('beyond what is there leaves nothing available, and all of it is missing as well', async () => {
    await reserve('120');
    const { shortages } = await planner.book.preview(
      { kind: 'release', postingDate },
      [{ key: key('2026/1/0'), version: 1 }],
      moment,
    );
    assert.deepEqual(
      shortages.map(({ need, available, missing }) => [need, available, missing]),
      [['60', '0', '80']],
    );
  });
});

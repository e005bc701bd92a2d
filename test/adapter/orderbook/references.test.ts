import assert from 'node:assert/strict';
import { uuidv7 } from 'uuidv7';
import { key, postingDate } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

describe('release with references', () => {
  const { pool, planner } = usePlanner();

  beforeEach(async () => {
    await setStock(pool, { A: '1000', D: '1000', E: '1000' });
  });

  /** Product P takes A and E, A is made of D, D is made of E: one order each, in job order J. */
  async function chain(from: number, start: string): Promise<void> {
    await addOrder(pool, { number: from, lines: { A: '10', E: '5' }, start });
    await addOrder(pool, { number: from + 1, item: 'A', lines: { D: '10' }, start: '2026-11-20' });
    await addOrder(pool, { number: from + 2, item: 'D', lines: { E: '10' }, start: '2026-11-19' });
    await pool.query(
      `update production_order set job_order = $2, bom_level = 1 + number - $1 where number between $1 and $1 + 2`,
      [from, `J${from}`],
    );
  }

  async function release(references: readonly string[], ...orders: string[]) {
    const rows = await planner.book.rows(company, orders.map(key));
    const request = {
      company: { code: company, name: 'Esempio', timeZone: 'Europe/Rome' },
      actor: 'planner',
      asked: { kind: 'release', postingDate, references: references.map(key) },
      orders: rows.map((row) => ({ key: row.key, version: row.version })),
      sequence: 'asGiven',
    } as const;
    const preview = await planner.runner.preview(request);
    const ran = await planner.runner.run(request, uuidv7());
    if (ran.kind !== 'run') throw new Error('the request key was new');
    const { items } = await planner.ledger.outcomes(company, ran.run.id, { limit: 1000 });
    assert.deepEqual(
      preview.outcomes.map(({ key: order, result, movements }) => [order, result, movements]),
      items.map(({ key: order, result, movements }) => [order, result, movements]),
      'the preview says what the commit does',
    );
    return items.map(({ key: order, result, refusals }) => [
      order,
      refusals.length === 0 ? result : refusals.map(({ code }) => code).join(' '),
    ]);
  }

  it('takes along what is below, level by level, and nothing of another job order', async () => {
    await chain(10, '2026-11-23');
    await chain(20, '2026-11-24');
    assert.deepEqual(await release(['2026/10/0'], '2026/10/0', '2026/20/0'), [
      ['2026/10/0', 'released'],
      ['2026/11/0', 'released'],
      ['2026/12/0', 'released'],
      ['2026/20/0', 'released'],
    ]);
    assert.equal(await planner.stateOf('2026/21/0'), 'launched');
  });

  it('never takes along what is above', async () => {
    await chain(10, '2026-11-23');
    assert.deepEqual(await release(['2026/11/0'], '2026/11/0'), [
      ['2026/11/0', 'released'],
      ['2026/12/0', 'released'],
    ]);
    assert.equal(await planner.stateOf('2026/10/0'), 'launched');
  });

  it('looks below an order that is executive already', async () => {
    await chain(10, '2026-11-23');
    await planner.release('2026/11/0');
    assert.deepEqual(await release(['2026/10/0'], '2026/10/0'), [
      ['2026/10/0', 'released'],
      ['2026/12/0', 'released'],
    ]);
  });

  it('judges each by itself: what is refused keeps none of the others', async () => {
    await chain(10, '2026-11-23');
    await setStock(pool, { D: '4' });
    assert.deepEqual(await release(['2026/10/0'], '2026/10/0'), [
      ['2026/10/0', 'released'],
      ['2026/11/0', 'REL-10'],
      ['2026/12/0', 'released'],
    ]);
  });

  it('follows what output is promised to before it looks at job orders', async () => {
    await chain(10, '2026-11-23');
    await chain(20, '2026-11-24');
    await pool.query(
      `insert into output_reservation (company_id, document, line, order_id, quantity)
       select company_id, '2026/20/0', number, order_id, 10 from production_order where number = 11`,
    );
    assert.deepEqual(await release(['2026/10/0'], '2026/10/0'), [['2026/10/0', 'released']]);
    assert.deepEqual(
      (await release(['2026/20/0'], '2026/20/0')).map(([order]) => order),
      ['2026/20/0', '2026/11/0', '2026/21/0', '2026/12/0', '2026/22/0'],
    );
  });

  it('ends where orders stand in a circle', async () => {
    await chain(10, '2026-11-23');
    await pool.query(
      `update order_material set item = 'P' where order_id = (select order_id from production_order where number = 12)`,
    );
    await pool.query('update production_order set bom_level = 1');
    const outcomes = await release(['2026/12/0'], '2026/12/0');
    assert.deepEqual(
      outcomes.map(([order]) => order),
      ['2026/12/0', '2026/10/0', '2026/11/0'],
    );
  });
});

import assert from 'node:assert/strict';
import { changeLine } from '../fresh-book';
import { key } from '../planner';
import { addOrder, company, stockOf } from '../small-plant';
import { closing, order, register, released, rollBack, useShopFloor } from './shop-floor';

describe('the rollback of a declaration', () => {
  const the = useShopFloor();
  const { take, refused, refusedCodes, setItem } = the;

  it('takes back exactly what was posted, whatever the master data says by now', async () => {
    await take(closing('50'), register());
    await setItem('C', `pickup_type = 'automatic', warehouse = 'MAG2'`);
    await changeLine(the.pool, 125, 'C', { quantity: '9999' });
    await the.pool.query('delete from deposit_default');
    const outcome = await take(rollBack());
    assert.equal(outcome?.movements, 2);
    assert.equal(await the.planner.stateOf(order), 'executive');
    assert.deepEqual(await stockOf(the.pool), { ...released, P: '0' });
    const { items } = await the.planner.book.movements(
      company,
      { order: [key(order)], status: 'restored' },
      { limit: 10 },
    );
    assert.deepEqual(
      items.map(({ line, item, direction, restoredBy }) => [line, item, direction, restoredBy]),
      [
        [0, 'P', 'load', 'anna'],
        [50, 'C', 'unload', 'anna'],
      ],
    );
  });

  it('is refused while the output is used elsewhere, and goes once that is restored', async () => {
    await setItem('P', `pickup_type = 'automatic', warehouse = 'MAG1', reason = 'SCP'`);
    await take(closing('50'), register());
    await addOrder(the.pool, { number: 126, lines: { P: '20' } });
    await the.planner.release('2026/126/0');
    assert.deepEqual(await refused(rollBack()), [
      {
        code: 'DEC-09',
        params: {
          ...{ item: 'P', variant: '', warehouse: 'MAG1', lot: '', unit: 'PC' },
          ...{ need: '50', available: '30', short: '20' },
        },
      },
    ]);
    await the.planner.restore('2026/126/0');
    await take(rollBack());
    assert.equal((await stockOf(the.pool))['P'], '0');
  });

  it('may take the stock below zero where company and warehouse both allow it', async () => {
    await setItem('P', `pickup_type = 'automatic', warehouse = 'MAG1', reason = 'SCP'`);
    await take(closing('50'), register());
    await addOrder(the.pool, { number: 126, lines: { P: '20' } });
    await the.planner.release('2026/126/0');
    await the.pool.query('update warehouse set negative_stock = true');
    assert.deepEqual(await refusedCodes(rollBack()), ['DEC-09']);
    await the.pool.query(`update production_order set shortage_policy = 'negative'`);
    await take(rollBack());
    assert.equal((await stockOf(the.pool))['P'], '-20');
  });

  it('DEC-15 of a declaration that came with the plant’s data reverses nothing, and says so', async () => {
    await addOrder(the.pool, { number: 126, state: 'fulfilled' });
    await the.pool.query(
      `insert into declaration (company_id, order_id, number, quantity, scrap, closing, opened_at, opened_by, registered_at, registered_by)
       select company_id, order_id, 1, 50, 0, true, now(), 'setup', now(), 'setup' from production_order where number = 126`,
    );
    await the.pool.query(
      'update production_order set quantity_produced = 50, last_declaration = 1 where number = 126',
    );
    const outcome = await the.planner.declare('2026/126/0', rollBack());
    assert.deepEqual([outcome.result, outcome.movements], ['declared', 0]);
    assert.deepEqual(
      outcome.warnings.map(({ code }) => code),
      ['DEC-15'],
    );
    assert.equal(await the.planner.stateOf('2026/126/0'), 'executive');
    assert.deepEqual(await stockOf(the.pool), released);
  });

  it('and registering again post under a new cause and new record numbers', async () => {
    await take(closing('50'), register(), rollBack(), register());
    const { rows } = await the.pool.query<{ cause: number; record: number }>(
      `select cause, record from movement_record where reason = 'CAR'`,
    );
    assert.deepEqual(
      rows.map(({ cause }) => cause),
      [3],
    );
    assert.deepEqual(await stockOf(the.pool), { ...released, C: '975', P: '50' });
  });
});

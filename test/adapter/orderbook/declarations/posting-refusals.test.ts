import assert from 'node:assert/strict';
import { changeLine } from '../fresh-book';
import { company, setStock } from '../small-plant';
import { closing, open, order, register, rollBack, useShopFloor } from './shop-floor';

describe('the registration of a declaration refuses', () => {
  const the = useShopFloor();
  const { take, refused, refusedCodes, addOperations, setItem } = the;

  it('DEC-03 an operation that is ahead of the one before it', async () => {
    await addOperations([10, true, false], [20, true, true]);
    await take(open('25', { operation: 10 }));
    assert.deepEqual(await refusedCodes(open('26')), ['DEC-03']);
    await take(open('25'));
    assert.deepEqual(await refusedCodes(register(2)), ['DEC-03']);
    await take(register(1), register(2));
    assert.deepEqual(await refusedCodes(rollBack(1)), ['DEC-03']);
    await take(rollBack(2), rollBack(1));
  });

  it('DEC-10 an output without warehouse and load reason for production', async () => {
    await take(closing('50'));
    await the.pool.query(`update movement_reason set production = false where reason = 'CAR'`);
    assert.deepEqual(await refused(register()), [
      { code: 'DEC-10', params: { order, line: '0', item: 'P', context: 'output' } },
    ]);
    await the.pool.query(
      `update movement_reason set production = true, direction = 'unload' where reason = 'CAR'`,
    );
    assert.deepEqual(await refusedCodes(register()), ['DEC-10']);
  });

  it('DEC-10 a manual material without warehouse and unload reason', async () => {
    await take(closing('50'));
    await changeLine(the.pool, 125, 'C', { reason: 'CAR' });
    assert.deepEqual(await refused(register()), [
      { code: 'DEC-10', params: { order, line: '50', item: 'C' } },
    ]);
  });

  it('DEC-11 a manual material that is short', async () => {
    await setStock(the.pool, { C: '20' });
    await take(closing('50'));
    assert.deepEqual(await refused(register()), [
      {
        code: 'DEC-11',
        params: {
          ...{ item: 'C', variant: '', warehouse: 'MAG1', lot: '', unit: 'KG' },
          ...{ need: '25', available: '20', short: '5' },
        },
      },
    ]);
  });

  it('DEC-11 unless company and warehouse both let it go below zero; never for what is managed by lot', async () => {
    await setStock(the.pool, { C: '20' });
    await take(closing('50'));
    await the.pool.query(`update production_order set shortage_policy = 'negative'`);
    assert.deepEqual(await refusedCodes(register()), ['DEC-11']);
    await the.pool.query(`update warehouse set negative_stock = true`);
    await changeLine(the.pool, 125, 'C', { lot: 'L1' });
    await setItem('C', 'lot_managed = true');
    assert.deepEqual(await refusedCodes(register()), ['DEC-11']);
    await setItem('C', 'lot_managed = false');
    await changeLine(the.pool, 125, 'C', { lot: '' });
    await take(register());
    assert.ok((await the.planner.movementsOf(order)).includes('MAG1/SCP C 25'));
  });

  it('DEC-12 a posting date in a closed period, of the warehouse or of all', async () => {
    await take(closing('50'));
    for (const [warehouse, from, to, refuses] of [
      ['MAG2', '2020-01-01', '2099-12-31', false],
      ['MAG1', '2020-01-01', '2020-12-31', false],
      ['MAG1', '2020-01-01', '2099-12-31', true],
      ['', '2020-01-01', '2099-12-31', true],
    ] as const) {
      await the.pool.query('delete from closed_period');
      await the.pool.query('insert into closed_period values ($1, $2, $3, $4)', [
        company,
        warehouse,
        from,
        to,
      ]);
      if (refuses) assert.deepEqual(await refusedCodes(register()), ['DEC-12']);
      else await take(register(), rollBack());
    }
  });

  it('DEC-12 a rollback whose movements lie in a closed period', async () => {
    await take(closing('50'), register());
    await the.pool.query(`insert into closed_period values ($1, 'MAG1', '2020-01-01', '2099-12-31')`, [
      company,
    ]);
    const [why, ...others] = await refused(rollBack());
    assert.deepEqual([why?.code, why?.params['context'], others], ['DEC-12', 'takeBack', []]);
  });

  it('DEC-13 what is managed by lot and has none; the output’s lot is given when registering', async () => {
    await setItem('P', 'lot_managed = true');
    await setItem('C', 'lot_managed = true');
    await take(closing('50'));
    assert.deepEqual(
      (await refused(register())).map(({ code, params }) => [code, params['item']]),
      [
        ['DEC-13', 'P'],
        ['DEC-13', 'C'],
      ],
    );
    await setItem('C', 'lot_managed = false');
    await take(register(1, 'L7'));
    const { rows } = await the.pool.query(
      `select lot, on_hand::text from stock where item = 'P' and on_hand <> 0`,
    );
    assert.deepEqual(rows, [{ lot: 'L7', on_hand: '50' }]);
  });

  it('DEC-14 an operation that is not productive, or not the order’s', async () => {
    await addOperations([10, true, true], [20, false, true]);
    assert.deepEqual(await refusedCodes(open('1', { operation: 20 })), ['DEC-14']);
    assert.deepEqual(await refusedCodes(open('1', { operation: 30 })), ['DEC-14']);
  });

  it('says everything at once', async () => {
    await addOperations([10, true, false], [20, true, true]);
    await take(open('40', { operation: 10 }), register(1), closing('40'));
    await setStock(the.pool, { C: '1' });
    await the.pool.query(`insert into closed_period values ($1, '', '2020-01-01', '2099-12-31')`, [company]);
    await the.pool.query('delete from deposit_default');
    assert.deepEqual(await refusedCodes(register(2)), ['DEC-10', 'DEC-11', 'DEC-12']);
  });
});

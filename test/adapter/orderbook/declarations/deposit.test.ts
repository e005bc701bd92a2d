import assert from 'node:assert/strict';
import { company } from '../small-plant';
import { closing, order, register, rollBack, useShopFloor } from './shop-floor';

describe('the deposit warehouse of a declaration', () => {
  const the = useShopFloor();
  const { take, refusedCodes, addOperations, setItem } = the;

  const depositOf = async () => {
    await take(closing('50'), register());
    return (await the.planner.movementsOf(order)).find((movement) => movement.endsWith(' P 50'));
  };
  const setDefault = (site: string, section: string, warehouse: string) =>
    the.pool.query(`insert into deposit_default values ($1, $2, $3, $4, 'CAR')`, [
      company,
      site,
      section,
      warehouse,
    ]);
  const setOrder = (assignments: string) => the.pool.query(`update production_order set ${assignments}`);
  beforeEach('other warehouses take receipts, too', async () => {
    for (const warehouse of ['W1', 'W2', 'W3', 'W4']) {
      await the.pool.query(`insert into warehouse values ($1, $2, $2, 'S1', false)`, [company, warehouse]);
      await the.pool.query(`insert into movement_reason values ($1, $2, 'CAR', 'Receipt', 'load', true)`, [
        company,
        warehouse,
      ]);
    }
  });

  it('is the general one where nothing else says', async () => {
    assert.equal(await depositOf(), 'MAG1/CAR P 50');
  });

  it('comes from the site of the machine of the last operation before that', async () => {
    await the.pool.query(`insert into site values ($1, 'S2', 'Other')`, [company]);
    await the.pool.query(`insert into machine values ($1, 'M1', 'Press', '100', 'S2')`, [company]);
    await addOperations([10, true, true, 'M1']);
    await setDefault('S2', 'finished', 'W1');
    assert.equal(await depositOf(), 'W1/CAR P 50');
  });

  it('comes from the item before the machine', async () => {
    await the.pool.query(`insert into machine values ($1, 'M1', 'Press', '100', 'S1')`, [company]);
    await setOrder(`site = ''`);
    await addOperations([10, true, true, 'M1']);
    await setDefault('S1', 'finished', 'W1');
    await setItem('P', `deposit_warehouse = 'W2', deposit_reason = 'CAR'`);
    assert.equal(await depositOf(), 'W2/CAR P 50');
  });

  it('comes from the site of the order before the item', async () => {
    await setItem('P', `deposit_warehouse = 'W2', deposit_reason = 'CAR'`);
    await setDefault('S1', 'finished', 'W3');
    assert.equal(await depositOf(), 'W3/CAR P 50');
  });

  it('is the order’s own before all others', async () => {
    await setDefault('S1', 'finished', 'W3');
    await setOrder(`deposit_warehouse = 'W4', deposit_reason = 'CAR'`);
    assert.equal(await depositOf(), 'W4/CAR P 50');
  });

  it('of a semi-finished product is in the unfinished section, and in the finished one where there is none', async () => {
    await setOrder('bom_level = 2');
    assert.equal(await depositOf(), 'MAG1/CAR P 50');
    await take(rollBack());
    await setDefault('', 'unfinished', 'W1');
    await take(register());
    assert.equal((await the.planner.movementsOf(order)).at(-2), 'W1/CAR P 50');
  });

  it('of a finished product is never in the unfinished section', async () => {
    await the.pool.query('delete from deposit_default');
    await setDefault('', 'unfinished', 'W1');
    await take(closing('50'));
    assert.deepEqual(await refusedCodes(register()), ['DEC-10']);
  });
});

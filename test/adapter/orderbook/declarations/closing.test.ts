import assert from 'node:assert/strict';
import { uuidv7 } from 'uuidv7';
import type { CalendarDate } from '../../../../src/domain/calendar';
import { quantity } from '../../../../src/domain/quantity';
import { createPostgresRunLedger } from '../../../../src/adapter/runs/postgres-run-ledger';
import { changeLine } from '../fresh-book';
import { codesOf, key } from '../planner';
import { addOrder, company, stockOf } from '../small-plant';
import { closing, open, order, register, released, rollBack, useShopFloor } from './shop-floor';

describe('the closing declaration of the last productive and movable operation', () => {
  const the = useShopFloor();
  const { take, detail, addOperations, setItem } = the;

  it('fulfils the order, posts its whole output and the manual materials, in records of the day', async () => {
    const outcome = await take(open('20'), register(1), closing('30.5'), register(2));
    assert.equal(outcome?.movements, 2);
    assert.equal(await the.planner.stateOf(order), 'fulfilled');
    assert.deepEqual(await the.planner.movementsOf(order), [
      'MAG1/SCP A 100',
      'MAG1/SCP D 3',
      'MAG2/SCP E 50',
      'MAG1/CAR P 50.5',
      'MAG1/SCP C 25',
    ]);
    assert.deepEqual(await stockOf(the.pool), { ...released, C: '975', P: '50.5' });
    const { rows } = await the.pool.query(
      `select warehouse, reason, cause, record, posted_by from movement_record order by cause, record`,
    );
    assert.deepEqual(
      rows.slice(-2).map(({ warehouse, cause, posted_by }) => [warehouse, cause, posted_by] as unknown[]),
      [
        ['MAG1', 2, 'anna'],
        ['MAG1', 2, 'anna'],
      ],
    );
    const { declarations } = await detail();
    assert.deepEqual(
      declarations.map(({ movements }) => movements),
      [0, 2],
    );
    assert.equal((await detail()).quantityProduced, '50.5');
  });

  it('posts on the plant’s day, or on the day given', async () => {
    const ledger = createPostgresRunLedger(the.pool, 'reader');
    await take(closing('50'));
    const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };
    const ran = await the.planner.runner.run(
      {
        ...{
          company: plant,
          actor: 'anna',
          orders: [{ key: key(order), version: 0 }],
          sequence: 'asGiven',
        },
        asked: { kind: 'declare', step: register(), postingDate: '2026-10-31' as CalendarDate },
      },
      uuidv7(),
    );
    assert.ok(ran.kind === 'run');
    const { items } = await ledger.outcomes(company, ran.run.id, { limit: 1 });
    assert.deepEqual(items.map(codesOf), [[]]);
    const { rows } = await the.pool.query<{ posted_on: string; record: number }>(
      'select distinct posted_on, record from movement_record where cause = 2 order by record',
    );
    assert.deepEqual(rows, [
      { posted_on: '2026-10-31', record: 1 },
      { posted_on: '2026-10-31', record: 2 },
    ]);
  });

  it('may close with nothing more: the output is what was registered before', async () => {
    await take(open('20'), register(1), closing('0'), register(2));
    assert.equal((await stockOf(the.pool))['P'], '20');
  });

  it('of an order without output posts no load', async () => {
    const outcome = await take(open('0', { scrap: quantity('50'), closing: true }), register());
    assert.equal(outcome?.movements, 1);
    assert.deepEqual(await stockOf(the.pool), { ...released, C: '975' });
  });

  it('leaves out what is not stock-managed, and lines of zero or less', async () => {
    await setItem('P', 'stock_managed = false');
    await changeLine(the.pool, 125, 'C', { quantity: '-5' });
    const outcome = await take(closing('50'), register());
    assert.equal(outcome?.movements, 0);
    assert.equal(await the.planner.stateOf(order), 'fulfilled');
    await take(rollBack());
    assert.equal(await the.planner.stateOf(order), 'executive');
  });

  it('reads the pickup type when it is registered', async () => {
    await setItem('B', `pickup_type = 'manual'`);
    await setItem('C', `pickup_type = 'with_list'`);
    await take(closing('50'), register());
    assert.deepEqual(await stockOf(the.pool), { ...released, B: '950', P: '50' });
  });

  it('withdraws no material a second time that was automatic at the release and is manual now', async () => {
    await the.pool.query(`update item set pickup_type = 'manual' where item in ('A', 'D')`);
    const outcome = await take(closing('50'), register());
    assert.equal(outcome?.movements, 2);
    assert.deepEqual(await stockOf(the.pool), { ...released, C: '975', P: '50' });
  });

  it('of an earlier operation closes only that operation', async () => {
    await addOperations([10, true, false], [20, true, true], [30, false, true]);
    const outcome = await take(closing('50', 10), register(1));
    assert.equal(outcome?.movements, 0);
    assert.equal(await the.planner.stateOf(order), 'executive');
    assert.deepEqual(await stockOf(the.pool), released);
    const shown = (await detail()).operations.map(({ operation, produced, closed }) => [
      operation,
      produced,
      closed,
    ]);
    assert.deepEqual(shown, [
      [10, '50', true],
      [20, '0', false],
      [30, '0', false],
    ]);
    assert.equal((await detail()).quantityProduced, '0');
    await take(closing('48'), register(2));
    assert.deepEqual(
      (await detail()).declarations.map(({ operation }) => operation),
      [10, 20],
    );
    assert.equal(await the.planner.stateOf(order), 'fulfilled');
    assert.deepEqual(await stockOf(the.pool), { ...released, C: '975', P: '48' });
  });

  it('of an order that never had a release posts as well', async () => {
    await addOrder(the.pool, { number: 126, state: 'executive' });
    await the.planner.declare('2026/126/0', closing('50'));
    await the.planner.declare('2026/126/0', register());
    assert.deepEqual(await the.planner.movementsOf('2026/126/0'), ['MAG1/CAR P 50', 'MAG1/SCP C 25']);
  });
});

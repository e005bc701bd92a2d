import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { CalendarDate } from '../../../src/domain/calendar';
import type { DeclarationStep } from '../../../src/domain/declaration/declaration';
import { quantity, zero } from '../../../src/domain/quantity';
import type { StoredOutcome } from '../../../src/adapter/orderbook/order-book';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { createPostgresRunLedger } from '../../../src/adapter/runs/postgres-run-ledger';
import { useDatabase } from '../../postgres';
import { bookState, changeLine, freshBook } from './fresh-book';
import { assertInvariants } from './invariants';
import { codesOf, createPlanner, key, type Planner } from './planner';
import { addOrder, company, countLines, preparePlant, setStock, stockOf } from './small-plant';

const order = '2026/125/0';
/** Needs 100 of A, 3 of D and 50 of E, all automatic, and 25 of C, which is manual. */
const ample = { A: '1000', D: '1000', E: '1000', B: '1000', C: '1000' };
const released = { ...ample, A: '900', D: '997', E: '950' };

const open = (
  amount: string,
  changes: Partial<DeclarationStep & { step: 'open' }> = {},
): DeclarationStep => ({
  ...{ step: 'open', quantity: quantity(amount), scrap: zero, closing: false },
  ...changes,
});
const closing = (amount: string, operation?: number) => open(amount, { closing: true, operation });
const register = (number = 1, lot?: string): DeclarationStep => ({ step: 'register', number, lot });
const rollBack = (number = 1): DeclarationStep => ({ step: 'rollBack', number });
const remove = (number = 1): DeclarationStep => ({ step: 'delete', number });

describe('declarations that post', () => {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  let planner: Planner;

  before(() => {
    pool = createPool(database.connectionString);
    planner = createPlanner(pool, 'anna');
  });
  after(() => pool.end());
  beforeEach('order 2026/125/0 is on the shop floor', async () => {
    await freshBook(pool, database.connectionString);
    await setStock(pool, ample);
    await addOrder(pool, { number: 125 });
    await planner.release(order);
  });
  afterEach('the book is sound', () => assertInvariants(pool));

  /** Takes steps that must be accepted, and gives the last outcome. */
  async function take(...steps: DeclarationStep[]): Promise<StoredOutcome | undefined> {
    let last: StoredOutcome | undefined;
    for (const step of steps) {
      last = await planner.declare(order, step);
      assert.deepEqual([last.result, codesOf(last)], ['declared', []]);
      await assertInvariants(pool);
    }
    return last;
  }
  /** The refusals of a step, which must have written nothing. */
  async function refused(step: DeclarationStep) {
    const before = await bookState(pool);
    const outcome = await planner.declare(order, step);
    assert.deepEqual([outcome.result, outcome.movements], ['refused', 0]);
    assert.deepEqual(await bookState(pool), before);
    return outcome.refusals;
  }
  const refusedCodes = async (step: DeclarationStep) => (await refused(step)).map(({ code }) => code);

  const detail = async () => {
    const [found] = await planner.book.read(company, [key(order)]);
    assert.ok(found);
    return found;
  };
  async function addOperations(
    ...operations: [number: number, productive: boolean, movable: boolean, machine?: string][]
  ) {
    for (const [operation, productive, movable, machine = ''] of operations) {
      await pool.query(
        `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable, machine)
         select company_id, order_id, $1, '100', 'Work', start_on, end_on, $2, $3, $4 from production_order`,
        [operation, productive, movable, machine],
      );
    }
    await countLines(pool);
  }
  async function addWarehouse(warehouse: string, negative = false) {
    await pool.query('insert into warehouse values ($1, $2, $2, $3, $4)', [
      company,
      warehouse,
      'S1',
      negative,
    ]);
    await pool.query(`insert into movement_reason values ($1, $2, 'CAR', 'Receipt', 'load', true)`, [
      company,
      warehouse,
    ]);
  }
  const setItem = (item: string, assignments: string) =>
    pool.query(`update item set ${assignments} where item = $1`, [item]);
  const setOrder = (assignments: string) => pool.query(`update production_order set ${assignments}`);

  describe('the closing declaration of the last productive and movable operation', () => {
    it('fulfils the order, posts its whole output and the manual materials, in records of the day', async () => {
      const outcome = await take(open('20'), register(1), closing('30.5'), register(2));
      assert.equal(outcome?.movements, 2);
      assert.equal(await planner.stateOf(order), 'fulfilled');
      assert.deepEqual(await planner.movementsOf(order), [
        'MAG1/SCP A 100',
        'MAG1/SCP D 3',
        'MAG2/SCP E 50',
        'MAG1/CAR P 50.5',
        'MAG1/SCP C 25',
      ]);
      assert.deepEqual(await stockOf(pool), { ...released, C: '975', P: '50.5' });
      const { rows } = await pool.query(
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
      const ledger = createPostgresRunLedger(pool, 'reader');
      await take(closing('50'));
      const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };
      const ran = await planner.runner.run(
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
      const { rows } = await pool.query<{ posted_on: string; record: number }>(
        'select distinct posted_on, record from movement_record where cause = 2 order by record',
      );
      assert.deepEqual(rows, [
        { posted_on: '2026-10-31', record: 1 },
        { posted_on: '2026-10-31', record: 2 },
      ]);
    });

    it('may close with nothing more: the output is what was registered before', async () => {
      await take(open('20'), register(1), closing('0'), register(2));
      assert.equal((await stockOf(pool))['P'], '20');
    });

    it('of an order without output posts no load', async () => {
      const outcome = await take(open('0', { scrap: quantity('50'), closing: true }), register());
      assert.equal(outcome?.movements, 1);
      assert.deepEqual(await stockOf(pool), { ...released, C: '975' });
    });

    it('leaves out what is not stock-managed, and lines of zero or less', async () => {
      await setItem('P', 'stock_managed = false');
      await changeLine(pool, 125, 'C', { quantity: '-5' });
      const outcome = await take(closing('50'), register());
      assert.equal(outcome?.movements, 0);
      assert.equal(await planner.stateOf(order), 'fulfilled');
      await take(rollBack());
      assert.equal(await planner.stateOf(order), 'executive');
    });

    it('reads the pickup type when it is registered', async () => {
      await setItem('B', `pickup_type = 'manual'`);
      await setItem('C', `pickup_type = 'with_list'`);
      await take(closing('50'), register());
      assert.deepEqual(await stockOf(pool), { ...released, B: '950', P: '50' });
    });

    it('withdraws no material a second time that was automatic at the release and is manual now', async () => {
      await pool.query(`update item set pickup_type = 'manual' where item in ('A', 'D')`);
      const outcome = await take(closing('50'), register());
      assert.equal(outcome?.movements, 2);
      assert.deepEqual(await stockOf(pool), { ...released, C: '975', P: '50' });
    });

    it('of an earlier operation closes only that operation', async () => {
      await addOperations([10, true, false], [20, true, true], [30, false, true]);
      const outcome = await take(closing('50', 10), register(1));
      assert.equal(outcome?.movements, 0);
      assert.equal(await planner.stateOf(order), 'executive');
      assert.deepEqual(await stockOf(pool), released);
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
      assert.equal(await planner.stateOf(order), 'fulfilled');
      assert.deepEqual(await stockOf(pool), { ...released, C: '975', P: '48' });
    });

    it('of an order that never had a release posts as well', async () => {
      await addOrder(pool, { number: 126, state: 'executive' });
      await planner.declare('2026/126/0', closing('50'));
      await planner.declare('2026/126/0', register());
      assert.deepEqual(await planner.movementsOf('2026/126/0'), ['MAG1/CAR P 50', 'MAG1/SCP C 25']);
    });
  });

  describe('the deposit warehouse', () => {
    const depositOf = async () => {
      await take(closing('50'), register());
      return (await planner.movementsOf(order)).find((movement) => movement.endsWith(' P 50'));
    };
    const setDefault = (site: string, section: string, warehouse: string) =>
      pool.query(`insert into deposit_default values ($1, $2, $3, $4, 'CAR')`, [
        company,
        site,
        section,
        warehouse,
      ]);
    beforeEach(async () => {
      for (const warehouse of ['W1', 'W2', 'W3', 'W4']) await addWarehouse(warehouse);
    });

    it('is the general one where nothing else says', async () => {
      assert.equal(await depositOf(), 'MAG1/CAR P 50');
    });

    it('comes from the site of the machine of the last operation before that', async () => {
      await pool.query(`insert into site values ($1, 'S2', 'Other')`, [company]);
      await pool.query(`insert into machine values ($1, 'M1', 'Press', '100', 'S2')`, [company]);
      await addOperations([10, true, true, 'M1']);
      await setDefault('S2', 'finished', 'W1');
      assert.equal(await depositOf(), 'W1/CAR P 50');
    });

    it('comes from the item before the machine', async () => {
      await pool.query(`insert into machine values ($1, 'M1', 'Press', '100', 'S1')`, [company]);
      await pool.query(`update production_order set site = ''`);
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
      assert.equal((await planner.movementsOf(order)).at(-2), 'W1/CAR P 50');
    });

    it('of a finished product is never in the unfinished section', async () => {
      await pool.query('delete from deposit_default');
      await setDefault('', 'unfinished', 'W1');
      await take(closing('50'));
      assert.deepEqual(await refusedCodes(register()), ['DEC-10']);
    });
  });

  describe('a rollback', () => {
    it('takes back exactly what was posted, whatever the master data says by now', async () => {
      await take(closing('50'), register());
      await setItem('C', `pickup_type = 'automatic', warehouse = 'MAG2'`);
      await changeLine(pool, 125, 'C', { quantity: '9999' });
      await pool.query('delete from deposit_default');
      const outcome = await take(rollBack());
      assert.equal(outcome?.movements, 2);
      assert.equal(await planner.stateOf(order), 'executive');
      assert.deepEqual(await stockOf(pool), { ...released, P: '0' });
      const { items } = await planner.book.movements(
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
      await addOrder(pool, { number: 126, lines: { P: '20' } });
      await planner.release('2026/126/0');
      assert.deepEqual(await refused(rollBack()), [
        {
          code: 'DEC-09',
          params: {
            ...{ item: 'P', variant: '', warehouse: 'MAG1', lot: '', unit: 'PC' },
            ...{ need: '50', available: '30', short: '20' },
          },
        },
      ]);
      await planner.restore('2026/126/0');
      await take(rollBack());
      assert.equal((await stockOf(pool))['P'], '0');
    });

    it('may take the stock below zero where company and warehouse both allow it', async () => {
      await setItem('P', `pickup_type = 'automatic', warehouse = 'MAG1', reason = 'SCP'`);
      await take(closing('50'), register());
      await addOrder(pool, { number: 126, lines: { P: '20' } });
      await planner.release('2026/126/0');
      await pool.query('update warehouse set negative_stock = true');
      assert.deepEqual(await refusedCodes(rollBack()), ['DEC-09']);
      await pool.query(`update company set shortage_policy = 'negative'`);
      await take(rollBack());
      assert.equal((await stockOf(pool))['P'], '-20');
    });

    it('DEC-15 of a declaration that came with the plant’s data reverses nothing, and says so', async () => {
      await addOrder(pool, { number: 126, state: 'fulfilled' });
      await pool.query(
        `insert into declaration (company_id, order_id, number, quantity, scrap, closing, opened_at, opened_by, registered_at, registered_by)
         select company_id, order_id, 1, 50, 0, true, now(), 'setup', now(), 'setup' from production_order where number = 126`,
      );
      await pool.query(
        'update production_order set quantity_produced = 50, last_declaration = 1 where number = 126',
      );
      const outcome = await planner.declare('2026/126/0', rollBack());
      assert.deepEqual([outcome.result, outcome.movements], ['declared', 0]);
      assert.deepEqual(
        outcome.warnings.map(({ code }) => code),
        ['DEC-15'],
      );
      assert.equal(await planner.stateOf('2026/126/0'), 'executive');
      assert.deepEqual(await stockOf(pool), released);
    });

    it('and registering again post under a new cause and new record numbers', async () => {
      await take(closing('50'), register(), rollBack(), register());
      const { rows } = await pool.query<{ cause: number; record: number }>(
        `select cause, record from movement_record where reason = 'CAR'`,
      );
      assert.deepEqual(
        rows.map(({ cause }) => cause),
        [3],
      );
      assert.deepEqual(await stockOf(pool), { ...released, C: '975', P: '50' });
    });
  });

  it('never has the number of one that was deleted: a pane that still shows it means no other', async () => {
    const numbers = async () => (await detail()).declarations.map(({ number }) => number);
    await take(open('5'), open('7'), remove(2));
    await take(open('9'));
    assert.deepEqual(await numbers(), [1, 3]);
    assert.deepEqual(await refusedCodes(register(2)), ['DEC-08']);
    await take(remove(1), remove(3));
    await planner.restore(order);
    await planner.release(order);
    await take(open('4'));
    assert.deepEqual(await numbers(), [4]);
  });

  it('an opened declaration keeps the order from being restored until it is deleted', async () => {
    await take(closing('50'), register(), rollBack());
    assert.deepEqual((await planner.restore(order)).map(codesOf), [['RES-02']]);
    await take(remove());
    const [restored] = await planner.restore(order);
    assert.deepEqual([restored?.result, restored?.movements], ['restored', 3]);
    assert.deepEqual(await stockOf(pool), { ...ample, P: '0' });
  });

  describe('refuses', () => {
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
      await pool.query(`update movement_reason set production = false where reason = 'CAR'`);
      assert.deepEqual(await refused(register()), [
        { code: 'DEC-10', params: { order, line: '0', item: 'P', context: 'output' } },
      ]);
      await pool.query(
        `update movement_reason set production = true, direction = 'unload' where reason = 'CAR'`,
      );
      assert.deepEqual(await refusedCodes(register()), ['DEC-10']);
    });

    it('DEC-10 a manual material without warehouse and unload reason', async () => {
      await take(closing('50'));
      await changeLine(pool, 125, 'C', { reason: 'CAR' });
      assert.deepEqual(await refused(register()), [
        { code: 'DEC-10', params: { order, line: '50', item: 'C' } },
      ]);
    });

    it('DEC-11 a manual material that is short', async () => {
      await setStock(pool, { C: '20' });
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
      await setStock(pool, { C: '20' });
      await take(closing('50'));
      await pool.query(`update company set shortage_policy = 'negative'`);
      assert.deepEqual(await refusedCodes(register()), ['DEC-11']);
      await pool.query(`update warehouse set negative_stock = true`);
      await changeLine(pool, 125, 'C', { lot: 'L1' });
      await setItem('C', 'lot_managed = true');
      assert.deepEqual(await refusedCodes(register()), ['DEC-11']);
      await setItem('C', 'lot_managed = false');
      await changeLine(pool, 125, 'C', { lot: '' });
      await take(register());
      assert.ok((await planner.movementsOf(order)).includes('MAG1/SCP C 25'));
    });

    it('DEC-12 a posting date in a closed period, of the warehouse or of all', async () => {
      await take(closing('50'));
      for (const [warehouse, from, to, refuses] of [
        ['MAG2', '2020-01-01', '2099-12-31', false],
        ['MAG1', '2020-01-01', '2020-12-31', false],
        ['MAG1', '2020-01-01', '2099-12-31', true],
        ['', '2020-01-01', '2099-12-31', true],
      ] as const) {
        await pool.query('delete from closed_period');
        await pool.query('insert into closed_period values ($1, $2, $3, $4)', [company, warehouse, from, to]);
        if (refuses) assert.deepEqual(await refusedCodes(register()), ['DEC-12']);
        else await take(register(), rollBack());
      }
    });

    it('DEC-12 a rollback whose movements lie in a closed period', async () => {
      await take(closing('50'), register());
      await pool.query(`insert into closed_period values ($1, 'MAG1', '2020-01-01', '2099-12-31')`, [
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
      const { rows } = await pool.query(
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
      await setStock(pool, { C: '1' });
      await pool.query(`insert into closed_period values ($1, '', '2020-01-01', '2099-12-31')`, [company]);
      await pool.query('delete from deposit_default');
      assert.deepEqual(await refusedCodes(register(2)), ['DEC-10', 'DEC-11', 'DEC-12']);
    });
  });

  it('posts once, when two operators register the same declaration at the same moment', async () => {
    await take(closing('50'));
    const others = [createPlanner(pool, 'berta'), createPlanner(pool, 'carlo'), planner];
    const outcomes = await Promise.all(others.map((each) => each.declare(order, register())));
    assert.deepEqual(outcomes.map(codesOf).sort(), [[], ['DEC-05'], ['DEC-05']]);
    assert.deepEqual(await stockOf(pool), { ...released, C: '975', P: '50' });
  });

  it('gives the last of a manual material to one of two orders that are registered at the same moment', async () => {
    await addOrder(pool, { number: 126, state: 'executive', lines: { C: '25' } });
    await setStock(pool, { C: '30' });
    const other = createPlanner(pool, 'berta');
    await take(closing('50'));
    await other.declare('2026/126/0', closing('50'));
    const outcomes = await Promise.all([
      planner.declare(order, register()),
      other.declare('2026/126/0', register()),
    ]);
    assert.deepEqual(outcomes.map(codesOf).sort(), [[], ['DEC-11']]);
    assert.equal((await stockOf(pool))['C'], '5');
  });
});

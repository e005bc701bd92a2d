import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { DeclarationStep } from '../../../src/domain/declaration/declaration';
import { quantity, zero } from '../../../src/domain/quantity';
import type { RefusalCode } from '../../../src/domain/refusals';
import type { StoredOutcome } from '../../../src/adapter/orderbook/order-book';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { createPostgresRunLedger } from '../../../src/adapter/runs/postgres-run-ledger';
import { useDatabase } from '../../postgres';
import { bookState, changeLine, countStock, freshBook } from './fresh-book';
import { assertInvariants } from './invariants';
import { codesOf, createPlanner, key, postingDate, type Planner } from './planner';
import { addOrder, countLines, company, preparePlant, setStock, stockOf } from './small-plant';

const order = '2026/125/0';
const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };
const open = (amount: string, closing = false): DeclarationStep => ({
  ...{ step: 'open', quantity: quantity(amount), scrap: zero, closing },
});

describe('what the order book refuses', () => {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  let planner: Planner;

  before(() => {
    pool = createPool(database.connectionString);
    planner = createPlanner(pool, 'anna');
  });
  after(() => pool.end());
  beforeEach('a plant with ample stock and order 2026/125/0', async () => {
    await freshBook(pool, database.connectionString);
    await setStock(pool, { A: '1000', D: '1000', E: '1000' });
    await addOrder(pool, { number: 125 });
  });
  afterEach('the book is sound', () => assertInvariants(pool));

  /** The refusals of the one order of a command, which must have written nothing. */
  async function refused(act: () => Promise<readonly StoredOutcome[]>) {
    const before = await bookState(pool);
    const [outcome, ...others] = await act();
    assert.deepEqual(others, []);
    assert.deepEqual([outcome?.result, outcome?.movements], ['refused', 0]);
    assert.deepEqual(await bookState(pool), before);
    return outcome?.refusals ?? [];
  }
  const codes = async (act: () => Promise<readonly StoredOutcome[]>) =>
    (await refused(act)).map(({ code }) => code);
  /** The refusals of a declaration step. */
  const declared = (step: DeclarationStep) => refused(async () => [await planner.declare(order, step)]);
  const declaredCodes = async (step: DeclarationStep) => (await declared(step)).map(({ code }) => code);

  /** Marks 2026/125/0 in the version a sheet still holds. */
  async function inVersion(version: number, kind: 'release' | 'restore') {
    const asked = kind === 'release' ? { kind, postingDate } : { kind };
    const orders = [{ key: key(order), version }];
    const ran = await planner.runner.run(
      { company: plant, actor: 'anna', asked, orders, sequence: 'byStart' },
      uuidv7(),
    );
    assert.ok(ran.kind === 'run');
    return (await createPostgresRunLedger(pool, 'reader').outcomes(company, ran.run.id, { limit: 10 })).items;
  }
  async function changedAt(): Promise<string> {
    const { rows } = await pool.query<{ at: string }>('select changed_at as at from production_order');
    return rows[0]?.at ?? '';
  }

  describe('a release', () => {
    it('ORD-01 an order that does not exist', async () => {
      const refusals = await refused(() => planner.release('2026/999/0'));
      assert.deepEqual(refusals, [{ code: 'ORD-01', params: { order: '2026/999/0' } }]);
    });

    for (const state of ['executive', 'fulfilled'] as const) {
      it(`REL-01 an order that is ${state}`, async () => {
        await addOrder(pool, { number: 7, state });
        const refusals = await refused(() => planner.release('2026/7/0'));
        assert.deepEqual(refusals, [{ code: 'REL-01', params: { order: '2026/7/0', state } }]);
      });
    }

    it('REL-01 an order released a moment ago: its materials leave the stock once', async () => {
      await planner.release(order);
      assert.deepEqual(await codes(() => planner.release(order)), ['REL-01']);
      assert.equal((await stockOf(pool))['A'], '900');
    });

    it('REL-02 is no refusal: the same request again is answered with what it did', async () => {
      const request = {
        ...{ company: plant, actor: 'anna', asked: { kind: 'release', postingDate } as const },
        ...{ orders: [{ key: key(order), version: 1 }], sequence: 'byStart' as const },
      };
      const first = await planner.runner.run(request, 'the same key');
      const before = await bookState(pool);
      const again = await planner.runner.run(request, 'the same key');
      assert.ok(first.kind === 'run' && again.kind === 'run');
      assert.deepEqual([again.replayed, again.run], [true, first.run]);
      assert.deepEqual([again.run.succeeded, again.run.movements], [1, 3]);
      assert.deepEqual(await bookState(pool), before);
    });

    it('REL-03 an order somebody changed meanwhile names the user and the time', async () => {
      const bruno = createPlanner(pool, 'bruno');
      await bruno.release(order);
      await bruno.restore(order);
      const refusals = await refused(() => inVersion(1, 'release'));
      const params = { order, user: 'bruno', at: await changedAt() };
      assert.deepEqual(refusals, [{ code: 'REL-03', params }]);
    });

    it('REL-05 an order of which everything is produced', async () => {
      await pool.query('update production_order set quantity_produced = quantity');
      const refusals = await refused(() => planner.release(order));
      assert.deepEqual(refusals, [{ code: 'REL-05', params: { order, quantity: '50', produced: '50' } }]);
    });

    it('REL-05 an order over nothing', async () => {
      await pool.query('update production_order set quantity = 0');
      assert.deepEqual(await codes(() => planner.release(order)), ['REL-05']);
    });

    it('REL-06 an order over an item that is blocked for production', async () => {
      await pool.query(`update item set blocked = true where item = 'P'`);
      const refusals = await refused(() => planner.release(order));
      assert.deepEqual(refusals, [{ code: 'REL-06', params: { order, item: 'P' } }]);
    });

    it('REL-07 an order without materials, which may be forced', async () => {
      await pool.query('delete from order_material');
      await countLines(pool);
      const refusals = await refused(() => planner.release(order));
      assert.deepEqual(refusals, [{ code: 'REL-07', params: { order, item: 'P' }, forceable: true }]);
    });

    it('REL-07 not of an order that is meant to have no materials', async () => {
      await pool.query('delete from order_material; update production_order set no_materials = true');
      await countLines(pool);
      const [outcome] = await planner.release(order);
      assert.deepEqual([outcome?.result, outcome?.movements], ['released', 0]);
    });

    it('REL-07 an order without operations over an item that has a routing, which may be forced', async () => {
      await pool.query(`update item set routing = 'R1' where item = 'P'`);
      const params = { order, item: 'P', context: 'operations' };
      const refusals = await refused(() => planner.release(order));
      assert.deepEqual(refusals, [{ code: 'REL-07', params, forceable: true }]);
    });

    it('REL-07 not of an order that has its operations', async () => {
      await pool.query(`update item set routing = 'R1' where item = 'P'`);
      await pool.query(
        `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
         select company_id, order_id, 10, '100', 'Assemble', start_on, end_on, true, true from production_order`,
      );
      await countLines(pool);
      assert.equal((await planner.release(order))[0]?.result, 'released');
    });

    it('REL-08 a material for which neither line, site, item nor company name a warehouse', async () => {
      await pool.query(`delete from withdrawal_default`);
      await pool.query(`update item set warehouse = null, reason = null where item in ('A', 'E')`);
      const refusals = await refused(() => planner.release(order));
      assert.deepEqual(refusals, [
        { code: 'REL-08', params: { order, line: '10', item: 'A' } },
        { code: 'REL-08', params: { order, line: '30', item: 'E' } },
      ]);
    });

    it('REL-08 a reason that loads instead of unloading', async () => {
      await changeLine(pool, 125, 'A', { reason: 'CAR' });
      assert.deepEqual(await codes(() => planner.release(order)), ['REL-08']);
    });

    it('REL-08 a reason that is not for production', async () => {
      await pool.query(
        `insert into movement_reason values ('${company}', 'MAG1', 'VEN', 'Sale', 'unload', false)`,
      );
      await changeLine(pool, 125, 'A', { reason: 'VEN' });
      assert.deepEqual(await codes(() => planner.release(order)), ['REL-08']);
    });

    it('REL-08 a reason the warehouse of the line does not have', async () => {
      await pool.query(`delete from movement_reason where warehouse = 'MAG2'`);
      await changeLine(pool, 125, 'A', { warehouse: 'MAG2' });
      const refusals = await refused(() => planner.release(order));
      assert.deepEqual(
        refusals.map(({ code, params }) => `${code} ${params['item']}`),
        ['REL-08 A', 'REL-08 E'],
      );
    });

    it('REL-10 a material that is short says what is needed, available and short', async () => {
      await setStock(pool, { A: '80.5' });
      const refusals = await refused(() => planner.release(order));
      const where = { item: 'A', variant: '', warehouse: 'MAG1', lot: '', unit: 'PC' };
      assert.deepEqual(refusals, [
        { code: 'REL-10', params: { ...where, need: '100', available: '80.5', short: '19.5' } },
      ]);
    });

    it('REL-10 a material that was never counted', async () => {
      await pool.query(`delete from stock where item = 'E'`);
      const [refusal] = await refused(() => planner.release(order));
      assert.deepEqual([refusal?.params['item'], refusal?.params['available']], ['E', '0']);
    });

    it('REL-10 two lines of one material count together', async () => {
      await setStock(pool, { A: '150' });
      await pool.query(
        `insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
         select company_id, order_id, 90, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on
           from order_material where item = 'A'`,
      );
      await countLines(pool);
      const [refusal] = await refused(() => planner.release(order));
      assert.deepEqual([refusal?.params['need'], refusal?.params['short']], ['200', '50']);
    });

    it('REL-10 the stock of another lot does not help', async () => {
      await countStock(pool, { item: 'A', warehouse: 'MAG1', lot: 'L1', quantity: '500' });
      await countStock(pool, { item: 'A', warehouse: 'MAG1', lot: 'L2', quantity: '99' });
      await changeLine(pool, 125, 'A', { lot: 'L2' });
      const [refusal] = await refused(() => planner.release(order));
      assert.deepEqual(
        [refusal?.code, refusal?.params['lot'], refusal?.params['short']],
        ['REL-10', 'L2', '1'],
      );
      await changeLine(pool, 125, 'A', { lot: 'L1' });
      assert.equal((await planner.release(order))[0]?.result, 'released');
    });

    it('REL-10 a material that is managed by lot and whose line names none: its lots are there', async () => {
      await pool.query(
        `update item set lot_managed = true where item = 'A'; delete from stock where item = 'A'`,
      );
      await countStock(pool, { item: 'A', warehouse: 'MAG1', lot: 'L1', quantity: '500' });
      const where = { item: 'A', variant: '', warehouse: 'MAG1', lot: '', unit: 'PC' };
      assert.deepEqual(await refused(() => planner.release(order)), [
        { code: 'REL-10', params: { ...where, need: '100', context: 'noLot' } },
      ]);
    });

    it('REL-10 the stock of another variant does not help', async () => {
      await countStock(pool, { item: 'A', warehouse: 'MAG1', variant: 'RED', quantity: '99' });
      await changeLine(pool, 125, 'A', { variant: 'RED' });
      const [refusal] = await refused(() => planner.release(order));
      assert.deepEqual([refusal?.params['variant'], refusal?.params['short']], ['RED', '1']);
    });

    it('REL-10 the stock of another warehouse does not help', async () => {
      await countStock(pool, { item: 'A', warehouse: 'MAG2', quantity: '99' });
      await changeLine(pool, 125, 'A', { warehouse: 'MAG2' });
      const [refusal] = await refused(() => planner.release(order));
      assert.deepEqual([refusal?.params['warehouse'], refusal?.params['short']], ['MAG2', '1']);
    });

    describe('REL-11', () => {
      const close = (warehouse: string, from: string, to: string) =>
        pool.query('insert into closed_period values ($1, $2, $3, $4)', [company, warehouse, from, to]);
      const period = { date: postingDate, from: '2026-11-01', to: '2026-11-30' };

      it('REL-11 a posting day in a closed period of one of its warehouses', async () => {
        await close('MAG2', '2026-11-01', '2026-11-30');
        const refusals = await refused(() => planner.release(order));
        assert.deepEqual(refusals, [{ code: 'REL-11', params: { order, warehouse: 'MAG2', ...period } }]);
      });

      it('REL-11 a posting day that is closed for all warehouses names each it would post to', async () => {
        await close('', '2026-11-01', '2026-11-30');
        const refusals = await refused(() => planner.release(order));
        assert.deepEqual(
          refusals,
          ['MAG1', 'MAG2'].map((warehouse) => ({ code: 'REL-11', params: { order, warehouse, ...period } })),
        );
      });

      it('goes on the last day before and the first day after a closed period', async () => {
        await close('', '2026-11-01', '2026-11-19');
        await close('', '2026-11-21', '2026-11-30');
        assert.equal((await planner.release(order))[0]?.result, 'released');
      });

      it('minds neither warehouses it does not post to nor orders that post nothing', async () => {
        await close('MAG2', '2026-11-20', '2026-11-20');
        await addOrder(pool, { number: 7, lines: { A: '1', B: '1' } });
        assert.equal((await planner.release('2026/7/0'))[0]?.result, 'released');
        await close('', '2026-11-20', '2026-11-20');
        await addOrder(pool, { number: 8, lines: { B: '1' } });
        assert.equal((await planner.release('2026/8/0'))[0]?.result, 'released');
      });
    });

    it('REL-17 an order on hold names who, when and why', async () => {
      await createPlanner(pool, 'bruno').hold('Drawing changes', order);
      const { rows } = await pool.query<{ at: string }>('select held_at as at from production_order');
      const refusals = await refused(() => planner.release(order));
      const params = { order, reason: 'Drawing changes', user: 'bruno', at: rows[0]?.at };
      assert.deepEqual(refusals, [{ code: 'REL-17', params }]);
    });

    describe('where stock may go below zero', () => {
      const allowPolicy = () => pool.query(`update company set shortage_policy = 'negative'`);
      const allowWarehouse = () => pool.query(`update warehouse set negative_stock = true`);
      beforeEach(() => setStock(pool, { A: '80' }));

      it('lets an order go when company and warehouse both allow it', async () => {
        await Promise.all([allowPolicy(), allowWarehouse()]);
        assert.equal((await planner.release(order))[0]?.result, 'released');
        assert.equal((await stockOf(pool))['A'], '-20');
      });

      it('REL-10 when only the company allows it', async () => {
        await allowPolicy();
        assert.deepEqual(await codes(() => planner.release(order)), ['REL-10']);
      });

      it('REL-10 when only the warehouse allows it, which may be forced', async () => {
        await allowWarehouse();
        const refusals = await refused(() => planner.release(order));
        assert.deepEqual(
          refusals.map(({ code, forceable }) => [code, forceable]),
          [['REL-10', true]],
        );
      });

      it('REL-10 when neither allows it, which may not be forced', async () => {
        const refusals = await refused(() => planner.force('Urgent', order));
        assert.deepEqual(
          refusals.map(({ code, forceable }) => [code, forceable]),
          [['REL-10', undefined]],
        );
      });

      it('REL-10 for lot-managed material all the same', async () => {
        await Promise.all([allowPolicy(), allowWarehouse()]);
        await pool.query(`update item set lot_managed = true where item = 'A'`);
        assert.deepEqual(await codes(() => planner.release(order)), ['REL-10']);
      });
    });

    it('says everything that keeps an order at once', async () => {
      await setStock(pool, { A: '0', E: '0' });
      await changeLine(pool, 125, 'D', { reason: 'CAR' });
      assert.deepEqual(await codes(() => inVersion(9, 'release')), ['REL-03', 'REL-08', 'REL-10', 'REL-10']);
    });

    it('a refused order leaves its materials to a later one that fits', async () => {
      await setStock(pool, { A: '100' });
      await addOrder(pool, { number: 1, lines: { A: '101', D: '1' }, start: '2026-11-21' });
      const outcomes = await planner.release('2026/1/0', order);
      assert.deepEqual(
        outcomes.map(({ key, result }) => `${key} ${result}`),
        ['2026/1/0 refused', '2026/125/0 released'],
      );
      assert.deepEqual(await stockOf(pool), { A: '0', D: '997', E: '950' });
      assert.deepEqual(await planner.movementsOf('2026/1/0'), []);
    });
  });

  describe('a restore', () => {
    it('ORD-01 an order that does not exist', async () => {
      assert.deepEqual(await codes(() => planner.restore('2026/999/0')), ['ORD-01']);
    });

    it('RES-01 a launched order', async () => {
      const refusals = await refused(() => planner.restore(order));
      assert.deepEqual(refusals, [{ code: 'RES-01', params: { order, state: 'launched' } }]);
    });

    it('RES-02 an order with declarations, opened or registered, names them', async () => {
      await planner.release(order);
      await planner.declare(order, open('5'));
      await planner.declare(order, open('5'));
      await planner.declare(order, { step: 'register', number: 1 });
      const refusals = await refused(() => planner.restore(order));
      assert.deepEqual(refusals, [
        { code: 'RES-02', params: { order, declarations: '1, 2', context: 'several' } },
      ]);
    });

    it('RES-03 a fulfilled order', async () => {
      await addOrder(pool, { number: 7, state: 'fulfilled' });
      assert.deepEqual(await codes(() => planner.restore('2026/7/0')), ['RES-03']);
    });

    it('RES-05 an order with a stock record in a closed period names record and period', async () => {
      await planner.release(order);
      await pool.query(`insert into closed_period values ($1, 'MAG2', '2026-11-01', '2026-11-20')`, [
        company,
      ]);
      const refusals = await refused(() => planner.restore(order));
      const period = { date: '2026-11-20', from: '2026-11-01', to: '2026-11-20' };
      assert.deepEqual(refusals, [
        { code: 'RES-05', params: { order, warehouse: 'MAG2', record: '1', ...period } },
      ]);
    });

    it('RES-05 not of an order whose records lie outside every closed period', async () => {
      await planner.release(order);
      await pool.query(`insert into closed_period values ($1, '', '2026-11-01', '2026-11-19')`, [company]);
      assert.equal((await planner.restore(order))[0]?.result, 'restored');
    });

    it('RES-07 an order somebody changed meanwhile names the user and the time', async () => {
      await createPlanner(pool, 'bruno').release(order);
      const refusals = await refused(() => inVersion(1, 'restore'));
      const params = { order, user: 'bruno', at: await changedAt() };
      assert.deepEqual(refusals, [{ code: 'RES-07', params }]);
    });

    it('RES-08 is no refusal: an order without withdrawals goes back with a warning', async () => {
      await addOrder(pool, { number: 7, state: 'executive' });
      const [outcome] = await planner.restore('2026/7/0');
      assert.equal(outcome?.result, 'restored');
      assert.deepEqual(outcome.warnings, [{ code: 'RES-08', params: { order: '2026/7/0' } }]);
    });
  });

  describe('a declaration', () => {
    const register = { step: 'register', number: 1 } as const;
    const rollBack = { step: 'rollBack', number: 1 } as const;
    const remove = { step: 'delete', number: 1 } as const;
    beforeEach('the manual material is there', () => setStock(pool, { C: '1000' }));

    it('ORD-01 of an order that does not exist', async () => {
      const outcome = await planner.declare('2026/999/0', open('5'));
      assert.deepEqual(codesOf(outcome), ['ORD-01']);
    });

    it('DEC-01 on a launched order', async () => {
      const refusals = await declared(open('5'));
      assert.deepEqual(refusals, [{ code: 'DEC-01', params: { order, state: 'launched' } }]);
    });

    const afterRelease: readonly [
      code: RefusalCode,
      what: string,
      taken: DeclarationStep[],
      step: DeclarationStep,
    ][] = [
      ['DEC-02', 'of nothing', [], open('0')],
      ['DEC-02', 'of a negative quantity', [], open('-1')],
      ['DEC-04', 'after a closing one', [open('5', true)], open('5')],
      ['DEC-05', 'registered twice', [open('5'), register], register],
      ['DEC-06', 'rolled back before it was registered', [open('5')], rollBack],
      ['DEC-06', 'rolled back twice', [open('5'), register, rollBack], rollBack],
      ['DEC-07', 'deleted while it is registered', [open('5'), register], remove],
      ['DEC-08', 'that was never opened', [], register],
      ['DEC-08', 'deleted twice', [open('5'), remove], remove],
    ];
    for (const [code, what, taken, step] of afterRelease) {
      it(`${code} ${what}`, async () => {
        await planner.release(order);
        for (const earlier of taken) assert.deepEqual(codesOf(await planner.declare(order, earlier)), []);
        assert.deepEqual(await declaredCodes(step), [code]);
      });
    }

    it('DEC-01 and DEC-04 on an order a closing one has fulfilled', async () => {
      await planner.release(order);
      await planner.declare(order, open('5'));
      await planner.declare(order, open('5', true));
      await planner.declare(order, { step: 'register', number: 2 });
      assert.equal(await planner.stateOf(order), 'fulfilled');
      assert.deepEqual(await declaredCodes(open('5')), ['DEC-01', 'DEC-04']);
      assert.deepEqual(await declaredCodes(register), ['DEC-01', 'DEC-04']);
    });

    it('DEC-01 rolled back on a historical order: it stays historical', async () => {
      await planner.release(order);
      await planner.declare(order, open('5', true));
      await planner.declare(order, register);
      // Filing away is done elsewhere; the trail of this book does not know of it.
      await pool.query(`update production_order set state = 'historical'`);
      assert.deepEqual(await declaredCodes(rollBack), ['DEC-01']);
      await pool.query(`update production_order set state = 'fulfilled'`);
    });

    it('adds what it reports to the order when registered, and takes it off when rolled back', async () => {
      await planner.release(order);
      await planner.declare(order, open('12.5'));
      const produced = async () => (await planner.book.rows(company, [key(order)]))[0]?.quantityProduced;
      assert.equal(await produced(), '0');
      await planner.declare(order, register);
      assert.equal(await produced(), '12.5');
      await planner.declare(order, rollBack);
      assert.equal(await produced(), '0');
    });
  });
});

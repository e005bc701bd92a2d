import assert from 'node:assert/strict';
import { bookState, changeLine, countStock } from './fresh-book';
import { createPlanner, key, postingDate } from './planner';
import { order, plant, useRefusingPlant } from './refusing-plant';
import { addOrder, countLines, company, setStock, stockOf } from './small-plant';

describe('what a release refuses', () => {
  const the = useRefusingPlant();

  it('ORD-01 an order that does not exist', async () => {
    const refusals = await the.refused(() => the.planner.release('2026/999/0'));
    assert.deepEqual(refusals, [{ code: 'ORD-01', params: { order: '2026/999/0' } }]);
  });

  for (const state of ['executive', 'fulfilled'] as const) {
    it(`REL-01 an order that is ${state}`, async () => {
      await addOrder(the.pool, { number: 7, state });
      const refusals = await the.refused(() => the.planner.release('2026/7/0'));
      assert.deepEqual(refusals, [{ code: 'REL-01', params: { order: '2026/7/0', state } }]);
    });
  }

  it('REL-01 an order released a moment ago: its materials leave the stock once', async () => {
    await the.planner.release(order);
    assert.deepEqual(await the.codes(() => the.planner.release(order)), ['REL-01']);
    assert.equal((await stockOf(the.pool))['A'], '900');
  });

  it('REL-02 is no refusal: the same request again is answered with what it did', async () => {
    const request = {
      ...{ company: plant, actor: 'anna', asked: { kind: 'release', postingDate } as const },
      ...{ orders: [{ key: key(order), version: 1 }], sequence: 'byStart' as const },
    };
    const first = await the.planner.runner.run(request, 'the same key');
    const before = await bookState(the.pool);
    const again = await the.planner.runner.run(request, 'the same key');
    assert.ok(first.kind === 'run' && again.kind === 'run');
    assert.deepEqual([again.replayed, again.run], [true, first.run]);
    assert.deepEqual([again.run.succeeded, again.run.movements], [1, 3]);
    assert.deepEqual(await bookState(the.pool), before);
  });

  it('REL-03 an order somebody changed meanwhile names the user and the time', async () => {
    const bruno = createPlanner(the.pool, 'bruno');
    await bruno.release(order);
    await bruno.restore(order);
    const refusals = await the.refused(() => the.inVersion(1, 'release'));
    const params = { order, user: 'bruno', at: await the.changedAt() };
    assert.deepEqual(refusals, [{ code: 'REL-03', params }]);
  });

  it('REL-05 an order of which everything is produced', async () => {
    await the.pool.query('update production_order set quantity_produced = quantity');
    const refusals = await the.refused(() => the.planner.release(order));
    assert.deepEqual(refusals, [{ code: 'REL-05', params: { order, quantity: '50', produced: '50' } }]);
  });

  it('REL-05 an order over nothing', async () => {
    await the.pool.query('update production_order set quantity = 0');
    assert.deepEqual(await the.codes(() => the.planner.release(order)), ['REL-05']);
  });

  it('REL-06 an order over an item that is blocked for production', async () => {
    await the.pool.query(`update item set blocked = true where item = 'P'`);
    const refusals = await the.refused(() => the.planner.release(order));
    assert.deepEqual(refusals, [{ code: 'REL-06', params: { order, item: 'P' } }]);
  });

  it('REL-07 an order without materials, which may be forced', async () => {
    await the.pool.query('delete from order_material');
    await countLines(the.pool);
    const refusals = await the.refused(() => the.planner.release(order));
    assert.deepEqual(refusals, [{ code: 'REL-07', params: { order, item: 'P' }, forceable: true }]);
  });

  it('REL-07 not of an order that is meant to have no materials', async () => {
    await the.pool.query('delete from order_material; update production_order set no_materials = true');
    await countLines(the.pool);
    const [outcome] = await the.planner.release(order);
    assert.deepEqual([outcome?.result, outcome?.movements], ['released', 0]);
  });

  it('REL-07 an order without operations over an item that has a routing, which may be forced', async () => {
    await the.pool.query(`update item set routing = 'R1' where item = 'P'`);
    const params = { order, item: 'P', context: 'operations' };
    const refusals = await the.refused(() => the.planner.release(order));
    assert.deepEqual(refusals, [{ code: 'REL-07', params, forceable: true }]);
  });

  it('REL-07 not of an order that has its operations', async () => {
    await the.pool.query(`update item set routing = 'R1' where item = 'P'`);
    await the.pool.query(
      `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
       select company_id, order_id, 10, '100', 'Assemble', start_on, end_on, true, true from production_order`,
    );
    await countLines(the.pool);
    assert.equal((await the.planner.release(order))[0]?.result, 'released');
  });

  it('REL-08 a material for which neither line, site, item nor company name a warehouse', async () => {
    await the.pool.query(`delete from withdrawal_default`);
    await the.pool.query(`update item set warehouse = null, reason = null where item in ('A', 'E')`);
    const refusals = await the.refused(() => the.planner.release(order));
    assert.deepEqual(refusals, [
      { code: 'REL-08', params: { order, line: '10', item: 'A' } },
      { code: 'REL-08', params: { order, line: '30', item: 'E' } },
    ]);
  });

  it('REL-08 a reason that loads instead of unloading', async () => {
    await changeLine(the.pool, 125, 'A', { reason: 'CAR' });
    assert.deepEqual(await the.codes(() => the.planner.release(order)), ['REL-08']);
  });

  it('REL-08 a reason that is not for production', async () => {
    await the.pool.query(
      `insert into movement_reason values ('${company}', 'MAG1', 'VEN', 'Sale', 'unload', false)`,
    );
    await changeLine(the.pool, 125, 'A', { reason: 'VEN' });
    assert.deepEqual(await the.codes(() => the.planner.release(order)), ['REL-08']);
  });

  it('REL-08 a reason the warehouse of the line does not have', async () => {
    await the.pool.query(`delete from movement_reason where warehouse = 'MAG2'`);
    await changeLine(the.pool, 125, 'A', { warehouse: 'MAG2' });
    const refusals = await the.refused(() => the.planner.release(order));
    assert.deepEqual(
      refusals.map(({ code, params }) => `${code} ${params['item']}`),
      ['REL-08 A', 'REL-08 E'],
    );
  });

  it('REL-10 a material that is short says what is needed, available and short', async () => {
    await setStock(the.pool, { A: '80.5' });
    const refusals = await the.refused(() => the.planner.release(order));
    const where = { item: 'A', variant: '', warehouse: 'MAG1', lot: '', unit: 'PC' };
    assert.deepEqual(refusals, [
      { code: 'REL-10', params: { ...where, need: '100', available: '80.5', short: '19.5' } },
    ]);
  });

  it('REL-10 a material that was never counted', async () => {
    await the.pool.query(`delete from stock where item = 'E'`);
    const [refusal] = await the.refused(() => the.planner.release(order));
    assert.deepEqual([refusal?.params['item'], refusal?.params['available']], ['E', '0']);
  });

  it('REL-10 two lines of one material count together', async () => {
    await setStock(the.pool, { A: '150' });
    await the.pool.query(
      `insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
       select company_id, order_id, 90, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on
         from order_material where item = 'A'`,
    );
    await countLines(the.pool);
    const [refusal] = await the.refused(() => the.planner.release(order));
    assert.deepEqual([refusal?.params['need'], refusal?.params['short']], ['200', '50']);
  });

  it('REL-10 the stock of another lot does not help', async () => {
    await countStock(the.pool, { item: 'A', warehouse: 'MAG1', lot: 'L1', quantity: '500' });
    await countStock(the.pool, { item: 'A', warehouse: 'MAG1', lot: 'L2', quantity: '99' });
    await changeLine(the.pool, 125, 'A', { lot: 'L2' });
    const [refusal] = await the.refused(() => the.planner.release(order));
    assert.deepEqual(
      [refusal?.code, refusal?.params['lot'], refusal?.params['short']],
      ['REL-10', 'L2', '1'],
    );
    await changeLine(the.pool, 125, 'A', { lot: 'L1' });
    assert.equal((await the.planner.release(order))[0]?.result, 'released');
  });

  it('REL-10 the stock of another variant does not help', async () => {
    await countStock(the.pool, { item: 'A', warehouse: 'MAG1', variant: 'RED', quantity: '99' });
    await changeLine(the.pool, 125, 'A', { variant: 'RED' });
    const [refusal] = await the.refused(() => the.planner.release(order));
    assert.deepEqual([refusal?.params['variant'], refusal?.params['short']], ['RED', '1']);
  });

  it('REL-10 the stock of another warehouse does not help', async () => {
    await countStock(the.pool, { item: 'A', warehouse: 'MAG2', quantity: '99' });
    await changeLine(the.pool, 125, 'A', { warehouse: 'MAG2' });
    const [refusal] = await the.refused(() => the.planner.release(order));
    assert.deepEqual([refusal?.params['warehouse'], refusal?.params['short']], ['MAG2', '1']);
  });

  describe('REL-11', () => {
    const close = (warehouse: string, from: string, to: string) =>
      the.pool.query('insert into closed_period values ($1, $2, $3, $4)', [company, warehouse, from, to]);
    const period = { date: postingDate, from: '2026-11-01', to: '2026-11-30' };

    it('REL-11 a posting day in a closed period of one of its warehouses', async () => {
      await close('MAG2', '2026-11-01', '2026-11-30');
      const refusals = await the.refused(() => the.planner.release(order));
      assert.deepEqual(refusals, [{ code: 'REL-11', params: { order, warehouse: 'MAG2', ...period } }]);
    });

    it('REL-11 a posting day that is closed for all warehouses names each it would post to', async () => {
      await close('', '2026-11-01', '2026-11-30');
      const refusals = await the.refused(() => the.planner.release(order));
      assert.deepEqual(
        refusals,
        ['MAG1', 'MAG2'].map((warehouse) => ({ code: 'REL-11', params: { order, warehouse, ...period } })),
      );
    });

    it('goes on the last day before and the first day after a closed period', async () => {
      await close('', '2026-11-01', '2026-11-19');
      await close('', '2026-11-21', '2026-11-30');
      assert.equal((await the.planner.release(order))[0]?.result, 'released');
    });

    it('minds neither warehouses it does not post to nor orders that post nothing', async () => {
      await close('MAG2', '2026-11-20', '2026-11-20');
      await addOrder(the.pool, { number: 7, lines: { A: '1', B: '1' } });
      assert.equal((await the.planner.release('2026/7/0'))[0]?.result, 'released');
      await close('', '2026-11-20', '2026-11-20');
      await addOrder(the.pool, { number: 8, lines: { B: '1' } });
      assert.equal((await the.planner.release('2026/8/0'))[0]?.result, 'released');
    });
  });

  it('REL-17 an order on hold names who, when and why', async () => {
    await createPlanner(the.pool, 'bruno').hold('Drawing changes', order);
    const { rows } = await the.pool.query<{ at: string }>('select held_at as at from production_order');
    const refusals = await the.refused(() => the.planner.release(order));
    const params = { order, reason: 'Drawing changes', user: 'bruno', at: rows[0]?.at };
    assert.deepEqual(refusals, [{ code: 'REL-17', params }]);
  });

  describe('where stock may go below zero', () => {
    const allowPolicy = () => the.pool.query(`update company set shortage_policy = 'negative'`);
    const allowWarehouse = () => the.pool.query(`update warehouse set negative_stock = true`);
    beforeEach(() => setStock(the.pool, { A: '80' }));

    it('lets an order go when company and warehouse both allow it', async () => {
      await Promise.all([allowPolicy(), allowWarehouse()]);
      assert.equal((await the.planner.release(order))[0]?.result, 'released');
      assert.equal((await stockOf(the.pool))['A'], '-20');
    });

    it('REL-10 when only the company allows it', async () => {
      await allowPolicy();
      assert.deepEqual(await the.codes(() => the.planner.release(order)), ['REL-10']);
    });

    it('REL-10 when only the warehouse allows it, which may be forced', async () => {
      await allowWarehouse();
      const refusals = await the.refused(() => the.planner.release(order));
      assert.deepEqual(
        refusals.map(({ code, forceable }) => [code, forceable]),
        [['REL-10', true]],
      );
    });

    it('REL-10 when neither allows it, which may not be forced', async () => {
      const refusals = await the.refused(() => the.planner.force('Urgent', order));
      assert.deepEqual(
        refusals.map(({ code, forceable }) => [code, forceable]),
        [['REL-10', undefined]],
      );
    });

    it('REL-10 for lot-managed material all the same', async () => {
      await Promise.all([allowPolicy(), allowWarehouse()]);
      await the.pool.query(`update item set lot_managed = true where item = 'A'`);
      assert.deepEqual(await the.codes(() => the.planner.release(order)), ['REL-10']);
    });
  });

  it('says everything that keeps an order at once', async () => {
    await setStock(the.pool, { A: '0', E: '0' });
    await changeLine(the.pool, 125, 'D', { reason: 'CAR' });
    assert.deepEqual(await the.codes(() => the.inVersion(9, 'release')), [
      'REL-03',
      'REL-08',
      'REL-10',
      'REL-10',
    ]);
  });

  it('a refused order leaves its materials to a later one that fits', async () => {
    await setStock(the.pool, { A: '100' });
    await addOrder(the.pool, { number: 1, lines: { A: '101', D: '1' }, start: '2026-11-21' });
    const outcomes = await the.planner.release('2026/1/0', order);
    assert.deepEqual(
      outcomes.map(({ key, result }) => `${key} ${result}`),
      ['2026/1/0 refused', '2026/125/0 released'],
    );
    assert.deepEqual(await stockOf(the.pool), { A: '0', D: '997', E: '950' });
    assert.deepEqual(await the.planner.movementsOf('2026/1/0'), []);
  });
});

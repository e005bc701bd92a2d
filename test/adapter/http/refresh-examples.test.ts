import assert from 'node:assert/strict';
import { OrderDetail } from '../../../src/contract/orders';
import { Preview, RunReply, type Outcome } from '../../../src/contract/runs';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { emptyBook } from '../orderbook/fresh-book';
import { addBomLine, addMethods, addOperation, shown } from '../orderbook/refresh/methods';
import { addOrder, preparePlant } from '../orderbook/small-plant';
import { newKey, useAdapter } from './adapter';

async function prepare(connectionString: string): Promise<void> {
  await preparePlant(connectionString);
  const pool = createPool(connectionString);
  await addMethods(pool);
  await pool.end();
}

/** The worked examples of a refresh as a caller meets them: an order is entered, refreshed and read. */
describe('over HTTP a refresh', () => {
  const adapter = useAdapter(() => ({}), prepare);
  const run = (statement: string) => adapter.pool.query(statement);
  const post = (url: string, payload: object) => adapter.send('POST', url, { payload, key: newKey() });
  const outcomeOf = async (reply: ReturnType<typeof post>): Promise<Outcome> => {
    const { statusCode, body } = await reply;
    assert.equal(statusCode, 200, body);
    const [outcome] = RunReply.parse(JSON.parse(body)).outcomes.items;
    assert.ok(outcome);
    return outcome;
  };
  const read = async (key: string) =>
    OrderDetail.parse((await adapter.send('GET', `/api/orders/${key}`)).json());
  const codes = (list: Outcome['refusals']) =>
    list.map(({ code, params: { context } }) => (context === undefined ? code : `${code} ${context}`));

  beforeEach('a fresh plant', async () => {
    await emptyBook(adapter.pool);
    await prepare(adapter.pool.options.connectionString ?? '');
  });

  interface Wanted {
    readonly quantity?: string;
    readonly due?: string;
    readonly start?: string;
  }
  async function entered({ quantity = '60', due = '2026-11-27', start }: Wanted = {}) {
    const order = { item: 'P', quantity, due, ...(start !== undefined && { start }) };
    const outcome = await outcomeOf(post('/api/orders', { orders: [order] }));
    assert.equal(outcome.result, 'created');
    return outcome.key;
  }
  const refresh = async (key: string, options: object = {}) => {
    const [{ version }] = [await read(key)];
    return outcomeOf(post('/api/runs', { command: 'refresh', orders: [{ key, version }], ...options }));
  };
  async function refreshed(wanted: Wanted = {}, options: object = {}) {
    const key = await entered(wanted);
    const { result, refusals } = await refresh(key, options);
    assert.equal(result, 'refreshed', JSON.stringify(refusals));
    return read(key);
  }
  const needs = ({ materials }: OrderDetail) => materials.map(({ item, quantity }) => `${item} ${quantity}`);
  const spans = ({ operations }: OrderDetail) =>
    operations.map(
      ({ operation, startsAt, endsAt }) => `${operation}: ${shown(startsAt)} – ${shown(endsAt)}`,
    );
  const forward = { direction: 'forward' };

  describe('needs', () => {
    const ofA = async (quantity: string, columns: string) => {
      await run(`update bom_line set ${columns} where component = 'A'`);
      return needs(await refreshed({ quantity }))[0];
    };

    it('T-01 line quantity times quantity per', async () =>
      assert.equal(await ofA('100', 'quantity = 2'), 'A 200'));
    it('T-02 the scrap of the component on top', async () =>
      assert.equal(await ofA('100', 'scrap = 5'), 'A 210'));

    it('T-03 all scrap together, rounded up to what the item comes in', async () => {
      await run(`
        update item set scrap = 3 where item = 'P';
        update routing_operation set scrap = 2, fixed_scrap = 4 where operation = 10`);
      for (const [rounding, need] of [
        ['1', 'A 229'],
        ['0.01', 'A 228.63'],
        ['0.00001', 'A 228.626'],
      ]) {
        await run(`update item set rounding = ${rounding} where item = 'A'`);
        assert.equal(await ofA('100', 'scrap = 5'), need);
      }
    });

    it('T-04 a fixed quantity once, whatever the scrap', async () => {
      assert.equal(await ofA('100', `quantity = 3, formula = 'fixed', scrap = 50`), 'A 3');
    });

    it('T-05 the measures in it', async () => {
      const measures = 'quantity = 4, length = 1.2, width = 0.5';
      assert.equal(await ofA('10', `${measures}, formula = 'length'`), 'A 48');
      assert.equal(await ofA('10', `${measures}, formula = 'length_width'`), 'A 24');
    });

    it('T-06 what its own unit holds, of a bill in another one', async () => {
      await addOrder(adapter.pool, { number: 7, quantity: '10', lines: {} });
      await run(`
        insert into item_unit (company_id, item, unit, factor) select company_id, 'P', 'BOX', 6 from company;
        update production_order set unit = 'BOX'`);
      assert.equal((await refresh('2026/7/0')).result, 'refreshed');
      const [material] = (await read('2026/7/0')).materials;
      assert.deepEqual([material?.quantityPer, material?.quantity], ['12', '120']);
    });

    it('T-07 the scrap of a phantom in the quantity per of what is inside', async () => {
      await run(`
        delete from bom_line;
        insert into bom (company_id, bom, version, name, unit, status) select company_id, 'F', '', 'Phantom', 'PC', 'certified' from company`);
      await addBomLine(adapter.pool, 'P', 10, 'F', '1.5', 'phantom');
      await addBomLine(adapter.pool, 'F', 10, 'A', '4');
      await run(`update bom_line set scrap = 10 where kind = 'phantom'`);
      const [material] = (await refreshed({ quantity: '10' })).materials;
      assert.deepEqual([material?.item, material?.quantityPer, material?.quantity], ['A', '6.6', '66']);
    });

    it('T-08 what each operation has to be given', async () => {
      await addOperation(adapter.pool, 'P', 30, { run: 1 });
      await run(`
        update routing_operation set scrap = 2, fixed_scrap = 1 where operation = 10;
        update routing_operation set scrap = 5 where operation = 20;
        update routing_operation set fixed_scrap = 2 where operation = 30`);
      const { operations } = await refreshed({ quantity: '100' });
      assert.deepEqual(
        operations.map(({ inputQuantity }) => inputQuantity),
        ['110.242', '107.1', '102'],
      );
    });
  });

  describe('schedules', () => {
    it('T-20 backward from the due date', async () => {
      const order = await refreshed();
      assert.deepEqual(spans(order), ['10: 25 14:45 – 26 12:45', '20: 26 12:45 – 26 16:00']);
      assert.equal(order.due, '2026-11-27');
    });

    it('T-21 forward from the start', async () => {
      const order = await refreshed({ start: '2026-11-25' }, forward);
      assert.deepEqual(spans(order), ['10: 25 08:00 – 25 14:00', '20: 25 14:00 – 26 09:15']);
      assert.equal(order.due, '2026-11-27');
    });

    it('T-22 the due date later, by the days on which the warehouse works', async () => {
      assert.equal((await refreshed({ start: '2026-11-26' }, forward)).due, '2026-11-28');
      await run(`update warehouse set calendar = 'DAY'`);
      const order = await refreshed({ start: '2026-11-26' }, forward);
      assert.deepEqual([order.due, spans(order)[1]], ['2026-11-30', '20: 26 14:00 – 27 09:15']);
    });

    it('T-23 the run of an operation on two capacities, not its setup', async () => {
      await run(`
        update work_centre set capacity = 2;
        update routing_operation set concurrent_capacities = 2 where operation = 10`);
      // 30 setup, 150 instead of 300 run, 20 waiting, 10 moving.
      assert.equal(spans(await refreshed({ start: '2026-11-25' }, forward))[0], '10: 25 08:00 – 25 11:30');
    });

    it('T-24 longer with less efficiency, and waits no longer', async () => {
      await run(`
        update work_centre set efficiency = 80;
        update routing_operation set setup_time = 0 where operation = 10`);
      assert.equal(spans(await refreshed({ start: '2026-11-25' }, forward))[0], '10: 25 08:00 – 25 14:45');
    });

    it('T-25 a constrained centre up to its critical load, and a dampener above that', async () => {
      await run(`
        update work_centre set constrained = true, critical_load = 90, dampener = 5;
        delete from routing_operation where operation = 20;
        update routing_operation set setup_time = 0, run_time = 1, wait_time = 0, move_time = 0`);
      const day = async (...quantities: string[]) => {
        await run('delete from capacity_need');
        for (const quantity of quantities.slice(0, -1)) await refreshed({ quantity });
        return spans(await refreshed({ quantity: quantities.at(-1) ?? '' }))[0];
      };
      assert.deepEqual(
        [await day('456'), await day('457')],
        ['10: 26 08:24 – 26 16:00', '10: 25 15:35 – 26 16:00'],
      );
      assert.deepEqual(
        [await day('408', '48'), await day('408', '49')],
        ['10: 26 08:24 – 26 09:12', '10: 25 15:35 – 26 09:12'],
      );
      assert.deepEqual(
        [await day('440', '16'), await day('440', '17')],
        ['10: 26 08:24 – 26 08:40', '10: 25 15:43 – 25 16:00'],
      );
    });

    it('T-26 components for their operation, or the order; an offset leaves only the day', async () => {
      await addBomLine(adapter.pool, 'P', 30, 'D', '1');
      await run(`
        update routing_operation set routing_link = 'L20' where operation = 20;
        update bom_line set routing_link = 'L20' where component in ('A', 'D');
        update bom_line set lead_time_offset_days = 1 where component = 'D'`);
      const { materials } = await refreshed();
      assert.deepEqual(
        materials.map(({ item, usageOn, usageAt }) => `${item} ${usageOn} ${shown(usageAt)}`),
        ['A 2026-11-26 26 12:45', 'B 2026-11-25 25 14:45', 'D 2026-11-25 –'],
      );
    });
  });

  describe('is guarded', () => {
    const idOf = '(select order_id from production_order)';
    const companyOf = '(select company_id from company)';

    it('T-60 REF-06 by what is reserved for a sales order', async () => {
      const key = await entered();
      await run(`insert into output_reservation values (${companyOf}, 'SO-1', 1, ${idOf}, 10)`);
      assert.deepEqual(codes((await refresh(key)).refusals), ['REF-06']);
    });

    it('T-61 not by what its own lines make for each other', async () => {
      await run(`
        update item set make_to_order = true where item in ('P', 'A');
        update item set procurement = 'production' where item = 'A'`);
      const { key, lines, materials } = await refreshed();
      assert.deepEqual(
        lines.map(({ item, quantity }) => `${item} ${quantity}`),
        ['P 60', 'A 120'],
      );
      assert.equal(materials.find(({ item }) => item === 'A')?.supplied, '120');
      assert.equal((await refresh(key)).result, 'refreshed');
    });

    it('T-62 REF-08 by an entry of an executive order', async () => {
      await addOrder(adapter.pool, { number: 7, state: 'executive' });
      await run(`
        update production_order set last_declaration = 1;
        insert into declaration (company_id, order_id, number, operation, quantity, scrap, closing, opened_at, opened_by)
        values (${companyOf}, ${idOf}, 1, 10, 1, 0, false, now(), 'anna')`);
      assert.deepEqual(codes((await refresh('2026/7/0')).refusals), ['REF-08 notRestorable']);
    });

    it('T-63 REF-09 by a bill that is not certified', async () => {
      await run(`update bom set status = 'new'`);
      assert.deepEqual(codes((await refresh(await entered())).refusals), ['REF-09']);
    });

    it('T-64 by its own options: lines without routings are a bad request', async () => {
      const calculate = { lines: true, routings: false, componentNeed: true };
      const orders = [{ key: await entered(), version: 1 }];
      assert.equal((await post('/api/runs', { command: 'refresh', orders, calculate })).statusCode, 400);
    });

    it('T-65 REF-16 makes no inbound request for a launched order', async () => {
      const { result, warnings } = await refresh(await entered(), { inboundRequest: true });
      assert.deepEqual([result, codes(warnings)], ['refreshed', ['REF-16 notExecutive']]);
      const asked = await adapter.send('GET', '/api/warehouse-requests');
      assert.deepEqual(asked.json<{ items: unknown[] }>().items, []);
    });

    it('T-66 REF-01 passes a fulfilled order over', async () => {
      await addOrder(adapter.pool, { number: 7, state: 'fulfilled' });
      const { result, refusals } = await refresh('2026/7/0');
      assert.deepEqual([result, codes(refusals)], ['skipped', ['REF-01']]);
    });

    it('T-67 loses what was changed by hand, and the preview says so', async () => {
      const { key, version, materials } = await refreshed();
      const line = materials.find(({ item }) => item === 'A')?.line ?? 0;
      await outcomeOf(post(`/api/orders/${key}/materials/${line}`, { version, quantity: '125' }));
      const marked = { command: 'refresh', orders: [{ key, version: version + 1 }] };
      const preview = Preview.parse((await post('/api/runs', { ...marked, dryRun: true })).json());
      const lost = preview.refresh?.orders[0]?.changes.filter(({ editLost }) => editLost);
      assert.deepEqual(
        lost?.map(({ name, fields }) => [name, fields]),
        [['A', [{ field: 'quantity', before: '125', after: '120' }]]],
      );
      await refresh(key);
      assert.deepEqual(needs(await read(key)), ['A 120', 'B 60']);
    });
  });
});

import assert from 'node:assert/strict';
import { calendarDate } from '../../../../src/domain/calendar';
import type { RefreshCommand } from '../../../../src/adapter/orderbook/postgres/refresh/judge-refresh';
import { useDatabase } from '../../../postgres';
import { bookState, freshBook } from '../fresh-book';
import { assertInvariants } from '../invariants';
import { codesOf, key } from '../planner';
import { addOrder, company, preparePlant, setStock } from '../small-plant';
import { addBomLine, addMethods, createRefresher, useAdapterPool } from './methods';

const order = '2026/1/0';

describe('a refresh in the book refuses', () => {
  const database = useDatabase(preparePlant);
  const pool = useAdapterPool(database);
  const run = (statement: string) => pool().query(statement);
  const idOf = `(select order_id from production_order where company_id = '${company}' and number = 1)`;

  beforeEach(async () => {
    await freshBook(database.pool, database.connectionString);
    await addMethods(database.pool);
    await addOrder(database.pool, { number: 1, quantity: '60', lines: { A: '5' } });
  });
  afterEach(() => assertInvariants(database.pool));

  /** Preview and run say the same, and nothing of the book has changed. */
  async function refused(codes: string[], options: Partial<Omit<RefreshCommand, 'kind'>> = {}) {
    const planner = createRefresher(pool());
    const before = await bookState(database.pool);
    const preview = await planner.preview(options, order);
    const [outcome] = await planner.refresh(options, order);
    assert.deepEqual([outcome?.result, codesOf(outcome)], ['refused', codes]);
    assert.deepEqual(preview.outcomes[0]?.refusals, outcome?.refusals);
    assert.deepEqual(preview.refresh, { orders: [], load: [], closedDays: [] });
    assert.deepEqual(await bookState(database.pool), before);
    return outcome?.refusals[0]?.params;
  }

  it('ORD-01 an order that is not there', async () => {
    const [outcome] = await createRefresher(pool()).refresh({}, '2026/99/0');
    assert.deepEqual([outcome?.result, codesOf(outcome)], ['refused', ['ORD-01']]);
  });

  it('T-66 REF-01 skips a fulfilled order', async () => {
    await addOrder(database.pool, { number: 2, state: 'fulfilled' });
    const planner = createRefresher(pool());
    const before = await bookState(database.pool);
    const [outcome] = await planner.refresh({}, '2026/2/0');
    assert.deepEqual([outcome?.result, codesOf(outcome)], ['skipped', ['REF-01']]);
    assert.deepEqual(await bookState(database.pool), before);
  });

  it('REF-03 an item with variants and none named', async () => {
    await run(`update item set variant_mandatory = true where company_id = '${company}' and item = 'P'`);
    await refused(['REF-03']);
  });

  it('REF-04 what has been picked, unless the planner confirms it', async () => {
    await run(`update order_material set picked = 2 where company_id = '${company}'`);
    assert.deepEqual(await refused(['REF-04']), {
      ...{ order, line: '10', item: 'A', quantity: '2', unit: 'PC' },
    });
    const [outcome] = await createRefresher(pool()).refresh({ confirmPicked: true }, order);
    assert.equal(outcome?.result, 'refreshed');
  });

  it('T-60 REF-06 output that is reserved for a sales order', async () => {
    await run(`insert into output_reservation values ('${company}', 'SO-1', 1, ${idOf}, 10)`);
    assert.deepEqual(await refused(['REF-06']), {
      ...{ order, line: '10000', item: 'P', quantity: '10', unit: 'PC', document: 'SO-1' },
    });
  });

  it('REF-06 a material that is reserved', async () => {
    await setStock(database.pool, { A: '100' });
    await run(`insert into reservation values ('${company}', 'R-1', 1, 'A', '', 'MAG1', '', 5, ${idOf})`);
    assert.equal((await refused(['REF-06']))?.['document'], 'R-1');
    await run(`delete from reservation`);
  });

  it('T-61 not what a line of the order makes for another', async () => {
    await run(`
      update item set make_to_order = true where company_id = '${company}' and item in ('P', 'A');
      update item set procurement = 'production' where company_id = '${company}' and item = 'A'`);
    const planner = createRefresher(pool());
    await planner.refresh({}, order);
    const { rows } = await pool().query('select order_line, item, level from order_line order by order_line');
    assert.deepEqual(rows, [
      { order_line: 10000, item: 'P', level: 0 },
      { order_line: 20000, item: 'A', level: 1 },
    ]);
    const [outcome] = await planner.refresh({}, order);
    assert.equal(outcome?.result, 'refreshed');
  });

  it('T-62 REF-08 an executive order with entries, naming them', async () => {
    await setStock(database.pool, { A: '1000' });
    await createRefresher(pool()).refresh({}, order);
    await createRefresher(pool()).release(order);
    assert.equal((await refused(['REF-08']))?.['document'], 'MAG1 1/2026-11-20');
  });

  it('REF-08 a released order that had nothing to withdraw: what a refresh adds would never be withdrawn', async () => {
    await run(`update item set pickup_type = 'manual' where company_id = '${company}'`);
    await createRefresher(pool()).refresh({}, order);
    await createRefresher(pool()).release(order);
    assert.equal((await refused(['REF-08']))?.['document'], 'R2');
  });

  it('T-63 REF-09 a bill that is not certified, and a routing', async () => {
    await run(`update bom set status = 'new'; update routing set status = 'closed'`);
    await refused(['REF-09', 'REF-09']);
  });

  it('REF-10 a quantity of zero', async () => {
    await refused(['REF-10'], { changes: { [key(order)]: { quantity: '0' } } });
  });

  it('REF-10 lines without times, when only routings are calculated', async () => {
    await refused(['REF-10'], { calculate: { lines: false, routings: true, componentNeed: false } });
  });

  it('REF-11 phantoms in a circle', async () => {
    await addBomLine(database.pool, 'P', 30, 'P', '1', 'phantom');
    await refused(['REF-11']);
  });

  it('REF-12 a centre without working time', async () => {
    await run(`delete from calendar_hours`);
    assert.equal((await refused(['REF-12']))?.['resource'], '100');
  });

  it('REF-13 a unit that the item does not have', async () => {
    await run(`update bom_line set unit = 'BOX' where component = 'A'`);
    await refused(['REF-13']);
  });

  it('REF-15 an order that somebody changed since', async () => {
    const planner = createRefresher(pool());
    const marked = [{ key: key(order), version: 7 }];
    const command = {
      direction: 'back',
      inboundRequest: false,
      confirmPicked: false,
      changes: {},
      executive: 'refuse',
    } as const;
    const calculate = { lines: true, routings: true, componentNeed: true };
    const preview = await planner.book.preview({ kind: 'refresh', calculate, ...command }, marked, {
      ...{
        company,
        actor: 'planner',
        at: (await planner.runner.preview(await planner.request({}, [order]))).at,
      },
    });
    assert.deepEqual(codesOf(preview.outcomes[0] && { ...preview.outcomes[0] }), ['REF-15']);
  });

  it('T-65 REF-16 makes no inbound request for a launched order, and says why', async () => {
    const [outcome] = await createRefresher(pool()).refresh({ inboundRequest: true }, order);
    assert.equal(outcome?.result, 'refreshed');
    assert.deepEqual(
      outcome?.warnings.map(({ code, params }) => [code, params['context']]),
      [['REF-16', 'notExecutive']],
    );
    assert.equal((await pool().query('select from inbound_request')).rowCount, 0);
  });

  it('asks the warehouse to put away the output of an executive order without entries', async () => {
    await run(`
      update warehouse set output_handling = 'inventory_put_away' where company_id = '${company}';
      update production_order set state = 'executive', origin = 'direct' where company_id = '${company}'`);
    await createRefresher(pool()).refresh({ inboundRequest: true }, order);
    const { rows } = await pool().query('select warehouse, item, quantity::text from inbound_request');
    assert.deepEqual(rows, [{ warehouse: 'MAG1', item: 'P', quantity: '60' }]);
  });

  it('REF-18 takes a request back with the lines it was made for, says so, and keeps it with them', async () => {
    await run(`
      update warehouse set output_handling = 'inventory_put_away' where company_id = '${company}';
      update production_order set state = 'executive', origin = 'direct' where company_id = '${company}'`);
    const planner = createRefresher(pool());
    const asked = async (): Promise<unknown> =>
      (await pool().query('select quantity::text from inbound_request')).rows;
    await planner.refresh({ inboundRequest: true }, order);
    const kept = { calculate: { lines: false, routings: true, componentNeed: true } };
    assert.deepEqual((await planner.refresh(kept, order))[0]?.warnings, []);
    assert.deepEqual(await asked(), [{ quantity: '60' }]);
    assert.deepEqual((await planner.refresh({ inboundRequest: true }, order))[0]?.warnings, []);
    await run('update production_order set quantity_produced = 45');
    const more = { changes: { [key(order)]: { quantity: '80' } } };
    const preview = await planner.preview(more, order);
    const [outcome] = await planner.refresh(more, order);
    assert.deepEqual(await asked(), []);
    const params = {
      order: key(order),
      item: 'P',
      variant: '',
      quantity: '15',
      unit: 'PC',
      warehouse: 'MAG1',
    };
    assert.deepEqual(outcome?.warnings, [{ code: 'REF-18', params }], 'what is still to be put away');
    assert.deepEqual(preview.outcomes[0]?.warnings, outcome?.warnings);
    assert.deepEqual((await planner.refresh({}, order))[0]?.warnings, [], 'it went only once');
  });

  it('REF-19 warns of a start before today, by the day of the plant, in preview and outcome', async () => {
    const planner = createRefresher(pool());
    const soon = { changes: { [key(order)]: { due: calendarDate('2026-11-23') } } };
    const preview = await planner.preview(soon, order);
    const [outcome] = await planner.refresh(soon, order);
    assert.equal(outcome?.result, 'refreshed');
    // Done by Sunday 22 is done by Friday 20, when the planner looks at it: it had to begin the day before.
    const params = { order: key(order), item: 'P', operation: '10', date: '2026-11-20' };
    assert.deepEqual(outcome?.warnings, [
      { code: 'REF-19', params: { ...params, at: '2026-11-19T13:45:00.000Z' } },
    ]);
    assert.deepEqual(preview.outcomes[0]?.warnings, outcome?.warnings);
    const later = { changes: { [key(order)]: { due: calendarDate('2026-11-27') } } };
    assert.deepEqual((await planner.refresh(later, order))[0]?.warnings, []);
  });

  it('T-67 loses what was edited by hand, and the preview says so', async () => {
    const planner = createRefresher(pool());
    await planner.refresh({}, order);
    await run(`update order_material set quantity = 125, by_hand = true where item = 'A'`);
    const [previewed] = (await planner.preview({}, order)).refresh?.orders ?? [];
    assert.deepEqual(
      previewed?.changes.map(({ part, name, fields, editLost }) => [part, name, fields, editLost]),
      [['material', 'A', [{ field: 'quantity', before: '125', after: '120' }], true]],
    );
    await planner.refresh({}, order);
    assert.deepEqual((await planner.planOf(order)).materials[0]?.split(':')[0], 'A 120');
  });
});

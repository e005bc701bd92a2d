import assert from 'node:assert/strict';
import type { WarehouseRequest, WarehouseRequestQuery } from '../../../src/contract/warehouse-requests';
import { BadCursor } from '../../../src/adapter/orderbook/order-book';
import { key } from './planner';
import { addMethods, createRefresher } from './refresh/methods';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

const order = '2026/125/0';

describe('warehouse requests', () => {
  const { pool, planner } = usePlanner();

  beforeEach('the order of the worked examples, in a plant whose warehouses pick', async () => {
    await handling('pick_mandatory');
    await addOrder(pool, { number: 125 });
    await setStock(pool, { A: '1000', B: '1000', C: '1000', D: '1000', E: '1000' });
  });

  const run = (text: string) => pool.query(text);
  const handling = (how: string, warehouse = 'MAG1') =>
    run(
      `update warehouse set consumption_handling = '${how}' where company_id = '${company}' and warehouse = '${warehouse}'`,
    );
  const puttingAway = () =>
    run(`update warehouse set output_handling = 'inventory_put_away' where company_id = '${company}'`);
  const changeB = (to: string) => run(`update order_material set ${to} where item = 'B'`);
  const find = (query: WarehouseRequestQuery = {}) =>
    planner.book.warehouseRequests(company, query, { limit: 100 });
  const told = ({
    kind,
    source,
    warehouse,
    item,
    quantity,
    remaining,
    completelyHandled,
  }: WarehouseRequest) =>
    `${kind} ${source} ${warehouse} ${item} ${remaining}/${quantity}${completelyHandled ? ' handled' : ''}`;
  const found = async (query: WarehouseRequestQuery = {}) => (await find(query)).items.map(told);

  it('T-30 asks for what goes by list, once the order is released; nothing for what the release or a declaration draws', async () => {
    assert.deepEqual(await found(), []);
    await planner.release(order);
    const { items, total } = await find();
    assert.deepEqual(items.map(told), ['pick materials MAG1 B 50/50']);
    assert.equal(total, 1);
    assert.equal(items[0]?.order, order);
    assert.equal(items[0]?.runNumber, 1);
    await planner.restore(order);
    assert.deepEqual(await found(), [], 'a launched order asks for nothing');
  });

  it('asks nothing of a warehouse without handling', async () => {
    await handling('none');
    await planner.release(order);
    assert.deepEqual(await found(), []);
  });

  it('asks each warehouse for its own, and for what is needed apart from what is yielded', async () => {
    await handling('inventory_pick');
    await handling('pick_optional', 'MAG2');
    await addOrder(pool, { number: 126, lines: { B: '6', C: '2', A: '-3', D: '4', E: '5' } });
    await run(
      `update item set pickup_type = 'with_list' where company_id = '${company}' and item in ('A', 'D', 'E')`,
    );
    await planner.release('2026/126/0');
    assert.deepEqual(await found(), [
      'pick materials MAG1 B 6/6',
      'putAway materials MAG1 A 3/3',
      'pick materials MAG1 D 4/4',
      'pick materials MAG2 E 5/5',
    ]);
    // One request is handled with its last line, those beside it are not.
    await run(`update order_material set picked = quantity where item in ('B', 'E')`);
    assert.deepEqual(await found({ completelyHandled: true }), ['pick materials MAG2 E 0/5 handled']);
    await run(`update order_material set picked = quantity where item = 'D'`);
    assert.deepEqual(await found({ completelyHandled: false }), ['putAway materials MAG1 A 3/3']);
  });

  it('counts what is picked or withdrawn, and what a line of the order makes, as done', async () => {
    await planner.release(order);
    await changeB('picked = 20');
    assert.deepEqual(await found(), ['pick materials MAG1 B 30/50']);
    await changeB('picked = 60');
    assert.deepEqual(await found(), ['pick materials MAG1 B 0/50 handled']);
    await changeB('picked = 0, supplied = 15');
    assert.deepEqual(await found(), ['pick materials MAG1 B 35/35']);
    await changeB('supplied = 50');
    assert.deepEqual(await found(), []);
    await changeB('supplied = 0');
  });

  it('T-65 asks to put away the output where a refresh of an executive order asked for it', async () => {
    await puttingAway();
    await addMethods(pool);
    const refresher = createRefresher(pool);
    await refresher.refresh({ inboundRequest: true }, order);
    assert.deepEqual(await found(), [], 'not of a launched order');
    await run(
      `update production_order set state = 'executive', origin = 'direct' where company_id = '${company}'`,
    );
    await refresher.refresh({ inboundRequest: true }, order);
    assert.deepEqual(await found(), ['putAway output MAG1 P 50/50', 'pick materials MAG1 B 50/50']);
    const [request] = (await find({ kind: 'putAway' })).items;
    assert.deepEqual([request?.line, request?.runNumber, request?.unit], [0, 2, 'PC']);
    await run(`update production_order set quantity_produced = 30 where company_id = '${company}'`);
    assert.deepEqual(await found({ kind: 'putAway' }), ['putAway output MAG1 P 20/50']);
    await run(`update production_order set quantity_produced = 55 where company_id = '${company}'`);
    assert.deepEqual(await found({ kind: 'putAway' }), ['putAway output MAG1 P 0/50 handled']);
    await run(`update production_order set quantity_produced = 0 where company_id = '${company}'`);
  });

  it('forgets the request for the output when the order is restored and released anew', async () => {
    await puttingAway();
    await addMethods(pool);
    await run(
      `update production_order set state = 'executive', origin = 'direct' where company_id = '${company}'`,
    );
    const [refreshed] = await createRefresher(pool).refresh({ inboundRequest: true }, order);
    assert.deepEqual(refreshed?.refusals, []);
    assert.deepEqual(await found({ kind: 'putAway' }), ['putAway output MAG1 P 50/50']);
    await planner.restore(order);
    assert.deepEqual(await found(), []);
    const [released] = await planner.release(order);
    assert.equal(released?.result, 'released', JSON.stringify(released));
    assert.deepEqual(await found(), ['pick materials MAG1 B 50/50']);
  });

  describe('finds', () => {
    beforeEach(async () => {
      for (const number of [126, 127, 128]) await addOrder(pool, { number, lines: { B: '10' } });
      await planner.release(order, '2026/126/0');
      await planner.release('2026/127/0');
    });
    const orders = async (query: WarehouseRequestQuery) =>
      (await find(query)).items.map(({ order: of }) => of.split('/')[1]).join();

    it('by order, run, item, warehouse, kind and whether it is done', async () => {
      assert.equal(await orders({}), '125,126,127');
      assert.equal(await orders({ order: [key('2026/126/0'), key('2026/128/0')] }), '126');
      assert.equal(await orders({ orderNumber: '127' }), '127');
      assert.equal(await orders({ runNumber: 1 }), '125,126');
      const [first] = await planner.book.rows(company, [key('2026/127/0')]);
      assert.equal(first?.runNumber, 2);
      assert.equal(await orders({ item: 'material b' }), '125,126,127');
      assert.equal(await orders({ item: 'A' }), '');
      assert.equal(await orders({ warehouse: ['mag1'] }), '125,126,127');
      assert.equal(await orders({ warehouse: ['MAG2'] }), '');
      assert.equal(await orders({ kind: 'pick' }), '125,126,127');
      assert.equal(await orders({ kind: 'putAway' }), '');
      assert.equal(await orders({ completelyHandled: true }), '');
    });

    it('page by page, each row once, and the same all at once', async () => {
      await run(`update item set pickup_type = 'with_list' where company_id = '${company}' and item = 'C'`);
      const pages: string[] = [];
      let cursor: string | undefined;
      do {
        const { items, next, total } = await planner.book.warehouseRequests(
          company,
          {},
          { limit: 1, cursor },
        );
        assert.equal(total, cursor === undefined ? 4 : null);
        pages.push(...items.map(({ order: of, item }) => `${of} ${item}`));
        cursor = next ?? undefined;
      } while (cursor !== undefined);
      const streamed: string[] = [];
      for await (const batch of planner.book.streamWarehouseRequests(company, {}))
        streamed.push(...batch.map(({ order: of, item }) => `${of} ${item}`));
      assert.deepEqual(pages, ['2026/125/0 B', '2026/125/0 C', '2026/126/0 B', '2026/127/0 B']);
      assert.deepEqual(streamed, pages);
    });

    it('nothing with the cursor of another search', async () => {
      const { next } = await planner.book.warehouseRequests(company, {}, { limit: 1 });
      const page = { limit: 1, cursor: next ?? '' };
      await assert.rejects(planner.book.warehouseRequests(company, { kind: 'pick' }, page), BadCursor);
    });
  });
});

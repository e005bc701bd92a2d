import assert from 'node:assert/strict';
import { defaultOptions } from '../../../src/domain/refresh/options';
import { newKey } from '../../adapter/http/adapter';
import { rowsOf, typeInto } from '../excel/workbook';
import { useContosoPlanner } from './contoso-planner';

describe('a planner who changes materials and operations in their sheet', () => {
  const { adapter, desk, done, row, cells, content, writeNewOrder } = useContosoPlanner();
  const { pane, state, asked } = desk;

  /** Types into the sheet of materials and operations; rows counted from 0. */
  const typeContent = (header: string, at: number, value: unknown) =>
    Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('MaterialsAndOperations');
      table.columns.getItem(header).getDataBodyRange().getCell(at, 0).values = [[value]];
      await context.sync();
    });

  /** Words at whose beginning the Result cells of that sheet get a colour. */
  const colouredWords = () =>
    Excel.run(async (context) => {
      const result = context.workbook.tables.getItem('MaterialsAndOperations').columns.getItem('Result');
      const formats = result.getDataBodyRange().conditionalFormats;
      formats.load('items');
      await context.sync();
      const rules = formats.items.map((format) => {
        const { textComparison } = format;
        textComparison.load('rule');
        return textComparison;
      });
      await context.sync();
      return rules.map(({ rule }) => rule.text);
    });

  /** Two orders in the sheet of materials and operations; answers with their keys, and where the rows of the second begin. */
  async function loadTwoOrders() {
    const keys = [];
    for (const time of ['first', 'second']) {
      await writeNewOrder();
      await pane.actions.commit();
      done();
      keys.push(state().result?.outcomes[0]?.key ?? assert.fail(time));
    }
    const [one = '', other = ''] = keys.map(String);
    pane.actions.setCriteria({ order: '' });
    await pane.actions.search();
    const rows = await rowsOf();
    await typeInto(
      'Action',
      ...rows.map((row) => ([one, other].includes(String(row['Order'])) ? 'Refresh' : '')),
    );
    await pane.actions.loadContent();
    done();
    const loaded = await content();
    assert.equal(loaded.length, 2 * (13 + 4));
    const first = String(loaded[0]?.['Order']);
    asked.length = 0;
    return { first, second: first === one ? other : one, at: 13 + 4 };
  }

  it('changes a material and moves an operation in the sheet, and sees what follows; what is refused stays as typed', async () => {
    await writeNewOrder();
    await pane.actions.commit();
    await typeInto('Action', 'Refresh');
    await pane.actions.loadContent();
    done();
    const loaded = await content();
    assert.equal(loaded.length, 13 + 4);
    const operationAt = loaded.findIndex((part) => part['Part'] === 'Operation');
    const moved = loaded[operationAt]?.['Start'];
    assert.equal(typeof moved, 'number');
    await typeContent('Qty', 0, 11);
    await typeContent('Qty', 1, 'some');
    await typeContent('Start', operationAt, Number(moved) + 3);
    await typeContent('Setup (min)', operationAt + 1, 'long');
    await pane.actions.applyContent();
    done();
    const after = await content();
    assert.deepEqual([after[0]?.['Qty'], after[0]?.['Result']], [11, 'Changed']);
    assert.deepEqual(state().applied, { changedRows: 2, refusedRows: 2, ordersLeft: 0 });
    assert.deepEqual(
      [after[1]?.['Qty'], after[1]?.['Result']],
      ['some', 'Refused: the Qty cell holds no such value.'],
    );
    assert.equal(after[operationAt]?.['Result'], 'Changed');
    assert.equal(after[operationAt + 1]?.['Setup (min)'], 'long');
    const starts = (rows: typeof after) => rows.slice(operationAt).map((part) => Number(part['Start']));
    starts(after).forEach((start, at) =>
      assert.ok(start > (starts(loaded)[at] ?? 0), 'those after it follow'),
    );
    assert.deepEqual(await cells('Result', 'Version'), ['Changed', 4]);
    assert.equal((await row())['Action'], 'Refresh', 'the mark waits for its refresh');

    await typeContent('Setup (min)', operationAt, 33);
    await typeContent('Version', operationAt, 1);
    await pane.actions.applyContent();
    done();
    const elsewhere = (await content())[operationAt];
    assert.match(
      String(elsewhere?.['Result']),
      /^Refused: anna changed the order at .*, after it was loaded/,
    );
    assert.equal(elsewhere?.['Setup (min)'], 33);
    const mine = await cells('Version');
    await pane.actions.applyContent();
    done();
    const again = (await content())[operationAt];
    assert.match(String(again?.['Result']), /^Refused: anna changed the order at /);
    assert.deepEqual(
      await cells('Version'),
      mine,
      'what was typed before is not sent over what is there now',
    );
  });

  it('keeps what was typed for a material that a refresh of somebody else took out, and says whose', async () => {
    await writeNewOrder();
    await pane.actions.commit();
    const order = state().result?.outcomes[0]?.key;
    await typeInto('Action', 'Refresh');
    await pane.actions.loadContent();
    done();
    const [untouched, typed] = (await content()).slice(11, 13).map((row) => row['Item or operation']);
    await typeContent('Qty', 12, 5);
    const expire = (on: string | null) =>
      adapter.pool.query(
        `update bom_line set valid_to = $2 where bom = 'SP-SCM1009' and component = any($1)`,
        [[untouched, typed], on],
      );
    await expire('2000-01-01');
    const { server } = await adapter.another({ user: 'marco' });
    const payload = { command: 'refresh', orders: [{ key: order, version: 2 }], ...defaultOptions };
    const headers = { 'idempotency-key': newKey() };
    const reply = await server.inject({ method: 'POST', url: '/api/runs', headers, payload });
    assert.equal(reply.statusCode, 200, reply.body);
    await expire(null);

    for (const time of ['first', 'again']) {
      await pane.actions.applyContent();
      done();
      const rows = await content();
      assert.equal(rows.length, 13 + 4, 'every row stays where it is');
      const [left, kept] = rows.splice(11, 2);
      assert.deepEqual([kept?.['Item or operation'], kept?.['Qty']], [typed, 5]);
      assert.match(String(kept?.['Result']), /^Refused: no longer in the order; marco changed it at /);
      assert.match(String(left?.['Result']), /^Refused: no longer in the order/);
      const said = rows.map((row) => row['Result']);
      assert.deepEqual(new Set(said), new Set(['']), `nobody typed into the others, ${time}`);
    }
    await pane.actions.loadContent();
    assert.equal((await content()).length, 11 + 4, 'loaded again, it is what the order has');
  });

  it('asks only for the orders that were typed into, and leaves the rows of the others and their order alone', async () => {
    const { second, at } = await loadTwoOrders();
    await typeContent('Item or operation', 0, 'a note of the planner');
    await typeContent('Qty', at, 11);
    await pane.actions.applyContent();
    done();
    const after = await content();
    assert.deepEqual([after[at]?.['Result'], after[0]?.['Result']], ['Changed', '']);
    assert.ok((await colouredWords()).includes('Changed'), 'as Refreshed is');
    assert.equal(after[0]?.['Item or operation'], 'a note of the planner');
    const whole = asked.filter((request) => request === 'GET /api/orders/whole');
    assert.equal(whole.length, 2, 'before and after');
    assert.deepEqual(
      asked.filter((request) => request.startsWith('POST')),
      [`POST /api/orders/${second}/materials/10000`],
    );

    asked.length = 0;
    await pane.actions.applyContent();
    done();
    assert.deepEqual(asked, [], 'nothing is typed any more');
    assert.equal((await content())[at]?.['Result'], '');
  });

  it('names an order that is not in the book any more in its row, and changes the others', async () => {
    const { first, at } = await loadTwoOrders();
    const [year, number] = first.split('/');
    const move = (from: number, to: number) =>
      adapter.pool.query(
        'update production_order set lot = $4 where year = $1 and number = $2 and lot = $3',
        [...[year, number, from, to]],
      );
    await move(0, 9);
    await typeContent('Qty', 0, 12);
    await typeContent('Qty', at, 12);
    await pane.actions.applyContent();
    done();
    const after = await content();
    assert.deepEqual(
      [after[0]?.['Result'], after[0]?.['Qty']],
      ['Refused: the order is no longer in the order book.', 12],
    );
    assert.equal(after[at]?.['Result'], 'Changed');

    await typeInto('Action', ...(await rowsOf()).map(({ Order }) => (Order === first ? 'Refresh' : '')));
    await pane.actions.loadContent();
    done();
    assert.deepEqual(
      (await content()).map((row) => [row['Order'], row['Result']]),
      [[first, 'Refused: the order is no longer in the order book.']],
    );
    await move(9, 0);
  });

  it('sends no further order where the planner cancels, and says so in its rows, which keep what was typed', async () => {
    const { first, second, at } = await loadTwoOrders();
    await typeContent('Qty', 0, 13);
    await typeContent('Qty', at, 13);
    const stop = pane.store.subscribe(({ work }) => {
      if (work?.kind === 'change' && work.done === 1) work.cancel?.();
    });
    await pane.actions.applyContent();
    stop();
    done();
    const after = await content();
    assert.deepEqual([after[0]?.['Result'], after[at]?.['Qty']], ['Changed', 13]);
    assert.deepEqual(state().applied, { changedRows: 1, refusedRows: 0, ordersLeft: 1 });
    assert.match(String(after[at]?.['Result']), /^Not sent: cancelled\./);
    assert.ok(asked.includes(`POST /api/orders/${first}/materials/10000`));
    assert.ok(!asked.some((request) => request.includes(`${second}/materials`)));

    await pane.actions.applyContent();
    done();
    assert.equal((await content())[at]?.['Result'], 'Changed');
  });

  it('writes into the right rows where the planner sorted them', async () => {
    const { at } = await loadTwoOrders();
    await typeContent('Qty', at, 14);
    await Excel.run(async (context) => {
      const table = context.workbook.tables.getItem('MaterialsAndOperations');
      const key = Object.keys((await content())[0] ?? {}).indexOf('Item or operation');
      table.sort.apply([{ key, ascending: false }]);
      await context.sync();
    });
    const sorted = (await content()).map((row) => row['Item or operation']);
    await pane.actions.applyContent();
    done();
    const after = await content();
    assert.deepEqual(
      after.map((row) => row['Item or operation']),
      sorted,
    );
    assert.deepEqual(
      after.filter((row) => row['Result'] === 'Changed').map((row) => row['Qty']),
      [14],
    );
  });
});

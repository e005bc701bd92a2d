import assert from 'node:assert/strict';
import { createAttempts } from '../../../src/addin/api/attempts';
import { connect } from '../../../src/addin/api/connection';
import { orderBookApi } from '../../../src/addin/api/order-book';
import { createPane, type Pane } from '../../../src/addin/taskpane/store/pane';
import { textsIn } from '../../../src/addin/texts';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { migrate } from '../../../src/adapter/orderbook/postgres/migrate';
import { instant } from '../../../src/domain/calendar';
import { defaultOptions } from '../../../src/domain/refresh/options';
import type { Language } from '../../../src/language/text';
import { newKey, useAdapter } from '../../adapter/http/adapter';
import { importSample } from '../../data/plant-at-work';
import { rowsOf, typeInto, useWorkbook } from '../excel/workbook';

async function prepare(connectionString: string): Promise<void> {
  await migrate(connectionString);
  const pool = createPool(connectionString);
  await importSample(pool, 'contoso-coffee');
  await pool.end();
}

/** 13 June 2025. */
const DUE = 45821;

describe('a planner who creates and refreshes an order of Contoso Coffee', () => {
  const adapter = useAdapter(() => ({}), prepare);
  const workbook = useWorkbook();
  let baseUrl: string;
  let pane: Pane;
  let language: Language;
  let asked: string[];

  before('start', async () => {
    adapter.now = instant(new Date('2025-06-02T09:00:00Z'));
    baseUrl = await adapter.server.listen({ host: '127.0.0.1', port: 0 });
  });
  beforeEach('open the pane', async () => {
    language = 'en';
    asked = [];
    const settings = () => ({ baseUrl: '', language, company: pane.store.getState().company });
    const send = connect(settings, (address, request) => {
      asked.push(`${request.method} ${address.split('?')[0]}`);
      return fetch(new URL(address, baseUrl), request);
    });
    pane = createPane({
      api: orderBookApi(send, async () => {}),
      sheet: workbook.sheet,
      attempts: createAttempts(),
      language: () => language,
      defaults: () => ({ sequence: 'byStart', includeHidden: false, posting: null }),
      address: () => baseUrl,
      now: () => Date.parse(adapter.now),
      copy: async () => true,
      openWindow: () => true,
    });
    await pane.actions.start();
    pane.actions.show('refresh');
  });

  const state = () => pane.store.getState();
  const done = () => assert.deepEqual(state().trouble, null);
  /** The row of the order that the planner writes, which is the only one. */
  const row = async () => (await rowsOf())[0] ?? {};
  const cells = async (...headers: string[]) => {
    const shown = await row();
    return headers.map((header) => shown[header]);
  };

  const content = () => rowsOf('values', 'MaterialsAndOperations');
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

  /** An empty search leaves a table with one empty row. */
  async function writeNewOrder(): Promise<void> {
    pane.actions.setCriteria({ order: '1999/' });
    await pane.actions.search();
    done();
    const t = textsIn(language);
    await typeInto(t('column.item'), "'SP-SCM1009");
    await typeInto(t('column.quantity'), 10);
    await typeInto(t('column.due'), DUE);
    await pane.actions.refreshMarks();
    assert.equal(state().marks.newOrders.length, 1);
    await pane.actions.createOrders();
    done();
  }

  it('sees what would change, takes it back or forward, and finds the order in its row', async () => {
    await writeNewOrder();
    assert.deepEqual(await cells('Action', 'Result', 'State', 'Version'), [
      'Refresh',
      'Created',
      'Launched',
      1,
    ]);
    assert.equal(state().pendingRun, null);

    await pane.actions.preview();
    done();
    assert.match(String((await row())['Result']), /^Would be refreshed, \d+ changes$/);
    await pane.actions.showChanges();
    done();
    const changes = await rowsOf('values', 'RefreshPreview');
    const added = changes.filter((change) => change['What changes'] === 'added');
    assert.equal(added.filter((change) => change['Part'] === 'Material').length, 13);
    assert.equal(added.filter((change) => change['Part'] === 'Operation').length, 4);
    assert.equal((await cells('Version'))[0], 1, 'nothing is written yet');

    await pane.actions.commit();
    done();
    assert.deepEqual(await cells('Action', 'Result', 'Version', 'Qty'), ['', 'Refreshed', 2, 10]);
    assert.equal(state().result?.run.succeeded, 1);

    await typeInto('Action', 'Refresh');
    await typeInto('Qty', 20);
    await typeInto('Start', DUE - 1);
    pane.actions.setRefreshOptions({ direction: 'forward' });
    await pane.actions.preview();
    done();
    const doubled = (await rowsOf('values', 'RefreshPreview')).find(
      (change) => change['Part'] === 'Material' && change['What changes'] === 'Quantity',
    );
    assert.deepEqual([doubled?.['Before'], doubled?.['After']], [10, 20], 'the sheet follows each preview');
    await pane.actions.commit();
    done();
    assert.deepEqual(await cells('Result', 'Version', 'Qty', 'Start'), ['Refreshed', 3, 20, DUE - 1]);
  });

  it('leaves an order out, which keeps its mark, and is told in Italian', async () => {
    language = 'it';
    await writeNewOrder();
    assert.deepEqual(await cells('Azione', 'Esito'), ['Ricalcola', 'Creato']);
    await pane.actions.preview();
    const [order] = state().preview?.outcomes ?? [];
    assert.ok(order);
    pane.actions.leaveOut(order.key, true);
    await pane.actions.commit();
    done();
    assert.deepEqual([state().result, (await row())['Azione']], [null, 'Ricalcola']);
    pane.actions.leaveOut(order.key, false);
    await pane.actions.commit();
    done();
    assert.deepEqual(await cells('Azione', 'Esito'), ['', 'Ricalcolato']);
  });

  it('is told which order somebody else changed, and takes theirs or keeps the own', async () => {
    await writeNewOrder();
    await typeInto('Qty', 30);
    await typeInto('Version', 0);
    await pane.actions.commit();
    done();
    assert.match(String((await row())['Result']), /^Refused: .* changed the order/);
    const [changed] = state().changed;
    assert.ok(changed);
    await pane.actions.settleChanged([changed.key], 'mine');
    assert.deepEqual(await cells('Action', 'Qty', 'Version'), ['Refresh', 30, 1]);
    await pane.actions.commit();
    done();
    assert.deepEqual(await cells('Result', 'Qty', 'Version'), ['Refreshed', 30, 2]);
  });

  it('moves an operation of the selected order, sees the row follow, and is answered why another cannot be moved', async () => {
    await writeNewOrder();
    await pane.actions.commit();
    const order = state().result?.outcomes[0]?.key;
    assert.ok(order);
    await pane.actions.select({ order, company: state().company ?? '' });
    const operations = () => state().selected?.detail?.operations ?? [];
    const [first] = operations();
    assert.ok(first?.endsAt);

    assert.equal(await pane.actions.moveOperation(first, first.endsAt), null);
    done();
    const [moved, next] = operations();
    assert.deepEqual([moved?.startsAt, moved?.byHand, next?.byHand], [first.endsAt, true, false]);
    assert.ok(moved?.endsAt && next?.startsAt && next.startsAt >= moved.endsAt, 'those after it follow');
    assert.deepEqual(await cells('Version'), [3]);

    const no = await pane.actions.moveOperation({ orderLine: 10000, operation: 999 }, first.endsAt);
    assert.ok(no !== null && !no.undecided);
    done();
    assert.deepEqual(await cells('Version'), [3]);
  });

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

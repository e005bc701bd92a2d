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

  before('start', async () => {
    adapter.now = instant(new Date('2025-06-02T09:00:00Z'));
    baseUrl = await adapter.server.listen({ host: '127.0.0.1', port: 0 });
  });
  beforeEach('open the pane', async () => {
    language = 'en';
    const settings = () => ({ baseUrl: '', language, company: pane.store.getState().company });
    const send = connect(settings, (address, request) => fetch(new URL(address, baseUrl), request));
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
      const [kept, ...others] = await content();
      assert.deepEqual([kept?.['Item or operation'], kept?.['Qty']], [typed, 5]);
      assert.match(String(kept?.['Result']), /^Refused: no longer in the order; marco changed it at /);
      assert.deepEqual(
        others.map((row) => row['Result']),
        others.map(() => ''),
        'nobody typed into the others',
      );
      assert.equal(others.length, 11 + 4, time);
    }
    await pane.actions.loadContent();
    assert.equal((await content()).length, 11 + 4, 'loaded again, it is what the order has');
  });
});

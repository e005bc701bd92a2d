import assert from 'node:assert/strict';
import { barcodeText } from '../../src/domain/papers/barcode';
import type { OrderKey } from '../../src/domain/order';
import { newKey, useAdapter } from '../adapter/http/adapter';
import { copyCompany } from '../adapter/orderbook/second-company';
import { company } from '../adapter/orderbook/small-plant';
import { rowsOf, useWorkbook } from './excel/workbook';
import { usePaneAtAdapter } from './pane-at-adapter';

describe('a paper scanned in the restore view', () => {
  const adapter = useAdapter();
  const workbook = useWorkbook();
  const { pane, state } = usePaneAtAdapter(adapter, workbook);
  const [order, other] = ['2026/1/0', '2026/2/0'] as [OrderKey, OrderKey];
  const first = { orderLine: 10_000, operation: 10 };
  const paper = (number: number) => barcodeText({ of: 'operation', paper: number, ...first });

  before('two released orders with their route cards', async () => {
    await adapter.add({ number: 1, lines: { A: '10' } }, { number: 2, lines: { A: '10' } });
    await adapter.pool.query(`
      insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
      select company_id, order_id, n, '100', 'Operation ' || n, '2026-11-23', '2026-11-23', true, n = 20
        from production_order cross join unnest(array[10, 20]) n;
      update production_order set operation_lines = 2`);
    const orders = [order, other].map((key) => ({ key, version: 1 }));
    await adapter.send('POST', '/api/runs', { payload: { command: 'release', orders }, key: newKey() });
    const payload = { orders: [order, other], papers: ['routeCard'] };
    await adapter.send('POST', '/api/papers', { payload, key: newKey() });
  });
  beforeEach(() => pane.actions.show('restore'));

  const selected = () => state().selected;
  const codes = async (barcode: string) =>
    (await pane.actions.scan(barcode))?.map(({ code, params }) => [code, params['context']]);

  it('brings its order up with what was scanned of it, in the sheet or not', async () => {
    assert.deepEqual(await pane.actions.scan(` ${paper(2).toLowerCase()}\n`), []);
    assert.equal(selected()?.key, other);
    assert.equal(selected()?.detail?.state, 'executive');
    const { of, paper: number, orderLine, operation } = selected()?.scanned ?? {};
    assert.deepEqual({ of, number, orderLine, operation }, { of: 'operation', number: 2, ...first });
    assert.equal(state().trouble, null);
  });

  it('is declared on: its row says so where it has one, and no row is made where it has none', async () => {
    pane.actions.setCriteria({ order: '1', startFrom: '', startTo: '' });
    await pane.actions.search();
    const rows = (await rowsOf('values', 'Orders')).length;
    for (const number of [1, 2]) {
      await pane.actions.scan(paper(number));
      const done = await pane.actions.openDeclaration({ quantity: '5', operation: 10 });
      assert.equal(done?.outcomes[0]?.result, 'declared');
      assert.deepEqual(
        selected()?.detail?.declarations.map(({ operation, quantity }) => [operation, quantity]),
        [[10, '5']],
      );
      assert.equal(selected()?.scanned?.paper, number, 'it is still the one that was scanned');
      await pane.actions.stepDeclaration(1, 'delete');
    }
    assert.deepEqual([(await rowsOf('values', 'Orders')).length, state().trouble], [rows, null]);
  });

  it('is forgotten when a row is selected', async () => {
    await pane.actions.scan(paper(1));
    await pane.actions.select({ order, company });
    assert.deepEqual([selected()?.key, selected()?.scanned], [order, null]);
  });

  it('says why nothing comes up, and leaves what was there', async () => {
    await pane.actions.scan(paper(1));
    assert.deepEqual(await codes('PO99'), [['DEC-17', undefined]]);
    assert.deepEqual(await codes('5901234123457'), [['DEC-17', undefined]]);
    assert.deepEqual([selected()?.key, state().trouble], [order, null]);
    const { rows } = await adapter.pool.query<{ version: number }>(
      'select version from production_order where number = 2',
    );
    const payload = { command: 'restore', orders: [{ key: other, ...rows[0] }] };
    await adapter.send('POST', '/api/runs', { payload, key: newKey() });
    assert.deepEqual(await codes(paper(2)), [['DEC-16', undefined]]);
  });

  it('says of which company a paper is that this one has not', async () => {
    await copyCompany(adapter.pool, company, 'XX');
    await adapter.pool.query(`
      update company set name = 'Elsewhere' where company_id = 'XX';
      insert into paper (company_id, number, order_id, kind, copies, printed_at, printed_by)
      select 'XX', 41, order_id, 'jobCard', 1, now(), 'carla' from production_order where company_id = 'XX' and number = 1;
      insert into paper_print (company_id, run_id, number, copy) select 'XX', run_id, 41, 1 from run where company_id = 'XX' limit 1;
      update paper_counter set last_paper = 41 where company_id = 'XX'`);
    await pane.actions.changeCompany(company);
    pane.actions.show('restore');
    const refusals = await pane.actions.scan('PO41');
    assert.deepEqual(
      refusals?.map(({ code, params }) => [code, params]),
      [['DEC-17', { barcode: 'PO41', company: 'Elsewhere', context: 'company' }]],
    );
    assert.deepEqual(await codes('PO42'), [['DEC-17', undefined]]);
  });
});

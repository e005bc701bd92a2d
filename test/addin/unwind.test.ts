import assert from 'node:assert/strict';
import { createPool } from '../../src/adapter/orderbook/postgres/database';
import type { OrderKey } from '../../src/domain/order';
import { ample, newKey, useAdapter } from '../adapter/http/adapter';
import { handleConsumption } from '../adapter/orderbook/handled-warehouse';
import { company, preparePlant, setStock } from '../adapter/orderbook/small-plant';
import { rowsOf, useWorkbook } from './excel/workbook';
import { usePaneAtAdapter } from './pane-at-adapter';

async function prepare(connectionString: string): Promise<void> {
  await preparePlant(connectionString);
  const pool = createPool(connectionString);
  await handleConsumption(pool);
  await setStock(pool, ample);
  await pool.end();
}

describe('an order with picking work, selected in the restore view', () => {
  const adapter = useAdapter(() => ({}), prepare);
  const workbook = useWorkbook();
  const { pane, state } = usePaneAtAdapter(adapter, workbook);
  const order = '2026/1/0' as OrderKey;

  before('one that is released', async () => {
    await adapter.send('PUT', '/api/policy', { payload: { version: 0, preset: 'dynamics' } });
    await adapter.add({ number: 1, lines: { A: '60', B: '50' } });
    const payload = { command: 'release', orders: [{ key: order, version: 1 }] };
    await adapter.send('POST', '/api/runs', { payload, key: newKey() });
  });
  beforeEach('select its row', async () => {
    pane.actions.show('restore');
    await pane.actions.search();
    await pane.actions.select({ order, company });
  });
  const selected = () => state().selected;
  const steps = () => selected()?.unwind?.steps.map(({ step }) => step);
  const works = () => selected()?.pickingWork.map(({ number, state }) => `${number} ${state}`);

  it('shows its work, and its way back with what the stock gets', () => {
    assert.deepEqual(works(), ['1 open']);
    assert.deepEqual(
      selected()?.unwind?.steps.map(({ step, changes }) => [step, changes.map(({ change }) => change)]),
      [['restore', ['60']]],
    );
  });

  it('has its work started, a line confirmed with less, the rest given up, and more made of what is left', async () => {
    await pane.actions.stepWork({ step: 'start', work: 1 });
    const done = await pane.actions.stepWork({ step: 'confirm', work: 1, line: 1, quantity: '30' });
    assert.deepEqual([done?.outcomes[0]?.result, done?.outcomes[0]?.movements], ['worked', 2]);
    assert.deepEqual(works(), ['1 closed']);
    await pane.actions.stepWork({ step: 'make', quantity: '10' });
    assert.deepEqual(works(), ['1 closed', '2 open']);
    assert.equal(selected()?.pickingWork[1]?.lines[0]?.quantity, '10');
    await pane.actions.stepWork({ step: 'cancel', work: 2 });
    assert.deepEqual(works(), ['1 closed', '2 cancelled']);
    assert.equal(state().trouble, null);
  });

  it('is told a step that cannot be taken any more, and shows what there is now', async () => {
    assert.equal(await pane.actions.stepWork({ step: 'start', work: 1 }), null);
    assert.ok(state().trouble);
    assert.deepEqual(steps(), ['reverse', 'cancel', 'restore']);
  });

  it('goes back step by step, and its row says so', async () => {
    await pane.actions.stepWork({ step: 'reverse', work: 1, line: 1 });
    assert.deepEqual(steps(), ['cancel', 'restore']);
    await pane.actions.stepWork({ step: 'cancel', work: 1 });
    const done = await pane.actions.restoreSelected();
    assert.equal(done?.outcomes[0]?.result, 'restored');
    assert.equal(selected()?.detail?.state, 'launched');
    assert.equal(state().trouble, null);
    const [row] = await rowsOf('values', 'Orders');
    assert.match(String(row?.['Result']), /^Restored/);
  });
});

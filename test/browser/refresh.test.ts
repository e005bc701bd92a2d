import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Pool } from 'pg';
import { migrate } from '../../src/adapter/orderbook/postgres/migrate';
import { createPool } from '../../src/adapter/orderbook/postgres/database';
import { languages } from '../../src/language/text';
import { startLaunchbook, type Started } from '../cli/started';
import { importSample } from '../data/plant-at-work';
import { temporaryFolder, useDatabase } from '../postgres';
import { assertAccessible } from './accessible';
import { pressByTab } from './by-keyboard';
import { PlannerAtWork } from './planner-at-work';

async function prepare(connectionString: string): Promise<void> {
  await migrate(connectionString);
  const pool = createPool(connectionString);
  await importSample(pool, 'contoso-coffee');
  await pool.end();
}

for (const language of languages) {
  describe(`a planner refreshes orders of Contoso Coffee in the workbench (${language})`, function () {
    this.timeout(240_000);
    const database = useDatabase(prepare);
    let folder: string;
    let launchbook: Started;
    let planner: PlannerAtWork;

    before('start', async () => {
      folder = await temporaryFolder();
      launchbook = startLaunchbook(folder, { DATABASE_URL: database.connectionString });
      planner = await PlannerAtWork.sitDown(await launchbook.ready(), language);
    });
    after(async () => {
      await planner?.leave();
      launchbook.process.kill('SIGINT');
      await launchbook.ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    });

    it('new order, back, forward, an operation moved by keyboard, a reservation cancelled and made again', async () => {
      await planner.page.getByRole('separator').press('Home');
      await planner.tab('pane.tab.refresh');
      await planner.press('pane.find.search');
      const order = await createOrder(planner);
      await refreshBack(planner);
      await refreshForward(planner, order);
      await moveOperation(planner, order);
      await refreshInSpiteOfReservation(planner, order, database.pool);
      assert.deepEqual(planner.complaints, []);
    });
  });
}

const ITEM = 'SP-SCM1009';

/** Where a cell of the orders table is: `P12`. */
async function cellOf(planner: PlannerAtWork, column: string, row: number): Promise<string> {
  const [first = {}] = await planner.rows(planner.text('sheet.orders'), 'Orders');
  const at = Object.keys(first).indexOf(planner.text(column));
  assert.ok(at >= 0 && at < 26, `column ${column}`);
  return `${String.fromCharCode('A'.charCodeAt(0) + at)}${row}`;
}

async function type(planner: PlannerAtWork, column: string, row: number, value: string | number) {
  const cell = await cellOf(planner, column, row);
  await planner.page.evaluate(([sheet, at, typed]) => window.workbench.write(sheet, at, [[typed]]), [
    planner.text('sheet.orders'),
    cell,
    value,
  ] as const);
}

/** The row of an order in the sheet, or of the last one. */
async function rowOf(planner: PlannerAtWork, order?: string): Promise<number> {
  const orders = await planner.orders();
  const at = order === undefined ? orders.length - 1 : orders.findIndex((row) => row.order === order);
  assert.ok(at >= 0);
  return at + 2;
}

/** Writes a new order below the last row; it is made, and marked. */
async function createOrder(planner: PlannerAtWork): Promise<string> {
  const row = (await rowOf(planner)) + 1;
  await type(planner, 'column.item', row, ITEM);
  await type(planner, 'column.quantity', row, 10);
  await type(planner, 'column.due', row, dayFromNow(28));
  await planner.press('pane.refresh.create', { count: 1 });
  await planner.sees('pane.result.create', { count: 1 });
  const created = (await planner.orders())[row - 2];
  assert.deepEqual([created?.item, created?.action], [ITEM, planner.text('action.refresh')]);
  return created?.order ?? '';
}

async function refreshBack(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.preview.button');
  await planner.sees('pane.preview.ok.refresh', { count: 1 });
  await planner.sees('pane.refresh.plan.orders', { count: 1 });
  await assertAccessible(planner, 'a preview of a refresh');
  await commit(planner);
}

async function refreshForward(planner: PlannerAtWork, order: string): Promise<void> {
  await mark(planner, order);
  await schedule(planner, 'forward');
  await planner.press('pane.preview.button');
  await planner.sees('pane.preview.ok.refresh', { count: 1 });
  await commit(planner);
}

async function schedule(planner: PlannerAtWork, direction: 'back' | 'forward'): Promise<void> {
  const name = planner.text(`pane.refresh.direction.${direction}`);
  await planner.pane.getByRole('radio', { name, exact: true }).check();
}

async function mark(planner: PlannerAtWork, order: string): Promise<void> {
  await type(planner, 'column.action', await rowOf(planner, order), planner.text('action.refresh'));
  await planner.sees('pane.marked', { count: 1 });
}

async function commit(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.commit.refresh', { count: 1 });
  await planner.sees('pane.result.refresh', { count: 1 });
}

/** By keyboard, from the table of operations on: the field for day and time steps by the arrow keys. */
async function moveOperation(planner: PlannerAtWork, order: string): Promise<void> {
  const cell = await cellOf(planner, 'column.order', await rowOf(planner, order));
  await planner.page.evaluate(([sheet, at]) => window.workbench.select(sheet, at), [
    planner.text('sheet.orders'),
    cell,
  ] as const);
  const operations = planner.pane.getByRole('region', {
    name: planner.text('pane.content.operations'),
    exact: true,
  });
  await operations.focus();
  const before = await operations.innerText();
  await pressByTab(planner, 'pane.content.move');
  await planner.page.keyboard.press('ArrowUp');
  await assertAccessible(planner, 'an operation to be moved');
  await pressByTab(planner, 'pane.content.move.do', { operation: 10 });
  await planner.sees('pane.content.moved', { operation: 10 });
  await planner.sees('pane.content.byHand');
  assert.notEqual(await operations.innerText(), before);
}

async function refreshInSpiteOfReservation(planner: PlannerAtWork, order: string, pool: Pool): Promise<void> {
  const [year, number] = order.split('/');
  await pool.query(
    `insert into output_reservation
     select company_id, 'SO-1', 1, order_id, 4 from production_order where year = $1 and number = $2`,
    [year, number],
  );
  await mark(planner, order);
  await planner.press('pane.preview.button');
  await planner.pane.getByText(/^REF-06 /).click();
  await planner.press('pane.refresh.next.reservations', { order });
  await assertAccessible(planner, 'an order that is reserved');
  await stepOfReservation(planner, 'cancel');
  await planner.sees('pane.reservations.cancelled');
  await schedule(planner, 'back');
  await planner.press('pane.preview.button');
  await planner.sees('pane.preview.ok.refresh', { count: 1 });
  await planner.sees('pane.refresh.editsLost', { count: 1 });
  await commit(planner);
  await stepOfReservation(planner, 'reserve');
  await planner.sees('pane.reservations.standing');
}

async function stepOfReservation(planner: PlannerAtWork, step: 'cancel' | 'reserve'): Promise<void> {
  const name = planner.text(`pane.reservation.${step}`);
  await planner.pane.getByRole('button', { name: new RegExp(`SO-1.*${name}$`) }).click();
  await planner.idle();
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

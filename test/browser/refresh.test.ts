import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { languages } from '../../src/language/text';
import { useDatabase } from '../postgres';
import { assertAccessible } from './accessible';
import { pressByTab } from './by-keyboard';
import type { PlannerAtWork } from './planner-at-work';
import { commit, createOrder, mark, prepareContoso, selectOrder } from './refresh-steps';
import { usePlanner } from './use-launchbook';

for (const language of languages) {
  describe(`a planner refreshes orders of Contoso Coffee in the workbench (${language})`, function () {
    this.timeout(240_000);
    const database = useDatabase(prepareContoso);
    const at = usePlanner(language, database);

    it('new order, back, forward, an operation moved by keyboard, a reservation cancelled and made again, restore and release with a put-away request', async () => {
      const { planner } = at;
      await planner.page.getByRole('separator').press('Home');
      await planner.tab('pane.tab.refresh');
      await planner.press('pane.find.search');
      const order = await createOrder(planner);
      await refreshBack(planner);
      await refreshForward(planner, order);
      await moveOperation(planner, order);
      await refreshInSpiteOfReservation(planner, order, database.pool);
      await previewWithRestore(planner);
      await askForPutAway(planner, database.pool);
      assert.deepEqual(planner.complaints, []);
    });
  });
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

/** By keyboard, from the table of operations on: the field for day and time steps by the arrow keys. */
async function moveOperation(planner: PlannerAtWork, order: string): Promise<void> {
  await selectOrder(planner, order);
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

/** An executive order of the plant whose materials are withdrawn, and of which nothing is declared. */
const EXECUTIVE = '/101042/0';

async function previewWithRestore(planner: PlannerAtWork): Promise<void> {
  const executive = (await planner.orders()).find(({ order }) => order.endsWith(EXECUTIVE));
  await mark(planner, executive?.order ?? '');
  await planner.press('pane.preview.button');
  await planner.pane.getByText(/^REF-08 /).click();
  await planner.press('pane.refresh.next.restoreAndRelease');
  await planner.sees('pane.preview.ok.refresh', { count: 1 });
  const option = planner.pane.getByRole('checkbox', { name: planner.text('pane.refresh.executive') });
  assert.ok(await option.isChecked());
}

/** The output is asked to be put away as soon as its warehouse works that way; the sheet says it. */
async function askForPutAway(planner: PlannerAtWork, pool: Pool): Promise<void> {
  await pool.query(`update warehouse set output_handling = 'inventory_put_away' where warehouse = 'MAIN'`);
  await planner.pane.getByRole('checkbox', { name: planner.text('pane.refresh.inbound') }).check();
  await planner.press('pane.preview.button');
  await planner.sees('pane.preview.ok.refresh', { count: 1 });
  await commit(planner);
  await planner.press('pane.requests.load');
  await assertAccessible(planner, 'what warehouses are asked for');
  const rows = await planner.rows(planner.text('sheet.requests'), 'WarehouseRequests');
  await planner.sees('pane.requests.written', { count: rows.length });
  const putAway = rows.find(
    (row) => row[planner.text('column.request')] === planner.text('request.putAway.output'),
  );
  assert.ok(putAway?.[planner.text('column.order')]?.endsWith(EXECUTIVE), JSON.stringify(rows));
}

async function stepOfReservation(planner: PlannerAtWork, step: 'cancel' | 'reserve'): Promise<void> {
  const name = planner.text(`pane.reservation.${step}`);
  await planner.pane.getByRole('button', { name: new RegExp(`SO-1.*${name}$`) }).click();
  await planner.idle();
}

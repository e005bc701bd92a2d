import assert from 'node:assert/strict';
import { createPool } from '../../src/adapter/orderbook/postgres/database';
import { languages } from '../../src/language/text';
import { ample } from '../adapter/http/adapter';
import { handleConsumption } from '../adapter/orderbook/handled-warehouse';
import { addOrder, preparePlant, setStock } from '../adapter/orderbook/small-plant';
import { useDatabase } from '../postgres';
import { assertAccessible } from './accessible';
import type { PlannerAtWork } from './planner-at-work';
import { selectOrder } from './refresh-steps';
import { usePlanner } from './use-launchbook';

const order = '2026/1/0';

/** A plant whose warehouse fetches material B, and an order that needs it tomorrow. */
async function prepare(connectionString: string): Promise<void> {
  await preparePlant(connectionString);
  const pool = createPool(connectionString);
  await handleConsumption(pool);
  await setStock(pool, ample);
  await pool.query(`update company set reservation_policy = 'partial', picking_policy = 'work'`);
  const start = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  await addOrder(pool, { number: 1, lines: { A: '60', B: '50' }, start });
  await pool.end();
}

for (const language of languages) {
  describe(`a planner with an order that the warehouse picks for (${language})`, function () {
    this.timeout(240_000);
    const database = useDatabase(prepare);
    const at = usePlanner(language, database);

    it('releases it, picks a part, and takes every step back until it is restored', async () => {
      const { planner } = at;
      await planner.page.getByRole('separator').press('Home');
      await planner.search('launched');
      await planner.press('pane.mark.visible');
      await planner.press('pane.commit.release', { count: 1 });
      await planner.tab('pane.tab.restore');
      await planner.search('executive');
      await selectOrder(planner, order);
      await pickAPart(planner);
      await goBack(planner);
      assert.deepEqual(planner.complaints, []);
    });
  });
}

async function pickAPart(planner: PlannerAtWork): Promise<void> {
  const step = (name: string) => planner.text(`pane.picking.${name}`);
  await planner.press('pane.picking.of', { number: 1, step: step('start') });
  const confirm = planner.button('pane.picking.ofLine', { number: 1, line: 1, step: step('confirm') });
  await confirm.and(planner.pane.locator(':focus')).waitFor();
  await planner.pane.getByLabel(planner.text('pane.picking.found', { number: 1, line: 1 })).fill('30');
  await planner.press('pane.picking.ofLine', { number: 1, line: 1, step: step('confirm') });
  await planner.sees('pane.picking.picked', { quantity: '30', unit: 'PC' });
  const workState = planner.text('workState.closed').toLowerCase();
  await planner.sees('refusal.RES-06', { work: 1, workState });
  const [row] = await planner.orders();
  assert.equal(row?.result, planner.text('sheet.result.worked', { count: 2 }));
  await assertAccessible(planner, 'picking work and the way back');
}

/** By the keyboard: the first button stays, with the focus on it, whatever step it is by then. */
async function goBack(planner: PlannerAtWork): Promise<void> {
  await planner.sees('pane.unwind.change', {
    ...{ item: 'B', warehouse: 'Beside the line', change: '−30', unit: 'PC', before: '30', after: '0' },
  });
  await planner.button('pane.unwind.reverse', { work: 1, line: 1 }).focus();
  for (const [key, params] of [
    ['pane.unwind.reverse', { work: 1, line: 1 }],
    ['pane.unwind.cancel', { work: 1 }],
    ['pane.unwind.restore', { order }],
  ] as const) {
    await planner.button(key, params).and(planner.pane.locator(':focus')).press('Enter');
    await planner.idle();
  }
  await planner.sees('pane.step.moved', { step: planner.text('pane.unwind.restore', { order }), count: 1 });
  const [row] = await planner.orders();
  assert.equal(row?.state, planner.text('state.launched'));
  await planner.sees('pane.order.isLaunched');
  assert.equal(await planner.pane.getByText(planner.text('pane.order.cannotRestore')).count(), 0);
  const said = planner.pane.locator('[aria-live]:focus');
  assert.ok((await said.innerText()).startsWith(planner.text('pane.unwind.restore', { order })));
}

import assert from 'node:assert/strict';
import { createPool } from '../../src/adapter/orderbook/postgres/database';
import { migrate } from '../../src/adapter/orderbook/postgres/migrate';
import { importSample } from '../data/plant-at-work';
import type { PlannerAtWork } from './planner-at-work';

/** A database with Contoso Coffee as its only plant. */
export async function prepareContoso(connectionString: string): Promise<void> {
  await migrate(connectionString);
  const pool = createPool(connectionString);
  await importSample(pool, 'contoso-coffee');
  await pool.end();
}

const ITEM = 'SP-SCM1009';

/** Where a cell of the orders table is: `P12`. */
async function cellOf(planner: PlannerAtWork, column: string, row: number): Promise<string> {
  const [first = {}] = await planner.rows(planner.text('sheet.orders'), 'Orders');
  const at = Object.keys(first).indexOf(planner.text(column));
  assert.ok(at >= 0 && at < 26, `column ${column}`);
  return `${String.fromCharCode('A'.charCodeAt(0) + at)}${row}`;
}

export async function type(planner: PlannerAtWork, column: string, row: number, value: string | number) {
  const cell = await cellOf(planner, column, row);
  await planner.page.evaluate(([sheet, at, typed]) => window.workbench.write(sheet, at, [[typed]]), [
    planner.text('sheet.orders'),
    cell,
    value,
  ] as const);
}

/** The row of an order in the sheet, or of the last one. */
export async function rowOf(planner: PlannerAtWork, order?: string): Promise<number> {
  const orders = await planner.orders();
  const at = order === undefined ? orders.length - 1 : orders.findIndex((row) => row.order === order);
  assert.ok(at >= 0);
  return at + 2;
}

/** Writes a new order below the last row; it is made, and marked. */
export async function createOrder(planner: PlannerAtWork): Promise<string> {
  const row = (await rowOf(planner)) + 1;
  await type(planner, 'column.item', row, ITEM);
  await type(planner, 'column.quantity', row, 10);
  await type(planner, 'column.due', row, dayFromNow(28));
  await planner.press('pane.refresh.create', { count: 1 });
  await planner.sees('pane.result.create', { count: 1 });
  await assertInView(planner, 'pane.result');
  const created = (await planner.orders())[row - 2];
  assert.deepEqual([created?.item, created?.action], [ITEM, planner.text('action.refresh')]);
  return created?.order ?? '';
}

export async function mark(planner: PlannerAtWork, order: string): Promise<void> {
  await type(planner, 'column.action', await rowOf(planner, order), planner.text('action.refresh'));
  await planner.sees('pane.marked', { count: 1 });
}

export async function commit(planner: PlannerAtWork): Promise<void> {
  await planner.press('pane.commit.refresh', { count: 1 });
  await planner.sees('pane.result.refresh', { count: 1 });
  await assertInView(planner, 'pane.result');
}

/** The heading of what the planner asked for is in view: nobody has to scroll for it. */
async function assertInView(planner: PlannerAtWork, heading: string): Promise<void> {
  await planner.idle();
  const name = planner.text(heading);
  const shown = await planner.pane.getByRole('heading', { name, exact: true }).evaluate((element) => {
    const [place, room] = [element, element.closest('main') ?? element].map((each) =>
      each.getBoundingClientRect(),
    );
    return place !== undefined && room !== undefined && place.top >= room.top && place.bottom <= room.bottom;
  });
  assert.ok(shown, `${name} is in view`);
}

/** Selects the row of an order in the sheet, so that the pane shows it. */
export async function selectOrder(planner: PlannerAtWork, order: string): Promise<void> {
  const cell = await cellOf(planner, 'column.order', await rowOf(planner, order));
  await planner.page.evaluate(([sheet, at]) => window.workbench.select(sheet, at), [
    planner.text('sheet.orders'),
    cell,
  ] as const);
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

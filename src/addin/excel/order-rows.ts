import type { Block } from '../sync/blocks';
import type { ExistingRow } from '../sync/plan-search';
import { markText } from '../sync/read-marks';
import { bodyCells, columnValues, isFormula } from './open-table';
import { type OpenOrders, orderColumn } from './orders-table';
import { readTypedRows } from './typed-rows';

/** The rows of the orders table as far as a search needs them, top to bottom; null when rows moved while they were read. */
export async function readRows(
  context: Excel.RequestContext,
  open: OpenOrders,
): Promise<ExistingRow[] | null> {
  const key = orderColumn(open, 'key');
  const action = orderColumn(open, 'action');
  const state = orderColumn(open, 'state');
  key.load('values');
  action.load('values,formulas');
  state.load('values');
  await context.sync();
  const actions = columnValues(action);
  const states = columnValues(state);
  const keys = columnValues(key).map(String);
  const read = await readTypedRows(context, open, 'key', ['priority']);
  if (read === null || read.keys.some((text, row) => text !== keys[row])) return null;
  return keys.map((text, row) => {
    const computed = isFormula(action.formulas[row]?.[0], actions[row]);
    const marked = markText({ action: actions[row], computed, state: states[row] }) !== '';
    return { key: text, marked, typed: read.typed[row] === true };
  });
}

/** Deletes blocks of rows, given bottom up. The table must not be filtered: Excel would delete nothing. */
export async function removeRows(
  context: Excel.RequestContext,
  open: OpenOrders,
  remove: readonly Block[],
): Promise<OpenOrders> {
  if (remove.length === 0) return open;
  let rows = open.rows;
  for (const { first, count } of remove) {
    bodyCells(open, first, count, 0, open.headers.length).delete(Excel.DeleteShiftDirection.up);
    rows -= count;
  }
  context.application.suspendScreenUpdatingUntilNextSync();
  await context.sync();
  return { ...open, rows };
}

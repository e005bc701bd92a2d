import type { Block } from '../sync/blocks';
import type { ExistingRow } from '../sync/plan-search';
import { markText } from '../sync/read-marks';
import { bodyCells, columnValues, isFormula } from './open-table';
import { type OpenOrders, orderColumn } from './orders-table';

/** The rows of the orders table as far as a search needs them, top to bottom. One sync. */
export async function readRows(context: Excel.RequestContext, open: OpenOrders): Promise<ExistingRow[]> {
  const key = orderColumn(open, 'key');
  const action = orderColumn(open, 'action');
  const order = orderColumn(open, 'order');
  const state = orderColumn(open, 'state');
  const ours = new Set([...open.columns].flatMap(([field, at]) => (field === 'priority' ? [] : [at])));
  const own = open.headers.flatMap((_header, at) =>
    ours.has(at) ? [] : [open.table.columns.getItemAt(at).getDataBodyRange()],
  );
  key.load('values');
  action.load('values,formulas');
  order.load('values');
  state.load('values');
  for (const column of own) column.load('formulas');
  await context.sync();
  const keys = columnValues(key);
  const actions = columnValues(action);
  const shown = columnValues(order);
  const states = columnValues(state);
  return keys.map((text, row) => ({
    key: String(text),
    marked:
      markText({
        action: actions[row],
        computed: isFormula(action.formulas[row]?.[0]),
        state: states[row],
      }) !== '',
    typed:
      own.some((column) => isTyped(column.formulas[row]?.[0])) ||
      (String(text) === '' && String(shown[row]) !== ''),
  }));
}

function isTyped(formula: unknown): boolean {
  return formula !== undefined && formula !== '' && !isFormula(formula);
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

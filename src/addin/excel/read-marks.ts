import type { OrderField } from '../sync/columns';
import { readMarks as readMarkCells } from '../sync/read-marks';
import type { Marks } from '../sync/sheet';
import { columnValues, isFormula } from './open-table';
import { type OpenOrders, openOrders, orderColumn } from './orders-table';
import { visibleRows } from './visible-rows';

/** The marks as the sheet shows them now, whether typed, chosen, pasted or computed. */
export async function readMarks(context: Excel.RequestContext): Promise<Marks> {
  const open = await openOrders(context);
  if (open === null) return { marked: [], problems: [] };
  const fields = (['action', 'order', 'key', 'version', 'state'] as const).map((field) => {
    const column = orderColumn(open, field);
    column.load('values');
    return column;
  });
  const marks = orderColumn(open, 'action');
  marks.load('formulas');
  const [priority, start] = (['priority', 'start'] as const).map((field) => columnIfThere(open, field));
  const visible = await visibleRows(context, open);
  const [action = [], order = [], key = [], version = [], state = []] = fields.map(columnValues);
  const [priorities = [], starts = []] = [priority, start].map((column) =>
    column === undefined ? [] : columnValues(column),
  );
  const rows = key.map((text, row) => ({
    action: action[row],
    computed: isFormula(marks.formulas[row]?.[0]),
    priority: priorities[row] ?? '',
    order: order[row],
    start: starts[row],
    key: text,
    version: version[row],
    state: state[row],
    hidden: !visible.has(row),
  }));
  return readMarkCells(rows, open.firstRow + 1, open.dateSystem);
}

/** Loads a column that the planner may have deleted. */
function columnIfThere(open: OpenOrders, field: OrderField): Excel.Range | undefined {
  const at = open.columns.get(field);
  if (at === undefined) return undefined;
  const column = open.table.columns.getItemAt(at).getDataBodyRange();
  column.load('values');
  return column;
}

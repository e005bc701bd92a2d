import { readMarks as readMarkCells } from '../sync/read-marks';
import type { Marks } from '../sync/sheet';
import { columnValues, isFormula } from './open-table';
import { openOrders, orderColumn } from './orders-table';
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
  const visible = await visibleRows(context, open);
  const [action = [], order = [], key = [], version = [], state = []] = fields.map(columnValues);
  const rows = key.map((text, row) => ({
    action: action[row],
    computed: isFormula(marks.formulas[row]?.[0]),
    order: order[row],
    key: text,
    version: version[row],
    state: state[row],
    hidden: !visible.has(row),
  }));
  return readMarkCells(rows, open.firstRow + 1);
}

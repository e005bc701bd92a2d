import type { OrderField } from '../sync/columns';
import { readMarks as readMarkCells, type MarkCells } from '../sync/read-marks';
import { type Marks, SheetError } from '../sync/sheet';
import { actionNamed, textOf } from '../sync/words';
import { macrotask } from './macrotask';
import { columnValues, isFormula } from './open-table';
import { type OpenOrders, openOrders, orderColumn } from './orders-table';
import { readLongColumn } from './read-in-blocks';
import { visibleRows } from './visible-rows';

/** The marks as the sheet shows them now, whether typed, chosen, pasted or computed. */
export async function readMarks(context: Excel.RequestContext): Promise<Marks> {
  const open = await openOrders(context);
  if (open === null) return { marked: [], newOrders: [], problems: [] };
  return readMarkCells(await readMarkedRows(context, open), open.firstRow + 1, open.dateSystem);
}

/** What is read of every row; the planner may have deleted the columns of some. */
const fields = [
  ...(['action', 'priority', 'order', 'item', 'quantity', 'unit', 'start', 'due', 'site', 'state'] as const),
  ...(['key', 'version', 'loaded'] as const),
];
type Field = (typeof fields)[number];

type Draft = { -readonly [K in keyof MarkCells]: MarkCells[K] };

/** How often rows may move while they are read. */
const READINGS = 5;

/**
 * The cells of every row that a mark or a new order is read from, top to bottom; which rows are hidden only where it is asked for. Fails
 * with `rowsMoved` when rows never come to rest.
 */
export async function readMarkedRows(
  context: Excel.RequestContext,
  open: OpenOrders,
  asksHidden = true,
): Promise<readonly MarkCells[]> {
  for (let reading = 0; reading < READINGS; reading++) {
    const rows = await readOnce(context, open, asksHidden);
    if (rows !== null) return rows;
  }
  throw new SheetError('rowsMoved');
}

/** Null when rows moved meanwhile. */
async function readOnce(
  context: Excel.RequestContext,
  open: OpenOrders,
  asksHidden: boolean,
): Promise<readonly MarkCells[] | null> {
  const columns = new Map(fields.flatMap((field) => columnIfThere(open, field)));
  for (const column of columns.values()) column.load('values');
  const marks = orderColumn(open, 'action');
  marks.load('formulas');
  const visible = asksHidden ? await visibleRows(context, open) : null;
  if (visible === null) await context.sync();
  // The answer about thousands of rows has just been taken apart.
  await macrotask();
  const values = new Map([...columns].map(([field, column]) => [field, columnValues(column)]));
  const rows = Array.from({ length: open.rows }, (_unused, row) => {
    const cells = cellsOf(row, values);
    cells.computed = isFormula(marks.formulas[row]?.[0], cells.action);
    cells.hidden = visible?.has(row) === false;
    return cells;
  });
  // Only what a formula marks for a refresh depends on the results, which are long.
  if (!rows.some(({ computed, action }) => computed && actionNamed(textOf(action)) === 'refresh'))
    return rows;
  const results = await readLongColumn(context, open, 'key', 'result');
  if (results === null || rows.some(({ key }, row) => String(key) !== results.keys[row])) return null;
  return rows.map((row, at) => ({ ...row, result: results.values[at] ?? '' }));
}

/** Written out: gathering the fields of thousands of rows in a loop, or in parts, takes ten times as long. */
function cellsOf(row: number, values: ReadonlyMap<Field, readonly unknown[]>): Draft {
  return {
    action: values.get('action')?.[row] ?? '',
    priority: values.get('priority')?.[row] ?? '',
    order: values.get('order')?.[row] ?? '',
    item: values.get('item')?.[row] ?? '',
    quantity: values.get('quantity')?.[row] ?? '',
    unit: values.get('unit')?.[row] ?? '',
    start: values.get('start')?.[row] ?? '',
    due: values.get('due')?.[row] ?? '',
    site: values.get('site')?.[row] ?? '',
    state: values.get('state')?.[row] ?? '',
    key: values.get('key')?.[row] ?? '',
    version: values.get('version')?.[row] ?? '',
    loaded: values.get('loaded')?.[row] ?? '',
    result: '',
    computed: false,
    hidden: false,
  };
}

function columnIfThere<Field extends OrderField>(open: OpenOrders, field: Field): [Field, Excel.Range][] {
  const at = open.columns.get(field);
  return at === undefined ? [] : [[field, open.table.columns.getItemAt(at).getDataBodyRange()]];
}

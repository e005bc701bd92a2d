import type { OrderField } from '../sync/columns';
import { readMarks as readMarkCells, type MarkCells } from '../sync/read-marks';
import type { Marks } from '../sync/sheet';
import { columnValues, isFormula } from './open-table';
import { type OpenOrders, openOrders, orderColumn } from './orders-table';
import { visibleRows } from './visible-rows';

/** The marks as the sheet shows them now, whether typed, chosen, pasted or computed. */
export async function readMarks(context: Excel.RequestContext): Promise<Marks> {
  const open = await openOrders(context);
  if (open === null) return { marked: [], newOrders: [], problems: [] };
  return readMarkCells(await readMarkedRows(context, open), open.firstRow + 1, open.dateSystem);
}

/** What is read of every row; the planner may have deleted the columns of some. */
const fields = [
  ...([
    'action',
    'priority',
    'result',
    'order',
    'item',
    'quantity',
    'start',
    'due',
    'site',
    'state',
  ] as const),
  ...(['key', 'version', 'loaded'] as const),
];

/** The cells of every row that a mark or a new order is read from, top to bottom. */
export async function readMarkedRows(
  context: Excel.RequestContext,
  open: OpenOrders,
): Promise<readonly MarkCells[]> {
  const columns = new Map(fields.flatMap((field) => columnIfThere(open, field)));
  for (const column of columns.values()) column.load('values');
  const marks = orderColumn(open, 'action');
  marks.load('formulas');
  const visible = await visibleRows(context, open);
  const values = new Map(
    // Reasons are long: where Excel keeps them back, a row counts as one that says nothing.
    [...columns].flatMap(([field, column]) =>
      field === 'result' && (column.values as unknown) === null ? [] : [[field, columnValues(column)]],
    ),
  );
  const cell = (field: (typeof fields)[number], row: number) => values.get(field)?.[row] ?? '';
  return Array.from({ length: open.rows }, (_unused, row) => {
    const cells = Object.fromEntries(fields.map((field) => [field, cell(field, row)]));
    // Every one of the fields is among them.
    const read = cells as Record<(typeof fields)[number], unknown>;
    return { ...read, computed: isFormula(marks.formulas[row]?.[0]), hidden: !visible.has(row) };
  });
}

function columnIfThere<Field extends OrderField>(open: OpenOrders, field: Field): [Field, Excel.Range][] {
  const at = open.columns.get(field);
  return at === undefined ? [] : [[field, open.table.columns.getItemAt(at).getDataBodyRange()]];
}

import type { NewOrder } from '../../contract/create-orders';
import type { Outcome } from '../../contract/runs';
import type { Formats } from '../../language/formats';
import type { Language } from '../../language/text';
import { orderColumns } from '../sync/columns';
import { planCreated } from '../sync/plan-results';
import { type MarkCells, readMarks } from '../sync/read-marks';
import { newRowKeyText } from '../sync/row-key';
import { type NewOrderRow, SheetError, type WriteReport } from '../sync/sheet';
import { textsIn } from '../texts';
import { bodyCells, columnValues } from './open-table';
import { type OpenOrders, openOrders } from './orders-table';
import { readMarkedRows } from './read-marks';
import { withoutFilters } from './without-filters';
import { type ResultsWriting, writeOutcomes } from './write-results';

/**
 * Notes in the key cell of every row with a new order that it goes with the run of this key, so that it is found again wherever the
 * planner sorts it; answers with the orders. Rows are noted by number, with the sync right after the one that found them in place; fails with
 * `rowsMoved` where they are not.
 */
export async function claimNewOrders(
  context: Excel.RequestContext,
  run: string,
  hidden: boolean,
  most: number,
): Promise<NewOrder[]> {
  const open = await openOrders(context);
  if (open === null) return [];
  // Whether a filter hides a row is known before it is taken off for writing.
  const before = await readMarkedRows(context, open);
  const orders: NewOrder[] = [];
  await withoutFilters(context, open, async () => {
    const rows = await readMarkedRows(context, open);
    const seen = rows.map((cells, row) => ({ ...cells, hidden: before[row]?.hidden ?? false }));
    const { newOrders } = readMarks(seen, 0, open.dateSystem);
    const going = newOrders.filter((order) => hidden || !order.hidden).slice(0, most);
    if (!(await areStillThere(context, open, rows, going))) throw new SheetError('rowsMoved');
    const at = open.columns.get('key') ?? 0;
    going.forEach(({ row, order }, number) => {
      bodyCells(open, row, 1, at, 1).values = [[newRowKeyText(run, number)]];
      orders.push(order);
    });
    await dressDays(
      context,
      open,
      going.map(({ row }) => row),
    );
  });
  return orders;
}

const days = orderColumns.filter(({ kind }) => kind === 'date');

/**
 * Days that come into these rows look as those of the other rows do: a row written or pasted below a table need not have taken their
 * formats over. Two syncs.
 */
async function dressDays(
  context: Excel.RequestContext,
  open: OpenOrders,
  rows: readonly number[],
): Promise<void> {
  const columns = days.flatMap(({ field }) => open.columns.get(field) ?? []);
  const bodies = columns.map((at) => bodyCells(open, 0, open.rows, at, 1));
  for (const body of bodies) body.load('numberFormat');
  await context.sync();
  columns.forEach((at, place) => {
    const formats = (bodies[place]?.numberFormat ?? []).map(([format]) => String(format));
    const usual = formats.find((format) => !shapeless.has(format));
    if (usual === undefined) return;
    for (const row of rows.filter((each) => shapeless.has(formats[each] ?? ''))) {
      bodyCells(open, row, 1, at, 1).numberFormat = [[usual]];
    }
  });
  await context.sync();
}

/** Formats that show a day as a number, or keep what is written as text. */
const shapeless = new Set(['General', '@', '']);

/** Whether new orders still stand in the rows they were read from. One sync. */
async function areStillThere(
  context: Excel.RequestContext,
  open: OpenOrders,
  rows: readonly MarkCells[],
  going: readonly NewOrderRow[],
): Promise<boolean> {
  const columns = (['key', 'item', 'quantity', 'due'] as const).flatMap((field) => {
    const at = open.columns.get(field);
    return at === undefined ? [] : [{ field, cells: open.table.columns.getItemAt(at).getDataBodyRange() }];
  });
  for (const { cells } of columns) cells.load('values,rowIndex');
  await context.sync();
  return columns.every(({ field, cells }) => {
    const values = columnValues(cells);
    return cells.rowIndex === open.firstRow && going.every(({ row }) => values[row] === rows[row]?.[field]);
  });
}

/** Writes what became of the new orders of a run into their rows, as results are written. */
export async function writeCreated(
  context: Excel.RequestContext,
  run: string,
  outcomes: readonly Outcome[],
  company: string,
  language: Language,
  formats: Formats,
  writing: ResultsWriting = {},
): Promise<WriteReport> {
  const t = textsIn(language);
  const rowOf = new Map(outcomes.map(({ key }, number) => [key, newRowKeyText(run, number)]));
  const idOf = ({ key }: Outcome) => rowOf.get(key) ?? '';
  return writeOutcomes(context, outcomes, {
    plan: (table, left, system) => planCreated(table, left, idOf, company, t, formats, system),
    idOf,
    language,
    writing,
  });
}

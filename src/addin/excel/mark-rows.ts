import type { Action } from '../../domain/transitions';
import type { Language } from '../../language/text';
import { blocksOf } from '../sync/blocks';
import { SheetError } from '../sync/sheet';
import { textsIn } from '../texts';
import { bodyCells, columnValues, isFormula } from './open-table';
import { type OpenOrders, openOrders, orderColumn } from './orders-table';
import { visibleRows } from './visible-rows';

/**
 * Writes an action's word, or nothing, into the Action cells of the selected or of all visible rows; answers with their
 * number. Hidden rows, rows without an order, and formulas of the planner's own in the Action column are left alone.
 * Each block holds visible neighbours only, so that a filter cannot misplace it and need not be touched. Throws `nothingSelected`
 * where no visible row of an order is.
 */
export async function markRows(
  context: Excel.RequestContext,
  action: Action | null,
  rows: 'selected' | 'visible',
  language: Language,
): Promise<number> {
  const open = await openOrders(context);
  if (open === null) throw new SheetError('tableGone');
  const selected = rows === 'selected' ? await selectedRows(context, open) : null;
  const key = orderColumn(open, 'key');
  const marks = orderColumn(open, 'action');
  key.load('values');
  marks.load('formulas');
  const visible = await visibleRows(context, open);
  const keys = columnValues(key);
  const chosen = keys.flatMap((text, row) =>
    text !== '' && visible.has(row) && (selected === null || selected.has(row)) ? [row] : [],
  );
  if (selected !== null && chosen.length === 0) throw new SheetError('nothingSelected');
  const wanted = chosen.filter((row) => !isFormula(marks.formulas[row]?.[0]));
  const word = action === null ? '' : textsIn(language)(`action.${action}`);
  const at = open.columns.get('action') ?? 0;
  for (const { first, count } of blocksOf(wanted)) {
    bodyCells(open, first, count, at, 1).values = Array.from({ length: count }, () => [word]);
  }
  context.application.suspendScreenUpdatingUntilNextSync();
  await context.sync();
  return wanted.length;
}

/** The selected rows of the table, counted from its first body row; several areas may be selected. */
export async function selectedRows(context: Excel.RequestContext, open: OpenOrders): Promise<Set<number>> {
  const { worksheet, areas } = context.workbook.getSelectedRanges();
  worksheet.load('id');
  areas.load('items/rowIndex,items/rowCount');
  open.sheet.load('id');
  await context.sync();
  const selected = new Set<number>();
  if (worksheet.id !== open.sheet.id) return selected;
  for (const { rowIndex, rowCount } of areas.items) {
    const first = Math.max(rowIndex - open.firstRow, 0);
    const end = Math.min(rowIndex - open.firstRow + rowCount, open.rows);
    for (let row = first; row < end; row++) selected.add(row);
  }
  return selected;
}

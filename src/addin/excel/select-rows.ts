import type { OrderKey } from '../../domain/order';
import { blocksOf } from '../sync/blocks';
import { rowKeyText } from '../sync/row-key';
import { SheetError } from '../sync/sheet';
import { bodyCells, columnValues } from './open-table';
import { openOrders, orderColumn } from './orders-table';

/**
 * Selects rows of these orders of a company on the orders sheet. Excel's API (up to 1.13) selects one block at a time, so every call takes
 * the next block below the active cell, and after the last one the first. Answers with the number of rows selected.
 */
export async function selectRows(
  context: Excel.RequestContext,
  orders: readonly OrderKey[],
  company: string,
): Promise<number> {
  const open = await openOrders(context);
  if (open === null) throw new SheetError('tableGone');
  const key = orderColumn(open, 'key');
  const active = context.workbook.getActiveCell();
  key.load('values');
  active.load('rowIndex');
  await context.sync();
  const wanted = new Set<unknown>(orders.map((order) => rowKeyText(order, company)));
  const blocks = blocksOf(columnValues(key).flatMap((text, row) => (wanted.has(text) ? [row] : [])));
  const here = active.rowIndex - open.firstRow;
  const next = blocks.find(({ first }) => first > here) ?? blocks[0];
  if (next === undefined) return 0;
  open.sheet.activate();
  bodyCells(open, next.first, next.count, 0, open.headers.length).select();
  await context.sync();
  return next.count;
}

/** Selects one row by the number the sheet shows beside it. */
export async function selectRow(context: Excel.RequestContext, row: number): Promise<void> {
  const open = await openOrders(context);
  if (open === null) throw new SheetError('tableGone');
  open.sheet.activate();
  bodyCells(open, row - 1 - open.firstRow, 1, 0, open.headers.length).select();
  await context.sync();
}

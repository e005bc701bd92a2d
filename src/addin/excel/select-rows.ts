import type { OrderKey } from '../../domain/order';
import { type Block, blocksOf } from '../sync/blocks';
import { SheetError } from '../sync/sheet';
import { columnValues } from './open-table';
import { openOrders, orderColumn } from './orders-table';

/** Excel cuts addresses off here; whole blocks are left out before it can. */
const LONGEST_ADDRESS = 8192;

/** Selects the rows of these orders on the orders sheet; answers with the number of rows. */
export async function selectRows(
  context: Excel.RequestContext,
  orders: readonly OrderKey[],
): Promise<number> {
  const open = await openOrders(context);
  if (open === null) throw new SheetError('tableGone');
  const key = orderColumn(open, 'key');
  key.load('values');
  await context.sync();
  const wanted = new Set<unknown>(orders);
  const rows = columnValues(key).flatMap((text, row) => (wanted.has(text) ? [row] : []));
  const blocks = blocksOf(rows);
  if (blocks.length === 0) return 0;
  open.sheet.activate();
  const address = addressOf(blocks, open.firstRow);
  if (blocks.length === 1) open.sheet.getRange(address).select();
  else open.sheet.getRanges(address).select();
  await context.sync();
  return rows.length;
}

/** Selects one row by the number the sheet shows beside it. */
export async function selectRow(context: Excel.RequestContext, row: number): Promise<void> {
  const open = await openOrders(context);
  if (open === null) throw new SheetError('tableGone');
  open.sheet.activate();
  open.sheet.getRange(`${row}:${row}`).select();
  await context.sync();
}

function addressOf(blocks: readonly Block[], firstRow: number): string {
  let address = '';
  for (const { first, count } of blocks) {
    const top = firstRow + first + 1;
    const next = `${address}${address === '' ? '' : ','}${top}:${top + count - 1}`;
    if (next.length > LONGEST_ADDRESS) return address;
    address = next;
  }
  return address;
}

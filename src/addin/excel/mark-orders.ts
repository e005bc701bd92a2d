import type { OrderRow } from '../../contract/orders';
import type { OrderKey } from '../../domain/order';
import type { Action } from '../../domain/transitions';
import type { Language } from '../../language/text';
import { cellsOf, orderColumns, type RowCells } from '../sync/columns';
import { rowKeyText } from '../sync/row-key';
import { SheetError } from '../sync/sheet';
import { textsIn } from '../texts';
import { growTable } from './grow-table';
import { offerByState } from './offer-by-state';
import { type OpenOrders, openOrders } from './orders-table';
import { writeAtRest } from './write-at-rest';
import { readTable } from './write-results';
import { writeRows } from './write-rows';

/**
 * Marks the rows of these orders, wherever they stand; those that have none get one below the others, as the order book has them. Formulas of
 * the planner's own in the Action column stay. Answers with the headers of columns whose filter could not be put back.
 */
export function markOrders(
  context: Excel.RequestContext,
  orders: readonly OrderRow[],
  action: Action,
  company: string,
  language: Language,
): Promise<readonly string[]> {
  const t = textsIn(language);
  const word = t(`action.${action}`);
  const wanted = new Map(orders.map((order) => [rowKeyText(order.key, company), order]));
  return atRest(context, async (open) => {
    const table = await readTable(context, open);
    if (table === null) return false;
    const there = new Set(table.map(({ key }) => key));
    const missing = [...wanted].filter(([key]) => !there.has(key)).map(([, order]) => order);
    const grown = await growTable(context, open, orderColumns, missing.length, language);
    const marked = table.map(({ key, actionIsFormula }): RowCells | null =>
      wanted.has(key) && !actionIsFormula ? { action: word } : null,
    );
    const added = missing.map((order) => ({
      ...cellsOf(order, company, t, grown.dateSystem),
      action: word,
    }));
    await writeRows(context, grown, 0, [...marked, ...added]);
    offerByState(grown, [...table.map(() => null), ...missing.map(({ state }) => state)], language);
    return true;
  });
}

/** Takes the marks away from the rows of these orders. */
export function unmarkOrders(
  context: Excel.RequestContext,
  orders: readonly OrderKey[],
  company: string,
): Promise<readonly string[]> {
  const wanted = new Set(orders.map((key) => rowKeyText(key, company)));
  return atRest(context, async (open) => {
    const table = await readTable(context, open);
    if (table === null) return false;
    const rows = table.map(({ key, actionIsFormula }): RowCells | null =>
      wanted.has(key) && !actionIsFormula ? { action: '' } : null,
    );
    await writeRows(context, open, 0, rows);
    return true;
  });
}

async function atRest(
  context: Excel.RequestContext,
  write: (open: OpenOrders) => Promise<boolean>,
): Promise<readonly string[]> {
  const reopen = async () => {
    const open = await openOrders(context);
    if (open === null) throw new SheetError('tableGone');
    return open;
  };
  return writeAtRest(context, await reopen(), reopen, write);
}

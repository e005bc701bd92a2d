import { rowKeyOf, rowKeyText } from '../sync/row-key';
import { type SelectedRow, SheetError } from '../sync/sheet';
import { selectedRows } from './mark-rows';
import { columnValues } from './open-table';
import { openOrders, orderColumn } from './orders-table';
import { visibleRows } from './visible-rows';

/** The orders of the selected visible rows, each once. A row that shows another order than it was loaded for is left out. */
export async function readSelected(context: Excel.RequestContext): Promise<readonly SelectedRow[]> {
  const open = await openOrders(context);
  if (open === null) throw new SheetError('tableGone');
  const selected = await selectedRows(context, open);
  const [key, order, version] = (['key', 'order', 'version'] as const).map((field) => {
    const column = orderColumn(open, field);
    column.load('values');
    return column;
  });
  const visible = await visibleRows(context, open);
  const [keys = [], shown = [], versions = []] = [key, order, version].map((column) =>
    column === undefined ? [] : columnValues(column),
  );
  const found = new Map<string, SelectedRow>();
  keys.forEach((text, row) => {
    const of = rowKeyOf(text);
    if (of === null || !selected.has(row) || !visible.has(row)) return;
    const at = Number(versions[row]);
    if (shown[row] !== of.order || !Number.isInteger(at)) return;
    found.set(rowKeyText(of.order, of.company), { key: of.order, company: of.company, version: at });
  });
  return [...found.values()];
}

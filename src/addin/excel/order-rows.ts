import type { ExistingRow } from '../sync/plan-search';
import { markText } from '../sync/read-marks';
import { rowKeyOf } from '../sync/row-key';
import { actionNamed, textOf } from '../sync/words';
import type { OpenOrders } from './orders-table';
import { readMarkedRows } from './read-marks';
import { readTypedRows } from './typed-rows';

/** The rows of the orders table as far as a search needs them, top to bottom; null when rows moved while they were read. */
export async function readRows(
  context: Excel.RequestContext,
  open: OpenOrders,
): Promise<ExistingRow[] | null> {
  const rows = await readMarkedRows(context, open, false);
  const read = await readTypedRows(context, open, 'key', ['priority']);
  if (read === null || read.keys.some((key, row) => key !== String(rows[row]?.key))) return null;
  return rows.map((cells, row) => {
    const key = String(cells.key);
    const word = markText(cells, open.dateSystem);
    return {
      key,
      marked: word !== '',
      typed:
        read.typed[row] === true ||
        (rowKeyOf(key) === null && (textOf(cells.order) !== '' || textOf(cells.item) !== '')),
      wanted: actionNamed(word) === 'refresh' ? cells : null,
    };
  });
}

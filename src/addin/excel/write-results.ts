import type { Outcome } from '../../contract/runs';
import type { Language } from '../../language/text';
import type { Formats } from '../formats';
import { planResults } from '../sync/plan-results';
import { SheetError, type WriteReport } from '../sync/sheet';
import { textsIn } from '../texts';
import { columnValues } from './open-table';
import { openOrders, orderColumn } from './orders-table';
import { withoutFilters } from './without-filters';
import { writeRows } from './write-rows';

/** Writes what became of each order into its row: the result, and the order as it is now. */
export async function writeResults(
  context: Excel.RequestContext,
  outcomes: readonly Outcome[],
  language: Language,
  formats: Formats,
): Promise<WriteReport> {
  const open = await openOrders(context);
  if (open === null) throw new SheetError('tableGone');
  const key = orderColumn(open, 'key');
  const action = orderColumn(open, 'action');
  key.load('values');
  action.load('formulas');
  await context.sync();
  const table = columnValues(key).map((text, row) => ({
    key: String(text),
    actionIsFormula: String(action.formulas[row]?.[0] ?? '').startsWith('='),
  }));
  const rows = planResults(table, outcomes, textsIn(language), formats);
  const filtersLost = await withoutFilters(context, open, () => writeRows(context, open, 0, rows));
  return { kept: 0, filtersLost };
}

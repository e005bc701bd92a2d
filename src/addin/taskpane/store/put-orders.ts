import type { OrderRow } from '../../../contract/orders';
import type { Session } from '../../../contract/plant';
import type { LoadedSearch, Writing } from '../../sync/sheet';
import type { PaneContext } from './context';
import { withoutListed } from './release-choices';

/**
 * Writes what was asked for into the orders sheet, in place of what an earlier search found. Where the planner cancels before
 * anything is written, the sheet and what the pane says of it stay as they were.
 */
export async function putOrders(
  { get, set, sheet, now, language, readMarks }: PaneContext,
  orders: readonly OrderRow[],
  session: Session,
  asked: Pick<LoadedSearch, 'company' | 'view' | 'query' | 'run'>,
  writing: Writing,
): Promise<void> {
  const search = { ...asked, today: session.today, found: orders.length, at: now() };
  const { loaded, ...report } = await sheet.writeOrders(orders, search, language(), writing);
  if (loaded === null) return set({ filtersLost: report.filtersLost });
  set({
    session,
    loaded,
    ...report,
    connection: 'ready',
    page: 'orders',
    preview: null,
    leftOut: [],
    result: null,
    changed: [],
    releaseChoices: withoutListed(get().releaseChoices),
    syncedAt: loaded.at,
  });
  await readMarks();
}

import type { OrderRow } from '../../../contract/orders';
import type { Session } from '../../../contract/plant';
import type { LoadedSearch } from '../../sync/sheet';
import type { PaneContext } from './context';

/** Writes what was asked for into the orders sheet, in place of what an earlier search found. */
export async function putOrders(
  { set, sheet, now, language, readMarks }: PaneContext,
  orders: readonly OrderRow[],
  session: Session,
  asked: Pick<LoadedSearch, 'company' | 'state' | 'query' | 'run'>,
): Promise<void> {
  const loaded = { ...asked, today: session.today, found: orders.length, at: now() };
  const report = await sheet.writeOrders(orders, loaded, language());
  set({
    session,
    loaded,
    ...report,
    connection: 'ready',
    preview: null,
    result: null,
    changed: [],
    syncedAt: loaded.at,
  });
  await readMarks();
}

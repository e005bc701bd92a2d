import type { OrderDetail } from '../../../contract/orders';
import type { OrderKey } from '../../../domain/order';
import { MOST_ORDERS_READ } from '../../api/order-book';
import { mostContentRows } from '../../sync/most-rows';
import { SheetError, type Writing } from '../../sync/sheet';
import { textsIn } from '../../texts';
import { type Applied, contentApplier } from './apply-content';
import type { Job, PaneContext } from './context';
import type { SelectedOrders } from './selected-order';

export interface ContentActions {
  /** Puts materials and operations of the orders selected in the sheet, or of those marked, into their own sheet, to be edited there. */
  readonly loadContent: () => Promise<void>;
  /** Sends what the planner changed in that sheet, and shows how the orders are scheduled then. */
  readonly applyContent: () => Promise<void>;
}

export function contentActions(
  pane: PaneContext,
  { refresh }: Pick<SelectedOrders, 'refresh'>,
): ContentActions {
  const { api, sheet, work, set } = pane;
  const apply = contentApplier(pane);

  /** The orders there are, in the sequence asked for. Stops where `signal` does. */
  const read = async (keys: readonly OrderKey[], { progress, signal }: Writing) => {
    const orders: OrderDetail[] = [];
    let rows = 0;
    for (let first = 0; first < keys.length && signal?.aborted !== true; first += MOST_ORDERS_READ) {
      progress?.(first, keys.length);
      const some = keys.slice(first, first + MOST_ORDERS_READ);
      const found = new Map((await api.ordersWhole(some)).map((order) => [order.key, order]));
      for (const key of some) {
        const order = found.get(key);
        if (order === undefined) continue;
        orders.push(order);
        rows += order.materials.length + order.operations.length;
      }
      if (rows > mostContentRows) throw new SheetError('tooManyRows', String(mostContentRows));
    }
    return orders;
  };

  const chosen = async (): Promise<OrderKey[]> => {
    const company = await pane.company();
    const selected = (await sheet.readSelected()).filter((row) => row.company === company);
    await pane.readMarks();
    const rows = selected.length > 0 ? selected : pane.marked('refresh').going;
    if (rows.length === 0) throw new SheetError('nothingSelected');
    return rows.map(({ key }) => key);
  };

  const load = async ({ signal, progress, writing }: Job) => {
    const keys = await chosen();
    const orders = await read(keys, { signal, progress });
    if (signal.aborted) return;
    const there = new Set(orders.map(({ key }) => key));
    const result = textsIn(pane.language())('sheet.content.absent');
    const absent = keys.filter((key) => !there.has(key)).map((order) => ({ order, result }));
    const [company, zone] = [await pane.company(), await pane.zone()];
    await sheet.writeContent(orders, absent, company, zone, pane.language(), writing);
  };

  /** Sends what was typed and writes what became of it, also where the sending fails half way. */
  const send = async ({ signal, progress, writingAll }: Job) => {
    const [company, zone] = [await pane.company(), await pane.zone()];
    const content = await sheet.readContent();
    const counts = { changedRows: 0, refusedRows: 0, ordersLeft: 0 };
    const applied: Applied = { orders: [], rows: new Map(), absent: new Map(), outcomes: new Map(), counts };
    const show = async () => {
      if (content.rows.length > 0)
        await sheet.writeApplied(applied, company, zone, pane.language(), writingAll);
      set({ applied: counts });
      const outcomes = [...applied.outcomes.values()];
      if (outcomes.length === 0) return;
      set({ preview: null, syncedAt: pane.now() });
      await sheet.writeResults(outcomes, company, pane.language());
      await refresh(outcomes.map(({ key }) => key));
      await pane.readMarks();
    };
    try {
      await apply(content, company, zone, applied, { signal, progress });
    } catch (error) {
      await show();
      throw error;
    }
    await show();
  };

  return {
    loadContent: () => work('content', load, true),
    applyContent: () => work('change', send, true),
  };
}

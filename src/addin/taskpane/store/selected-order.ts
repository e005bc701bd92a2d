import type { OrderDetail } from '../../../contract/orders';
import type { ScannedBarcode } from '../../../contract/papers';
import type { OrderKey } from '../../../domain/order';
import type { RowKey } from '../../sync/row-key';
import type { PaneContext } from './context';

/** The order of the sheet's selection, as the views of restore and refresh show it. */
export interface SelectedOrders {
  /** Follows the sheet's selection: the newest selection wins. A row of another company counts as none. */
  readonly select: (row: RowKey | null) => Promise<void>;
  /** Shows the order of a scanned paper, whether or not it has a row, ready to be declared on. */
  readonly showScanned: (scanned: ScannedBarcode) => Promise<void>;
  /** Shows the first of the rows selected just now, for whoever comes to the view with a selection. */
  readonly followSelection: () => Promise<void>;
  /**
   * Reads the order shown anew, when it is among these: something was done with them. Answers with it as it is now, or null where it
   * was not read.
   */
  readonly refresh: (changed: readonly OrderKey[]) => Promise<OrderDetail | null>;
}

export function selectedOrders({ get, set, api, sheet }: PaneContext): SelectedOrders {
  let reading = new AbortController();
  /** What was asked about the row before is wanted no more. */
  const readAnew = () => {
    reading.abort();
    reading = new AbortController();
    return reading.signal;
  };

  const select = async (row: RowKey | null) => {
    if (row !== null && row.company === get().company) return void (await showOrder(row.order, null));
    readAnew();
    showNone();
  };

  const showNone = () => {
    set({ selected: null });
    return null;
  };

  const showOrder = async (key: OrderKey, scanned: ScannedBarcode | null): Promise<OrderDetail | null> => {
    const signal = readAnew();
    if (get().view === 'release') return showNone();
    if (get().selected?.key !== key)
      set({
        selected: {
          key,
          detail: null,
          movements: [],
          reservations: [],
          pickingWork: [],
          unwind: null,
          scanned,
        },
      });
    try {
      const { view } = get();
      const [detail, movements, reservations, pickingWork, unwind] = await Promise.all([
        api.order(key, signal),
        api.movements({ order: [key] }, undefined, signal),
        view === 'refresh' ? api.reservations(key, signal) : [],
        view === 'restore' ? api.work(key, signal) : [],
        view === 'restore' ? api.unwind(key, signal) : null,
      ]);
      if (!signal.aborted)
        set({ selected: { key, detail, movements, reservations, pickingWork, unwind, scanned } });
      return detail;
    } catch (error) {
      const retry = async () => void (await showOrder(key, scanned));
      if (!signal.aborted) set({ selected: null, trouble: { error, retry } });
      return null;
    }
  };

  return {
    select,
    showScanned: async (scanned) => void (await showOrder(scanned.order, scanned)),
    async followSelection() {
      // Without a selection of ours there is nothing to show, and nothing went wrong.
      const [row] = await sheet.readSelected().catch(() => []);
      if (row !== undefined) await select({ order: row.key, company: row.company });
    },
    async refresh(changed) {
      const shown = get().selected;
      return shown !== null && changed.includes(shown.key) ? showOrder(shown.key, shown.scanned) : null;
    },
  };
}

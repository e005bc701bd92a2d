import type { OrderKey } from '../../../domain/order';
import { type RefreshOptions, switched } from '../../../domain/refresh/options';
import type { PaneContext } from './context';
import type { Performing } from './perform';

export interface RefreshActions {
  readonly setRefreshOptions: (change: Partial<Omit<RefreshOptions, 'calculate'>>) => void;
  /** Lines switch routings and component need on. Source: Business Central, refresh production order. */
  readonly setCalculate: (part: keyof RefreshOptions['calculate'], on: boolean) => void;
  /** Leaves an order of the preview out of the refresh, or takes it in again. Its mark stays. */
  readonly leaveOut: (order: OrderKey, out: boolean) => void;
  /** Writes what the preview says would change into its own sheet, and brings that to the front. */
  readonly showChanges: () => Promise<void>;
  /** Creates the orders that the planner wrote into rows of the sheet; their rows are then marked for a refresh. */
  readonly createOrders: () => Promise<void>;
}

/** The contract's limit. What is left over can be created next. */
export const mostCreatedAtOnce = 1000;

export function refreshActions(pane: PaneContext, { start }: Pick<Performing, 'start'>): RefreshActions {
  const { get, set, sheet, work } = pane;
  /** A preview says what its own options do. */
  const setOptions = (change: Partial<RefreshOptions>) =>
    set({ refreshOptions: { ...get().refreshOptions, ...change }, preview: null });
  return {
    setRefreshOptions: setOptions,
    setCalculate: (part, on) => {
      setOptions({ calculate: switched(get().refreshOptions.calculate, part, on) });
    },
    leaveOut(order, out) {
      const others = get().leftOut.filter((key) => key !== order);
      set({ leftOut: out ? [...others, order] : others });
    },
    showChanges: () =>
      work(
        'sheet',
        async ({ signal, writing }) => {
          const { preview } = get();
          if (preview?.refresh === undefined) return;
          await sheet.writeChanges(preview.refresh, await pane.zone(), pane.language(), writing);
          if (!signal.aborted) await sheet.showChanges();
        },
        true,
      ),
    createOrders: () =>
      start('create', async (key) => {
        const orders = await sheet.claimNewOrders(key, get().includeHidden, mostCreatedAtOnce);
        return orders.length === 0 ? null : { command: 'create', orders };
      }),
  };
}

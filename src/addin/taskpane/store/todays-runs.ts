import type { OrderRow } from '../../../contract/orders';
import type { RunSummary } from '../../../contract/runs';
import { type Action, transitions } from '../../../domain/transitions';
import type { LoadedRun } from '../../sync/sheet';
import type { PaneContext } from './context';
import { putOrders } from './put-orders';

export interface TodaysRunsActions {
  /** Reads the company's runs of today anew, beside whatever work is under way. A failure stays with the list. */
  readonly readRuns: () => Promise<void>;
  /** Puts the orders of a run into the sheet as they are now, refused ones too; then shows the view for most of them. */
  readonly loadRun: (run: LoadedRun) => Promise<void>;
}

export function todaysRunsActions(pane: PaneContext): TodaysRunsActions {
  const { get, set, api, work } = pane;
  return {
    async readRuns() {
      const { company } = get();
      try {
        const { items, total } = await api.runsOfToday();
        // The workbook may have turned to another company meanwhile.
        if (get().company === company) set({ runs: { items, total: total ?? items.length, error: null } });
      } catch (error) {
        if (get().company === company) set({ runs: { ...get().runs, error } });
      }
    },
    loadRun: ({ id, number }) =>
      work(
        'search',
        async ({ signal, progress, writing }) => {
          const company = await pane.company();
          const [outcomes, session] = await Promise.all([api.outcomes(id, progress, signal), api.session()]);
          // A search by run would find only what is still executive by it: not what was restored or refused.
          const orders = outcomes.flatMap(({ order }) => (order === null ? [] : [order]));
          const view = viewOf(orders);
          const asked = { company, view, query: {}, run: { id, number } };
          await putOrders(pane, orders, session, asked, writing);
          if (view !== get().view)
            set({ view, includeHidden: pane.defaults().includeHidden, selected: null });
        },
        true,
      ),
  };
}

/** The view that has something to say of most of these orders. */
function viewOf(orders: readonly OrderRow[]): Action {
  const launched = orders.filter(({ state }) => state === transitions.release.from);
  return launched.length * 2 >= orders.length ? 'release' : 'restore';
}

/** Whether there are orders of it to load: an open run has no outcomes yet, and an import says nothing order by order. */
export function isLoadable({ command, state, total }: RunSummary): boolean {
  return state !== 'open' && command !== 'import' && total > 0;
}

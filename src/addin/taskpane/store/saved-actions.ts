import type { OrderQuery } from '../../../contract/orders';
import type { SavedQuery } from '../../../contract/saved-searches';
import type { OrderState } from '../../../domain/order';
import { actions, statesFor } from '../../../domain/transitions';
import type { PaneContext } from './context';
import type { OrdersActions } from './orders-actions';
import { spanOf } from './quick-days';
import { type Criteria, queryOf } from './state';

export interface SavedActions {
  /** Keeps the criteria of this view under a name; what had that name before goes. */
  readonly saveSearch: (name: string) => Promise<void>;
  /** Fills in what was saved, in the view it is for, and searches. */
  readonly searchSaved: (name: string) => Promise<void>;
  readonly deleteSaved: (name: string) => Promise<void>;
}

export function savedActions(
  pane: PaneContext,
  { show, setCriteria, search }: Pick<OrdersActions, 'show' | 'setCriteria' | 'search'>,
): SavedActions {
  const { get, set, api, work } = pane;
  const read = async () => set({ saved: await api.savedSearches() });
  return {
    saveSearch: (name) =>
      work('saved', async () => {
        const { view, criteria, session } = get();
        const query: SavedQuery = queryOf(criteria[view], view);
        const span = session === null ? undefined : spanOf(criteria[view], session.today);
        await api.saveSearch(name, { ...query, ...span });
        await read();
      }),
    async searchSaved(name) {
      const saved = get().saved.find((one) => one.name === name);
      if (saved === undefined || get().work !== null) return;
      const view = actions.find((action) => isAbout(saved.query.state ?? [], statesFor[action]));
      show(view ?? get().view);
      setCriteria(criteriaOf(saved.today));
      await search();
    },
    deleteSaved: (name) =>
      work('saved', async () => {
        await api.deleteSearch(name);
        await read();
      }),
  };
}

function isAbout(asked: readonly OrderState[], states: readonly OrderState[]): boolean {
  return asked.length === states.length && states.every((state) => asked.includes(state));
}

function criteriaOf(query: OrderQuery): Criteria {
  const { order = '', item = '', startFrom = '', startTo = '', workCentre = [] } = query;
  return { order, item, startFrom, startTo, workCentre };
}

const shown: ReadonlySet<string> = new Set(['state', 'order', 'item', 'startFrom', 'startTo', 'workCentre']);

/** Whether the pane has a field for every criterion: one that was saved elsewhere may have more, and less would find more. */
export function isShownWhole(query: SavedQuery): boolean {
  return Object.keys(query).every((criterion) => shown.has(criterion));
}

import { criterionOf, type OrderQuery } from '../../../contract/orders';
import type { SavedQuery } from '../../../contract/saved-searches';
import type { CalendarDate } from '../../../domain/calendar';
import type { OrderState } from '../../../domain/order';
import { actions, statesFor } from '../../../domain/transitions';
import type { PaneContext } from './context';
import { criteriaOf, queryOf } from './criteria';
import { furtherOf, isFurther } from './further-criteria';
import type { OrdersActions } from './orders-actions';
import { spanOf } from './quick-days';

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
        const query = queryOf(criteria[view], view);
        const moving = session === null ? {} : movingDays(query, session.today);
        await api.saveSearch(name, { ...query, ...moving });
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

/** Days that are a span of ours, which moves on with the calendar. */
function movingDays(query: OrderQuery, today: CalendarDate): SavedQuery {
  const days = new Map(Object.entries(query));
  const text = (field: string) => String(days.get(field) ?? '');
  const spans = [...new Set([...days.keys()].map(criterionOf))].flatMap((name) => {
    const span = spanOf({ from: text(`${name}From`), to: text(`${name}To`) }, today);
    return span === undefined ? [] : [[`${name}From`, span.from] as const, [`${name}To`, span.to] as const];
  });
  // Only fields that are days come as a span.
  return Object.fromEntries(spans);
}

const alwaysThere: ReadonlySet<string> = new Set(['state', 'order', 'item', 'start', 'workCentre']);

/** Whether the pane has a field for every criterion: one that was saved elsewhere may have more, and less would find more. */
export function isShownWhole(query: SavedQuery): boolean {
  const names = Object.keys(query).map(criterionOf);
  return names.every((name) => alwaysThere.has(name) || isFurther(name)) && furtherOf(query) !== undefined;
}

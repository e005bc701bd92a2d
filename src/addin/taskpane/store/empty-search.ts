import { type Action, transitions } from '../../../domain/transitions';
import type { PaneContext } from './context';
import type { OrdersActions } from './orders-actions';
import { type Criteria, noCriteria } from './state';

/** Criteria the pane has fields for, and what is left of them when they are given up. */
export const looseCriteria = {
  order: { order: '' },
  item: { item: '' },
  start: { startFrom: '', startTo: '' },
  workCentre: { workCentre: [] },
} as const satisfies Readonly<Record<string, Partial<Criteria>>>;
export type LooseCriterion = keyof typeof looseCriteria;

export interface EmptySearchActions {
  /** Asks what the search in the sheet could be loosened by. Nobody waits for it: without an answer there is only general advice. */
  readonly readLooser: () => Promise<void>;
  /** Searches again without one criterion of the search in the sheet; null gives all of them up. */
  readonly searchWithout: (criterion: LooseCriterion | null) => Promise<void>;
  /** Searches for the same in the other view. */
  readonly searchIn: (view: Action) => Promise<void>;
}

export function emptySearchActions(
  pane: PaneContext,
  { show, setCriteria, search }: Pick<OrdersActions, 'show' | 'setCriteria' | 'search'>,
): EmptySearchActions {
  const { get, set, api } = pane;
  return {
    async readLooser() {
      const { loaded } = get();
      if (loaded === null) return;
      const by = await api.loosen(loaded.query).catch(() => null);
      // Another search may have taken its place meanwhile.
      if (by !== null && get().loaded === loaded) set({ looser: { of: loaded, by } });
    },
    async searchWithout(criterion) {
      if (get().work !== null) return;
      setCriteria(criterion === null ? noCriteria : looseCriteria[criterion]);
      await search();
    },
    async searchIn(view) {
      if (get().work !== null) return;
      const { [get().view]: criteria } = get().criteria;
      show(view);
      setCriteria(criteria);
      await search();
    },
  };
}

/** The view whose orders are in this state. */
export function viewOfState(state: string): Action | undefined {
  return (['release', 'restore'] as const).find((view) => transitions[view].from === state);
}

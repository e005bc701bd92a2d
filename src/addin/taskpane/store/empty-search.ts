import { type Action, transitions } from '../../../domain/transitions';
import type { PaneContext } from './context';
import { type Criteria, noCriteria } from './criteria';
import { type FurtherCriterion, isFurther, withoutFurther } from './further-criteria';
import type { OrdersActions } from './orders-actions';

/** Criteria whose fields are always there, and what is left of them when they are given up. */
const looseCriteria = {
  order: { order: '' },
  item: { item: '' },
  start: { startFrom: '', startTo: '' },
  workCentre: { workCentre: [] },
} as const satisfies Readonly<Record<string, Partial<Criteria>>>;
export type AlwaysThere = keyof typeof looseCriteria;
export type LooseCriterion = AlwaysThere | FurtherCriterion;

export function isAlwaysThere(criterion: string): criterion is AlwaysThere {
  return criterion in looseCriteria;
}

/** Whether the pane has a field for the criterion. */
export function isLoose(criterion: string): criterion is LooseCriterion {
  return isAlwaysThere(criterion) || isFurther(criterion);
}

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
      const { view, criteria } = get();
      if (criterion === null) setCriteria(noCriteria);
      else if (isAlwaysThere(criterion)) setCriteria(looseCriteria[criterion]);
      else setCriteria({ further: withoutFurther(criterion, criteria[view].further) });
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

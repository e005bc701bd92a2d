import type { Outcome, RunRequest } from '../../../contract/runs';
import type { OrderRow } from '../../../contract/orders';
import type { OrderKey } from '../../../domain/order';
import type { PaperKind } from '../../../domain/papers/paper';
import type { PaneContext } from './context';
import { queryOf } from './criteria';
import { defaultsIn, type OrderChoices, usualRelease, withoutOwn, withSubOrders } from './release-choices';

export interface ConfirmActions {
  /** How all marked orders are released; what was chosen of that for single ones goes. */
  readonly chooseForAll: (choice: Pick<OrderChoices, 'references' | 'split'>) => void;
  /** How one of them is released. */
  readonly chooseFor: (order: OrderKey, choice: OrderChoices) => void;
  /** It is released as the others are. */
  readonly chooseAsAll: (order: OrderKey) => void;
  readonly choosePapers: (papers: PaperKind[]) => void;
  /** What is chosen for all orders is what this user starts with from now on. */
  readonly keepDefaults: () => Promise<void>;
  /** Marks everything that the criteria find, with rows of their own for orders the sheet does not show yet. */
  readonly addFound: () => Promise<void>;
  readonly takeOut: (order: OrderKey) => Promise<void>;
}

export function confirmActions(pane: PaneContext): ConfirmActions {
  const { get, set, api, sheet, work, readMarks } = pane;
  const choices = () => get().releaseChoices;
  return {
    chooseForAll: (choice) => {
      const others = withoutOwn(
        choices(),
        ...(['references', 'split'] as const).filter((name) => name in choice),
      );
      set({
        releaseChoices: { ...others, ...choice, listed: usualRelease.listed },
        preview: null,
      });
    },
    chooseFor(order, choice) {
      const { own, listed } = choices();
      const others = new Set(listed);
      if ('references' in choice) others.delete(order);
      set({
        releaseChoices: {
          ...choices(),
          own: new Map(own).set(order, { ...own.get(order), ...choice }),
          listed: others,
        },
        preview: null,
      });
    },
    chooseAsAll(order) {
      const own = new Map(choices().own);
      own.delete(order);
      set({ releaseChoices: { ...choices(), own }, preview: null });
    },
    choosePapers: (papers) => set({ releaseChoices: { ...withoutOwn(choices(), 'papers'), papers } }),
    keepDefaults: () =>
      work('defaults', async () =>
        set({ releaseDefaults: await api.keepReleaseDefaults(defaultsIn(choices())) }),
      ),
    addFound: () =>
      work(
        'search',
        async ({ signal, progress }) => {
          const found = await api.search(queryOf(get().criteria.release, 'release'), null, progress, signal);
          await markRows(pane, found);
          set({ preview: null });
        },
        true,
      ),
    takeOut: (order) =>
      work('mark', async () => {
        set({ filtersLost: await sheet.unmarkOrders([order], await pane.company()), preview: null });
        await readMarks();
      }),
  };
}

/**
 * Gives the orders that go along with those of a request rows of their own in the sheet, marked as the others are. From then on they are
 * released because they are marked, and can be taken out.
 */
export async function listSubOrders(
  pane: PaneContext,
  asked: RunRequest,
  outcomes: readonly Outcome[],
): Promise<void> {
  if (!asked.orders.some(({ references }) => references === true)) return;
  const known = new Set(asked.orders.map(({ key }) => key));
  await markRows(
    pane,
    outcomes.flatMap(({ key, order }) => (order === null || known.has(key) ? [] : [order])),
  );
  pane.set({ releaseChoices: withSubOrders(pane.get().releaseChoices, outcomes) });
}

async function markRows(pane: PaneContext, orders: readonly OrderRow[]): Promise<void> {
  if (orders.length === 0) return;
  const company = await pane.company();
  pane.set({ filtersLost: await pane.sheet.markOrders(orders, 'release', company, pane.language()) });
  await pane.readMarks();
}

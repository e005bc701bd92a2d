import type { Outcome } from '../../../contract/runs';
import type { PapersOf } from '../../api/order-book';

import type { PaperKind } from '../../../domain/papers/paper';
import type { PaneContext } from './context';

export interface PaperActions {
  /**
   * Prints definitive papers and opens them; left open, `papers` are those that the release asked for of each order. Answers with what became of each order, or null where that is not known. `place` names where
   * in the pane it was asked for.
   */
  readonly printPapers: (
    of: PapersOf,
    papers: readonly PaperKind[] | undefined,
    place: string,
  ) => Promise<readonly Outcome[] | null>;
  /** Opens a control print of them. */
  readonly openControlPrint: (
    of: PapersOf,
    papers: readonly PaperKind[] | undefined,
    place: string,
  ) => Promise<void>;
}

export function paperActions(pane: PaneContext): PaperActions {
  const { set, api, work, attempts } = pane;

  const open = async (of: PapersOf, papers: readonly PaperKind[] | undefined, place: string) => {
    const address = pane.address() + (await api.papersAddress(of, papers));
    const opened = pane.openWindow(address);
    set({ exported: opened ? { place, how: 'window' } : { place, how: 'link', address } });
  };

  return {
    async printPapers(of, papers, place) {
      // What is tried again while nobody knows what came of it is the same print.
      const attempt = JSON.stringify(['papers', of, papers]);
      let outcomes: readonly Outcome[] | null = null;
      await work(
        'papers',
        async ({ signal, progress }) => {
          const done = await api.printPapers(of, papers, attempts.keyFor(attempt), progress, signal);
          attempts.settled(attempt);
          outcomes = done.outcomes;
          if (done.run.succeeded > 0) await open({ run: done.run.id }, undefined, place);
        },
        true,
      );
      return outcomes;
    },
    openControlPrint: (of, papers, place) => work('papers', () => open(of, papers, place)),
  };
}

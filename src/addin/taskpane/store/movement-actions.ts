import type { MovementQuery } from '../../../contract/movements';
import type { RunSummary } from '../../../contract/runs';
import { subtotalByItem } from '../subtotal-by-item';
import type { PaneContext } from './context';
import { type MovementCriteria, movementQueryOf, noMovementCriteria } from './movements';

export interface MovementActions {
  /** Shows the search for movements instead of the work on orders. */
  readonly showMovementSearch: () => void;
  readonly setMovementCriteria: (change: Partial<MovementCriteria>) => void;
  readonly clearMovementCriteria: () => void;
  /** Puts the movements that match into their sheet, in place of those found before. */
  readonly searchMovements: () => Promise<void>;
  /** Repeats the search whose result is shown. */
  readonly searchMovementsAgain: () => Promise<void>;
  /** Leaves only this item's movements in view, as the sheet names it; null shows all again. */
  readonly showItem: (item: string | null) => Promise<void>;
  /** Writes the storeman's list of a run on a sheet to print. */
  readonly writeList: (run: RunSummary) => Promise<void>;
  /** For the list to choose from. Without an answer codes can still be typed. */
  readonly readWarehouses: () => Promise<void>;
}

export function movementActions(pane: PaneContext): MovementActions {
  const { get, set, api, sheet, work } = pane;
  const change = (part: Partial<ReturnType<typeof get>['movements']>) =>
    set({ movements: { ...get().movements, ...part } });

  const find = (query: MovementQuery) =>
    work(
      'movements',
      async ({ signal, progress }) => {
        const company = await pane.company();
        const found = await api.movements(query, progress, signal);
        // Our own filter would hide what this search finds.
        if (get().movements.item !== null) await sheet.filterMovements(null);
        const report = await sheet.writeFoundMovements(found, company, pane.language());
        const at = pane.now();
        change({
          found: {
            query,
            count: found.length,
            restored: found.filter(({ status }) => status === 'restored').length,
            subtotals: subtotalByItem(found),
            at,
            ...report,
          },
          item: null,
        });
        set({ connection: 'ready', syncedAt: at });
      },
      true,
    );

  return {
    showMovementSearch() {
      if (get().work !== null) return;
      const { session, movements } = get();
      set({ page: 'movements' });
      // Nothing searched and nothing filled in yet: what moved today is what is asked for most.
      if (session !== null && movements.found === null && movements.criteria === noMovementCriteria) {
        change({ criteria: { ...noMovementCriteria, from: session.today, to: session.today } });
      }
    },
    setMovementCriteria: (criteria) => change({ criteria: { ...get().movements.criteria, ...criteria } }),
    clearMovementCriteria: () => change({ criteria: { ...noMovementCriteria } }),
    searchMovements: () => find(movementQueryOf(get().movements.criteria)),
    async searchMovementsAgain() {
      const { found } = get().movements;
      if (found !== null) await find(found.query);
    },
    showItem: (item) =>
      work('sheet', async () => {
        await sheet.filterMovements(item);
        change({ item });
      }),
    writeList: (run) =>
      work('movements', async () => {
        const places = await api.withdrawals(run.id);
        const company = get().session?.company.name ?? (await pane.company());
        await sheet.writeWithdrawals({ company, run, places }, pane.language());
      }),
    async readWarehouses() {
      const { company, movements } = get();
      if (movements.warehouses !== null) return;
      const warehouses = await api.warehouses().catch(() => null);
      // The workbook may have turned to another company meanwhile.
      if (warehouses !== null && get().company === company) change({ warehouses });
    },
  };
}

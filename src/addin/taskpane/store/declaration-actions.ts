import type { OpenDeclaration, RegisterDeclaration } from '../../../contract/declarations';
import type { OrderKey } from '../../../domain/order';
import { ApiError } from '../../api/errors';
import type { RunDone } from '../../api/perform-run';
import type { DeclarationStep } from '../../api/order-book';
import type { RowKey } from '../../sync/row-key';
import type { PaneContext } from './context';

export interface DeclarationActions {
  /** Follows the sheet's selection: the newest selection wins. A row of another company counts as none. */
  readonly select: (row: RowKey | null) => Promise<void>;
  readonly openDeclaration: (declaration: OpenDeclaration) => Promise<void>;
  readonly stepDeclaration: (
    number: number,
    step: DeclarationStep,
    details?: RegisterDeclaration,
  ) => Promise<void>;
}

export function declarationActions(pane: PaneContext): DeclarationActions {
  const { get, set, api, sheet, work, attempts } = pane;
  let newest = 0;

  const select = async (row: RowKey | null) =>
    showOrder(row !== null && row.company === get().company ? row.order : null);

  const showOrder = async (key: OrderKey | null) => {
    const turn = ++newest;
    if (key === null || get().view !== 'restore') return set({ selected: null });
    if (get().selected?.key !== key) set({ selected: { key, detail: null, verdict: null, movements: [] } });
    try {
      const [detail, movements] = await Promise.all([api.order(key), api.movements({ order: [key] })]);
      const request = { command: 'restore' as const, orders: [{ key, version: detail.version }] };
      const judged = await api.preview(request, new AbortController().signal);
      const verdict = judged.outcomes[0] ?? null;
      if (turn === newest) set({ selected: { key, detail, verdict, movements } });
    } catch (error) {
      if (turn === newest) set({ selected: null, trouble: { error, retry: () => showOrder(key) } });
    }
  };

  /**
   * One key per change until a definite answer: pressing again after a lost answer declares once. Trying again means the same
   * order, whatever is selected by then.
   */
  const declare = async (change: string, send: (order: OrderKey, key: string) => Promise<RunDone>) => {
    const order = get().selected?.key;
    if (order === undefined) return;
    await work('declare', async () => {
      const attempt = `${order} ${change}`;
      const done = await send(order, attempts.keyFor(attempt)).catch((error: unknown) => {
        if (error instanceof ApiError && !error.undecided) attempts.settled(attempt);
        throw error;
      });
      attempts.settled(attempt);
      set({ result: null, preview: null, syncedAt: pane.now() });
      await sheet.writeResults(done.outcomes, await pane.company(), pane.language());
      if (get().selected?.key === order) await showOrder(order);
    });
  };

  return {
    select,
    openDeclaration: (declaration) =>
      declare(`open ${JSON.stringify(declaration)}`, (order, key) =>
        api.openDeclaration(order, declaration, key),
      ),
    stepDeclaration: (number, step, details) =>
      declare(`${step} ${number} ${details?.lot ?? ''}`, (order, key) =>
        api.stepDeclaration(order, number, step, key, details),
      ),
  };
}

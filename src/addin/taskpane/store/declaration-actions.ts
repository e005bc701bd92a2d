import type { OpenDeclaration, RegisterDeclaration } from '../../../contract/declarations';
import type { OrderKey } from '../../../domain/order';
import { ApiError } from '../../api/errors';
import type { RunDone } from '../../api/perform-run';
import type { DeclarationStep } from '../../api/order-book';
import type { PaneContext } from './context';
import type { SelectedOrders } from './selected-order';

export interface DeclarationActions {
  readonly openDeclaration: (declaration: OpenDeclaration) => Promise<void>;
  readonly stepDeclaration: (
    number: number,
    step: DeclarationStep,
    details?: RegisterDeclaration,
  ) => Promise<void>;
}

export function declarationActions(
  pane: PaneContext,
  { refresh }: Pick<SelectedOrders, 'refresh'>,
): DeclarationActions {
  const { get, set, api, sheet, work, attempts } = pane;

  /**
   * One key per change until a definite answer: pressing again after a lost answer declares once. Trying again means the same
   * order, whatever is selected by then.
   */
  const declare = async (change: string, send: (order: OrderKey, key: string) => Promise<RunDone>) => {
    const order = get().selected?.key;
    if (order === undefined) return;
    await work('declare', async () => {
      const attempt = `${order} ${change}`;
      const done = await send(order, attempts.keyFor(attempt)).catch(async (error: unknown) => {
        if (error instanceof ApiError && !error.undecided) {
          attempts.settled(attempt);
          // What is shown may be what was outdated about it.
          await refresh([order]);
        }
        throw error;
      });
      attempts.settled(attempt);
      set({ result: null, preview: null, syncedAt: pane.now() });
      const follow = () => followUp(order, done);
      await follow().catch((error: unknown) => pane.failed(error, () => work('declare', follow)));
    });
  };

  /** What is left to do when the step is taken. Trying this again must not declare again. */
  const followUp = async (key: OrderKey, { outcomes }: RunDone) => {
    await refresh([key]);
    const detail = await api.order(key);
    const fresh = outcomes.map((outcome) => ({ ...outcome, order: outcome.order && detail }));
    await sheet.writeResults(fresh, await pane.company(), pane.language());
  };

  return {
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

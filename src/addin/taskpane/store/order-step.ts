import type { OrderKey } from '../../../domain/order';
import { ApiError } from '../../api/errors';
import type { RunDone } from '../../api/perform-run';
import type { PaneContext } from './context';
import type { SelectedOrders } from './selected-order';
import type { WorkKind } from './state';

/** Takes one step with the selected order. Answers with what became of it, or null where it was refused or nobody knows. */
export type TakeStep = (
  kind: WorkKind,
  /** Names the step: the same again is the same attempt. */
  change: string,
  send: (order: OrderKey, key: string) => Promise<RunDone>,
) => Promise<RunDone | null>;

/**
 * One key per change until a definite answer: pressing again after a lost answer takes the step once. Trying again means the same
 * order, whatever is selected by then.
 */
export function stepping(pane: PaneContext, { refresh }: Pick<SelectedOrders, 'refresh'>): TakeStep {
  const { get, set, api, sheet, work, attempts } = pane;

  /** What is left to do when the step is taken. Trying this again must not take it again. */
  const followUp = async (key: OrderKey, { run, outcomes }: RunDone) => {
    const detail = (await refresh([key])) ?? (await api.order(key));
    const fresh = outcomes.map((outcome) => ({ ...outcome, order: outcome.order && detail }));
    await sheet.writeResults(fresh, await pane.company(), pane.language());
    // What was restored of the last release can no longer be undone with it.
    if (run.command === 'restore') set({ lastRelease: await api.lastRelease() });
  };

  return async (kind, change, send) => {
    const order = get().selected?.key;
    if (order === undefined) return null;
    let became: RunDone | null = null;
    await work(kind, async () => {
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
      became = done;
      set({ result: null, preview: null, syncedAt: pane.now() });
      const follow = () => followUp(order, done);
      await follow().catch((error: unknown) => pane.failed(error, () => work(kind, follow)));
    });
    return became;
  };
}

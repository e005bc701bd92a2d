import type { PickingStep } from '../../api/order-book';
import type { RunDone } from '../../api/perform-run';
import type { PaneContext } from './context';
import type { TakeStep } from './order-step';

/** Each answers as {@link TakeStep} does. */
export interface WorkActions {
  readonly stepWork: (step: PickingStep) => Promise<RunDone | null>;
  /** Restores the selected order as it is shown. */
  readonly restoreSelected: () => Promise<RunDone | null>;
}

export function workActions({ get, api }: PaneContext, take: TakeStep): WorkActions {
  return {
    stepWork: (step) =>
      take('pick', `work ${JSON.stringify(step)}`, (order, key) => api.stepWork(order, step, key)),
    restoreSelected: async () => {
      const version = get().selected?.detail?.version;
      if (version === undefined) return null;
      return take('restore', `restore ${version}`, (key, attempt) =>
        api.perform(
          { command: 'restore', orders: [{ key, version }] },
          attempt,
          () => {},
          new AbortController().signal,
        ),
      );
    },
  };
}

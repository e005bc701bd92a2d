import type { ReleasePolicy } from '../../../domain/policy';
import type { PaneContext } from './context';

export interface PolicyActions {
  /** From now on the company releases by these. What was previewed would go otherwise. */
  readonly setPolicy: (policy: ReleasePolicy) => Promise<void>;
}

export function policyActions({ api, set, work }: PaneContext): PolicyActions {
  return {
    setPolicy: ({ shortage, reservation, picking }) =>
      work('policy', async () =>
        set({ policy: await api.setPolicy({ shortage, reservation, picking }), preview: null }),
      ),
  };
}

import type { CompanyPolicy } from '../../../contract/work';
import type { ReleasePolicy } from '../../../domain/policy';
import { ApiError } from '../../api/errors';
import type { PaneContext } from './context';

export interface PolicyActions {
  /**
   * From now on the company releases by these. What was previewed would go otherwise. `version` is that of the policies which whoever
   * chose these has seen. Answers with what somebody else made of them meanwhile, and nothing is changed then; else null.
   */
  readonly setPolicy: (policy: ReleasePolicy, version: number) => Promise<CompanyPolicy | null>;
}

export function policyActions({ api, set, work, failed }: PaneContext): PolicyActions {
  return {
    async setPolicy(wanted, version) {
      let overtakenBy: CompanyPolicy | null = null;
      await work('policy', async () => {
        try {
          set({ policy: await api.setPolicy(wanted, version), preview: null });
        } catch (error) {
          if (!isOvertaken(error)) throw error;
          overtakenBy = await api.policy();
          set({ policy: overtakenBy, preview: null });
          // The same again would be refused again.
          failed(error, null);
        }
      });
      return overtakenBy;
    },
  };
}

const isOvertaken = (error: unknown) =>
  error instanceof ApiError && (error.problem?.refusals?.some(({ code }) => code === 'POL-01') ?? false);

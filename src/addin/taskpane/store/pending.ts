import type { PendingRun } from '../../sync/sheet';
import type { PaneState } from './state';

/**
 * Whether a pending run may be asked about from here. The order book knows a run by its key, its company and its user:
 * anywhere else the same request would be a new run.
 */
export function mayAskAgain(pending: PendingRun, { address, session }: PaneState): boolean {
  return (
    session !== null &&
    pending.address === address &&
    pending.company === session.company.code &&
    pending.user === session.user
  );
}

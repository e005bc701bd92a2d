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

/** Not under work, and not before the outcomes of a run of ours are in the rows it was sent from. */
export function mayChangeCompany(state: PaneState): boolean {
  const { work, pendingRun } = state;
  return work === null && (pendingRun === null || !mayAskAgain(pendingRun, state));
}

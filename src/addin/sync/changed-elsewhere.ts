import type { Outcome } from '../../contract/runs';
import type { RefusalCode } from '../../domain/refusals';

/** What to do with a marked row whose order somebody else changed: `theirs` and `mine` show it as it is now, `mine` keeps the mark. */
export type ChangedChoice = 'theirs' | 'mine' | 'drop';

const codes: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['REL-03', 'RES-07', 'HLD-04', 'REF-15']);

/** Refused because the order is no longer the one the planner saw. Until they choose, the row stays the one they know. */
export function isChangedElsewhere({ refusals, order }: Outcome): boolean {
  return order !== null && refusals.some(({ code }) => codes.has(code));
}

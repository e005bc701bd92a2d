import type { StoredOutcome } from './order-book';

/** What became of so many orders; together they are all of them. */
export interface OutcomeCounts {
  readonly succeeded: number;
  readonly refused: number;
  /** Passed over: what stock does not allow, or what there is nothing to do for. */
  readonly skipped: number;
  readonly failed: number;
}

export function countOutcomes(outcomes: readonly Pick<StoredOutcome, 'result'>[]): OutcomeCounts {
  const counts = { succeeded: 0, refused: 0, skipped: 0, failed: 0 };
  for (const { result } of outcomes)
    counts[result === 'refused' || result === 'skipped' || result === 'failed' ? result : 'succeeded']++;
  return counts;
}

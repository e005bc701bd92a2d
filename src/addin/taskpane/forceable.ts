import type { Outcome } from '../../contract/runs';

/** Refused orders of a release that only rules keep which may be forced. */
export function forceableOutcomes(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.filter(
    ({ refusals }) => refusals.length > 0 && refusals.every((refusal) => refusal.forceable === true),
  );
}

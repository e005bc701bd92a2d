import type { Outcome, Preview } from '../../contract/runs';

/**
 * Outcomes of a run that the preview before it had told otherwise: would have gone and did not, or the other way round, or was
 * forced against a rule the preview had not named. Why is in their refusals and warnings, with who changed the order; one the
 * preview did not judge surprises nobody.
 */
export function unlikePreview(outcomes: readonly Outcome[], preview: Preview | null): Outcome[] {
  const foretold = new Map(preview?.outcomes.map((outcome) => [outcome.key, outcome]));
  return outcomes.filter((outcome) => {
    const before = foretold.get(outcome.key);
    if (before === undefined) return false;
    const named = new Set(before.warnings.map(({ code }) => code));
    const wouldGo = before.refusals.length === 0;
    return wouldGo !== went(outcome) || outcome.warnings.some(({ code }) => !named.has(code));
  });
}

/** What a refresh has nothing to do for is skipped without a refusal; what stock does not allow, with one. */
function went({ result, refusals }: Outcome): boolean {
  return refusals.length === 0 && result !== 'failed';
}

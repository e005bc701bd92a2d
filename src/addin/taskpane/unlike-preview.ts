import type { Outcome, Preview } from '../../contract/runs';

/**
 * Outcomes of a run that the preview before it had told otherwise: would have gone and did not, or the other way round. Why is in
 * their refusals, with who changed the order; one the preview did not judge surprises nobody.
 */
export function unlikePreview(outcomes: readonly Outcome[], preview: Preview | null): Outcome[] {
  const foretold = new Map(preview?.outcomes.map(({ key, refusals }) => [key, refusals.length === 0]));
  return outcomes.filter((outcome) => {
    const wouldGo = foretold.get(outcome.key);
    return wouldGo !== undefined && wouldGo !== went(outcome);
  });
}

function went({ result }: Outcome): boolean {
  return result !== 'refused' && result !== 'failed';
}

import { inSequence } from '../../domain/sequence';
import type { MarkedRow } from './sheet';

/**
 * Marked rows in the sequence the planner typed: the lowest number first, blanks last, equals as a run without priorities goes. Null
 * when no row has one: then the order book knows the sequence best.
 */
export function inPriority(rows: readonly MarkedRow[]): MarkedRow[] | null {
  if (rows.every(({ priority }) => priority === null)) return null;
  const rank = ({ priority }: MarkedRow) => priority ?? Number.POSITIVE_INFINITY;
  return inSequence(rows).sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

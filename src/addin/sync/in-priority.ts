import { inSequence } from '../../domain/sequence';
import type { MarkedRow } from './sheet';

/**
 * Marked rows in the sequence the planner typed: the lowest number first, blanks last, equals as a run without priorities goes: by
 * start date and key, or `asShown`, as the rows stand in the sheet. Null when that is what the order book does by itself.
 */
export function inPriority(rows: readonly MarkedRow[], equals: 'byStart' | 'asShown'): MarkedRow[] | null {
  const typed = rows.some(({ priority }) => priority !== null);
  if (!typed && equals === 'byStart') return null;
  const rank = ({ priority }: MarkedRow) => priority ?? Number.POSITIVE_INFINITY;
  const begun = equals === 'asShown' ? [...rows] : inSequence(rows);
  return begun.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

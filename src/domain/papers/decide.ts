import { unknownOrder, type Candidate } from '../header-rules';
import type { OrderKey } from '../order';
import { refusal, type Refusal } from '../refusals';
import { transitions } from '../transitions';
import { canHave, papersLeftOut, type SchedulingLevel } from './scheduling-level';
import { papersOf, type AskedPapers, type PaperKind } from './paper';

export interface PrintCandidate extends Candidate {
  readonly level: SchedulingLevel;
}

export interface PrintDecision {
  readonly key: OrderKey;
  /** Empty: its papers get their numbers, or are printed once more under them. */
  readonly refusals: readonly Refusal[];
  /** Papers that are left out. */
  readonly warnings: readonly Refusal[];
  readonly papers: readonly PaperKind[];
}

/**
 * Judges which orders get definitive papers. Only executive ones: what is numbered goes to the shop floor, and a restore voids it. What an
 * order cannot have is left out with a warning as at its release; an order that can have none of them is refused.
 * Rules: ORD-01, PRT-01, REL-16. Source: Fluentis, worksheet print (definitive); Dynamics 365, release a production order.
 */
export function decidePrint(candidates: readonly PrintCandidate[], wanted: AskedPapers): PrintDecision[] {
  return candidates.map(({ marked, order, level }) => {
    const { key } = marked;
    const refused = (refusals: readonly Refusal[]): PrintDecision => ({
      ...{ key, refusals, warnings: [], papers: [] },
    });
    if (order === null) return refused([unknownOrder(marked)]);
    if (order.state !== transitions.release.to)
      return refused([refusal('PRT-01', { order: key, state: order.state })]);
    const asked = papersOf(wanted, key);
    const leftOut = papersLeftOut(key, asked, level);
    const papers = asked.filter((kind) => canHave(kind, level));
    return papers.length === 0 ? refused(leftOut) : { key, refusals: [], warnings: leftOut, papers };
  });
}

import { unknownOrder } from '../header-rules';
import type { OrderKey } from '../order';
import { forced, type Refusal, type RefusalCode } from '../refusals';
import { explainRules, type ExplainedRule } from '../rule';
import type { ReleaseCandidate } from './candidate';
import { releaseRules } from './rules';
import { splitOf, unsplit, type Split } from './split';
import { ContestedStock, type StockBalance, type StockKey } from './stock';

export interface ReleaseDecision {
  readonly key: OrderKey;
  /** Empty: the order is released. */
  readonly refusals: readonly Refusal[];
  /** What was forced. */
  readonly warnings: readonly Refusal[];
  /** Only as many were to go as stock allows, and nothing but stock keeps this one: it is passed over, its refusals say for want of what. */
  readonly passedOver?: true;
  /** Only so much of it is released. */
  readonly split?: Split;
}

/** How orders are to be released. */
export interface ReleaseWish {
  /** In spite of the refusals that may be forced. */
  readonly force?: boolean;
  /** As many as stock allows, in sequence: nothing goes below zero, whatever the policy, and what does not fit is passed over. */
  readonly asStockAllows?: boolean;
}

/**
 * Judges orders in sequence: each one against the stock that the released ones before it have left over. Every refusal of
 * an order is returned, not only the first. A refused order consumes nothing, so a later one that fits still goes. With
 * `force` an order goes in spite of refusals that may be forced; they become warnings. As long as anything else keeps it, all
 * of them stay refusals. Of an order that may be split, and that nothing but stock keeps, as much goes as stock covers. `balances` hold
 * the stocks that can leave anybody short.
 * Rules: ORD-01, REL-01, REL-03, REL-05 to REL-08, REL-10, REL-11, REL-17, SPL-01, SPL-02. REL-02 is the replay of a run, REL-04 waits for
 * orders that can be open in two places. Source: Fluentis, production orders release and warehouse parameters.
 */
export function decideRelease(
  candidates: readonly ReleaseCandidate[],
  balances: ReadonlyMap<StockKey, StockBalance>,
  { force = false, asStockAllows = false }: ReleaseWish = {},
): ReleaseDecision[] {
  const stock = new ContestedStock(balances, asStockAllows);
  return candidates.map((candidate) => {
    const found = refusalsOf(candidate, stock);
    const goes = found.length === 0 || (force && found.every((why) => why.forceable === true));
    const { key } = candidate.marked;
    if (goes) {
      stock.take(key, candidate.needs, candidate.returned);
      return { key, refusals: [], warnings: found.map(forced) };
    }
    const divided = force ? unsplit : splitOf(candidate, found, (part) => refusalsOf(part, stock));
    if (divided.split) {
      stock.take(key, divided.part.needs, divided.part.returned, true);
      return { key, refusals: [], warnings: [], split: divided.split };
    }
    const passedOver = asStockAllows && found.every(({ code }) => code === 'REL-10');
    const refusals = [...found, ...divided.refusals];
    return { key, refusals, warnings: [], ...(passedOver && { passedOver }) };
  });
}

/** What becomes of an order that is judged so. */
export function releaseResult({ refusals, passedOver }: ReleaseDecision): 'released' | 'skipped' | 'refused' {
  if (refusals.length === 0) return 'released';
  return passedOver ? 'skipped' : 'refused';
}

/** How each rule of a release stands for an order by itself; `balances` hold every stock it needs something of. */
export function explainRelease(
  candidate: ReleaseCandidate,
  balances: ReadonlyMap<StockKey, StockBalance>,
): ExplainedRule[] {
  const { order } = candidate;
  if (order === null) return [];
  const stock = new ContestedStock(balances);
  return explainRules(releaseRules, { candidate, order, stock });
}

/** The codes a decision has forced, each once: what the audit trail keeps. */
export function forcedCodes({ warnings }: ReleaseDecision): RefusalCode[] {
  return [...new Set(warnings.map(({ code }) => code))];
}

function refusalsOf(candidate: ReleaseCandidate, stock: ContestedStock): Refusal[] {
  const { marked, order } = candidate;
  if (order === null) return [unknownOrder(marked)];
  const situation = { candidate, order, stock };
  return releaseRules.flatMap(({ refusals }) => refusals(situation));
}

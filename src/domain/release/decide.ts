import { unknownOrder } from '../header-rules';
import type { OrderKey } from '../order';
import { forced, type Refusal, type RefusalCode } from '../refusals';
import { explainRules, refusalsBy, type ExplainedRule } from '../rule';
import type { ReleaseCandidate } from './candidate';
import { noLots, type LotFacts, type LotLine, type PickedLots } from './lots';
import { LotPicker } from './pick-lots';
import { releaseRules } from './rules';
import type { PickableStocks, PickingPlan } from '../work/plan';
import { splitOf, unsplit, type Split } from './split';
import { withSplit } from './split-rules';
import { ContestedStock, type StockBalance, type StockKey } from './stock';

export interface ReleaseDecision {
  readonly key: OrderKey;
  /** Empty: the order is released. */
  readonly refusals: readonly Refusal[];
  /** What was forced. */
  readonly warnings: readonly Refusal[];
  /** Only as many were to go as stock allows, and nothing but stock keeps this one: it is passed over, its refusals say for want of what. */
  readonly passedOver?: true;
  /** The lots of its lines that name none; what they would have been where it is refused. Left out where it has no such lines. */
  readonly lots?: readonly LotLine[];
  /** Only so much of it is released. */
  readonly split?: Split;
  /** What is fetched for it; left out where a release makes no picking work. */
  readonly picking?: PickingPlan;
}

/** How orders are to be released. */
export interface ReleaseWish {
  /** In spite of the refusals that may be forced. */
  readonly force?: boolean;
  /** As many as stock allows, in sequence: nothing goes below zero, whatever the policy, and what does not fit is passed over. */
  readonly asStockAllows?: boolean;
  /** What lines that name no lot may be drawn from. */
  readonly lots?: LotFacts;
  /** What materials by list are fetched from; null where a release makes no picking work. */
  readonly picking?: PickableStocks | null;
}

/**
 * Judges orders in sequence: each one against the stock that the released ones before it have left over. Every refusal of
 * an order is returned, not only the first. A refused order consumes nothing, so a later one that fits still goes. With
 * `force` an order goes in spite of refusals that may be forced; they become warnings. As long as anything else keeps it, all
 * of them stay refusals. Of an order that may be split, and that nothing but stock keeps, as much goes as stock covers. `balances` hold
 * the stocks that can leave anybody short.
 * Rules: ORD-01, REL-01, REL-03, REL-05 to REL-11, REL-15, REL-17, SPL-01, SPL-02. REL-02 is the replay of a run, REL-04 waits for
 * orders that can be open in two places. Source: Fluentis, production orders release and warehouse parameters.
 */
export function decideRelease(
  candidates: readonly ReleaseCandidate[],
  balances: ReadonlyMap<StockKey, StockBalance>,
  { force = false, asStockAllows = false, lots = noLots, picking = null }: ReleaseWish = {},
): ReleaseDecision[] {
  const stock = new ContestedStock(balances, asStockAllows);
  const picker = new LotPicker(lots, stock);
  return candidates.map((candidate) => {
    const picked = picker.pick(candidate);
    const found = refusalsOf(candidate, stock, picked, picking);
    const goes = found.length === 0 || (force && found.every((why) => why.forceable === true));
    const { key } = candidate.marked;
    if (goes) {
      take(stock, candidate, picked);
      const warnings = [...found.map(forced), ...picked.warnings];
      return { key, refusals: [], warnings, ...lotsOf(picked), ...fetched(picking, candidate) };
    }
    // As many as stock allows are whole orders.
    const divided =
      force || asStockAllows ? unsplit : splitAmong({ stock, picker, picking }, candidate, found);
    if (divided.split) {
      const ofPart = picker.pick(divided.part);
      take(stock, divided.part, ofPart, true);
      return {
        key,
        refusals: [],
        warnings: ofPart.warnings,
        split: divided.split,
        ...lotsOf(ofPart),
        ...fetched(picking, divided.part),
      };
    }
    const passedOver = asStockAllows && found.every(({ code }) => code === 'REL-10' || code === 'REL-15');
    const refusals = [...found, ...divided.refusals];
    return { key, refusals, warnings: [], ...(passedOver && { passedOver }), ...lotsOf(picked) };
  });
}

function take(
  stock: ContestedStock,
  { marked, needs, returned }: ReleaseCandidate,
  picked: PickedLots,
  inPart = false,
): void {
  stock.take(marked.key, picked.needs.length === 0 ? needs : [...needs, ...picked.needs], returned, inPart);
}

/** Plans what is fetched for an order that goes, and keeps it from those after it. */
function fetched(picking: PickableStocks | null, { marked: { key }, picks }: ReleaseCandidate) {
  if (picking === null || !picks) return {};
  const plan = picking.plan(key, picks);
  picking.take(key, plan);
  return { picking: plan };
}

const lotsOf = ({ lines }: PickedLots) => (lines.length === 0 ? {} : { lots: lines });

/** What becomes of an order that is judged so. */
export function releaseResult({ refusals, passedOver }: ReleaseDecision): 'released' | 'skipped' | 'refused' {
  if (refusals.length === 0) return 'released';
  return passedOver ? 'skipped' : 'refused';
}

/** How each rule of a release stands for an order by itself; `balances` hold every stock it needs something of. */
export function explainRelease(
  candidate: ReleaseCandidate,
  balances: ReadonlyMap<StockKey, StockBalance>,
  lots = noLots,
  picking: PickableStocks | null = null,
): ExplainedRule[] {
  const { order } = candidate;
  if (order === null) return [];
  const stock = new ContestedStock(balances);
  const picker = new LotPicker(lots, stock);
  const rules = explainRules(releaseRules, {
    candidate,
    order,
    stock,
    picked: picker.pick(candidate),
    picking,
  });
  const found = rules.flatMap(({ refusals }) => refusals);
  const judged = found.length === 0 ? unsplit : splitAmong({ stock, picker, picking }, candidate, found);
  return withSplit(rules, { candidate, found, judged });
}

/** How much of an order that something keeps can go, as the orders before it leave stock. */
function splitAmong(
  {
    stock,
    picker,
    picking,
  }: { readonly stock: ContestedStock; readonly picker: LotPicker; readonly picking: PickableStocks | null },
  candidate: ReleaseCandidate,
  found: readonly Refusal[],
) {
  return splitOf(candidate, found, (part) => refusalsOf(part, stock, picker.pick(part), picking));
}

/** The codes a decision has forced, each once: what the audit trail keeps. */
export function forcedCodes({ warnings }: ReleaseDecision): RefusalCode[] {
  return [...new Set(warnings.map(({ code }) => code))];
}

function refusalsOf(
  candidate: ReleaseCandidate,
  stock: ContestedStock,
  picked: PickedLots,
  picking: PickableStocks | null,
): Refusal[] {
  const { marked, order } = candidate;
  if (order === null) return [unknownOrder(marked)];
  return refusalsBy(releaseRules, { candidate, order, stock, picked, picking });
}

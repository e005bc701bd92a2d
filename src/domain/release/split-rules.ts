import { quantityText, zero } from '../quantity';
import { explainRules, type ExplainedRule, type Rule, type RuleData } from '../rule';
import type { Refusal } from '../refusals';
import type { ReleaseCandidate } from './candidate';
import { lacksStockAlone, type SplitBasis, type SplitJudgement } from './split';

/** An order that something keeps, perhaps, and what a split of it comes to. */
interface SplitSituation {
  readonly candidate: ReleaseCandidate;
  /** What keeps the whole of it. */
  readonly found: readonly Refusal[];
  readonly judged: SplitJudgement;
}

const refusalsOf = (code: Refusal['code'], { judged }: SplitSituation): Refusal[] =>
  judged.split === null ? judged.refusals.filter((why) => why.code === code) : [];

/** What a split looks at; null where the order goes whole, or something else keeps it, or its company splits no orders. */
const basisOf = ({ candidate, found }: SplitSituation): SplitBasis | null =>
  found.length > 0 && lacksStockAlone(found) ? (candidate.split ?? null) : null;

/** All rules of a split, in the order they are asked. */
export const splitRules: readonly Rule<SplitSituation>[] = [
  {
    code: 'SPL-01',
    refusals: (situation) => refusalsOf('SPL-01', situation),
    looksAt: (situation) => {
      const basis = basisOf(situation);
      return basis && usesOf(basis, situation.candidate);
    },
  },
  {
    code: 'SPL-02',
    refusals: (situation) => refusalsOf('SPL-02', situation),
    looksAt: (situation) => {
      const basis = basisOf(situation);
      if (basis === null || refusalsOf('SPL-01', situation).length > 0) return null;
      const quantity = quantityText(situation.judged.split?.quantity ?? zero);
      return [{ quantity, whole: quantityText(situation.candidate.quantity), unit: basis.unit }];
    },
  },
];

/** What refers to the order as a whole. */
function usesOf({ declarations, picked }: SplitBasis, { produced }: ReleaseCandidate): RuleData[] {
  return [
    ...(declarations.length > 0 ? [{ declarations: declarations.join(', '), context: 'declared' }] : []),
    ...(produced.gt(zero) ? [{ produced: quantityText(produced), context: 'produced' }] : []),
    ...picked.map(({ item, quantity, unit }) => ({ item, quantity: quantityText(quantity), unit })),
  ];
}

/**
 * How the rules of a release stand for an order together with those of a split. What stock lacks only warns where a part goes.
 *
 * @param rules those of the release for the whole of it
 */
export function withSplit(rules: readonly ExplainedRule[], situation: SplitSituation): ExplainedRule[] {
  const goesInPart = situation.judged.split !== null;
  const told = rules.map((rule): ExplainedRule =>
    goesInPart && rule.verdict === 'refused' ? { ...rule, verdict: 'warned' } : rule,
  );
  return [...told, ...explainRules(splitRules, situation)];
}

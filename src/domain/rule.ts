import type { Refusal, RefusalCode } from './refusals';

/** What a rule looked at, as the params of its text `explain.<code>.data`; `context` names a case with a text of its own. */
export type RuleData = Readonly<Record<string, string>>;

/**
 * A rule over a situation. Deciding and explaining read the very same list of rules, so that neither can say what the other does not
 * know.
 */
export interface Rule<Situation> {
  readonly code: RefusalCode;
  /** What it says no to, or warns of; nothing where all is well. */
  readonly refusals: (situation: Situation) => Refusal[];
  /** What it looks at, a line each; null where it does not apply, and then it refuses nothing. */
  readonly looksAt: (situation: Situation) => readonly RuleData[] | null;
}

export const verdicts = ['pass', 'refused', 'warned', 'notApplicable'] as const;
export type Verdict = (typeof verdicts)[number];

/** A rule as it stands for one order. */
export interface ExplainedRule {
  readonly code: RefusalCode;
  readonly verdict: Verdict;
  /** What it looked at; nothing where it does not apply. */
  readonly data: readonly RuleData[];
  readonly refusals: readonly Refusal[];
}

/** Everything these rules say no to. Asked of thousands of orders, of most of which nothing is said: nothing is made for those. */
export function refusalsBy<Situation>(rules: readonly Rule<Situation>[], situation: Situation): Refusal[] {
  const all: Refusal[] = [];
  for (const { refusals } of rules) for (const refusal of refusals(situation)) all.push(refusal);
  return all;
}

/** What each of these rules says of a situation. `warning` rules keep nobody from anything. */
export function explainRules<Situation>(
  rules: readonly Rule<Situation>[],
  situation: Situation,
  warning = false,
): ExplainedRule[] {
  return rules.map(({ code, refusals, looksAt }) => {
    const data = looksAt(situation);
    if (data === null) return { code, verdict: 'notApplicable', data: [], refusals: [] };
    const found = refusals(situation);
    const says = warning ? 'warned' : 'refused';
    return { code, verdict: found.length > 0 ? says : 'pass', data, refusals: found };
  });
}

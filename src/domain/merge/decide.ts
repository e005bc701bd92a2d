import { staleVersion, unknownOrder, type Candidate } from '../header-rules';
import type { Hold, OrderHeader, OrderKey } from '../order';
import { quantityText, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { explainRules, type ExplainedRule, type Rule } from '../rule';
import { transitions } from '../transitions';

/** One of the two orders that a split made of one. */
export interface SplitHalf extends OrderHeader {
  readonly hold: Hold | null;
  /** It is made of what the split left it with, and nothing has been produced of it. */
  readonly asLeft: boolean;
  /** The rest of a later split of it that nobody has merged; null where there is none. */
  readonly splitAgain: OrderKey | null;
}

/** A split that nobody has merged. */
export interface OpenSplit {
  readonly first: SplitHalf;
  readonly rest: SplitHalf;
  /** What both make together. */
  readonly whole: Quantity;
  readonly unit: string;
}

export interface MergeCandidate extends Candidate {
  /** The last split that the order was part of; null where there is none to merge. */
  readonly split: OpenSplit | null;
}

export interface MergeDecision {
  readonly key: OrderKey;
  /** Empty: both are one order again. */
  readonly refusals: readonly Refusal[];
  /** SPL-09: what has become of them. */
  readonly warnings: readonly Refusal[];
  /** Null when it is refused. */
  readonly split: OpenSplit | null;
}

/**
 * Judges which split orders are put together again: either of the two stands for both. Every refusal is returned. A split that an order
 * before in the list has merged is none any more. Rules: ORD-01, SPL-05 to SPL-08. Source: none in the ERPs, which leave a split as it is.
 */
export function decideMerge(candidates: readonly MergeCandidate[]): MergeDecision[] {
  const merged = new Set<OrderKey>();
  return candidates.map(({ marked, order, split }) => {
    const { key } = marked;
    const open = split && !merged.has(split.rest.key) ? split : null;
    const refusals = order === null ? [unknownOrder(marked)] : refusalsOf({ marked, order, split: open });
    if (refusals.length > 0 || open === null) return { key, refusals, warnings: [], split: null };
    merged.add(open.rest.key);
    const params = { order: open.first.key, restOrder: open.rest.key };
    const made = { whole: quantityText(open.whole), unit: open.unit };
    return { key, refusals, warnings: [refusal('SPL-09', { ...params, ...made })], split: open };
  });
}

function refusalsOf(situation: MergeSituation): Refusal[] {
  return mergeRules.flatMap(({ refusals }) => refusals(situation));
}

/** How each rule of a merge stands for an order. */
export function explainMerge({ marked, order, split }: MergeCandidate): ExplainedRule[] {
  return order === null ? [] : explainRules(mergeRules, { marked, order, split });
}

/** An order that exists. */
interface MergeSituation {
  readonly marked: Candidate['marked'];
  readonly order: OrderHeader;
  readonly split: OpenSplit | null;
}

const halvesOf = ({ split }: MergeSituation): SplitHalf[] => (split ? [split.first, split.rest] : []);
const isLaunched = ({ state }: OrderHeader) => state === transitions.merge.from;

/** All rules of a merge, in the order they are told. */
export const mergeRules: readonly Rule<MergeSituation>[] = [
  {
    code: 'SPL-05',
    refusals: ({ order, split }) => (split === null ? [refusal('SPL-05', { order: order.key })] : []),
    looksAt: ({ split }) =>
      split === null
        ? []
        : [
            {
              ...{ order: split.first.key, restOrder: split.rest.key },
              ...{ whole: quantityText(split.whole), unit: split.unit },
            },
          ],
  },
  {
    code: 'SPL-06',
    refusals: (situation) => [
      ...halvesOf(situation).flatMap(atWork),
      ...(situation.split ? held(situation.split.rest) : []),
    ],
    looksAt: (situation) =>
      situation.split && halvesOf(situation).map(({ key, state }) => ({ order: key, state })),
  },
  {
    code: 'SPL-07',
    refusals: (situation) => halvesOf(situation).filter(isLaunched).flatMap(changedSince),
    looksAt: (situation) => {
      const halves = halvesOf(situation).filter(isLaunched);
      return halves.length === 0 ? null : halves.map(({ key }) => ({ order: key }));
    },
  },
  {
    code: 'SPL-08',
    refusals: ({ marked, order }) => staleVersion('SPL-08', marked, order),
    looksAt: ({ marked, order }) => [{ version: String(order.version), marked: String(marked.version) }],
  },
];

/** SPL-06: nothing is at work on either. */
function atWork(half: SplitHalf): Refusal[] {
  if (isLaunched(half)) return [];
  const { key, state } = half;
  const over = state !== transitions.restore.from && { context: 'over' };
  return [refusal('SPL-06', { order: key, state, ...over })];
}

/** SPL-07: together they are what the order was before. */
function changedSince({ key, asLeft, splitAgain }: SplitHalf): Refusal[] {
  if (splitAgain !== null)
    return [refusal('SPL-07', { order: key, restOrder: splitAgain, context: 'split' })];
  return asLeft ? [] : [refusal('SPL-07', { order: key })];
}

/** SPL-06: a hold would be lost with the order. */
function held({ key, hold }: SplitHalf): Refusal[] {
  if (hold === null) return [];
  return [
    refusal('SPL-06', { order: key, reason: hold.reason, user: hold.by, at: hold.at, context: 'held' }),
  ];
}

import type { ClosedDay } from '../closed-period';
import { staleVersion, unknownOrder, type Candidate } from '../header-rules';
import type { OrderHeader, OrderKey } from '../order';
import { quantityText, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { explainRules, refusalsBy, type ExplainedRule, type Rule, type RuleData } from '../rule';
import { transitions } from '../transitions';
import type { WorkState } from '../work/work';

/** A stock record of the order that lies in a closed period. */
export interface ClosedRecord extends ClosedDay {
  readonly record: number;
}

/** A split that the order was part of and that nobody has merged yet. */
export interface SplitTold {
  /** The other one. */
  readonly order: OrderKey;
  /** Whether the order itself is what was left. */
  readonly isRest: boolean;
  readonly rest: Quantity;
  readonly unit: string;
}

export interface RestoreCandidate extends Candidate {
  /** Numbers of the order's declarations, registered or not: an opened one counts as started. */
  readonly declarations: readonly number[];
  /** Whether there is anything a restore takes back. */
  readonly hasMovements: boolean;
  /** Whether it became executive by a release: one without automatic materials leaves no movements either. */
  readonly released: boolean;
  readonly closedRecords: readonly ClosedRecord[];
  readonly splits?: readonly SplitTold[];
  /** Its picking work that was not cancelled; left out where it has none. */
  readonly work?: readonly WorkDone[];
  /** What is picked for it, beside what lay at the input location when it was released; left out where nothing is. */
  readonly picked?: readonly PickedFor[];
}

/** Picking work as far as a restore goes. */
export interface WorkDone {
  readonly number: number;
  readonly state: WorkState;
}

export interface PickedFor {
  /** Of the material. */
  readonly line: number;
  readonly item: string;
  readonly unit: string;
  readonly quantity: Quantity;
  /** The picking work that picked it; null: another system did. */
  readonly work: number | null;
}

export interface RestoreDecision {
  readonly key: OrderKey;
  /** Empty: the order is restored. */
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Refusal[];
}

/**
 * Judges which orders go back to launched. Every refusal of an order is returned. A restore takes back what was in fact
 * posted and computes nothing again, so an order that became executive by another road is restored with a warning.
 * Rules: ORD-01, RES-01 to RES-08. Source: Fluentis, production orders release (restoration).
 */
export function decideRestore(candidates: readonly RestoreCandidate[]): RestoreDecision[] {
  return candidates.map((candidate) => {
    const refusals = refusalsOf(candidate);
    const { order, marked } = candidate;
    const goes = order !== null && refusals.length === 0;
    return {
      key: marked.key,
      refusals,
      warnings: [
        ...(goes ? withoutMovements.refusals({ candidate, order }) : []),
        ...(goes ? (candidate.splits ?? []).map(toldOf) : []),
        ...(goes ? (candidate.work ?? []).map(cancelled) : []),
      ],
    };
  });
}

/** SPL-04: a restore leaves a split as it is. Source: Fluentis, division of orders: nothing joins them again by itself. */
function toldOf({ order, isRest, rest, unit }: SplitTold): Refusal {
  return isRest
    ? refusal('SPL-04', { order, context: 'rest' })
    : refusal('SPL-04', { restOrder: order, rest: quantityText(rest), unit });
}

/** RES-06: nobody has begun open work, so the restore ends it. */
const cancelled = ({ number }: WorkDone) => refusal('RES-06', { work: String(number), context: 'cancelled' });

/** RES-04: what was picked lies beside the machines; whoever picked it takes it back. */
function pickedFor({ key }: OrderHeader, { line, item, unit, quantity, work }: PickedFor): Refusal {
  const params = { order: key, line: String(line), item, unit, quantity: quantityText(quantity) };
  return refusal('RES-04', work === null ? params : { ...params, work: String(work), context: 'work' });
}

/** RES-06: somebody is at it, or has done it. */
function begun({ number, state }: WorkDone): Refusal[] {
  return state === 'open' ? [] : [refusal('RES-06', { work: String(number), workState: state })];
}

function refusalsOf(candidate: RestoreCandidate): Refusal[] {
  const { marked, order } = candidate;
  if (order === null) return [unknownOrder(marked)];
  return refusalsBy(restoreRules, { candidate, order });
}

/** How each rule of a restore stands for an order. */
export function explainRestore(candidate: RestoreCandidate): ExplainedRule[] {
  const { order } = candidate;
  if (order === null) return [];
  const situation = { candidate, order };
  return [...explainRules(restoreRules, situation), ...explainRules([withoutMovements], situation, true)];
}

/** An order that exists. */
interface RestoreSituation {
  readonly candidate: RestoreCandidate;
  readonly order: OrderHeader;
}
type RestoreRule = Rule<RestoreSituation>;

/** All rules of a restore, in the order they are told. */
const restoreRules: readonly RestoreRule[] = [
  {
    code: 'RES-03',
    refusals: ({ order: { key, state } }) =>
      state === 'fulfilled' ? [refusal('RES-03', { order: key })] : [],
    looksAt: ({ order: { state } }) =>
      state === 'fulfilled' || state === transitions.restore.from ? [{ state }] : null,
  },
  {
    code: 'RES-01',
    refusals: ({ order: { key, state } }) =>
      state === 'fulfilled' || state === transitions.restore.from
        ? []
        : [refusal('RES-01', { order: key, state })],
    looksAt: ({ order: { state } }) => (state === 'fulfilled' ? null : [{ state }]),
  },
  {
    code: 'RES-02',
    refusals: ({ candidate: { declarations }, order: { key } }) => {
      if (declarations.length === 0) return [];
      const several = declarations.length > 1 && { context: 'several' };
      return [refusal('RES-02', { order: key, declarations: declarations.join(', '), ...several })];
    },
    looksAt: ({ candidate: { declarations } }) =>
      declarations.length === 0 ? [] : [{ declarations: declarations.join(', ') }],
  },
  {
    code: 'RES-05',
    refusals: ({ candidate: { closedRecords }, order: { key } }) =>
      closedRecords.map((record) => refusal('RES-05', { order: key, ...closedRecord(record) })),
    looksAt: ({ candidate: { hasMovements, closedRecords } }) =>
      hasMovements ? closedRecords.map(closedRecord) : null,
  },
  {
    code: 'RES-04',
    refusals: ({ candidate: { picked = [] }, order }) => picked.map((each) => pickedFor(order, each)),
    looksAt: ({ candidate: { picked = [] } }) =>
      picked.map(({ line, item, unit, quantity }) => ({
        ...{ line: String(line), item, unit },
        quantity: quantityText(quantity),
      })),
  },
  {
    code: 'RES-06',
    refusals: ({ candidate: { work = [] } }) => work.flatMap(begun),
    looksAt: ({ candidate: { work = [] } }) => work.map(({ number }) => ({ work: String(number) })),
  },
  {
    code: 'RES-07',
    refusals: ({ candidate: { marked }, order }) => staleVersion('RES-07', marked, order),
    looksAt: ({ candidate: { marked }, order }) => [
      { version: String(order.version), marked: String(marked.version) },
    ],
  },
];

function closedRecord({ warehouse, record, day, from, to }: ClosedRecord): RuleData {
  return { warehouse, record: String(record), date: day, from, to };
}

/** RES-08: an order that became executive by another road has nothing to take back. */
const withoutMovements: RestoreRule = {
  code: 'RES-08',
  refusals: ({ candidate: { hasMovements, released }, order: { key } }) =>
    hasMovements || released ? [] : [refusal('RES-08', { order: key })],
  looksAt: ({ candidate: { released }, order: { state } }) =>
    state === transitions.restore.from ? [{ context: released ? 'released' : 'direct' }] : null,
};

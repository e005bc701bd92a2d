import { staleVersion } from '../header-rules';
import type { OrderHeader } from '../order';
import { quantityText } from '../quantity';
import type { Refusal } from '../refusals';
import type { Rule, RuleData } from '../rule';
import { transitions } from '../transitions';
import type { ReleaseCandidate } from './candidate';
import {
  blockedItem,
  closedWarehouses,
  incomplete,
  nothingToProduce,
  onHold,
  unresolvedMaterials,
  wrongState,
} from './order-rules';
import type { PickedLots } from './lots';
import { withoutReason, type PickableStocks } from '../work/plan';
import type { ContestedStock } from './stock';

/** An order that exists, when its turn comes. */
export interface ReleaseSituation {
  readonly candidate: ReleaseCandidate;
  readonly order: OrderHeader;
  /** As the orders before it leave it. */
  readonly stock: ContestedStock;
  /** The lots it would be given then. */
  readonly picked: PickedLots;
  /** What its warehouse fetches from; null where a release makes no picking work. */
  readonly picking: PickableStocks | null;
}

type ReleaseRule = Rule<ReleaseSituation>;

const launched = ({ order }: ReleaseSituation) => order.state === transitions.release.from;

/** A rule about what a release would do: of an order that is not launched it would only mislead. */
function ofLaunched({ code, refusals, looksAt }: ReleaseRule): ReleaseRule {
  return {
    code,
    refusals: (situation) => (launched(situation) ? refusals(situation) : []),
    looksAt: (situation) => (launched(situation) ? looksAt(situation) : null),
  };
}

/** A rule that looks at one order alone. */
function ofOrder(
  code: ReleaseRule['code'],
  refusals: (candidate: ReleaseCandidate) => Refusal[],
  looksAt: (candidate: ReleaseCandidate) => readonly RuleData[] | null,
): ReleaseRule {
  return ofLaunched({
    code,
    refusals: ({ candidate }) => refusals(candidate),
    looksAt: ({ candidate }) => looksAt(candidate),
  });
}

/** All rules of a release, in the order they are told. */
export const releaseRules: readonly ReleaseRule[] = [
  {
    code: 'REL-01',
    refusals: (situation) => (launched(situation) ? [] : [wrongState(situation.order)]),
    looksAt: ({ order }) => [{ state: order.state }],
  },
  {
    code: 'REL-03',
    refusals: ({ candidate: { marked }, order }) => staleVersion('REL-03', marked, order),
    looksAt: ({ candidate: { marked }, order }) => [
      { version: String(order.version), marked: String(marked.version) },
    ],
  },
  ofOrder('REL-17', onHold, ({ hold }) =>
    hold === null ? [] : [{ reason: hold.reason, user: hold.by, at: hold.at }],
  ),
  ofOrder('REL-05', nothingToProduce, ({ quantity, produced }) => [
    { quantity: quantityText(quantity), produced: quantityText(produced) },
  ]),
  ofOrder('REL-06', blockedItem, ({ item }) => [{ item }]),
  ofOrder('REL-07', incomplete, ({ lacksMaterials, lacksOperations, item }) => [
    { context: lacksMaterials ? 'noMaterials' : 'materials' },
    { item, context: lacksOperations ? 'noOperations' : 'operations' },
  ]),
  ofOrder(
    'REL-08',
    (candidate) => [
      ...unresolvedMaterials(candidate),
      ...withoutReason(candidate.marked.key, candidate.picks ?? []),
    ],
    ({ unresolved }) => unresolved.map(({ line, item }) => ({ line: String(line), item })),
  ),
  ofLaunched({
    code: 'REL-09',
    refusals: ({ picked }) => [...picked.missing],
    looksAt: ({ candidate: { lotNeeds = [], chosenLots = [] } }) => {
      const lines = lotNeeds.map(({ line, item }) => ({ line: String(line), item }));
      return lines.length + chosenLots.length === 0 ? null : lines;
    },
  }),
  ofLaunched({
    code: 'REL-10',
    refusals: ({ candidate: { marked, needs, returned }, stock, picked }) => [
      ...stock.shortages(marked.key, needs, returned),
      ...picked.shortages,
    ],
    looksAt: ({ candidate: { marked, needs, returned }, stock, picked }) => {
      const found = stock.lookedAt(marked.key, [...needs, ...picked.needs], returned);
      return found.length === 0 ? null : found;
    },
  }),
  ofLaunched({
    code: 'REL-15',
    refusals: ({ candidate: { marked, picks = [] }, picking }) =>
      // Nothing is planned twice where no plan keeps the order.
      picking?.policy === 'full' ? picking.refusals(marked.key, picking.plan(marked.key, picks)) : [],
    looksAt: ({ candidate: { marked, picks = [] }, picking }) =>
      picking === null || picking.policy !== 'full' || picks.length === 0
        ? null
        : picking.lookedAt(marked.key, picks),
  }),
  ofOrder('REL-11', closedWarehouses, ({ closed }) =>
    closed.map(({ warehouse, day, from, to }) => ({ warehouse, date: day, from, to })),
  ),
];

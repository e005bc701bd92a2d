import { staleVersion, unknownOrder } from '../header-rules';
import type { OrderKey } from '../order';
import { forced, type Refusal, type RefusalCode } from '../refusals';
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
import { ContestedStock, type StockBalance, type StockKey } from './stock';

export interface ReleaseDecision {
  readonly key: OrderKey;
  /** Empty: the order is released. */
  readonly refusals: readonly Refusal[];
  /** What was forced. */
  readonly warnings: readonly Refusal[];
}

/**
 * Judges orders in sequence: each one against the stock that the released ones before it have left over. Every refusal of
 * an order is returned, not only the first. A refused order consumes nothing, so a later one that fits still goes. With
 * `force` an order goes in spite of refusals that may be forced; they become warnings. As long as anything else keeps it, all
 * of them stay refusals. `balances` hold the stocks that can leave anybody short.
 * Rules: ORD-01, REL-01, REL-03, REL-05 to REL-08, REL-10, REL-11, REL-17. REL-02 is the replay of a run, REL-04 waits for
 * orders that can be open in two places. Source: Fluentis, production orders release and warehouse parameters.
 */
export function decideRelease(
  candidates: readonly ReleaseCandidate[],
  balances: ReadonlyMap<StockKey, StockBalance>,
  force = false,
): ReleaseDecision[] {
  const stock = new ContestedStock(balances);
  return candidates.map((candidate) => {
    const found = refusalsOf(candidate, stock);
    const goes = found.length === 0 || (force && found.every((why) => why.forceable === true));
    const { key } = candidate.marked;
    if (!goes) return { key, refusals: found, warnings: [] };
    stock.take(key, candidate.needs, candidate.returned);
    return { key, refusals: [], warnings: found.map(forced) };
  });
}

/** The codes a decision has forced, each once: what the audit trail keeps. */
export function forcedCodes({ warnings }: ReleaseDecision): RefusalCode[] {
  return [...new Set(warnings.map(({ code }) => code))];
}

function refusalsOf(candidate: ReleaseCandidate, stock: ContestedStock): Refusal[] {
  const { marked, order } = candidate;
  if (order === null) return [unknownOrder(marked)];
  const stale = staleVersion('REL-03', marked, order);
  // Its materials are withdrawn already or never will be: judging them would only mislead.
  if (order.state !== transitions.release.from) return [wrongState(order), ...stale];
  return [
    ...stale,
    ...onHold(candidate),
    ...nothingToProduce(candidate),
    ...blockedItem(candidate),
    ...incomplete(candidate),
    ...unresolvedMaterials(candidate),
    ...stock.shortages(order.key, candidate.needs, candidate.returned),
    ...closedWarehouses(candidate),
  ];
}

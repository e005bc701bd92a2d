import { staleVersion, unknownOrder, type Candidate } from '../header-rules';
import type { Hold, OrderKey } from '../order';
import { refusal, type Refusal } from '../refusals';
import { transitions } from '../transitions';

export interface HoldCandidate extends Candidate {
  readonly hold: Hold | null;
}

export interface HoldDecision {
  readonly key: OrderKey;
  /** Empty: the hold is put on or lifted. */
  readonly refusals: readonly Refusal[];
}

/**
 * Judges which orders are put on hold or have their hold lifted. A hold keeps an order from being released, so only launched
 * orders are held; lifted is a hold wherever it is found. Every refusal of an order is returned.
 * Rules: ORD-01, HLD-01 to HLD-04.
 */
export function decideHold(command: 'hold' | 'lift', candidates: readonly HoldCandidate[]): HoldDecision[] {
  const rules = command === 'hold' ? againstHolding : againstLifting;
  return candidates.map((candidate) => {
    const { marked, order } = candidate;
    const refusals =
      order === null
        ? [unknownOrder(marked)]
        : [...rules({ ...candidate, order }), ...staleVersion('HLD-04', marked, order)];
    return { key: marked.key, refusals };
  });
}

type KnownCandidate = HoldCandidate & { readonly order: NonNullable<HoldCandidate['order']> };

/** HLD-03: only launched orders are held. HLD-01: a hold is not written over by another one. */
function againstHolding({ order, hold }: KnownCandidate): Refusal[] {
  const { key, state } = order;
  if (state !== transitions.release.from) return [refusal('HLD-03', { order: key, state })];
  if (hold === null) return [];
  return [refusal('HLD-01', { order: key, reason: hold.reason, user: hold.by, at: hold.at })];
}

/** HLD-02: there must be a hold to lift. */
function againstLifting({ order, hold }: KnownCandidate): Refusal[] {
  return hold === null ? [refusal('HLD-02', { order: order.key })] : [];
}

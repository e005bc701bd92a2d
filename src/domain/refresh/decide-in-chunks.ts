import { roundToBook } from '../quantity';
import type { RefreshCandidate } from './candidate';
import { decideRefresh, isLimited, type RefreshDecision, type RefreshFacts } from './decide';
import { isOver } from './guards';
import type { RefreshOptions } from './options';
import type { CapacityNeed } from './order-content';
import { plantOf } from './plant';

/**
 * Judges orders as {@link decideRefresh} does, one chunk after the other: each chunk finds what the chunks before leave booked on
 * constrained centres and what those after have booked now. So a preview foretells a run that goes chunk by chunk, where the orders of later
 * chunks have given nothing back yet. `chunkSize` is at least 1, and may be Infinity; with all orders in one chunk it is decideRefresh itself.
 */
export function decideInChunks(
  candidates: readonly RefreshCandidate[],
  facts: RefreshFacts,
  options: RefreshOptions,
  chunkSize: number,
): RefreshDecision[] {
  if (candidates.length <= chunkSize) return decideRefresh(candidates, facts, options);
  const plant = plantOf(facts.masters, facts.hours);
  const limited = (needs: readonly CapacityNeed[]) => needs.filter((need) => isLimited(plant, need));
  const taken = candidates.map(({ order, present }) =>
    order && !isOver(order) ? limited(present.needs) : [],
  );
  const decisions: RefreshDecision[] = [];
  for (let from = 0; from < candidates.length; from += chunkSize) {
    const to = from + chunkSize;
    const others = [...taken.slice(0, from), ...taken.slice(to)].flat();
    const booked = [...facts.booked, ...others];
    for (const decision of decideRefresh(candidates.slice(from, to), { ...facts, booked }, options)) {
      if (decision.content) taken[decisions.length] = limited(decision.content.needs).map(asStored);
      decisions.push(decision);
    }
  }
  return decisions;
}

/** As the chunks after it read it from the book. */
function asStored(need: CapacityNeed): CapacityNeed {
  return { ...need, capacities: roundToBook(need.capacities), minutes: roundToBook(need.minutes) };
}

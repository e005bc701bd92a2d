import type { CalendarDate } from '../calendar';
import type { OrderKey } from '../order';
import { refusal, type Refusal } from '../refusals';
import { calculateOrder } from './calculate-order';
import type { RefreshCandidate } from './candidate';
import { bookingOf } from './capacity-needs';
import { isOver, refusalsBefore, routingChanged } from './guards';
import {
  inboundRequest,
  requestWithdrawn,
  type InboundRequest,
  type NoRequestReason,
} from './inbound-request';
import type { MasterData } from './master-data';
import { missingWithLines, type RefreshOptions } from './options';
import type { CapacityNeed, OrderContent } from './order-content';
import { startsInPast, todayIn, type Today } from './past-start';
import { plantOf, type Plant, type PlantHours } from './plant';

export interface RefreshDecision {
  readonly key: OrderKey;
  /** `skipped`: there is nothing to refresh in this order any more (REF-01). */
  readonly result: 'refreshed' | 'skipped' | 'refused';
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Refusal[];
  /** What the order is made of from now on; null when it is not refreshed. */
  readonly content: OrderContent | null;
  /** Null when it is not refreshed. */
  readonly inbound: InboundRequest | NoRequestReason | null;
}

/** What all orders of a batch are judged by. */
export interface RefreshFacts {
  readonly masters: MasterData;
  readonly hours: PlantHours;
  /** What orders outside of the batch have booked on constrained centres. */
  readonly booked: readonly CapacityNeed[];
  /** The day it is in the plant. */
  readonly today: CalendarDate;
}

/**
 * Judges orders in sequence and calculates each one anew. Constrained centres are given out in that sequence: an order takes what those
 * outside of the batch, those before it and those that are not refreshed leave. Orders to be refreshed give back what they have booked
 * before the first of them is scheduled, so that refreshing twice changes nothing. Every refusal of an order is returned.
 * An executive order with
 * entries is refused (REF-08), or judged as the launched order that its restore would make of it, the restore's guards first. Rules: ORD-01, REF-01 to
 * REF-13, REF-15, REF-17 to REF-19; RES-02, RES-05. Source: Business Central, refresh production order.
 * Throws a RangeError for options that contradict each other: edges check with {@link missingWithLines} first.
 */
export function decideRefresh(
  candidates: readonly RefreshCandidate[],
  facts: RefreshFacts,
  options: RefreshOptions,
): RefreshDecision[] {
  const missing = missingWithLines(options.calculate);
  if (missing.length > 0) throw new RangeError(`Lines are calculated without ${missing.join(', ')}`);
  const today = todayIn(facts.hours, facts.today);
  let staying = new Set<RefreshCandidate>();
  // Who turns out to stay keeps its bookings: then the others are scheduled around them.
  for (;;) {
    const plant = plantOf(facts.masters, facts.hours);
    bookAll(plant, facts.booked);
    const guarded = candidates.map((candidate) => refusalsBefore(candidate, facts.masters, options));
    const stays = (candidate: RefreshCandidate, place: number) =>
      staying.has(candidate) || (guarded[place]?.length ?? 0) > 0;
    for (const [place, candidate] of candidates.entries())
      if (stays(candidate, place)) bookAll(plant, candidate.present.needs);
    const decisions = candidates.map((candidate, place) =>
      decide(plant, candidate, guarded[place] ?? [], options, today),
    );
    const surprises = candidates.filter(
      (candidate, place) =>
        !stays(candidate, place) &&
        decisions[place]?.result === 'refused' &&
        candidate.present.needs.some((need) => isLimited(plant, need)),
    );
    if (surprises.length === 0) return decisions;
    staying = new Set([...staying, ...surprises]);
  }
}

function bookAll({ book, centre }: Plant, needs: readonly CapacityNeed[]): void {
  for (const need of needs) book.book(bookingOf(centre, need));
}

/** Whether it is on a constrained centre. */
export function isLimited({ centre }: Plant, { workCentre, machine }: CapacityNeed): boolean {
  return centre(workCentre, machine).limits.length > 0;
}

function decide(
  plant: Plant,
  candidate: RefreshCandidate,
  guarded: readonly Refusal[],
  options: RefreshOptions,
  today: Today,
): RefreshDecision {
  const { marked, order } = candidate;
  const { key } = marked;
  const none = { key, warnings: [], content: null, inbound: null } as const;
  if (order === null || isOver(order))
    return { ...none, result: guarded[0]?.code === 'REF-01' ? 'skipped' : 'refused', refusals: guarded };
  const before = plant.book.mark;
  const { content, refusals } = calculable(guarded)
    ? calculateOrder(plant, candidate, options)
    : { content: null, refusals: [] };
  const all = inOrder([
    ...guarded,
    ...refusals.map(({ code, params }) => refusal(code, { order: key, ...params })),
  ]);
  if (content === null || all.length > 0) {
    plant.book.takeBackTo(before);
    return { ...none, result: 'refused', refusals: all };
  }
  const inbound = inboundRequest(candidate, plant.masters, options.inboundRequest);
  return {
    ...{ key, result: 'refreshed', refusals: [], content, inbound },
    warnings: [
      ...routingChanged(candidate, plant.masters, options),
      ...requestWithdrawn(candidate, inbound, options),
      ...(content === candidate.present ? [] : startsInPast(key, content, options.direction, today)),
    ],
  };
}

/** Without item, date or quantity there is nothing to calculate, and what one would find would only mislead. */
function calculable(refusals: readonly Refusal[]): boolean {
  return !refusals.some(({ code }) => code === 'REF-02' || code === 'REF-07' || code === 'REF-10');
}

/** The rules' own order: a restore's, a refresh's, a release's; what an order lacks before what its master data lack. */
function inOrder(refusals: readonly Refusal[]): Refusal[] {
  const place = ({ code }: Refusal) => ['RES', 'ORD', 'REF', 'REL'].indexOf(code.slice(0, 3));
  return refusals.toSorted((a, b) => place(a) - place(b) || (a.code < b.code ? -1 : Number(a.code > b.code)));
}

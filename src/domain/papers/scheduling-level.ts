import type { Instant } from '../calendar';
import type { OrderKey } from '../order';
import { refusal, type Refusal } from '../refusals';
import type { PaperKind } from './paper';

/** How far an order is scheduled: not at all, its operations to the day, or their jobs to the minute. */
export const schedulingLevels = ['none', 'operation', 'job'] as const;
export type SchedulingLevel = (typeof schedulingLevels)[number];

interface Scheduled {
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
}

/**
 * Jobs are made of operations that have times: a refresh gives them. One operation without leaves the whole order at the level of
 * operations, for a card that lacks it would be taken for all there is to do.
 */
export function schedulingLevel(operations: readonly Scheduled[]): SchedulingLevel {
  if (operations.length === 0) return 'none';
  const timed = operations.every(({ startsAt, endsAt }) => startsAt !== null && endsAt !== null);
  return timed ? 'job' : 'operation';
}

const needs = {
  jobCard: 'job',
  routeJobs: 'job',
  routeCard: 'operation',
} as const satisfies Record<PaperKind, SchedulingLevel>;

/** Whether an order scheduled so far can have this paper. Source: Dynamics 365, release a production order. */
export function canHave(kind: PaperKind, level: SchedulingLevel): boolean {
  return schedulingLevels.indexOf(level) >= schedulingLevels.indexOf(needs[kind]);
}

/** REL-16, one for each of the papers that was asked for and cannot be made. A release goes on without them. */
export function papersLeftOut(
  order: OrderKey,
  asked: readonly PaperKind[],
  level: SchedulingLevel,
): Refusal[] {
  return asked
    .filter((kind) => !canHave(kind, level))
    .map((kind) => refusal('REL-16', { order, context: kind }));
}

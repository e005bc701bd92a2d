import { instantAt, millisecondsOf, type Instant } from '../calendar';
import { groupBy } from '../group-by';
import { quantity, type Quantity } from '../quantity';
import type { Duration, TimeUnit } from '../refresh/master-data';
import { operationSequence } from '../refresh/operation-sequence';
import type { PaperOperation } from './paper';

/** Source: Dynamics 365, job types. */
export const jobTypes = ['queueBefore', 'setup', 'process', 'queueAfter', 'transport'] as const;
export type JobType = (typeof jobTypes)[number];

/** A part of a scheduled operation. */
export interface Job {
  readonly operation: PaperOperation;
  readonly type: JobType;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** What is worked or waited: breaks and nights in between do not count. */
  readonly hours: Quantity;
}

/** Somebody does it: it has a card. Work only lies and waits in the other jobs. */
export function isDone({ type }: Job): boolean {
  return type === 'setup' || type === 'process' || type === 'transport';
}

/**
 * The jobs of operations that all have times, in the sequence in which they are worked. An operation starts when it has queued and ends
 * when it has waited and been moved, so its queue lies before it, from the end of what came before; its work is what it takes of the
 * centre's time.
 */
export function jobsOf(operations: readonly PaperOperation[]): Job[] {
  return [...groupBy(operations, ({ orderLine }) => orderLine).values()].flatMap((ofLine) => {
    const sequence = operationSequence(ofLine);
    if ('broken' in sequence) return ofLine.flatMap((operation) => jobsOfOperation(operation, []));
    return sequence.forward.flatMap((each) => jobsOfOperation(each, sequence.before(each.operation)));
  });
}

function jobsOfOperation(operation: PaperOperation, before: readonly PaperOperation[]): Job[] {
  const { startsAt, endsAt, work, queue, wait, move } = operation;
  if (startsAt === null || endsAt === null) throw new RangeError('Only scheduled operations have jobs');
  const job = (type: JobType, from: Instant, to: Instant, hours: Quantity): Job[] =>
    hours.isZero() ? [] : [{ operation, type, startsAt: from, endsAt: to, hours }];
  const arrived = latest(before.flatMap((each) => each.endsAt ?? []));
  const setup = work.filter(({ kind }) => kind === 'setup');
  const run = work.filter(({ kind }) => kind === 'run');
  const done = latest(work.map((piece) => piece.endsAt)) ?? startsAt;
  // Waiting goes on by day and by night, moving only while the centre works.
  const waited = instantAt(Math.min(millisecondsOf(done) + milliseconds(wait), millisecondsOf(endsAt)));
  return [
    ...(arrived === undefined || arrived > startsAt
      ? []
      : job('queueBefore', arrived, startsAt, hoursOf(queue))),
    ...job('setup', earliest(setup) ?? startsAt, latestEnd(setup) ?? startsAt, worked(setup)),
    ...job('process', earliest(run) ?? startsAt, latestEnd(run) ?? startsAt, worked(run)),
    ...job('queueAfter', done, waited, hoursOf(wait)),
    ...job('transport', waited, endsAt, hoursOf(move)),
  ];
}

const latest = (times: readonly Instant[]) => times.toSorted().at(-1);
const latestEnd = (work: PaperOperation['work']) => latest(work.map(({ endsAt }) => endsAt));
const earliest = (work: PaperOperation['work']) => work.map(({ startsAt }) => startsAt).toSorted()[0];

const secondsIn: Readonly<Record<TimeUnit, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
const milliseconds = ({ time, unit }: Duration) => time.times(secondsIn[unit] * 1000).toNumber();

/** A duration in hours, to a hundredth of a minute: what a card shows. */
export function hoursOf({ time, unit }: Duration): Quantity {
  return time.times(secondsIn[unit]).div(3600).toDecimalPlaces(4);
}

function worked(work: PaperOperation['work']): Quantity {
  const spent = work.reduce(
    (sum, { startsAt, endsAt }) => sum + millisecondsOf(endsAt) - millisecondsOf(startsAt),
    0,
  );
  return quantity(String(spent)).div(3_600_000).toDecimalPlaces(4);
}

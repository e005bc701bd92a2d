import { HORIZON_DAYS } from '../working-time/working-calendar';
import type { Booking, CapacityBook } from './capacity-book';
import type { Centre } from './centres';
import type { OperationSequence } from './operation-sequence';
import type { OperationTimes } from './operation-times';
import { nearestWork, placeWork, walk, type Direction } from './place-work';

/** An operation that is to be scheduled. */
export interface Step {
  readonly operation: number;
  readonly centre: Centre;
  readonly times: OperationTimes;
}

export interface Placed extends Booking {
  readonly kind: 'setup' | 'run';
}

/** When an operation is done; moments are milliseconds. Its end includes waiting and moving, its start not the queue. */
export interface ScheduledStep {
  readonly starts: number;
  readonly ends: number;
  readonly work: readonly Placed[];
}

export interface Schedule {
  readonly steps: ReadonlyMap<number, ScheduledStep>;
  readonly starts: number;
  readonly ends: number;
}

const LONGEST_WAIT = HORIZON_DAYS * 86_400_000;

/** REF-12: a centre has no time left within the horizon. */
export interface NoTime {
  readonly direction: Direction;
  readonly from: number;
  readonly centre: Centre;
}

/**
 * From the last operation to the first: each ends where the first of its followers starts, that one's queue before it. Source: Business
 * Central, backward scheduling.
 */
export function scheduleBackward(
  sequence: OperationSequence<Step>,
  end: number,
  book: CapacityBook,
): Schedule | NoTime {
  const steps = new Map<number, ScheduledStep>();
  for (const step of sequence.backward) {
    let latest = end;
    for (const next of sequence.after(step.operation)) {
      const from = steps.get(next.operation)?.starts ?? end;
      const queued = walk('back', next.centre.time, from, next.centre.queue);
      if (queued === undefined) return { direction: 'back', from, centre: next.centre };
      latest = Math.min(latest, queued);
    }
    const scheduled = stepBackward(step, latest, book);
    if ('centre' in scheduled) return scheduled;
    steps.set(step.operation, scheduled);
  }
  return schedule(steps);
}

/**
 * From the first operation to the last: each starts when all before it have ended and it has queued; the first one does not queue.
 * Source: Business Central, forward scheduling.
 */
export function scheduleForward(
  sequence: OperationSequence<Step>,
  start: number,
  book: CapacityBook,
): Schedule | NoTime {
  const steps = new Map<number, ScheduledStep>();
  for (const step of sequence.forward) {
    const before = sequence
      .before(step.operation)
      .map(({ operation }) => steps.get(operation)?.ends ?? start);
    const scheduled = stepForward(step, Math.max(start, ...before), before.length > 0, book);
    if ('centre' in scheduled) return scheduled;
    steps.set(step.operation, scheduled);
  }
  return schedule(steps);
}

/** From when to when an order takes that has these operations, at least one. */
export function schedule(steps: ReadonlyMap<number, ScheduledStep>): Schedule {
  const all = [...steps.values()];
  return {
    steps,
    starts: Math.min(...all.map(({ starts }) => starts)),
    ends: Math.max(...all.map(({ ends }) => ends)),
  };
}

/** One operation that is done by `latest`: move, wait, run and setup, from there backward. */
export function stepBackward(
  { centre, times }: Step,
  latest: number,
  book: CapacityBook,
): ScheduledStep | NoTime {
  const noTime: NoTime = { direction: 'back', from: latest, centre };
  const moved = walk('back', centre.time, latest, times.move);
  if (moved === undefined || times.wait > LONGEST_WAIT) return noTime;
  const waited = moved - times.wait;
  const run = placeWork('back', centre, waited, times.run, times.setup.need, book);
  const setup = run && placeWork('back', centre, run.at(-1)?.starts ?? waited, times.setup, 0, book);
  if (!setup) return noTime;
  const work = [...placed('setup', setup.reverse()), ...placed('run', run.reverse())];
  const idles = times.move > 0 || times.wait > 0;
  // Without calendar time to spend, waiting ends at any hour; everything else ends while the centre works.
  const last = times.wait > 0 && times.move === 0 ? latest : nearestWork('back', centre.time, latest);
  const ends = idles ? last : (work.at(-1)?.ends ?? last);
  return { starts: work[0]?.starts ?? (idles ? waited : ends), ends, work };
}

/** One operation that starts at `earliest`, or when it has queued: setup, run, wait and move. */
export function stepForward(
  { centre, times }: Step,
  earliest: number,
  queues: boolean,
  book: CapacityBook,
): ScheduledStep | NoTime {
  const noTime: NoTime = { direction: 'forward', from: earliest, centre };
  const queued = queues ? walk('forward', centre.time, earliest, centre.queue) : earliest;
  if (queued === undefined || times.wait > LONGEST_WAIT) return noTime;
  const setup = placeWork('forward', centre, queued, times.setup, times.run.need, book);
  const ready = setup?.at(-1)?.ends ?? queued;
  const run = setup && placeWork('forward', centre, ready, times.run, 0, book);
  if (!run) return noTime;
  const done = run.at(-1)?.ends ?? ready;
  const ends = walk('forward', centre.time, done + times.wait, times.move);
  if (ends === undefined) return noTime;
  const work = [...placed('setup', setup), ...placed('run', run)];
  const from = times.wait > 0 ? queued : nearestWork('forward', centre.time, queued);
  return { starts: work[0]?.starts ?? from, ends: Math.max(ends, from), work };
}

function placed(kind: Placed['kind'], bookings: readonly Booking[]): Placed[] {
  return bookings.map((booking) => ({ ...booking, kind }));
}

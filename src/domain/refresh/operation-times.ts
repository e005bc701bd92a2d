import { hundred, one, type Quantity } from '../quantity';
import { spentAt, type Centre } from './centres';
import type { Duration } from './master-data';

/** Work of an operation, in milliseconds. */
export interface Work {
  /** By the clock, while the centre works. */
  readonly clock: number;
  /** Time of one capacity at full efficiency: what the work adds to the load. */
  readonly need: number;
  readonly capacities: number;
}

export interface OperationTimes {
  readonly setup: Work;
  readonly run: Work;
  readonly wait: number;
  readonly move: number;
}

interface TimedOperation {
  readonly setup: Duration;
  readonly run: Duration;
  readonly wait: Duration;
  readonly move: Duration;
  readonly lotSize: Quantity;
  readonly concurrentCapacities: Quantity;
}

/**
 * How long an operation takes on a centre for so many pieces. Capacities that work at once share the run time, each of them is set up;
 * efficiency counts for both, not for waiting and moving. Source: Business Central, calculation of routing lines.
 */
export function operationTimes(operation: TimedOperation, pieces: Quantity, centre: Centre): OperationTimes {
  const { concurrentCapacities: wanted, lotSize } = operation;
  const capacities = wanted.isZero() || wanted.gt(centre.capacity) ? centre.capacity : wanted;
  const lots = pieces.div(lotSize.isZero() ? one : lotSize);
  const setup = spentAt(centre, operation.setup);
  const run = spentAt(centre, operation.run, lots);
  return {
    setup: work(setup.times(capacities), capacities, centre),
    run: work(run, capacities, centre),
    wait: wholeMilliseconds(spentAt(centre, operation.wait)),
    move: wholeMilliseconds(spentAt(centre, operation.move)),
  };
}

function work(need: Quantity, capacities: Quantity, { efficiency }: Centre): Work {
  const clock = need.times(hundred).div(efficiency).div(capacities);
  return { clock: wholeMilliseconds(clock), need: need.toNumber(), capacities: capacities.toNumber() };
}

function wholeMilliseconds(time: Quantity): number {
  return time.ceil().toNumber();
}

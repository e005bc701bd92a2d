import type { ClosedDay } from '../closed-period';
import { staleVersion, unknownOrder, type Candidate } from '../header-rules';
import type { OrderKey } from '../order';
import { refusal, type Refusal } from '../refusals';
import { transitions } from '../transitions';

/** A stock record of the order that lies in a closed period. */
export interface ClosedRecord extends ClosedDay {
  readonly record: number;
}

export interface RestoreCandidate extends Candidate {
  /** Numbers of the order's declarations, registered or not: an opened one counts as started. */
  readonly declarations: readonly number[];
  /** Whether there is anything a restore takes back. */
  readonly hasMovements: boolean;
  /** Whether it became executive by a release: one without automatic materials leaves no movements either. */
  readonly released: boolean;
  readonly closedRecords: readonly ClosedRecord[];
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
 * Rules: ORD-01, RES-01, RES-02, RES-03, RES-05, RES-07, RES-08. Source: Fluentis, production orders release (restoration).
 */
export function decideRestore(candidates: readonly RestoreCandidate[]): RestoreDecision[] {
  return candidates.map((candidate) => {
    const refusals = refusalsOf(candidate);
    const warn = refusals.length === 0 && !candidate.hasMovements && !candidate.released;
    return {
      key: candidate.marked.key,
      refusals,
      warnings: warn ? [refusal('RES-08', { order: candidate.marked.key })] : [],
    };
  });
}

function refusalsOf({ marked, order, declarations, closedRecords }: RestoreCandidate): Refusal[] {
  if (order === null) return [unknownOrder(marked)];
  const refusals: Refusal[] = [];
  if (order.state === 'fulfilled') refusals.push(refusal('RES-03', { order: order.key }));
  else if (order.state !== transitions.restore.from)
    refusals.push(refusal('RES-01', { order: order.key, state: order.state }));
  if (declarations.length > 0) {
    const several = declarations.length > 1 && { context: 'several' };
    refusals.push(refusal('RES-02', { order: order.key, declarations: declarations.join(', '), ...several }));
  }
  for (const { warehouse, record, day, from, to } of closedRecords) {
    const params = { order: order.key, warehouse, record: String(record), date: day, from, to };
    refusals.push(refusal('RES-05', params));
  }
  return [...refusals, ...staleVersion('RES-07', marked, order)];
}

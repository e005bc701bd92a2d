import type { Instant } from '../calendar';
import { staleVersion, unknownOrder } from '../header-rules';
import { refusal, type Refusal } from '../refusals';
import type { RefreshCandidate } from './candidate';
import type { RefreshFacts } from './decide';
import { editMaterial, editOperation, type MaterialEdit, type OperationEdit } from './edit';
import { entries, isOver } from './guards';
import type { OrderContent } from './order-content';
import { movedToPast, todayIn } from './past-start';
import { plantOf } from './plant';
import { reschedule } from './reschedule';

/** What somebody changes of an order by hand: an operation, which moves those after it, or a material. */
export type OrderChange =
  | {
      readonly part: 'operation';
      readonly orderLine: number;
      readonly operation: number;
      /** When it is to start; null: when it starts now. */
      readonly startsAt: Instant | null;
      readonly edit: OperationEdit;
    }
  | { readonly part: 'material'; readonly line: number; readonly edit: MaterialEdit };

export interface ChangeDecision {
  /** What the order is made of from now on; null when it is refused. */
  readonly content: OrderContent | null;
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Refusal[];
}

/**
 * Judges a change by hand and works out what follows from it. Rules: ORD-01, REF-01, REF-08, REF-10 to REF-12, REF-14, REF-15, REF-19. Every
 * refusal is returned. Throws a RangeError for a part that the order does not have: edges look first.
 */
export function decideChange(
  candidate: RefreshCandidate,
  change: OrderChange,
  facts: RefreshFacts,
): ChangeDecision {
  const { marked, order, present, warehouse } = candidate;
  if (order === null) return refused([unknownOrder(marked)]);
  const over = isOver(order)
    ? [refusal('REF-01', { order: order.key, state: order.state })]
    : entries(candidate);
  const refusals = [...over, ...staleVersion('REF-15', marked, order)];
  if (refusals.length > 0) return refused(refusals);
  if (change.part === 'operation') {
    const edited = editOperation(present, change, change.edit);
    const moved = reschedule({ key: order.key, present: edited, warehouse }, change, facts);
    if (moved.content === null) return refused(moved.refusals);
    const today = todayIn(facts.hours, facts.today);
    return { ...moved, warnings: movedToPast(order.key, moved.content, change, today) };
  }
  if (!present.materials.some(({ line }) => line === change.line))
    throw new RangeError(`No material ${change.line} in ${order.key}`);
  return {
    content: editMaterial(plantOf(facts.masters, facts.hours), present, change.line, change.edit),
    refusals,
    warnings: [],
  };
}

const refused = (refusals: readonly Refusal[]): ChangeDecision => ({ content: null, refusals, warnings: [] });

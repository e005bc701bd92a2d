import { hundred, one, zero, type Quantity } from '../quantity';
import type { OperationSequence } from './operation-sequence';

/** The scrap of an operation and of all that follow it: its input is `quantity × (1 + factor) + fixed`. */
export interface AccumulatedScrap {
  readonly factor: Quantity;
  /** Pieces. */
  readonly fixed: Quantity;
}

export const noScrap: AccumulatedScrap = { factor: zero, fixed: zero };

interface ScrappingOperation {
  readonly operation: number;
  /** Percent. */
  readonly scrap: Quantity;
  readonly fixedScrap: Quantity;
}

/** Digits behind the point of an accumulated factor. */
const FACTOR_PLACES = 5;

/**
 * Each operation's scrap with that of the operations after it; where several follow, the largest counts. Source: Business Central,
 * accumulated scrap of a production order's routing.
 */
export function accumulatedScrap<T extends ScrappingOperation>(
  sequence: OperationSequence<T>,
): ReadonlyMap<number, AccumulatedScrap> {
  const found = new Map<number, AccumulatedScrap>();
  for (const each of sequence.backward) {
    const after = sequence.after(each.operation).map(({ operation }) => found.get(operation) ?? noScrap);
    const factor = largest(after.map((next) => next.factor));
    const fixed = largest(after.map((next) => next.fixed));
    const own = each.scrap.div(hundred);
    found.set(each.operation, {
      factor: one.plus(factor).times(one.plus(own)).minus(one).toDecimalPlaces(FACTOR_PLACES),
      fixed: fixed.times(one.plus(own)).plus(each.fixedScrap),
    });
  }
  return found;
}

function largest(values: readonly Quantity[]): Quantity {
  return values.reduce((most, value) => (value.gt(most) ? value : most), zero);
}

/** How many pieces must go into an operation, so that `quantity` good ones come out of the line. `lineScrap` is percent. */
export function inputQuantity(quantity: Quantity, lineScrap: Quantity, scrap: AccumulatedScrap): Quantity {
  return quantity
    .times(one.plus(lineScrap.div(hundred)))
    .times(one.plus(scrap.factor))
    .plus(scrap.fixed);
}

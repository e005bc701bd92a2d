import { Decimal } from 'decimal.js';
import { zero, type Quantity } from '../quantity';

/** What there is of one material for one order. All in the item's unit. */
export interface Fetchable {
  /** Needed and not picked yet. */
  readonly remaining: Quantity;
  /** Of the stock it is fetched from, promised to this very order. */
  readonly reserved: Quantity;
  /** Of that stock, on hand and promised to nobody; below zero where more is promised than there is. */
  readonly available: Quantity;
}

/**
 * How much of a material goes to the warehouse to be fetched: `min(remaining, reserved + available)`, never below zero.
 * Source: Dynamics 365, automatic release of bill lines to the warehouse.
 */
export function quantityToFetch({ remaining, reserved, available }: Fetchable): Quantity {
  return greater(lesser(remaining, reserved.plus(available)), zero);
}

/** A part of an order that is to be supplied with a material. */
export interface PartOfOrder {
  /** What the whole order needs of it. */
  readonly need: Quantity;
  /** Of that, not picked yet. */
  readonly remaining: Quantity;
  /** Needed once per order, whatever the quantity. */
  readonly fixed: boolean;
  /** Decimals that the item is counted in. */
  readonly decimals: number;
  /** What the whole order makes, in the unit of the order. Above zero. */
  readonly ordered: Quantity;
  /** What the part makes of it, in `unit`. */
  readonly part: Quantity;
  /** How many units of the order one unit of `part` is: a pallet of 100 lb is 100. */
  readonly factor: Quantity;
}

/**
 * What a part of the order needs of a material: its share, rounded up to the item's decimals, and no more than remains. Source: Dynamics
 * 365, manual release to warehouse by quantity and unit of the finished good.
 */
export function needOfPart(of: PartOfOrder): Quantity {
  const { need, remaining, fixed, decimals, ordered, part, factor } = of;
  if (fixed) return remaining;
  const share = need.times(part).times(factor).div(ordered).toDecimalPlaces(15);
  return lesser(remaining, share.toDecimalPlaces(decimals, Decimal.ROUND_UP));
}

export const lesser = (a: Quantity, b: Quantity): Quantity => (a.lt(b) ? a : b);
export const greater = (a: Quantity, b: Quantity): Quantity => (a.gt(b) ? a : b);

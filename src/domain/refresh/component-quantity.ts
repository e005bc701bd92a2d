import { hundred, one, quantity, roundUp, type Quantity } from '../quantity';
import type { BomFormula, Item } from './master-data';
import type { AccumulatedScrap } from './scrap';

interface Measured {
  readonly quantity: Quantity;
  readonly formula: BomFormula;
  readonly length: Quantity;
  readonly width: Quantity;
  readonly depth: Quantity;
  readonly weight: Quantity;
}

/** Digits behind the point of a quantity that is multiplied by measures. */
const MEASURED_PLACES = 5;

/**
 * What a line of a bill needs per piece, or per order for a fixed one, its measures multiplied in. Source: Business Central, calculation
 * formulas.
 */
export function quantityPer(line: Measured): Quantity {
  const { quantity, length, width, depth, weight } = line;
  switch (line.formula) {
    case 'per_piece':
    case 'fixed':
      return quantity;
    case 'length':
      return measured(quantity, length);
    case 'length_width':
      return measured(quantity, length, width);
    case 'length_width_depth':
      return measured(quantity, length, width, depth);
    case 'weight':
      return measured(quantity, weight);
  }
}

function measured(quantity: Quantity, ...measures: readonly Quantity[]): Quantity {
  return measures
    .reduce((product, measure) => product.times(measure), quantity)
    .toDecimalPlaces(MEASURED_PLACES);
}

/** What decides how much of a component an order takes. Percentages are percent. */
export interface ComponentNeed {
  readonly quantityPer: Quantity;
  /** The quantity is per order: scrap does not add to it. */
  readonly fixed: boolean;
  readonly scrap: Quantity;
  readonly lineQuantity: Quantity;
  readonly lineScrap: Quantity;
  /** Of the operation that takes the component. */
  readonly operationScrap: AccumulatedScrap;
}

/**
 * How much of a component is needed, in the unit of `quantityPer` and not yet rounded. The pieces that are scrapped in any case count
 * before the multiplication: each of them takes its components. Source: Business Central, expected quantity of a component.
 */
export function componentNeed(need: ComponentNeed): Quantity {
  if (need.fixed) return need.quantityPer;
  const { factor, fixed } = need.operationScrap;
  const pieces = need.lineQuantity
    .times(one.plus(need.lineScrap.div(hundred)))
    .times(one.plus(factor))
    .times(one.plus(need.scrap.div(hundred)))
    .plus(fixed);
  return need.quantityPer.times(pieces);
}

/** A need in base units, rounded up to what the item can be taken in. */
export function roundedNeed(need: Quantity, { rounding, decimals }: Pick<Item, 'rounding' | 'decimals'>) {
  return roundUp(need, takenIn({ rounding, decimals }));
}

/** The smallest quantity that can be taken of an item. */
export function takenIn({ rounding, decimals }: Pick<Item, 'rounding' | 'decimals'>): Quantity {
  return rounding ?? smallest(decimals);
}

/** The smallest quantity with so many decimals. */
function smallest(decimals: number): Quantity {
  return quantity(decimals === 0 ? '1' : `0.${'1'.padStart(decimals, '0')}`);
}

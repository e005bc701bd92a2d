import { Decimal } from 'decimal.js';

/**
 * A quantity in some unit of measure: an exact decimal, never a float. It travels as plain decimal text ("0.005", never
 * "5e-3"); JSON numbers are refused at the edge.
 */
export type Quantity = Decimal;

// 40 significant digits: PostgreSQL's numeric(28,9) times itself still fits without rounding. No exponents even where a
// quantity becomes text by itself, as in JSON.
const Exact = Decimal.clone({
  precision: 40,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -40,
  toExpPos: 40,
});

const PLAIN_DECIMAL = /^-?\d{1,19}(\.\d{1,9})?$/;

export const zero: Quantity = new Exact(0);
export const one: Quantity = new Exact(1);
export const hundred: Quantity = new Exact(100);

/** Whether `text` is a plain decimal with at most 19 integer and 9 fraction digits: what the order book can hold. */
export function isQuantityText(text: string): boolean {
  return PLAIN_DECIMAL.test(text);
}

/** Reads plain decimal text. Throws a RangeError for anything else: edges check with {@link isQuantityText} first. */
export function quantity(text: string): Quantity {
  if (!isQuantityText(text))
    throw new RangeError(`Not a plain decimal: ${JSON.stringify(text.slice(0, 40))}`);
  return new Exact(text);
}

/** Plain decimal text without exponent and without trailing zeros. */
export function quantityText(value: Quantity): string {
  return value.toFixed();
}

/** What is left of a division that does not end is not a need: it is cut off far behind what the order book can hold. */
const NOISE_PLACES = 15;

/** The multiple of `multiple` (above zero) that covers `value`, away from zero: never below the need. */
export function roundUp(value: Quantity, multiple: Quantity): Quantity {
  const multiples = value.toDecimalPlaces(NOISE_PLACES).div(multiple);
  return multiples.toDecimalPlaces(NOISE_PLACES).toDecimalPlaces(0, Decimal.ROUND_UP).times(multiple);
}

/** As many decimals as the order book can hold. */
export function roundToBook(value: Quantity): Quantity {
  return value.toDecimalPlaces(9);
}

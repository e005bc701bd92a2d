import type { OrderKey } from '../order';
import { one, quantity as quantityOf, quantityText, roundUp, zero, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import type { PickNeed } from '../work/plan';
import { needOfPart } from '../work/quantity';
import type { ReleaseCandidate } from './candidate';
import type { LotPart } from './lots';
import type { StockKey } from './stock';

/** What an order takes of one material, in the item's base unit. */
export interface DivisibleLine {
  readonly quantity: Quantity;
  /** What of it a line of the same order makes. */
  readonly supplied: Quantity;
  /** Needed whole, however much is made. */
  readonly fixed: boolean;
  /** The smallest quantity that can be taken of the item. */
  readonly precision: Quantity;
}

/** An automatic material of the order, where it is withdrawn from. */
export interface SplitLine extends DivisibleLine {
  readonly line: number;
  readonly stock: StockKey;
}

/** What a split of an order looks at. An order that may not be split has none. */
export interface SplitBasis {
  /** The smallest quantity the ordered item is made in. */
  readonly step: Quantity;
  readonly unit: string;
  /** Its lines from the stocks that it needs something of in {@link ReleaseCandidate}. */
  readonly lines: readonly SplitLine[];
  /** What was picked for it. */
  readonly picked: readonly { readonly item: string; readonly quantity: Quantity; readonly unit: string }[];
  readonly declarations: readonly number[];
}

/** An order of which a part is released; the rest becomes an order of its own. Both are above zero. */
export interface Split {
  readonly quantity: Quantity;
  readonly rest: Quantity;
  readonly unit: string;
  /** The items that are short, each once. */
  readonly items: readonly string[];
}

export type SplitJudgement =
  | { readonly split: Split; readonly part: ReleaseCandidate }
  /** Why it cannot be split either: to be told beside what keeps it. Empty where it was not to be split. */
  | { readonly split: null; readonly refusals: readonly Refusal[] };

const notSplit = (...refusals: readonly Refusal[]): SplitJudgement => ({ split: null, refusals });

/** Of an order that is not to be split. */
export const unsplit = notSplit();

/**
 * How much of an order that nothing but stock keeps can be released: the greatest quantity in the decimals of the ordered item whose
 * materials are all there. Lines of one stock count together; a fixed quantity is needed whole by the part and by the rest again.
 * SPL-01: what has been picked or declared belongs to the whole quantity. SPL-02: there is not enough for the smallest part.
 * Source: Fluentis, division of orders when materials do not suffice; generation of batches (TT00353/24).
 *
 * @param judge what would keep this part of the order, as it stands in the sequence
 */
export function splitOf(
  candidate: ReleaseCandidate,
  found: readonly Refusal[],
  judge: (part: ReleaseCandidate) => readonly Refusal[],
): SplitJudgement {
  const { split: basis, marked, quantity: whole } = candidate;
  if (!basis || !lacksStockAlone(found)) return unsplit;
  const guarded = untouchable(candidate, basis);
  if (guarded.length > 0) return notSplit(...guarded);
  const partOf = (steps: Quantity) => partOfCandidate(candidate, basis, steps.times(basis.step));
  const most = whole.div(basis.step).ceil().minus(one);
  const fits = (steps: Quantity) => judge(partOf(steps)).length === 0;
  const guess = whole.div(basis.step).times(shareThere(found)).floor();
  const quantity = greatest(most, fits, guess).times(basis.step);
  if (quantity.isZero())
    return notSplit(
      refusal('SPL-02', { order: marked.key, quantity: quantityText(basis.step), unit: basis.unit }),
    );
  const items = [...new Set(found.flatMap(({ params }) => params['item'] ?? []))];
  return {
    split: { quantity, rest: whole.minus(quantity), unit: basis.unit, items },
    part: partOfCandidate(candidate, basis, quantity),
  };
}

/** Whether nothing else keeps an order. */
export const lacksStockAlone = (found: readonly Refusal[]) => found.every(({ code }) => code === 'REL-10');

/** SPL-01: the quantity of an order stays once something refers to it. */
function untouchable(
  { marked, produced }: ReleaseCandidate,
  { picked, declarations }: SplitBasis,
): Refusal[] {
  const order = marked.key;
  if (declarations.length > 0 || produced.gt(zero))
    return [refusal('SPL-01', { order, declarations: declarations.join(', '), context: 'declared' })];
  return picked
    .slice(0, 1)
    .map(({ item, quantity, unit }) =>
      refusal('SPL-01', { order, item, quantity: quantityText(quantity), unit }),
    );
}

/** The least share of a need that there is, of those that are short. */
function shareThere(found: readonly Refusal[]): Quantity {
  const shares = found.map(({ params: { need, available } }) =>
    need && available ? quantityOf(available).div(quantityOf(need)) : zero,
  );
  return shares.reduce((least, share) => (share.lt(least) ? share : least), one);
}

/**
 * The greatest whole number up to `most` that fits, zero where none does. What a greater one leaves room for, every smaller one does.
 *
 * @param guess near it: it and its neighbours are tried first
 */
function greatest(most: Quantity, fits: (steps: Quantity) => boolean, guess: Quantity): Quantity {
  let [fitting, tooMuch] = [zero, most.plus(one)];
  const tryOut = (steps: Quantity): void => {
    if (steps.lte(fitting) || steps.gte(tooMuch)) return;
    if (fits(steps)) fitting = steps;
    else tooMuch = steps;
  };
  for (const steps of [guess, guess.plus(one), guess.minus(one)]) tryOut(steps);
  while (tooMuch.minus(fitting).gt(one)) tryOut(fitting.plus(tooMuch).div(2).floor());
  return fitting;
}

/** The order as it would be if only so much of it were ordered. */
export function partOfCandidate(
  candidate: ReleaseCandidate,
  { lines }: SplitBasis,
  quantity: Quantity,
): ReleaseCandidate {
  const { quantity: whole, needs, lotNeeds = [], chosenLots = [], picks } = candidate;
  const taken = new Map(lines.map((line) => [line.line, withdrawnOf(partOfLine(line, quantity, whole))]));
  const byLot = new Set(lotNeeds.map(({ line }) => line));
  const sums = new Map<StockKey, Quantity>();
  for (const { line, stock } of lines)
    if (!byLot.has(line)) sums.set(stock, (sums.get(stock) ?? zero).plus(taken.get(line) ?? zero));
  const lineNeeds = lotNeeds.map((need) => ({ ...need, quantity: taken.get(need.line) ?? need.quantity }));
  return {
    ...candidate,
    quantity,
    needs: needs.map(({ stock, quantity: need }) => ({ stock, quantity: sums.get(stock) ?? need })),
    lotNeeds: lineNeeds.filter((need) => need.quantity.gt(zero)),
    chosenLots: chosenLots.map(({ line, lots }) => ({ line, lots: firstOf(lots, taken.get(line)) })),
    ...(picks && { picks: picks.map((need) => pickOfPart(need, quantity, whole)) }),
  };
}

/** What the warehouse fetches for so much of the order. */
function pickOfPart(need: PickNeed, part: Quantity, ordered: Quantity): PickNeed {
  const { total, quantity: remaining, fixed, decimals } = need;
  const ofPart = needOfPart({ need: total, remaining, fixed, decimals, ordered, part, factor: one });
  return { ...need, quantity: ofPart, total: ofPart };
}

/** The first of these lots, up to a quantity. */
function firstOf(lots: readonly LotPart[], quantity: Quantity | undefined): LotPart[] {
  let open = quantity ?? zero;
  return lots.flatMap(({ lot, quantity: chosen }) => {
    const taken = chosen.lt(open) ? chosen : open;
    open = open.minus(taken);
    return taken.gt(zero) ? [{ lot, quantity: taken }] : [];
  });
}

const withdrawnOf = ({ quantity, supplied }: Pick<DivisibleLine, 'quantity' | 'supplied'>): Quantity => {
  const net = quantity.minus(supplied);
  return net.gt(zero) && quantity.gt(zero) ? net : zero;
};

/** So much of `total` as a part of the whole takes: rounded up to what can be taken, and never more than all of it. */
export function shareOf(total: Quantity, part: Quantity, whole: Quantity, precision: Quantity): Quantity {
  const share = roundUp(total.times(part).div(whole), precision);
  return share.abs().gt(total.abs()) ? total : share;
}

/** What a part of an order takes of a material. The rest takes what is left of it, and all of a fixed quantity again. */
export function partOfLine(
  { quantity, supplied, fixed, precision }: DivisibleLine,
  part: Quantity,
  whole: Quantity,
): { readonly quantity: Quantity; readonly supplied: Quantity } {
  if (fixed) return { quantity, supplied };
  const taken = shareOf(quantity, part, whole, precision);
  const made = shareOf(supplied, part, whole, precision);
  // What is withdrawn by the part is no more than the whole withdraws, and what is made no more than it takes.
  const least = taken.minus(quantity.minus(supplied));
  const most = taken.gt(zero) ? taken : zero;
  const withinMost = made.gt(most) ? most : made;
  return { quantity: taken, supplied: withinMost.lt(least) ? least : withinMost };
}

/** What the rest of an order takes, beside a part of it that takes `taken`. */
export function restOfLine(
  { quantity, supplied, fixed }: DivisibleLine,
  taken: { readonly quantity: Quantity; readonly supplied: Quantity },
): { readonly quantity: Quantity; readonly supplied: Quantity } {
  if (fixed) return { quantity, supplied };
  return { quantity: quantity.minus(taken.quantity), supplied: supplied.minus(taken.supplied) };
}

/** SPL-03: the order went in part; `rest` is the order that the rest has become. */
export function releasedInPart({ quantity, rest, unit, items }: Split, restKey: OrderKey): Refusal {
  return refusal('SPL-03', {
    ...{ quantity: quantityText(quantity), whole: quantityText(quantity.plus(rest)), unit },
    ...{ rest: quantityText(rest), restOrder: restKey, items: items.join(', ') },
  });
}

import type { CalendarDate } from '../calendar';
import { groupBy } from '../group-by';
import type { OrderKey } from '../order';
import { quantityText, zero, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import type { ReleaseCandidate } from './candidate';
import { eachOnce, FreeLots } from './free-lots';
import {
  hasExpired,
  inOrderOf,
  type Lot,
  type LotFacts,
  type LotLine,
  type LotNeed,
  type LotPart,
  type LotStock,
  type PickedLots,
} from './lots';
import type { ContestedStock, StockKey } from './stock';

const nothing: PickedLots = { missing: [], shortages: [], warnings: [], lines: [], needs: [] };

/**
 * Gives lots to orders in sequence. A lot that a line names itself is withdrawn from as from any stock and does not come here; what a
 * planner chose wins over the rule of the item; what is reserved for the order comes before what is nobody's. No lot goes below
 * zero, whatever else is allowed (T-37). Rules: REL-09, REL-10.
 */
export class LotPicker {
  readonly #inOrder = new Map<StockKey, readonly Lot[]>();
  /** The same without the first ones that are empty for everybody. */
  readonly #open = new Map<StockKey, Lot[]>();

  constructor(
    private readonly facts: LotFacts,
    private readonly stock: ContestedStock,
  ) {}

  /** What this order would take now. It is taken when the order goes: {@link ContestedStock.take} is told of its `needs`. */
  pick(candidate: ReleaseCandidate): PickedLots {
    const { marked, lotNeeds = [], chosenLots = [], needs, returned } = candidate;
    if (lotNeeds.length === 0 && chosenLots.length === 0) return nothing;
    const order = marked.key;
    const day = candidate.postedOn ?? this.facts.postedOn;
    const free = new FreeLots(order, this.stock, needs, returned);
    const chosen = new Map(
      chosenLots.flatMap(({ line, lots }) => (lots.length === 0 ? [] : [[line, lots] as const])),
    );
    const byRule = lotNeeds.filter(({ line }) => !chosen.has(line));
    const byChoice = lotNeeds.flatMap((need): LotLine[] => {
      const lots = chosen.get(need.line);
      return lots ? [{ ...need, parts: eachOnce(lots) }] : [];
    });
    const missing = [
      ...otherLines(order, [...chosen.keys()], lotNeeds),
      ...byChoice.flatMap((line) => this.#choiceFits(order, line)),
      ...byRule.flatMap((need) => this.#needsChoice(order, need)),
    ];
    const short = byChoice.flatMap((line) => this.#takeChosen(free, line));
    const proposed = [...groupBy(byRule, ({ stock }) => stock)].map(([stock, group]) =>
      this.#propose(free, stock, group, day, returned === undefined),
    );
    const lines = [...byChoice, ...proposed.flatMap((each) => each.lines)].sort((a, b) => a.line - b.line);
    return {
      ...{ missing, lines, needs: free.taken() },
      shortages: [...short, ...proposed.flatMap(({ shortage }) => shortage)],
      warnings: lines.flatMap((line) => this.#expired(order, line, day)),
    };
  }

  /** What there is for this order of the lots of one stock, in the order they are proposed; those without are left out. */
  offer({ marked, needs, returned }: ReleaseCandidate, stock: StockKey): LotPart[] {
    const free = new FreeLots(marked.key, this.stock, needs, returned);
    return this.#lotsOf(stock)
      .map((lot) => ({ lot: lot.lot, quantity: free.of(lot) }))
      .filter(({ quantity }) => quantity.gt(zero));
  }

  /** REL-09: a choice names lots that are there, and comes to what the line needs. */
  #choiceFits(order: OrderKey, line: LotLine): Refusal[] {
    const known = new Set(this.#lotsOf(line.stock).map(({ lot }) => lot));
    const sum = line.parts.reduce((total, { quantity }) => total.plus(quantity), zero);
    const words = this.#wordsOf(order, line);
    return [
      ...line.parts
        .filter(({ lot }) => !known.has(lot))
        .map(({ lot }) => refusal('REL-09', { ...words, lot, context: 'unknownLot' })),
      ...(sum.eq(line.quantity)
        ? []
        : [refusal('REL-09', { ...words, quantity: quantityText(sum), context: 'otherSum' })]),
    ];
  }

  /** REL-09: nothing is proposed for an item whose lots are picked by hand. */
  #needsChoice(order: OrderKey, need: LotNeed): Refusal[] {
    const byHand = this.facts.stocks.get(need.stock)?.picking === 'manual';
    return byHand ? [refusal('REL-09', this.#wordsOf(order, need))] : [];
  }

  #takeChosen(free: FreeLots, { stock, parts }: LotLine): Refusal[] {
    const lots = new Map(this.#lotsOf(stock).map((lot) => [lot.lot, lot]));
    return parts.flatMap(({ lot: name, quantity }) => {
      const lot = lots.get(name);
      if (lot === undefined) return [];
      const available = free.of(lot);
      free.take(lot, quantity);
      if (quantity.lte(available)) return [];
      return [this.#short(stock, quantity, available, { lot: name, ...reserved(free.keptForOthers(lot)) })];
    });
  }

  /** The lots of one stock for all lines of the order that are drawn from it: these are short together or not at all. */
  #propose(free: FreeLots, stock: StockKey, group: readonly LotNeed[], day: CalendarDate, forGood: boolean) {
    const facts = this.facts.stocks.get(stock);
    if (facts?.picking === 'manual')
      return { lines: group.map((each): LotLine => ({ ...each, parts: [] })), shortage: [] };
    const all = forGood ? this.#openLots(stock) : this.#lotsOf(stock);
    const good = all.filter((lot) => !leftOut(facts, lot, day));
    const lines = group.map((each): LotLine => ({ ...each, parts: free.draw(good, each.quantity) }));
    const need = sumOf(group);
    const given = sumOf(lines.flatMap(({ parts }) => parts));
    if (given.eq(need)) return { lines, shortage: [] };
    const bad = all.filter((lot) => leftOut(facts, lot, day));
    const expired = sumOf(bad.map((lot) => ({ quantity: free.of(lot) })));
    const kept = sumOf(good.map((lot) => ({ quantity: free.keptForOthers(lot) })));
    const why = expired.gt(zero) ? { expired: quantityText(expired), context: 'expired' } : reserved(kept);
    return { lines, shortage: [this.#short(stock, need, given, { lot: '', ...why })] };
  }

  /** REL-10, which nobody may force. */
  #short(stock: StockKey, need: Quantity, available: Quantity, why: Readonly<Record<string, string>>) {
    const { item = '', variant = '', warehouse = '', unit = '' } = this.facts.stocks.get(stock) ?? {};
    return refusal('REL-10', {
      ...{ item, variant, warehouse, unit, need: quantityText(need), available: quantityText(available) },
      ...{ short: quantityText(need.minus(available)), ...why },
    });
  }

  /** REL-09 as a warning: the planner chose it, or the item's rule does not look at that day. */
  #expired(order: OrderKey, line: LotLine, day: CalendarDate): Refusal[] {
    const { item, warehouse } = this.#wordsOf(order, line);
    const lots = new Map(this.#lotsOf(line.stock).map((lot) => [lot.lot, lot]));
    return line.parts.flatMap(({ lot: name }) => {
      const lot = lots.get(name);
      if (lot === undefined || !hasExpired(lot, day)) return [];
      const of = { order, line: String(line.line), item, warehouse, lot: name };
      return [refusal('REL-09', { ...of, date: lot.expiresOn ?? '', context: 'expired' })];
    });
  }

  #wordsOf(order: OrderKey, { line, item, stock, quantity }: LotNeed) {
    const { variant = '', warehouse = '', unit = '' } = this.facts.stocks.get(stock) ?? {};
    return { order, line: String(line), item, variant, warehouse, unit, need: quantityText(quantity) };
  }

  /** Those that may still have something; whatever is empty now stays so, unless orders give something back before they take. */
  #openLots(stock: StockKey): readonly Lot[] {
    const open = this.#open.get(stock) ?? [...this.#lotsOf(stock)];
    const first = open.findIndex((lot) => !this.stock.isEmpty(lot.stock));
    open.splice(0, first < 0 ? open.length : first);
    this.#open.set(stock, open);
    return open;
  }

  #lotsOf(stock: StockKey): readonly Lot[] {
    const known = this.#inOrder.get(stock);
    if (known) return known;
    const facts = this.facts.stocks.get(stock);
    const lots = facts ? inOrderOf(facts) : [];
    this.#inOrder.set(stock, lots);
    return lots;
  }
}

/** Only by the rule of expiry: first in, first out goes by when a lot came. */
const leftOut = (facts: LotStock | undefined, lot: Lot, day: CalendarDate): boolean =>
  facts?.picking === 'expiry' && hasExpired(lot, day);

/** REL-09: lots are chosen for lines that are managed by lot and name none themselves. */
function otherLines(order: OrderKey, lines: readonly number[], needs: readonly LotNeed[]): Refusal[] {
  const known = new Set(needs.map(({ line }) => line));
  return lines
    .filter((line) => !known.has(line))
    .map((line) => refusal('REL-09', { order, line: String(line), context: 'otherLine' }));
}

const reserved = (kept: Quantity) =>
  kept.gt(zero) ? { reserved: quantityText(kept), context: 'reserved' } : {};
const sumOf = (parts: readonly { readonly quantity: Quantity }[]) =>
  parts.reduce((sum, { quantity }) => sum.plus(quantity), zero);

import type { OrderKey } from '../order';
import type { ReservationPolicy } from '../policy';
import { quantityText, zero, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import type { RuleData } from '../rule';
import type { StockKey } from '../release/stock';
import { greater, lesser, quantityToFetch } from './quantity';

/** One stock of a material; several where it lies in lots, those to be picked first before the others. */
export interface PickPlace {
  readonly stock: StockKey;
  readonly lot: string;
}

/** A material by list that the warehouse fetches for an order. */
export interface PickNeed {
  /** Of the material. */
  readonly line: number;
  readonly item: string;
  readonly variant: string;
  /** The lot its line names; empty where it names none. */
  readonly lot: string;
  readonly unit: string;
  /** Needed and not picked yet, above zero. */
  readonly quantity: Quantity;
  /** What the order needs in all, whatever was picked. */
  readonly total: Quantity;
  /** Needed once per order, whatever it makes. */
  readonly fixed: boolean;
  /** That the item is counted in. */
  readonly decimals: number;
  readonly pickFrom: string;
  /** Null: there is no unload reason for production in that warehouse. */
  readonly pickReason: string | null;
  readonly places: readonly PickPlace[];
  /** The production input location; null where there is none, and what is picked is withdrawn thereby. */
  readonly putTo: string | null;
  /** Null: there is no load reason for production at the input location. */
  readonly putReason: string | null;
  /** What lies at the input location already. */
  readonly inputPlaces: readonly PickPlace[];
}

/** What a stock holds before the first order of the list is released. */
export interface PickableStock {
  readonly onHand: Quantity;
  /** All that is promised of it, to launched orders, to documents of other systems, and to orders that are picked for. */
  readonly reserved: Quantity;
  /** How much of that is promised to marked orders that are launched. */
  readonly reservedFor: ReadonlyMap<OrderKey, Quantity>;
}

/** A line of picking work: so much of one lot from the storage to the input location. */
export interface PlannedLine {
  readonly need: PickNeed;
  readonly lot: string;
  readonly quantity: Quantity;
  /** Kept from others until it is picked. */
  readonly promised: Quantity;
}

/** What lies at the input location already: it is the order's from now on and counts as picked. */
export interface FoundMaterial {
  readonly need: PickNeed;
  readonly lot: string;
  readonly quantity: Quantity;
}

export interface PickingPlan {
  readonly lines: readonly PlannedLine[];
  readonly found: readonly FoundMaterial[];
  /** Needs that cannot be met in full, with what there is. */
  readonly short: readonly {
    readonly need: PickNeed;
    readonly remaining: Quantity;
    readonly there: Quantity;
  }[];
}

/**
 * The stocks of materials by list while orders are released one after the other. With `none` nothing is kept for an order but what was
 * promised to it before; with the others all that it has work for is.
 */
export class PickableStocks {
  /** What orders released so far have been promised. */
  readonly #promised = new Map<StockKey, Quantity>();
  /** Reservations of the orders released so far: their work stands for them. */
  readonly #redeemed = new Map<StockKey, Quantity>();
  /** What is reserved for each order. */
  readonly #reservations = new Map<OrderKey, { readonly stock: StockKey; readonly quantity: Quantity }[]>();

  constructor(
    readonly policy: ReservationPolicy,
    private readonly stocks: ReadonlyMap<StockKey, PickableStock>,
  ) {
    for (const [stock, { reservedFor }] of stocks)
      for (const [order, quantity] of reservedFor) {
        const own = this.#reservations.get(order);
        if (own) own.push({ stock, quantity });
        else this.#reservations.set(order, [{ stock, quantity }]);
      }
  }

  /** What is fetched for an order if it goes now, and what is there already. Several lines of one item share its stock, in their order. */
  plan(order: OrderKey, needs: readonly PickNeed[]): PickingPlan {
    const taken = new Map<StockKey, Quantity>();
    const plan = {
      lines: [] as PlannedLine[],
      found: [] as FoundMaterial[],
      short: [] as PickingPlan['short'][number][],
    };
    for (const need of needs) {
      let remaining = need.quantity;
      for (const { stock, lot } of need.inputPlaces) {
        const { reserved, available } = this.#leftFor(order, stock, taken);
        const quantity = quantityToFetch({ remaining, reserved, available });
        if (quantity.isZero()) continue;
        plan.found.push({ need, lot, quantity });
        add(taken, stock, quantity);
        remaining = remaining.minus(quantity);
      }
      const wanted = remaining;
      // From the input location nothing is fetched: what lies there has been found.
      for (const { stock, lot } of need.pickFrom === need.putTo ? [] : need.places) {
        const { reserved, available } = this.#leftFor(order, stock, taken);
        const quantity = quantityToFetch({ remaining, reserved, available });
        if (quantity.isZero()) continue;
        const promised = this.policy === 'none' ? lesser(quantity, reserved) : quantity;
        plan.lines.push({ need, lot, quantity, promised });
        add(taken, stock, quantity);
        remaining = remaining.minus(quantity);
      }
      if (!remaining.isZero()) plan.short.push({ need, remaining: wanted, there: wanted.minus(remaining) });
    }
    return plan;
  }

  /** REL-15: under full reservation all that an order is picked has to be there. Source: Dynamics 365, require full reservation. */
  refusals(order: OrderKey, { short }: PickingPlan): Refusal[] {
    if (this.policy !== 'full') return [];
    return short.map(({ need, remaining, there }) =>
      refusal('REL-15', {
        ...{
          order,
          line: String(need.line),
          item: need.item,
          variant: need.variant,
          warehouse: need.pickFrom,
        },
        ...{ lot: need.lot, unit: need.unit, need: quantityText(remaining), available: quantityText(there) },
        short: quantityText(remaining.minus(there)),
      }),
    );
  }

  /** What {@link refusals} look at: each need beside what there is for it. */
  lookedAt(order: OrderKey, needs: readonly PickNeed[]): RuleData[] {
    const { short } = this.plan(order, needs);
    return needs.map((need) => {
      const lacking = short.find((each) => each.need === need);
      const there = lacking?.there ?? need.quantity;
      return {
        ...{ line: String(need.line), item: need.item, variant: need.variant, warehouse: need.pickFrom },
        ...{ lot: need.lot, unit: need.unit, need: quantityText(lacking?.remaining ?? need.quantity) },
        available: quantityText(there),
      };
    });
  }

  /** The order is released: what it was promised is kept from those after it. */
  take(order: OrderKey, { lines, found }: PickingPlan): void {
    for (const { need, lot, promised } of lines) add(this.#promised, placeOf(need.places, lot), promised);
    for (const { need, lot, quantity } of found)
      add(this.#promised, placeOf(need.inputPlaces, lot), quantity);
    for (const { stock, quantity } of this.#reservations.get(order) ?? [])
      add(this.#redeemed, stock, quantity);
  }

  /** What is reserved for the order of a stock and what is free of it, less what other lines of the order take: of its own first. */
  #leftFor(order: OrderKey, stock: StockKey, taken: ReadonlyMap<StockKey, Quantity>) {
    const balance = this.stocks.get(stock);
    if (balance === undefined) return { reserved: zero, available: zero };
    const own = balance.reservedFor.get(order) ?? zero;
    const used = taken.get(stock) ?? zero;
    const others = balance.reserved
      .minus(this.#redeemed.get(stock) ?? zero)
      .plus(this.#promised.get(stock) ?? zero);
    const reserved = greater(own.minus(used), zero);
    return { reserved, available: balance.onHand.minus(others).minus(greater(used.minus(own), zero)) };
  }
}

/** Where a lot of a need lies. */
function placeOf(places: readonly PickPlace[], lot: string): StockKey {
  const place = places.find((each) => each.lot === lot);
  if (!place) throw new RangeError(`Nothing was planned from lot ${lot}`);
  return place.stock;
}

function add(sums: Map<StockKey, Quantity>, stock: StockKey, quantity: Quantity): void {
  sums.set(stock, (sums.get(stock) ?? zero).plus(quantity));
}

/** REL-08: whatever is fetched leaves its warehouse and comes to the input location by a reason for production. */
export function withoutReason(order: OrderKey, needs: readonly PickNeed[]): Refusal[] {
  return needs.flatMap(({ line, item, pickFrom, pickReason, putTo, putReason }) => {
    const params = { order, line: String(line), item };
    return [
      ...(pickReason === null
        ? [refusal('REL-08', { ...params, warehouse: pickFrom, context: 'pick' })]
        : []),
      ...(putTo !== null && putReason === null
        ? [refusal('REL-08', { ...params, warehouse: putTo, context: 'put' })]
        : []),
    ];
  });
}

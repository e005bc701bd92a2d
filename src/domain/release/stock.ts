import type { OrderKey } from '../order';
import type { BelowZero } from '../policy';
import { quantityText, zero, type Quantity } from '../quantity';
import { forceable, refusal, type Refusal } from '../refusals';
import type { RuleData } from '../rule';

/** Where a balance is kept, as one text: item, variant, warehouse and lot. Equal texts mean the same stock. */
export type StockKey = string & { readonly stockKey: unique symbol };

/** What an order would withdraw from one stock: all its automatic lines of that stock added up. */
export interface StockNeed {
  readonly stock: StockKey;
  readonly quantity: Quantity;
}

/** A stock that the marked orders together may need more of than is free. */
export interface StockBalance {
  readonly item: string;
  readonly variant: string;
  readonly warehouse: string;
  readonly lot: string;
  readonly unit: string;
  readonly lotManaged: boolean;
  readonly onHand: Quantity;
  /** All that is promised of it: to launched orders and to documents of other systems. */
  readonly reserved: Quantity;
  /** How much of that is promised to marked orders. */
  readonly reservedFor: ReadonlyMap<OrderKey, Quantity>;
  readonly belowZero: BelowZero;
}

/**
 * The contested stocks while orders are released one after the other. What is reserved for an order is kept from all others
 * until that order is released: from then on its withdrawal stands for it.
 */
export class ContestedStock {
  readonly #consumed = new Map<StockKey, Quantity>();
  /** Reservations of the orders released so far. */
  readonly #redeemed = new Map<StockKey, Quantity>();
  /** What is reserved for each order. */
  readonly #reservations = new Map<OrderKey, StockNeed[]>();

  /** @param strict nothing goes below zero, whatever policy and warehouse say */
  constructor(
    private readonly balances: ReadonlyMap<StockKey, StockBalance>,
    private readonly strict = false,
  ) {
    for (const [stock, { reservedFor }] of balances)
      for (const [order, quantity] of reservedFor) {
        const own = this.#reservations.get(order);
        if (own) own.push({ stock, quantity });
        else this.#reservations.set(order, [{ stock, quantity }]);
      }
  }

  /**
   * REL-10: what the order needs against what the orders before it and the reservations of others leave, and what its own restore has
   * `returned`: nobody else may count on that, for without this release there is no restore either.
   */
  shortages(order: OrderKey, needs: readonly StockNeed[], returned: readonly StockNeed[] = []): Refusal[] {
    return needs.flatMap(({ stock, quantity }) => {
      const balance = this.balances.get(stock);
      if (balance === undefined) return [];
      const belowZero = this.strict ? 'never' : balance.belowZero;
      if (belowZero === 'allowed') return [];
      const { left, reserved, available } = this.#leftFor(order, stock, balance, returned);
      if (quantity.lte(available)) return [];
      const why = shortage(balance, quantity, available, left.gt(zero) ? reserved : zero);
      return [belowZero === 'whenForced' ? forceable(why) : why];
    });
  }

  /** What {@link shortages} looks at: of each stock whose balance is known, the need and what there is for it. */
  lookedAt(order: OrderKey, needs: readonly StockNeed[], returned: readonly StockNeed[] = []): RuleData[] {
    return needs.flatMap(({ stock, quantity }) => {
      const balance = this.balances.get(stock);
      if (balance === undefined) return [];
      const { reserved, available } = this.#leftFor(order, stock, balance, returned);
      const { item, variant, warehouse, lot, unit, onHand } = balance;
      return [
        {
          ...{ item, variant, warehouse, lot, unit, need: quantityText(quantity) },
          ...{ onHand: quantityText(onHand), available: quantityText(available) },
          ...(reserved.gt(zero) && { reserved: quantityText(reserved), context: 'reserved' }),
        },
      ];
    });
  }

  #leftFor(order: OrderKey, stock: StockKey, balance: StockBalance, returned: readonly StockNeed[]) {
    const own = returned.find((each) => each.stock === stock)?.quantity ?? zero;
    const left = balance.onHand.minus(this.#consumed.get(stock) ?? zero).plus(own);
    const reserved = this.#reservedForOthers(order, stock, balance);
    return { left, reserved, available: left.minus(reserved) };
  }

  /** What is there of one stock, how much of that others have reserved, and what that leaves for this order. */
  leftOf(order: OrderKey, stock: StockKey, returned: readonly StockNeed[] = []) {
    const balance = this.balances.get(stock);
    if (balance === undefined) return { left: zero, reserved: zero, available: zero };
    return this.#leftFor(order, stock, balance, returned);
  }

  /** What is reserved of one stock for this order; undefined where nothing is. */
  reservedFor(order: OrderKey, stock: StockKey): Quantity | undefined {
    return this.balances.get(stock)?.reservedFor.get(order);
  }

  /** Nothing of it is left to anybody. */
  isEmpty(stock: StockKey): boolean {
    const onHand = this.balances.get(stock)?.onHand ?? zero;
    return onHand.lte(this.#consumed.get(stock) ?? zero);
  }

  /**
   * The order is released: what it returned is there, its needs are consumed, its reservations redeemed. When only a part of it is, what
   * is reserved beyond the needs of that part stays reserved, for its rest.
   */
  take(
    order: OrderKey,
    needs: readonly StockNeed[],
    returned: readonly StockNeed[] = [],
    inPart = false,
  ): void {
    for (const { stock, quantity } of returned) add(this.#consumed, stock, quantity.negated());
    for (const { stock, quantity } of needs) add(this.#consumed, stock, quantity);
    for (const { stock, quantity: own } of this.#reservations.get(order) ?? []) {
      const need = needs.find((each) => each.stock === stock)?.quantity ?? zero;
      add(this.#redeemed, stock, inPart && need.lt(own) ? need : own);
    }
  }

  #reservedForOthers(order: OrderKey, stock: StockKey, { reserved, reservedFor }: StockBalance): Quantity {
    return reserved.minus(reservedFor.get(order) ?? zero).minus(this.#redeemed.get(stock) ?? zero);
  }
}

function add(sums: Map<StockKey, Quantity>, stock: StockKey, quantity: Quantity): void {
  sums.set(stock, (sums.get(stock) ?? zero).plus(quantity));
}

/** `reserved` is zero where the stock would be short without any reservation, too. */
function shortage(
  { item, variant, warehouse, lot, unit }: StockBalance,
  need: Quantity,
  available: Quantity,
  reserved: Quantity,
): Refusal {
  const shown = available.isNegative() ? zero : available;
  // Thousands of orders may be short of something: no copies.
  const params = {
    item,
    variant,
    warehouse,
    lot,
    unit,
    need: quantityText(need),
    available: quantityText(shown),
    short: quantityText(need.minus(shown)),
  };
  if (reserved.lte(zero)) return refusal('REL-10', params);
  return refusal('REL-10', { ...params, reserved: quantityText(reserved), context: 'reserved' });
}

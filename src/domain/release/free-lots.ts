import type { OrderKey } from '../order';
import { zero, type Quantity } from '../quantity';
import type { Lot, LotPart } from './lots';
import type { ContestedStock, StockKey, StockNeed } from './stock';

/** What is there of each lot for one order, while its lines are given them one after the other. */
export class FreeLots {
  readonly #used: Map<StockKey, Quantity>;
  readonly #taken = new Map<StockKey, Quantity>();

  /** @param needs what its lines withdraw from lots they name themselves, among others: that comes first */
  constructor(
    private readonly order: OrderKey,
    private readonly stock: ContestedStock,
    needs: readonly StockNeed[],
    private readonly returned: readonly StockNeed[] | undefined,
  ) {
    this.#used = new Map(needs.map((need) => [need.stock, need.quantity]));
  }

  /** What is left of a lot without what is reserved for others; never below zero. */
  of({ stock }: Lot): Quantity {
    const { available } = this.stock.leftOf(this.order, stock, this.returned);
    const free = available.minus(this.#used.get(stock) ?? zero);
    return free.isNegative() ? zero : free;
  }

  /** What there is of a lot and others have reserved. */
  keptForOthers({ stock }: Lot): Quantity {
    const { left, reserved } = this.stock.leftOf(this.order, stock, this.returned);
    const most = reserved.gt(left) ? left : reserved;
    return most.isNegative() ? zero : most;
  }

  take({ stock }: Lot, quantity: Quantity): void {
    for (const sums of [this.#used, this.#taken]) sums.set(stock, (sums.get(stock) ?? zero).plus(quantity));
  }

  /** Takes up to `quantity` of these lots: what is reserved for this order first, then one lot after the other. */
  draw(lots: readonly Lot[], quantity: Quantity): LotPart[] {
    let open = quantity;
    const parts: LotPart[] = [];
    const takeOf = (lot: Lot, most: Quantity): void => {
      const part = least(open, least(most, this.of(lot)));
      if (part.lte(zero)) return;
      this.take(lot, part);
      open = open.minus(part);
      parts.push({ lot: lot.lot, quantity: part });
    };
    for (const lot of lots) {
      const reserved = this.stock.reservedFor(this.order, lot.stock);
      if (reserved !== undefined) takeOf(lot, reserved.minus(this.#used.get(lot.stock) ?? zero));
    }
    for (const lot of lots) {
      if (open.isZero()) break;
      takeOf(lot, open);
    }
    return eachOnce(parts);
  }

  /** All that was taken, by stock. */
  taken(): StockNeed[] {
    return [...this.#taken].map(([stock, quantity]) => ({ stock, quantity }));
  }
}

/** Each lot once, with all that is taken of it. */
export function eachOnce(parts: readonly LotPart[]): LotPart[] {
  const sums = new Map<string, Quantity>();
  for (const { lot, quantity } of parts) sums.set(lot, (sums.get(lot) ?? zero).plus(quantity));
  return [...sums].map(([lot, quantity]) => ({ lot, quantity }));
}

const least = (a: Quantity, b: Quantity): Quantity => (a.lt(b) ? a : b);

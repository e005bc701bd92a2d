import type { CalendarDate } from '../calendar';
import type { OrderKey } from '../order';
import type { Quantity } from '../quantity';
import type { StockKey, StockNeed } from '../release/stock';

/** What comes into a stock on a day. */
export interface Arrival {
  readonly on: CalendarDate;
  readonly quantity: Quantity;
}

/** A stock that orders wait for. */
export interface StockAhead {
  /** What is left of it now, for whoever waits: without what is reserved and what the orders take that go. */
  readonly free: Quantity;
  /** In any order; one that should have come before today is counted as of today. */
  readonly arrivals: readonly Arrival[];
}

/** An order that cannot go today, with what it takes of the stocks that orders wait for. */
export interface WaitingOrder {
  readonly key: OrderKey;
  readonly needs: readonly StockNeed[];
  /** Where it is to go later than the others. */
  readonly notBefore?: CalendarDate;
}

export interface Feasibility {
  readonly key: OrderKey;
  /** The first day on which stock and supplies cover all it needs; null where what is on its way never does. */
  readonly on: CalendarDate | null;
  /** The same of each stock by itself. */
  readonly byStock: ReadonlyMap<StockKey, CalendarDate | null>;
}

/**
 * When each waiting order can go first: stock and supplies in day order against the needs in sequence. What an order takes on its day is
 * taken from all days after it, so a later order may go before an earlier one, but never puts it off. An order that can never go takes
 * nothing.
 *
 * @param today the first day on which any of them may go
 */
export function firstFeasibleDays(
  waiting: readonly WaitingOrder[],
  stocks: ReadonlyMap<StockKey, StockAhead>,
  today: CalendarDate,
): Feasibility[] {
  const ahead = new Map([...stocks].map(([key, stock]) => [key, new StockDays(stock, today)]));
  return waiting.map(({ key, needs, notBefore = today }) => {
    const byStock = new Map(
      needs.map(({ stock, quantity }) => {
        const day = ahead.get(stock)?.firstDay(quantity) ?? null;
        return [stock, latest([day], notBefore)];
      }),
    );
    const on = latest([...byStock.values()], notBefore);
    if (on !== null) for (const { stock, quantity } of needs) ahead.get(stock)?.take(quantity, on);
    return { key, on, byStock };
  });
}

function latest(days: readonly (CalendarDate | null)[], notBefore: CalendarDate): CalendarDate | null {
  let last = notBefore;
  for (const day of days) {
    if (day === null) return null;
    if (day > last) last = day;
  }
  return last;
}

/**
 * A stock day by day. Of each day on which something comes it knows the least there is from then on – that much can be taken on that day
 * without leaving anybody short later. It never falls from one day to the next.
 */
class StockDays {
  readonly #days: CalendarDate[];
  readonly #free: Quantity[];

  constructor({ free, arrivals }: StockAhead, today: CalendarDate) {
    const byDay = new Map<CalendarDate, Quantity>();
    for (const { on, quantity } of arrivals) {
      const day = on < today ? today : on;
      byDay.set(day, byDay.get(day)?.plus(quantity) ?? quantity);
    }
    this.#days = [...new Set([today, ...byDay.keys()])].sort();
    let left = free;
    this.#free = this.#days.map((day) => (left = left.plus(byDay.get(day) ?? 0)));
  }

  firstDay(need: Quantity): CalendarDate | null {
    let [from, to] = [0, this.#free.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#free[middle]?.gte(need)) to = middle;
      else from = middle + 1;
    }
    return this.#days[from] ?? null;
  }

  take(quantity: Quantity, on: CalendarDate): void {
    let at = this.#days.findLastIndex((day) => day <= on);
    for (let later = at; later < this.#free.length; later++)
      this.#free[later] = this.#free[later]?.minus(quantity) ?? quantity;
    // What is gone later cannot be taken before.
    const left = this.#free[at];
    while (left && --at >= 0 && this.#free[at]?.gt(left)) this.#free[at] = left;
  }
}

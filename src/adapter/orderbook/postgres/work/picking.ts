import { postingDayOf, type PostingDays } from '../../../../domain/release/posting-days';
import type { StockKey } from '../../../../domain/release/stock';
import { PickableStocks, type PickNeed } from '../../../../domain/work/plan';
import type { CompanyFacts } from '../company-facts';
import type { Queries } from '../database';
import type { StoredOrder } from '../lock-orders';
import type { AskedPlace, ReleaseReader } from '../judge-release';
import { stockKey, type StockHeld } from '../stock';
import type { LineSource } from '../withdrawals';
import { pickableStocks } from './pickable-stocks';
import { pickNeedsOf, placesOf } from './read-needs';

/** What the warehouse fetches for launched orders, by their ids, and from what. */
export interface Picking {
  readonly needs: ReadonlyMap<string, readonly PickNeed[]>;
  readonly stocks: PickableStocks;
}

/**
 * Reads what is to be fetched beside what is withdrawn, so that the stocks of both are locked, or read, together in one key order.
 */
export class PickingReader {
  #needs: Picking['needs'] = new Map();
  #held: ReadonlyMap<StockKey, StockHeld> = new Map();

  /**
   * @param hold locks these stocks, or reads them
   * @param anew the orders are restored right before
   */
  constructor(
    private readonly db: Queries,
    private readonly company: string,
    private readonly facts: CompanyFacts,
    private readonly days: PostingDays,
    private readonly hold: ReleaseReader['balancesOf'],
    private readonly anew = false,
  ) {}

  /** @param source where the lines are when they are yet to be written */
  async read(orders: readonly StoredOrder[], source?: LineSource): Promise<void> {
    const dated = orders.map(({ id, key }) => ({ id, day: postingDayOf(this.days, key) }));
    this.#needs = await pickNeedsOf(this.db, this.company, dated, this.facts.sitesDecide, source);
  }

  /** Holds these stocks and those that are fetched from. */
  async balancesOf(places: readonly AskedPlace[]): ReturnType<ReleaseReader['balancesOf']> {
    // What is not stored holds nothing to be fetched: nothing is made to be locked.
    const fetched = placesOf(this.#needs.values()).map((place) => ({ ...place, stored: true }));
    const held = await this.hold([...places, ...fetched]);
    this.#held = held;
    return held;
  }

  /** What the orders are fetched, once it is held. */
  async picking(orders: readonly StoredOrder[]): Promise<Picking> {
    const held = placesOf(this.#needs.values()).map((place) => ({
      ...place,
      onHand: this.#held.get(stockKey(place))?.onHand ?? '0',
    }));
    const stocks = await pickableStocks(this.db, this.company, held, orders, this.anew);
    return { needs: this.#needs, stocks: new PickableStocks(this.facts.reservation, stocks) };
  }
}

import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { OrderKey } from '../../../domain/order';
import { quantityText, zero, type Quantity } from '../../../domain/quantity';
import type { ReleaseDecision } from '../../../domain/release/decide';
import { hasExpired, inOrderOf, isForChoice, type LotStock } from '../../../domain/release/lots';
import type { StockBalance, StockKey } from '../../../domain/release/stock';
import type { Preview } from '../../../contract/runs';
import { texts, uuids, type Queries } from './database';
import { itemDescriptions } from './item-descriptions';
import type { ReleaseJudgement } from './judge-release';
import type { StoredOrder } from './lock-orders';

/**
 * What the lines that name no lot would be drawn from, in the sequence of the orders, and all lots there are of that. Lines of orders
 * that something else than their lots keeps are left out: no choice would help them.
 *
 * @param days on which orders are posted: a lot has expired here that has on all of them
 */
export async function previewedLots(
  db: Queries,
  company: string,
  { decisions, lots, contested }: ReleaseJudgement,
  days: readonly CalendarDate[],
): Promise<Pick<Preview, 'lots' | 'lotStocks'>> {
  if (lots.size === 0) return noLotsPreviewed;
  const lines = decisions.flatMap(({ key, refusals, lots: given = [] }) =>
    refusals.every(isForChoice) ? given.map((line) => ({ ...line, order: key })) : [],
  );
  const descriptions = await itemDescriptions(db, company, [...lots.values()]);
  return {
    lots: lines.map(({ order, line, item, stock, quantity, parts }) => {
      const { variant = '', warehouse = '' } = lots.get(stock) ?? {};
      const given = parts.map((part) => ({ lot: part.lot, quantity: quantityText(part.quantity) }));
      return { order, line, item, variant, warehouse, need: quantityText(quantity), lots: given };
    }),
    lotStocks: [...lots.values()].map((stock) => ({
      ...{ item: stock.item, variant: stock.variant, warehouse: stock.warehouse, unit: stock.unit },
      ...{ picking: stock.picking, description: descriptions.get(stock.item) ?? '' },
      lots: inOrderOf(stock).map(({ lot, stock: key, receivedOn, expiresOn }) => ({
        ...{ lot, receivedOn, expiresOn, expired: days.every((day) => hasExpired({ expiresOn }, day)) },
        available: quantityText(availableTo(contested.get(key))),
      })),
    })),
  };
}

export const noLotsPreviewed: Pick<Preview, 'lots' | 'lotStocks'> = { lots: [], lotStocks: [] };

/** What the marked orders together find of a stock, however much others were promised; never below zero. */
function availableTo(balance: StockBalance | undefined): Quantity {
  if (balance === undefined) return zero;
  const { onHand, reserved, reservedFor } = balance;
  const free = [...reservedFor.values()].reduce((sum, own) => sum.plus(own), onHand.minus(reserved));
  return free.isNegative() ? zero : free;
}

/**
 * A query of (order_id, warehouse), a row per movement: the lines of `withdrawn`, and one more for each further lot that a line of these
 * orders takes.
 */
export function withParts(
  withdrawn: RawBuilder<unknown>,
  orders: readonly StoredOrder[],
  decisions: readonly ReleaseDecision[],
  stocks: ReadonlyMap<StockKey, LotStock>,
): RawBuilder<unknown> {
  const ids = new Map<OrderKey, string>(orders.map(({ key, id }) => [key, id]));
  const further = decisions.flatMap(({ key, lots = [] }) => {
    const id = ids.get(key);
    if (id === undefined) return [];
    return lots.flatMap(({ stock, parts }) =>
      parts.slice(1).map(() => ({ id, warehouse: stocks.get(stock)?.warehouse ?? '' })),
    );
  });
  if (further.length === 0) return withdrawn;
  return sql`
    select order_id, warehouse from (${withdrawn}) l
     union all
    select * from unnest(${uuids(further.map(({ id }) => id))}, ${texts(further.map(({ warehouse }) => warehouse))})`;
}

import { sql, type RawBuilder } from 'kysely';
import { groupBy } from '../../../domain/group-by';
import type { OrderKey } from '../../../domain/order';
import { quantity, quantityText, type Quantity } from '../../../domain/quantity';
import type { ReleaseDecision } from '../../../domain/release/decide';
import type { ChosenLots, LotNeed, LotStock } from '../../../domain/release/lots';
import type { StockKey } from '../../../domain/release/stock';
import type { ChosenLotsOfOrder } from '../order-book';
import { execute, integers, numerics, rows, texts, uuids, type Queries, type Tx } from './database';
import type { StoredOrder } from './lock-orders';
import {
  placeTable,
  stockKey,
  type StockedItem,
  type StockHeld,
  type StockPlace,
  type StockRow,
  type StockSum,
} from './stock';
import type { TotalNeed } from './withdrawals';

/** The stock of a lot's item and variant in its warehouse, without the lot: what a line that names none is drawn from. */
const withoutLot = (place: StockPlace): StockKey => stockKey({ ...place, lot: '' });

/** The lots at these places among the balances that were asked for them. */
export function lotsAt(
  places: readonly StockPlace[],
  balances: ReadonlyMap<StockKey, StockHeld | StockRow>,
): StockRow[] {
  const wanted = new Set(places.map(stockKey));
  return [...balances.values()].flatMap((row) =>
    'lot' in row && row.lot !== '' && wanted.has(withoutLot(row)) ? [row] : [],
  );
}

/** What lies in lots at these places, none of which names a lot; `lots` are the balances of all lots there. */
export function lotStocks(
  places: readonly StockPlace[],
  lots: readonly StockRow[],
  items: ReadonlyMap<string, StockedItem>,
): ReadonlyMap<StockKey, LotStock> {
  const found = groupBy(lots, withoutLot);
  return new Map(
    places.map((place): [StockKey, LotStock] => {
      const { item, variant, warehouse } = place;
      const known = items.get(item);
      return [
        stockKey(place),
        {
          ...{ item, variant, warehouse, unit: known?.unit ?? '', picking: known?.picking ?? 'manual' },
          lots: (found.get(stockKey(place)) ?? []).map((row) => ({
            ...{ lot: row.lot, stock: stockKey(row), receivedOn: row.receivedOn, expiresOn: row.expiresOn },
          })),
        },
      ];
    }),
  );
}

/** The lines of each order that are drawn from lots at these places and name none; `lines` is a query of withdrawals or of movements. */
export async function lotNeedsOf(
  db: Queries,
  lines: RawBuilder<unknown>,
  places: readonly StockPlace[],
): Promise<ReadonlyMap<string, readonly LotNeed[]>> {
  if (places.length === 0) return new Map();
  const found = await rows(
    db,
    sql<StockPlace & { readonly order: string; readonly line: number; readonly quantity: string }>`
      select w.order_id as order, w.line, w.item, w.variant, w.warehouse, w.lot, trim_scale(w.quantity)::text as quantity
        from (${lines}) w
        join ${placeTable(places)}
          on p.item = w.item and p.variant = w.variant and p.warehouse = w.warehouse and p.lot = w.lot
       order by w.order_id, w.line`,
  );
  const byOrder = new Map<string, LotNeed[]>();
  for (const row of found) {
    const need = { line: row.line, item: row.item, stock: stockKey(row), quantity: quantity(row.quantity) };
    const known = byOrder.get(row.order);
    if (known) known.push(need);
    else byOrder.set(row.order, [need]);
  }
  return byOrder;
}

/** What the planner chose, by order. */
export function chosenByOrder(
  chosen: readonly ChosenLotsOfOrder[] | undefined,
): ReadonlyMap<OrderKey, readonly ChosenLots[]> {
  const choices = (chosen ?? []).map(({ order, line, lots }) => ({
    ...{ order, line },
    lots: lots.map((part) => ({ lot: part.lot, quantity: quantity(part.quantity) })),
  }));
  return groupBy(choices, ({ order }) => order);
}

/**
 * Gives the posted movements of these orders, which name no lot yet, the lots that were decided: the first part stands in the movement
 * itself, the others come beside it. Tells whether there were any.
 */
export async function writeLots(
  tx: Tx,
  company: string,
  decisions: readonly ReleaseDecision[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): Promise<boolean> {
  const parts = decisions.flatMap(({ key, refusals, lots = [] }) => {
    const id = orders.get(key)?.id;
    if (id === undefined || refusals.length > 0) return [];
    return lots.flatMap(({ line, parts: ofLine }) =>
      ofLine.map((part, index) => ({ ...part, id, line, part: index + 1 })),
    );
  });
  if (parts.length === 0) return false;
  await execute(
    tx,
    sql`
      with given as materialized (
        select * from unnest(${uuids(parts.map((p) => p.id))}, ${integers(parts.map((p) => p.line))},
                             ${integers(parts.map((p) => p.part))}, ${texts(parts.map((p) => p.lot))},
                             ${numerics(parts.map((p) => quantityText(p.quantity)))})
               as g(order_id, line, part, lot, quantity)),
      further as (
        insert into movement (company_id, order_id, cause, line, part, item, variant, warehouse, lot, reason, direction, quantity)
        select m.company_id, m.order_id, m.cause, m.line, g.part, m.item, m.variant, m.warehouse, g.lot, m.reason, m.direction,
               g.quantity
          from given g join movement m on m.order_id = g.order_id and m.line = g.line
         where m.company_id = ${company} and m.part = 1 and g.part > 1)
      update movement m set lot = g.lot, quantity = g.quantity
        from given g
       where m.company_id = ${company} and m.order_id = g.order_id and m.line = g.line and m.part = 1 and g.part = 1`,
  );
  return true;
}

/** What orders that all go withdraw, by stock: their total needs, those without a lot from the lots that were decided. */
export function withdrawnInLots(
  totals: readonly TotalNeed[],
  decisions: readonly ReleaseDecision[],
): StockSum[] {
  const sums = new Map<StockKey, { readonly place: StockPlace; readonly quantity: Quantity }>();
  const add = (place: StockPlace, withdrawn: Quantity) => {
    const key = stockKey(place);
    sums.set(key, { place, quantity: sums.get(key)?.quantity.plus(withdrawn) ?? withdrawn });
  };
  const places = new Map(totals.map((need) => [stockKey(need), need]));
  for (const need of totals) if (!need.byLot) add(need, quantity(need.quantity));
  for (const { stock, parts } of decisions.flatMap(({ lots = [] }) => lots)) {
    const place = places.get(stock);
    if (place) for (const { lot, quantity: withdrawn } of parts) add({ ...place, lot }, withdrawn);
  }
  return [...sums.values()].map(({ place: { item, variant, warehouse, lot }, quantity: sum }) => ({
    ...{ item, variant, warehouse, lot, quantity: quantityText(sum) },
  }));
}

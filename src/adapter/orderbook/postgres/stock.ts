import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { LotPicking } from '../../../domain/release/lots';
import type { StockKey } from '../../../domain/release/stock';
import { execute, numerics, rows, texts, unseenUuids, type Queries, type Tx } from './database';

/** Where a balance is kept. */
export interface StockPlace {
  readonly item: string;
  readonly variant: string;
  readonly warehouse: string;
  readonly lot: string;
}

/** A place as writers ask for it. */
export interface WantedPlace extends StockPlace {
  /** Whether the book has a balance for it already. */
  readonly stored: boolean;
  /** Not this stock is meant, but every lot there is of its item and variant in its warehouse. */
  readonly byLot?: boolean;
}

/** What a stock holds, as decimal text, and what its warehouse allows. */
export interface StockHeld {
  readonly onHand: string;
  readonly negativeStock: boolean;
}

export interface StockRow extends StockPlace, StockHeld {
  /** When the lot came, and its last good day; null where nobody knows, or it has none. */
  readonly receivedOn: CalendarDate | null;
  readonly expiresOn: CalendarDate | null;
}

/** One text per stock: codes cannot contain the unit separator between them. */
export function stockKey({ item, variant, warehouse, lot }: StockPlace): StockKey {
  // Made of its parts by definition.
  return [item, variant, warehouse, lot].join('\u001f') as StockKey;
}

/** A derived table `p(item, variant, warehouse, lot)` of these places. */
export function placeTable(places: readonly (Omit<StockPlace, 'lot'> & { readonly lot: string | null })[]) {
  return sql`unnest(${texts(places.map((p) => p.item))}, ${texts(places.map((p) => p.variant))},
                    ${texts(places.map((p) => p.warehouse))}, ${texts(places.map((p) => p.lot))})
             as p(item, variant, warehouse, lot)`;
}

/** Of which stocks `s` one hears that is asked for these places, as a derived table `p` and a condition of the join. */
function stocksOf(places: readonly (StockPlace & Pick<WantedPlace, 'byLot'>)[]) {
  const ofPlace = sql`s.item = p.item and s.variant = p.variant and s.warehouse = p.warehouse`;
  if (!places.some(({ byLot }) => byLot))
    return { asked: placeTable(places), on: sql`${ofPlace} and s.lot = p.lot` };
  return {
    // No lot stands for every lot.
    asked: placeTable(places.map((place) => (place.byLot ? { ...place, lot: null } : place))),
    on: sql`${ofPlace} and (s.lot = p.lot or p.lot is null and s.lot <> '')`,
  };
}

/** Without locks: to lock them, `for no key update of s` goes behind it. */
function balances(company: string, places: readonly WantedPlace[]) {
  const { asked, on } = stocksOf(places);
  return sql<StockRow>`
    select s.item, s.variant, s.warehouse, s.lot, trim_scale(s.on_hand)::text as "onHand",
           w.negative_stock as "negativeStock", s.received_on as "receivedOn", s.expires_on as "expiresOn"
      from ${asked} join stock s on ${on}
      join warehouse w on w.company_id = s.company_id and w.warehouse = s.warehouse
     where s.company_id = ${company}
     order by s.item, s.variant, s.warehouse, s.lot`;
}

/**
 * Locks these stocks in key order, creating at zero those not `stored` yet, and gives their balances as every writer before left
 * them; where places are meant by lot, all their lots, among the others in one key order. The second lock of every writer, after
 * its orders; only this file locks stock.
 */
export async function lockStock(
  tx: Tx,
  company: string,
  places: readonly WantedPlace[],
): Promise<Map<StockKey, StockRow>> {
  if (places.length === 0) return new Map();
  const missing = places.filter(({ stored, byLot }) => !stored && !byLot);
  // All inserts come before the first lock and in key order, so that two writers never wait for each other in a ring.
  if (missing.length > 0) await createStock(tx, company, missing);
  return byStockKey(await rows(tx, sql<StockRow>`${balances(company, places)} for no key update of s`));
}

/**
 * Locks, in key order, the stocks of a derived table `places(item, variant, warehouse, lot, by_lot)` that is part of the same statement,
 * and gives what they hold – or locks none at all, when one of the places is not stored yet or meant by lot: {@link lockStock} creates
 * and finds them before it locks the first. Places without a warehouse are none.
 */
export function stockLock(company: string, places: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select s.item, s.variant, s.warehouse, s.lot, s.on_hand
      from ${places} p join stock s using (item, variant, warehouse, lot)
     where s.company_id = ${company}
       and not exists (
           select from ${places} p
            where p.warehouse is not null
              and (p.by_lot or not exists (select from stock n where n.company_id = ${company} and n.item = p.item and n.variant = p.variant
                                                    and n.warehouse = p.warehouse and n.lot = p.lot)))
     order by s.item, s.variant, s.warehouse, s.lot
       for no key update of s`;
}

/** {@link lockStock}, or {@link readStock} for whoever only looks. */
export type HoldStock = (
  tx: Tx,
  company: string,
  places: readonly WantedPlace[],
) => Promise<Map<StockKey, StockRow>>;

/** What {@link lockStock} gives, for stocks of which some are locked already: when all are, nothing is asked. */
export async function lockRest(
  tx: Tx,
  company: string,
  places: readonly (WantedPlace & { readonly locked?: StockHeld })[],
): Promise<Map<StockKey, StockHeld | StockRow>> {
  const held = new Map(
    places.flatMap((place) => (place.locked ? [[stockKey(place), place.locked] as const] : [])),
  );
  return held.size === places.length ? held : lockStock(tx, company, places);
}

/**
 * Locks the stocks of a derived table `places(item, variant, warehouse, lot)` in key order, creating at zero those that are not there,
 * as {@link lockStock} does for a list.
 */
export async function lockStockOf(tx: Tx, company: string, places: RawBuilder<unknown>): Promise<void> {
  await execute(
    tx,
    sql`
      insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand)
      select ${company}, item, variant, warehouse, lot, 0, 0 from ${places} p
       order by item collate "C", variant collate "C", warehouse collate "C", lot collate "C"
          on conflict do nothing`,
  );
  await rows(
    tx,
    sql`
      select from stock s join ${places} p using (item, variant, warehouse, lot)
       where s.company_id = ${company}
       order by s.item, s.variant, s.warehouse, s.lot
         for no key update of s`,
  );
}

async function createStock(tx: Tx, company: string, places: readonly StockPlace[]): Promise<void> {
  await execute(
    tx,
    sql`
      insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand)
      select ${company}, p.item, p.variant, p.warehouse, p.lot, 0, 0
        from ${placeTable(places)}
       order by p.item collate "C", p.variant collate "C", p.warehouse collate "C", p.lot collate "C"
          on conflict do nothing`,
  );
}

/** What the rules need to know of an item that is short or picked by lot. */
export interface StockedItem {
  readonly item: string;
  readonly unit: string;
  readonly lotManaged: boolean;
  readonly picking: LotPicking;
}

export async function stockedItems(
  db: Queries,
  company: string,
  items: readonly string[],
): Promise<Map<string, StockedItem>> {
  if (items.length === 0) return new Map();
  const found = await rows(
    db,
    sql<StockedItem>`
      select item, unit, lot_managed as "lotManaged", lot_picking as picking from item
       where company_id = ${company} and item = any(${texts([...new Set(items)])})`,
  );
  return new Map(found.map((item) => [item.item, item]));
}

/** What movements come to in one stock. */
export interface StockSum extends StockPlace {
  /** Plain decimal text, not signed. */
  readonly quantity: string;
}

/** The sums of these movements, by stock. */
export async function sumsOf(db: Queries, movements: RawBuilder<unknown>): Promise<StockSum[]> {
  return rows(
    db,
    sql<StockSum>`
      select item, variant, warehouse, lot, sum(quantity)::text as quantity
        from (${movements}) m group by item, variant, warehouse, lot`,
  );
}

/** By how much one stock changes. */
export interface StockChange extends StockPlace {
  /** Plain decimal text; positive raises the stock. */
  readonly change: string;
}

/** Locks, in key order, every stock that movements of these orders have changed, and gives what taking them back changes. */
export async function lockStockOfOrders(
  tx: Tx,
  company: string,
  orders: readonly { readonly id: string }[],
): Promise<StockChange[]> {
  if (orders.length === 0) return [];
  return rows(
    tx,
    sql<StockChange>`
      with moved as materialized (
        select item, variant, warehouse, lot,
               sum(case direction when 'unload' then quantity else -quantity end)::text as change
          from movement
         where company_id = ${company} and order_id = any(${unseenUuids(orders.map(({ id }) => id))})
         group by item, variant, warehouse, lot)
      select item, variant, warehouse, lot, change
        from moved join stock s using (item, variant, warehouse, lot)
       where s.company_id = ${company}
       order by s.item, s.variant, s.warehouse, s.lot
         for no key update of s`,
  );
}

/** Changes locked stocks. */
export async function changeStock(tx: Tx, company: string, changes: readonly StockChange[]): Promise<void> {
  await execute(tx, stockUpdate(company, changes));
}

/** The statement that changes locked stocks, to stand alone or within another one. */
export function stockUpdate(company: string, changes: readonly StockChange[]): RawBuilder<unknown> {
  return sql`
    update stock s set on_hand = s.on_hand + c.change
      from unnest(${texts(changes.map((c) => c.item))}, ${texts(changes.map((c) => c.variant))},
                  ${texts(changes.map((c) => c.warehouse))}, ${texts(changes.map((c) => c.lot))},
                  ${numerics(changes.map((c) => c.change))}) as c(item, variant, warehouse, lot, change)
     where s.company_id = ${company} and s.item = c.item and s.variant = c.variant
       and s.warehouse = c.warehouse and s.lot = c.lot`;
}

/** The same without locks and without creating anything: what is not stored yet holds nothing, as it would when created. */
export async function readStock(
  db: Queries,
  company: string,
  places: readonly (StockPlace & Pick<WantedPlace, 'byLot'>)[],
): Promise<Map<StockKey, StockRow>> {
  if (places.length === 0) return new Map();
  const { asked, on } = stocksOf(places);
  const found = await rows(
    db,
    sql<StockRow>`
      select p.item, p.variant, p.warehouse, coalesce(s.lot, p.lot) as lot,
             trim_scale(coalesce(s.on_hand, 0))::text as "onHand", w.negative_stock as "negativeStock",
             s.received_on as "receivedOn", s.expires_on as "expiresOn"
        from ${asked}
        join warehouse w on w.company_id = ${company} and w.warehouse = p.warehouse
        left join stock s on s.company_id = ${company} and ${on}
       where coalesce(s.lot, p.lot) is not null`,
  );
  return byStockKey(found);
}

const byStockKey = (found: readonly StockRow[]) => new Map(found.map((row) => [stockKey(row), row]));

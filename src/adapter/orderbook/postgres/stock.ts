import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { StockKey } from '../../../domain/release/decide';
import { execute, numerics, rows, texts, type Queries, type Tx } from './database';

/** Where a balance is kept. */
export interface StockPlace {
  readonly item: string;
  readonly variant: string;
  readonly warehouse: string;
  readonly lot: string;
}

export interface StockChange extends StockPlace {
  /** Plain decimal text; positive raises the stock. */
  readonly change: string;
}

interface StockRow extends StockPlace {
  readonly onHand: string;
  readonly negativeStock: boolean;
}

/** One text per stock: codes cannot contain the unit separator between them. */
export function stockKey({ item, variant, warehouse, lot }: StockPlace): StockKey {
  // Made of its parts by definition.
  return [item, variant, warehouse, lot].join('\u001f') as StockKey;
}

function placeTable(places: readonly StockPlace[]) {
  return sql`unnest(${texts(places.map((p) => p.item))}, ${texts(places.map((p) => p.variant))},
                    ${texts(places.map((p) => p.warehouse))}, ${texts(places.map((p) => p.lot))})
             as p(item, variant, warehouse, lot)`;
}

function balances(company: string, places: readonly StockPlace[]) {
  return sql<StockRow>`
    select s.item, s.variant, s.warehouse, s.lot, trim_scale(s.on_hand)::text as "onHand",
           w.negative_stock as "negativeStock"
      from ${placeTable(places)}
      join stock s using (item, variant, warehouse, lot)
      join warehouse w on w.company_id = s.company_id and w.warehouse = s.warehouse
     where s.company_id = ${company}
     order by s.item, s.variant, s.warehouse, s.lot`;
}

/**
 * Locks these stocks in key order, creating missing ones at zero, and gives their balances as every writer before left them.
 * The second lock of every writer, after its orders. Nothing else locks stock.
 */
export async function lockStock(
  tx: Tx,
  company: string,
  places: readonly StockPlace[],
): Promise<Map<StockKey, StockRow>> {
  if (places.length === 0) return new Map();
  await execute(
    tx,
    sql`
      insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand)
      select ${company}, p.item, p.variant, p.warehouse, p.lot, 0, 0
        from ${placeTable(places)}
       order by p.item collate "C", p.variant collate "C", p.warehouse collate "C", p.lot collate "C"
          on conflict do nothing`,
  );
  return byStockKey(await rows(tx, sql<StockRow>`${balances(company, places)} for no key update of s`));
}

/** The same without locks; a stock that does not exist is left out. */
export async function readStock(
  db: Queries,
  company: string,
  places: readonly StockPlace[],
): Promise<Map<StockKey, StockRow>> {
  return places.length === 0 ? new Map() : byStockKey(await rows(db, balances(company, places)));
}

/** Changes the balances of locked stocks. Throws when one of them does not exist. */
export async function changeStock(tx: Tx, company: string, changes: readonly StockChange[]): Promise<void> {
  if (changes.length === 0) return;
  const changed = await execute(
    tx,
    sql`
      update stock s set on_hand = s.on_hand + p.change
        from unnest(${texts(changes.map((c) => c.item))}, ${texts(changes.map((c) => c.variant))},
                    ${texts(changes.map((c) => c.warehouse))}, ${texts(changes.map((c) => c.lot))},
                    ${numerics(changes.map((c) => c.change))}) as p(item, variant, warehouse, lot, change)
       where s.company_id = ${company} and s.item = p.item and s.variant = p.variant
         and s.warehouse = p.warehouse and s.lot = p.lot`,
  );
  if (changed !== changes.length) throw new Error(`${changes.length - changed} stock rows are missing`);
}

/**
 * Locks the record counters of these warehouses for a day, the last lock of every writer, and gives the last number used.
 */
export async function lockRecordCounters(
  tx: Tx,
  company: string,
  warehouses: readonly string[],
  postedOn: CalendarDate,
): Promise<Map<string, number>> {
  const sorted = [...new Set(warehouses)].sort();
  await execute(
    tx,
    sql`
      insert into record_counter (company_id, warehouse, posted_on, last_record)
      select ${company}, w, ${postedOn}::date, 0 from unnest(${texts(sorted)}) w order by w collate "C"
          on conflict do nothing`,
  );
  const found = await rows(
    tx,
    sql<{ warehouse: string; last: number }>`
      select warehouse, last_record as last from record_counter
       where company_id = ${company} and posted_on = ${postedOn}::date and warehouse = any(${texts(sorted)})
       order by warehouse for no key update`,
  );
  return new Map(found.map(({ warehouse, last }) => [warehouse, last]));
}

/** Moves locked counters on to the highest number posted. */
export async function advanceRecordCounters(
  tx: Tx,
  company: string,
  warehouses: readonly string[],
  postedOn: CalendarDate,
): Promise<void> {
  await execute(
    tx,
    sql`
      update record_counter c
         set last_record = (select coalesce(max(r.record), c.last_record) from movement_record r
                             where r.company_id = c.company_id and r.warehouse = c.warehouse
                               and r.posted_on = c.posted_on and r.record > c.last_record)
       where c.company_id = ${company} and c.posted_on = ${postedOn}::date and c.warehouse = any(${texts(warehouses)})`,
  );
}

const byStockKey = (found: readonly StockRow[]) => new Map(found.map((row) => [stockKey(row), row]));

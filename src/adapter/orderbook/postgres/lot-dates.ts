import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import { execute, texts, type Tx } from './database';
import { placeTable, type StockPlace } from './stock';

/** A lot that something is loaded into. */
export interface LotArrival extends StockPlace {
  /** The warehouse it comes from, which says when it came and how long it is good; null where it is made. */
  readonly source: string | null;
}

/**
 * Says of locked lots when they came, and of those that are moved how long they are good. Called before they are loaded: a lot of which
 * something lies there already, or that is known, stays as it is.
 *
 * @param day on which lots that are made come
 */
export async function dateLots(
  tx: Tx,
  company: string,
  arrivals: readonly LotArrival[],
  day: CalendarDate,
): Promise<void> {
  if (arrivals.length === 0) return;
  await execute(
    tx,
    sql`
      update stock s
         set received_on = case when a.source is null then ${day}::date else o.received_on end,
             expires_on = coalesce(s.expires_on, o.expires_on)
        from unnest(${texts(arrivals.map((a) => a.item))}, ${texts(arrivals.map((a) => a.variant))},
                    ${texts(arrivals.map((a) => a.warehouse))}, ${texts(arrivals.map((a) => a.lot))},
                    ${texts(arrivals.map((a) => a.source))}) as a(item, variant, warehouse, lot, source)
        left join stock o on o.company_id = ${company} and o.item = a.item and o.variant = a.variant
                         and o.warehouse = a.source and o.lot = a.lot
       where s.company_id = ${company} and s.item = a.item and s.variant = a.variant and s.warehouse = a.warehouse
         and s.lot = a.lot and s.on_hand = 0 and s.received_on is null`,
  );
}

/** Whatever came into these locked lots was taken back: those that are empty now have never come, unless somebody counted them. */
export async function forgetEmptyLots(tx: Tx, company: string, places: readonly StockPlace[]): Promise<void> {
  if (places.length === 0) return;
  await execute(
    tx,
    sql`
      update stock s set received_on = null, expires_on = null
        from ${placeTable(places)}
       where s.company_id = ${company} and s.item = p.item and s.variant = p.variant and s.warehouse = p.warehouse
         and s.lot = p.lot and s.on_hand = 0 and not s.counted`,
  );
}

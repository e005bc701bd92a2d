import { sql } from 'kysely';
import type { CalendarDate } from '../../../../domain/calendar';
import { groupBy } from '../../../../domain/group-by';
import { quantity } from '../../../../domain/quantity';
import type { PickNeed, PickPlace } from '../../../../domain/work/plan';
import { requestRules } from '../../../../domain/warehouse-request';
import { rows, texts, uuids, words, type Queries } from '../database';
import { stockKey, type StockPlace } from '../stock';
import { placeOf, type LineSource } from '../withdrawals';

interface NeedRow extends Omit<PickNeed, 'quantity' | 'total' | 'places' | 'inputPlaces'> {
  /** Id of the order. */
  readonly order: string;
  readonly quantity: string;
  readonly total: string;
  readonly lotManaged: boolean;
  /** Lots in the storage and at the input location; null where any one of them will not do. */
  readonly lots: readonly string[] | null;
  readonly inputLots: readonly string[] | null;
}

/** An order, by id, on the day on which it is picked. */
export interface OrderOnDay {
  readonly id: string;
  readonly day: CalendarDate;
}

/** A table of (order_id, place), and what the day of an order is in it: one for all where they share one. */
function onDays(orders: readonly OrderOnDay[]) {
  const ids = uuids(orders.map(({ id }) => id));
  const days = orders.map(({ day }) => day);
  return new Set(days).size <= 1
    ? {
        dated: sql`unnest(${ids}) with ordinality as k(order_id, place)`,
        day: sql`${days[0] ?? null}::date`,
      }
    : {
        dated: sql`unnest(${ids}, ${words(days)}::date[]) with ordinality as k(order_id, picked_on, place)`,
        day: sql`k.picked_on`,
      };
}

/**
 * What the warehouse has to fetch for these orders, in the order of their lines: what {@link requestRules} ask to be picked, less
 * what has been. It is put to the input location of the work centre of the material's operation, else of the order, else of their site.
 *
 * @param orders with the day on which it would be picked: lots that have expired by then are left alone where the first to expire is picked
 *   first
 * @param source where the lines are when they are yet to be written: nothing is picked for them
 */
export async function pickNeedsOf(
  db: Queries,
  company: string,
  orders: readonly OrderOnDay[],
  sitesDecide: boolean,
  source?: LineSource,
): Promise<ReadonlyMap<string, readonly PickNeed[]>> {
  const found = await rows(db, needs(company, orders, sitesDecide, source));
  const read = found.map(({ order, lotManaged, lots, inputLots, ...row }) => {
    const places = placesIn(row, row.pickFrom, lotManaged, lots);
    const inputPlaces = row.putTo === null ? [] : placesIn(row, row.putTo, lotManaged, inputLots);
    return {
      order,
      need: { ...row, quantity: quantity(row.quantity), total: quantity(row.total), places, inputPlaces },
    };
  });
  return new Map(
    [...groupBy(read, ({ order }) => order)].map(([id, of]) => [id, of.map(({ need }) => need)]),
  );
}

function placesIn(
  { item, variant, lot }: Pick<NeedRow, 'item' | 'variant' | 'lot'>,
  warehouse: string,
  lotManaged: boolean,
  lots: readonly string[] | null,
): PickPlace[] {
  const any = lotManaged && lot === '' ? (lots ?? []) : [lot];
  return any.map((each) => ({ lot: each, stock: stockKey({ item, variant, warehouse, lot: each }) }));
}

function needs(company: string, orders: readonly OrderOnDay[], sitesDecide: boolean, source?: LineSource) {
  const { dated, day } = onDays(orders);
  const materials = source?.materials ?? sql`order_material`;
  const operations = source?.operations ?? sql`order_operation`;
  const { tables, warehouse, reason } = placeOf(company, sitesDecide, operations);
  const picks = requestRules.filter(({ kind, sign }) => kind === 'pick' && sign === 'needed');
  const need = sql`(m.quantity - m.supplied - ${source ? sql`0` : sql`m.picked`})`;
  const lotsOf = (place: ReturnType<typeof sql>) => sql`
    case when i.lot_managed and m.lot = '' then array(
      select s.lot from stock s
       where s.company_id = ${company} and s.item = m.item and s.variant = m.variant and s.warehouse = ${place} and s.on_hand > 0
         and (i.lot_picking <> 'expiry' or s.expires_on is null or s.expires_on >= ${day})
       order by case i.lot_picking when 'expiry' then s.expires_on end nulls last, s.received_on nulls first, s.lot) end`;
  return sql<NeedRow>`
    select o.order_id as order, m.line, m.item, m.variant, m.lot, i.unit, i.lot_managed as "lotManaged",
           trim_scale(${need})::text as quantity, trim_scale(m.quantity - m.supplied)::text as total, m.fixed, i.decimals, h.warehouse as "pickFrom", r.reason as "pickReason", w.warehouse as "putTo",
           (select min(l.reason) from movement_reason l
             where l.company_id = ${company} and l.warehouse = w.warehouse and l.direction = 'load' and l.production) as "putReason",
           ${lotsOf(sql`h.warehouse`)} as lots, ${lotsOf(sql`w.warehouse`)} as "inputLots"
      from ${dated}
      join production_order o on o.company_id = ${company} and o.order_id = k.order_id
      join ${materials} m on m.company_id = ${company} and m.order_id = o.order_id and m.quantity > 0 and ${need} > 0
      join item i on i.company_id = ${company} and i.item = m.item and i.stock_managed
      ${tables}
      join warehouse h on h.company_id = ${company} and h.warehouse = ${warehouse}
      join unnest(${texts(picks.map(({ pickup }) => pickup))}, ${texts(picks.map(({ handling }) => handling))})
           as u(pickup, handling) on u.pickup = i.pickup_type and u.handling = h.consumption_handling
      left join movement_reason r on r.company_id = ${company} and r.warehouse = h.warehouse and r.reason = ${reason}
                 and r.direction = 'unload' and r.production
      left join (select company_id, order_id, order_line, operation, work_centre from order_operation) q
             on q.company_id = ${company} and q.order_id = m.order_id and q.order_line = m.order_line and q.operation = m.operation
      left join work_centre c on c.company_id = ${company} and c.work_centre = coalesce(q.work_centre, o.work_centre)
      left join site t on t.company_id = ${company} and t.site = coalesce(nullif(o.site, ''), c.site)
      left join warehouse w on w.company_id = ${company} and w.warehouse = coalesce(c.input_warehouse, t.input_warehouse)
     order by k.place, m.line`;
}

/** The stocks that needs are met from, each once. */
export function placesOf(needsOf: Iterable<readonly PickNeed[]>): StockPlace[] {
  const places = new Map<string, StockPlace>();
  for (const { item, variant, pickFrom, putTo, places: storage, inputPlaces } of [...needsOf].flat()) {
    for (const { stock, lot } of storage) places.set(stock, { item, variant, warehouse: pickFrom, lot });
    for (const { stock, lot } of inputPlaces)
      places.set(stock, { item, variant, warehouse: putTo ?? '', lot });
  }
  return [...places.values()];
}

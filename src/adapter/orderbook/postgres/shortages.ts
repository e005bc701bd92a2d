import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { OrderKey } from '../../../domain/order';
import { quantity, quantityText, zero, type Quantity } from '../../../domain/quantity';
import type { StockBalance } from '../../../domain/release/stock';
import {
  shortagesAhead,
  type LackOfStock,
  type ShortOrder,
  type Supply,
} from '../../../domain/shortage/shortage';
import { lotsTogether } from '../../../domain/shortage/lots-together';
import type { OrderRow } from '../../../contract/orders';
import type { Shortage } from '../../../contract/runs';
import { rows, type Queries } from './database';
import { placesOf } from './declaration/deposit';
import { itemDescriptions } from './item-descriptions';
import type { ReleaseJudgement } from './judge-release';
import { orderKeyOf } from './lock-orders';
import { placeTable, stockKey, type StockPlace } from './stock';
import type { TotalNeed } from './withdrawals';

/** Supplies of a stock that are told of: the first ones. */
const SUPPLIES_TOLD = 5;

export interface PreviewedShortages {
  /** Stocks that leave at least one order short, most missing first. */
  readonly shortages: Shortage[];
  /** When each order that stock keeps can go first; null where what is on its way never covers it. */
  readonly feasibleOn: ReadonlyMap<OrderKey, CalendarDate | null>;
}

/** What the judged orders lack, stock by stock, and what is on its way, when they are posted on `day` at the earliest; `known` are their rows. */
export async function shortagesOf(
  db: Queries,
  company: string,
  judgement: ReleaseJudgement,
  known: ReadonlyMap<OrderKey, Pick<OrderRow, 'jobOrder'>>,
  day: CalendarDate,
): Promise<PreviewedShortages> {
  const { decisions, candidates, contested: balances, lots } = judgement;
  const judged = lotsTogether({ candidates, decisions, balances }, { stocks: lots, postedOn: day });
  const short = shortOrders(judgement, known);
  const lacking = new Set(short.flatMap(({ lacks }) => lacks.map(({ stock }) => stock)));
  const totals = judgement.totals.filter((need) => lacking.has(stockKey(need)));
  const [descriptions, supplies] = [
    await itemDescriptions(db, company, totals),
    await suppliesOf(db, company, [...judged.balances.values()]),
  ];
  const ahead = shortagesAhead(judged, short, supplies, day);
  const shortages = totals.map((total): Shortage => {
    const { orders = [], supplies: coming = [] } = ahead.byStock.get(stockKey(total)) ?? {};
    const maker = coming.find(({ kind }) => kind === 'order');
    return {
      ...totalOf(total, judged.balances, judgement.returned, descriptions.get(total.item) ?? ''),
      supplies: coming.slice(0, SUPPLIES_TOLD).map(told),
      moreSupplies: Math.max(coming.length - SUPPLIES_TOLD, 0),
      maker: maker ? told(maker) : null,
      orders: orders.map(({ key, need, available, short: lack, subOrder, feasibleOn }) => ({
        key,
        need,
        available,
        short: lack,
        subOrder: subOrder && told(subOrder),
        feasibleOn,
      })),
    };
  });
  const missing = new Map(shortages.map((shortage) => [shortage, quantity(shortage.missing)]));
  shortages.sort((a, b) => (missing.get(b) ?? zero).comparedTo(missing.get(a) ?? zero));
  return { shortages, feasibleOn: ahead.feasibleOn };
}

/** What all judged orders together need of a stock, against what it holds for them. */
function totalOf(
  need: TotalNeed,
  balances: ReleaseJudgement['contested'],
  returned: ReleaseJudgement['returned'],
  description: string,
) {
  const balance = balances.get(stockKey(need));
  const available = (returned.get(stockKey(need)) ?? zero).plus(balance ? availableTo(balance) : zero);
  return {
    ...{ item: need.item, variant: need.variant, description, warehouse: need.warehouse, lot: need.lot },
    ...{ unit: balance?.unit ?? '', need: need.quantity },
    available: quantityText(available.isNegative() ? zero : available),
    missing: quantityText(quantity(need.quantity).minus(available)),
  };
}

/** What the marked orders together find: on hand without what is reserved for anybody else; below zero where that is more. */
function availableTo({ onHand, reserved, reservedFor }: StockBalance): Quantity {
  return [...reservedFor.values()].reduce((sum, own) => sum.plus(own), onHand.minus(reserved));
}

/** The orders that REL-10 keeps, with what it says of each stock. */
function shortOrders(
  { decisions }: ReleaseJudgement,
  known: ReadonlyMap<OrderKey, Pick<OrderRow, 'jobOrder'>>,
): ShortOrder[] {
  return decisions.flatMap(({ key, refusals }) => {
    const lacks = refusals.flatMap(({ code, params }): LackOfStock[] => {
      const { item, variant, warehouse, lot, need, available, short } = params;
      if (code !== 'REL-10' || !item || variant === undefined || !warehouse || lot === undefined) return [];
      if (!need || !available || !short) return [];
      const stock = stockKey({ item, variant, warehouse, lot });
      return [{ stock, need, available, short }];
    });
    return lacks.length === 0 ? [] : [{ key, jobOrder: known.get(key)?.jobOrder ?? '', lacks }];
  });
}

const told = ({ kind, document, quantity: coming, on, state }: Supply): Shortage['supplies'][number] => ({
  ...{ kind, document, on, state, quantity: quantityText(coming) },
});

interface SupplyRow extends Omit<StockPlace, 'lot'>, Omit<Supply, 'stock' | 'quantity'> {
  readonly quantity: string;
}

/**
 * What is on its way into these stocks: documents of other systems, and what is left to make of open orders that make the item, without
 * what is promised of it, for the warehouse it is deposited in. Nobody knows in which lot something comes: stocks of a named lot get
 * nothing.
 */
async function suppliesOf(db: Queries, company: string, stocks: readonly StockPlace[]): Promise<Supply[]> {
  const places = stocks.filter(({ lot }) => lot === '');
  if (places.length === 0) return [];
  const found = await rows(
    db,
    sql<SupplyRow>`
      with place as materialized (select distinct item, variant, warehouse from ${placeTable(places)}),
      making as materialized (
        select o.*, o.quantity - o.quantity_produced - coalesce((
                 select sum(r.quantity) from output_reservation r
                  where r.company_id = o.company_id and r.order_id = o.order_id), 0) as left_to_make
          from (select distinct item, variant from place) n
          join production_order o on o.company_id = ${company} and o.item = n.item and o.variant = n.variant
           and o.state in ('launched', 'executive') and o.quantity > o.quantity_produced)
      select s.kind, s.document, s.item, s.variant, s.warehouse, trim_scale(sum(s.quantity))::text as quantity, s.due_on as on,
             null as state, '' as "jobOrder"
        from place join incoming_supply s using (item, variant, warehouse)
       where s.company_id = ${company}
       group by s.kind, s.document, s.item, s.variant, s.warehouse, s.due_on
       union all
      select 'order', ${orderKeyOf}, o.item, o.variant, n.warehouse, trim_scale(o.left_to_make)::text, o.end_on, o.state, o.job_order
        from making o
        join item i on i.company_id = o.company_id and i.item = o.item
        left join lateral (
             select f.operation from order_operation f
              where f.company_id = o.company_id and f.order_id = o.order_id and f.productive
              order by f.movable desc, f.operation desc limit 1) final on true
        ${placesOf(company, sql`final.operation`)}
        join place n on n.item = o.item and n.variant = o.variant
         and n.warehouse = coalesce(o.deposit_warehouse, s.warehouse, i.deposit_warehouse, b.warehouse, g.warehouse)
       where o.left_to_make > 0`,
  );
  return found.map(({ item, variant, warehouse, quantity: coming, ...supply }) => ({
    ...supply,
    stock: stockKey({ item, variant, warehouse, lot: '' }),
    quantity: quantity(coming),
  }));
}

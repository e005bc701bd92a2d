import { sql, type RawBuilder } from 'kysely';
import type { OrderQuery } from '../../../contract/orders';
import { isOrderKey, parseOrderKey } from '../../../domain/order';
import { integers } from './database';
import { fits, isOneOf } from './text-criteria';

type Condition = RawBuilder<unknown>;

/** The conditions a query puts on order `o`, without its states: those are read one by one. */
export function orderConditions(company: string, query: OrderQuery): Condition[] {
  return [
    sql`o.company_id = ${company}`,
    ...keyConditions(query),
    ...itemConditions(company, query),
    ...dayConditions(query),
    ...usageConditions(company, query),
    ...placeConditions(company, query),
    ...headerConditions(query),
    ...releaseConditions(company, query),
  ];
}

/** The condition of a criterion that is given; an empty list is none. */
export function when<T>(wanted: T | undefined, condition: (wanted: T) => Condition): Condition[] {
  const restricts = wanted !== undefined && !(Array.isArray(wanted) && wanted.length === 0);
  return restricts ? [condition(wanted)] : [];
}

function keyConditions({ order, year, number, lot }: OrderQuery): Condition[] {
  return [
    ...when(order, orderCondition),
    ...when(year, (wanted) => sql`o.year = ${wanted}`),
    ...when(number, (wanted) => sql`o.number = ${wanted}`),
    ...when(lot, (wanted) => sql`o.lot = ${wanted}`),
  ];
}

/** Order `o` by its key: `125` a number, `2026/` a year, `2026/125` both, `2026/125/0` one order, anything else a pattern over the whole key. */
export function orderCondition(criterion: string): Condition {
  if (/^\d{1,9}$/.test(criterion)) return sql`o.number = ${Number(criterion)}`;
  const [, year, number] = /^(\d{4})\/(\d{0,9})$/.exec(criterion) ?? [];
  if (year)
    return number
      ? sql`o.year = ${Number(year)} and o.number = ${Number(number)}`
      : sql`o.year = ${Number(year)}`;
  const key = isOrderKey(criterion) && parseOrderKey(criterion);
  if (key) return sql`o.year = ${key.year} and o.number = ${key.number} and o.lot = ${key.lot}`;
  return fits(sql`o.key_text`, criterion);
}

/** Items are looked up first: there are far fewer of them than orders. */
function itemConditions(company: string, { item, category, variant }: OrderQuery): Condition[] {
  const ofItems = (condition: Condition) =>
    sql`o.item in (select i.item from item i where i.company_id = ${company} and ${condition})`;
  return [
    ...when(item, (wanted) =>
      ofItems(sql`(${fits(sql`i.item_upper`, wanted)} or ${fits(sql`i.description_upper`, wanted)})`),
    ),
    ...when(category, (wanted) => ofItems(fits(sql`i.category_upper`, wanted))),
    ...when(variant, (wanted) => fits(sql`o.variant_upper`, wanted)),
  ];
}

function dayConditions(query: OrderQuery): Condition[] {
  return [
    ...when(query.startFrom, (day) => sql`o.start_on >= ${day}::date`),
    ...when(query.startTo, (day) => sql`o.start_on <= ${day}::date`),
    ...when(query.endFrom, (day) => sql`o.end_on >= ${day}::date`),
    ...when(query.endTo, (day) => sql`o.end_on <= ${day}::date`),
    ...when(query.dueFrom, (day) => sql`o.due_on >= ${day}::date`),
    ...when(query.dueTo, (day) => sql`o.due_on <= ${day}::date`),
  ];
}

function usageConditions(company: string, { usageFrom, usageTo }: OrderQuery): Condition[] {
  if (usageFrom === undefined && usageTo === undefined) return [];
  return [
    sql`o.order_id in (
      select m.order_id from order_material m where m.company_id = ${company}
         and m.usage_on between ${usageFrom ?? '-infinity'}::date and ${usageTo ?? 'infinity'}::date)`,
  ];
}

function placeConditions(company: string, { workCentre, machine, site }: OrderQuery): Condition[] {
  return [
    ...when(workCentre, (codes) => isOneOf(company, sql`o.work_centre`, 'work_centre', codes)),
    ...when(site, (codes) => isOneOf(company, sql`o.site`, 'site', codes)),
    // `offset 0` has the operations looked up first, by their index, and not order by order.
    ...when(
      machine,
      (codes) => sql`o.order_id in (select p.order_id from order_operation p
        where p.company_id = ${company} and p.machine <> '' and ${isOneOf(company, sql`p.machine`, 'machine', codes)} offset 0)`,
    ),
  ];
}

function headerConditions(query: OrderQuery): Condition[] {
  return [
    ...when(query.jobOrder, (wanted) => fits(sql`o.job_order_upper`, wanted)),
    ...when(query.jobOrderType, (wanted) => fits(sql`o.job_order_type_upper`, wanted)),
    ...when(query.project, (wanted) => fits(sql`o.project_upper`, wanted)),
    ...when(query.customer, (wanted) => fits(sql`o.customer_upper`, wanted)),
    ...when(query.salesOrder, (wanted) => fits(sql`o.sales_order_upper`, wanted)),
    ...when(query.bomLevel, (levels) => sql`o.bom_level = any(${integers(levels)})`),
    ...when(query.mandatory, (wanted) => sql`o.mandatory = ${wanted}`),
    ...when(query.printed, (wanted) => sql`(o.printed_on is not null) = ${wanted}`),
    ...when(query.onHold, (wanted) => sql`o.on_hold = ${wanted}`),
  ];
}

function releaseConditions(company: string, query: OrderQuery): Condition[] {
  /** The moment a day of the plant begins. */
  const midnight = (day: Condition) =>
    sql`((${day})::timestamp at time zone (select time_zone from company where company_id = ${company}))`;
  return [
    ...when(query.releasedFrom, (day) => sql`o.released_at >= ${midnight(sql`${day}::date`)}`),
    ...when(query.releasedTo, (day) => sql`o.released_at < ${midnight(sql`${day}::date + 1`)}`),
    ...when(query.releasedBy, (wanted) => fits(sql`o.released_by_upper`, wanted)),
    ...when(
      query.runNumber,
      (wanted) =>
        sql`o.released_run = (select run_id from run where company_id = ${company} and number = ${wanted})`,
    ),
  ];
}

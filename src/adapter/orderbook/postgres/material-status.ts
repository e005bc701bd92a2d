import { sql } from 'kysely';
import { materialStatus, type MaterialStatus } from '../../../domain/material-status';
import type { OrderKey } from '../../../domain/order';
import { transitions } from '../../../domain/transitions';
import { companyFactsOf } from './company-facts';
import { rows, type Queries } from './database';
import { readHeaders } from './lock-orders';
import { withdrawals } from './withdrawals';

/**
 * Whether the materials of these orders are there, by the needs and the stock a release looks at: on hand without what is reserved
 * for anybody else. Each order is looked at by itself; those that are not launched withdraw nothing any more and are left out.
 */
export async function materialStatuses(
  db: Queries,
  company: string,
  keys: readonly OrderKey[],
): Promise<ReadonlyMap<OrderKey, MaterialStatus>> {
  const { anyReservation, sitesDecide } = await companyFactsOf(db, company, []);
  const marked = keys.map((key) => ({ key, version: 0 }));
  const launched = [...(await readHeaders(db, company, marked)).values()].filter(
    ({ state }) => state === transitions.release.from,
  );
  const reserved = anyReservation ? reservedForOthers(company) : sql`0`;
  const counted = await rows(
    db,
    sql<{ id: string; needed: number; covered: number }>`
      with need as (
        select order_id, item, variant, warehouse, lot, bool_or(by_lot) as by_lot, sum(quantity) as quantity
          from (${withdrawals(company, launched, 'automatic', sitesDecide)}) w
         group by order_id, item, variant, warehouse, lot)
      select n.order_id as id, count(*)::int as needed,
             (count(*) filter (where n.quantity <= s.available))::int as covered
        from need n
       cross join lateral (
             -- Of a line that names no lot, all lots together.
             select sum(s.on_hand - ${reserved}) as available from stock s
              where s.company_id = ${company} and s.item = n.item and s.variant = n.variant and s.warehouse = n.warehouse
                and (s.lot = n.lot or n.by_lot)) s
       group by n.order_id`,
  );
  const byId = new Map(counted.map(({ id, ...counts }) => [id, counts]));
  return new Map(
    launched.map(({ id, key }) => [key, materialStatus(byId.get(id) ?? { needed: 0, covered: 0 })]),
  );
}

const reservedForOthers = (company: string) => sql`(
  select coalesce(sum(r.quantity), 0) from reservation r
    left join production_order o on o.company_id = r.company_id and o.order_id = r.order_id
   where r.company_id = ${company} and r.item = n.item and r.variant = n.variant and r.warehouse = n.warehouse
     and r.lot = s.lot and r.order_id is distinct from n.order_id and (r.order_id is null or o.state = 'launched'))`;

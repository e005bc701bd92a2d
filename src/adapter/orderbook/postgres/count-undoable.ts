import { sql } from 'kysely';
import { rows, uuids, type Queries } from './database';

/**
 * How many orders of each run could be restored now. The audit entry of the release knows the version it left the order at: a
 * restore of exactly that version is not refused as stale. Nor are orders counted that were declared on, are picked for, or have records in a
 * closed period.
 */
export async function countUndoable(
  db: Queries,
  company: string,
  runs: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (runs.length === 0) return new Map();
  const counted = await rows(
    db,
    sql<{ run: string; orders: number }>`
      select o.released_run as run, count(*)::int as orders
        from production_order o
        join audit_event e on e.company_id = o.company_id and e.order_id = o.order_id and e.run_id = o.released_run
       where o.company_id = ${company} and o.released_run = any(${uuids(runs)})
         and o.state = 'executive' and e.version = o.version
         and not exists (select from declaration d where d.company_id = o.company_id and d.order_id = o.order_id)
         and not exists (
             select from work w
              where w.company_id = o.company_id and w.order_id = o.order_id and w.state in ('in_process', 'closed'))
         and not exists (
             select from movement_record r
               join closed_period p on p.company_id = r.company_id and p.warehouse in ('', r.warehouse)
                                   and r.posted_on between p.from_on and p.to_on
              where r.company_id = o.company_id and r.order_id = o.order_id)
       group by o.released_run`,
  );
  return new Map(counted.map(({ run, orders }) => [run, orders]));
}

import { sql } from 'kysely';
import type { LoadOfDay } from '../../../contract/runs';
import { rows, uuids, type Queries } from './database';

/** Days of one operation that are counted. ERPs end what has no end in the year 9999: a row for each of its days helps nobody. */
const MOST_DAYS = 366;

/**
 * How many operations of these orders each work centre has in hand on each day, from the first day of an operation to its last,
 * both included, but no further than {@link MOST_DAYS}; by work centre, then day. Operations, not hours: how long a centre works on one
 * is not known. Orders without operations count nowhere.
 */
export function loadOf(
  db: Queries,
  company: string,
  going: readonly { readonly id: string }[],
  refused: readonly { readonly id: string }[],
): Promise<LoadOfDay[]> {
  const idsOf = (orders: readonly { readonly id: string }[]) => uuids(orders.map(({ id }) => id));
  // Counted before it is spread over days: many operations share centre, start and end.
  return rows(
    db,
    sql<LoadOfDay>`
      select l.work_centre as "workCentre", coalesce(w.name, '') as name, d.day::date::text as day, sum(l.going)::int as going,
             sum(l.refused)::int as refused
        from (select p.work_centre, p.start_on, p.end_on, count(*) filter (where o.going) as going,
                     count(*) filter (where not o.going) as refused
                from (select id, true as going from unnest(${idsOf(going)}) as id
                      union all
                      select id, false from unnest(${idsOf(refused)}) as id) o
                join order_operation p on p.company_id = ${company} and p.order_id = o.id
               group by p.work_centre, p.start_on, p.end_on) l
        left join work_centre w on w.company_id = ${company} and w.work_centre = l.work_centre
       cross join generate_series(l.start_on::timestamp, least(l.end_on, l.start_on + ${MOST_DAYS - 1}::int)::timestamp,
                                   interval '1 day') as d(day)
       group by l.work_centre, w.name, d.day
       order by l.work_centre, d.day`,
  );
}

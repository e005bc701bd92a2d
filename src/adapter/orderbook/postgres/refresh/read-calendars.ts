import { sql } from 'kysely';
import type { WorkingCalendar } from '../../../../domain/working-time/working-calendar';
import { rows, type Queries } from '../database';

/** The working calendars of the company. */
export function calendarsOf(db: Queries, company: string): Promise<WorkingCalendar[]> {
  return rows(
    db,
    sql<WorkingCalendar>`
      select c.calendar, coalesce(h.hours, '[]') as hours, coalesce(d.holidays, '{}') as holidays
        from calendar c
        left join lateral (
             select json_agg(json_build_object('weekday', weekday, 'starts', starts::text, 'ends', ends::text)
                             order by weekday, starts) as hours
               from calendar_hours where company_id = c.company_id and calendar = c.calendar) h on true
        left join lateral (
             select array_agg(day::text order by day) as holidays
               from calendar_holiday where company_id = c.company_id and calendar = c.calendar) d on true
       where c.company_id = ${company}`,
  );
}

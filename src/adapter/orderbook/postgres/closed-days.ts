import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { ClosedDay } from '../../../domain/closed-period';
import { rows, texts, words, type Queries } from './database';

/** Which of these days are closed in their warehouse, with the first period that closes each. */
export async function closedDays(
  db: Queries,
  company: string,
  postings: readonly { readonly warehouse: string; readonly day: CalendarDate }[],
): Promise<ClosedDay[]> {
  if (postings.length === 0) return [];
  return rows(
    db,
    sql<ClosedDay>`
      select distinct on (p.warehouse, p.day) p.warehouse, p.day, c.from_on as from, c.to_on as to
        from unnest(${texts(postings.map(({ warehouse }) => warehouse))}, ${words(postings.map(({ day }) => day))}::date[])
             as p(warehouse, day)
        join closed_period c on c.company_id = ${company} and c.warehouse in ('', p.warehouse)
                            and p.day between c.from_on and c.to_on
       order by p.warehouse, p.day, c.from_on, c.warehouse`,
  );
}

import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { ClosedDay } from '../../../domain/closed-period';
import type { ReleasePolicy } from '../../../domain/policy';
import { rows, type Queries } from './database';

/** A period in which nothing is posted or taken back; warehouse '' stands for all of them. */
export type ClosedPeriod = Omit<ClosedDay, 'day'>;

/**
 * What holds for a whole company in one transaction. Most rules do not apply to most companies: these facts come along with the
 * first statement, and what is needed to judge a rule is only read where they say that it may apply.
 */
export interface CompanyFacts extends ReleasePolicy {
  /** Periods that close the posting day; none where nothing is posted. */
  readonly closed: readonly ClosedPeriod[];
  readonly anyClosedPeriod: boolean;
  readonly anyReservation: boolean;
  readonly anyBlockedItem: boolean;
  /** Some machine stands in a site with warehouses of its own. */
  readonly machinesDecide: boolean;
}

/** Columns of {@link CompanyFacts} about company `c`; `postingDate` null where nothing is posted. */
export const companyFacts = (postingDate: CalendarDate | null) => sql<CompanyFacts>`
  c.shortage_policy as shortage, c.reservation_policy as reservation,
  coalesce((select json_agg(json_build_object('warehouse', p.warehouse, 'from', p.from_on, 'to', p.to_on)
                            order by p.from_on, p.warehouse)
              from closed_period p
             where p.company_id = c.company_id and ${postingDate}::date between p.from_on and p.to_on), '[]') as closed,
  exists (select from closed_period p where p.company_id = c.company_id) as "anyClosedPeriod",
  exists (select from reservation r where r.company_id = c.company_id) as "anyReservation",
  exists (select from item i where i.company_id = c.company_id and i.blocked) as "anyBlockedItem",
  exists (select from machine m join withdrawal_default d on d.company_id = m.company_id and d.site = m.site
           where m.company_id = c.company_id and m.site <> '') as "machinesDecide"`;

/** The facts as they are now. Throws when there is no such company: the edge has checked it. */
export async function companyFactsOf(
  db: Queries,
  company: string,
  postingDate: CalendarDate | null,
): Promise<CompanyFacts> {
  const [facts] = await rows(
    db,
    sql<CompanyFacts>`select ${companyFacts(postingDate)} from company c where c.company_id = ${company}`,
  );
  if (!facts) throw new RangeError(`Unknown company: ${company}`);
  return facts;
}

import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { ReleasePolicy } from '../../../domain/policy';
import { rows, type Queries } from './database';

/**
 * What holds for a whole company in one transaction. Some rules do not apply to most companies: these facts come along with the
 * first statement, and what such a rule looks at is only read where they say that it may apply.
 */
export interface CompanyFacts extends ReleasePolicy {
  /** Some warehouse is closed on the posting day; where nothing is posted, on any day. */
  readonly anyClosed: boolean;
  readonly anyReservation: boolean;
  /** Some site has warehouses of its own to withdraw from. */
  readonly sitesDecide: boolean;
}

/** Columns of {@link CompanyFacts} about company `c`; `postingDate` null where nothing is posted. */
export const companyFacts = (postingDate: CalendarDate | null) => sql<CompanyFacts>`
  c.shortage_policy as shortage, c.reservation_policy as reservation,
  exists (select from closed_period p where p.company_id = c.company_id ${onDay(postingDate)}) as "anyClosed",
  exists (select from reservation r where r.company_id = c.company_id) as "anyReservation",
  exists (select from withdrawal_default d where d.company_id = c.company_id and d.site <> '') as "sitesDecide"`;

const onDay = (day: CalendarDate | null) =>
  day === null ? sql`` : sql`and ${day}::date between p.from_on and p.to_on`;

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

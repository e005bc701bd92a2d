import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { ReleasePolicy } from '../../../domain/policy';
import { rows, type Queries } from './database';
import { worksAtAll } from './work/promised';

/**
 * What holds for a whole company. Some rules do not apply to most companies: these facts come along with the first statement, and
 * what such a rule looks at is only read where they say that it may apply. Nothing locks them: a command that waits for its locks
 * afterwards goes by them and asks {@link factsHold} in the statement that writes.
 */
export interface CompanyFacts extends ReleasePolicy {
  /** Some warehouse is closed on the posting day; false where none is named. */
  readonly anyClosed: boolean;
  readonly anyReservation: boolean;
  /** Some site has warehouses of its own to withdraw from. */
  readonly sitesDecide: boolean;
}

const anyClosed = (day: CalendarDate) => sql`exists (
  select from closed_period p where p.company_id = c.company_id and ${day}::date between p.from_on and p.to_on)`;
/** Work keeps stock from others, too. */
const anyReservation = sql`(exists (select from reservation r where r.company_id = c.company_id) or ${worksAtAll})`;
const sitesDecide = sql`exists (
  select from withdrawal_default d where d.company_id = c.company_id and d.site <> '')`;

/** Columns of {@link CompanyFacts} about company `c`; `postingDate` null where nothing is posted. */
export const companyFacts = (postingDate: CalendarDate | null) => sql<CompanyFacts>`
  c.shortage_policy as shortage, c.reservation_policy as reservation, c.picking_policy as picking,
  ${postingDate === null ? sql`false` : anyClosed(postingDate)} as "anyClosed",
  ${anyReservation} as "anyReservation", ${sitesDecide} as "sitesDecide"`;

/**
 * Whether a release that posts on `postingDate` was not judged by too few facts. One that was true leads to what it is about, which is
 * read under the locks; only one that was false is asked again. Nor are the policies: orders are released by those that came with the claim,
 * and are stamped with them.
 */
export function factsHold(
  company: string,
  facts: CompanyFacts,
  postingDate: CalendarDate,
): RawBuilder<boolean> {
  const ruledOut = [
    ...(facts.anyClosed ? [] : [anyClosed(postingDate)]),
    ...(facts.anyReservation ? [] : [anyReservation]),
    ...(facts.sitesDecide ? [] : [sitesDecide]),
  ];
  if (ruledOut.length === 0) return sql`true`;
  return sql`(select not (${sql.join(ruledOut, sql` or `)}) from (select ${company}::text collate "C" as company_id) c)`;
}

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

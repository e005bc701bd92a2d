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
  /** Some warehouse is closed on one of the posting days; false where none is named. */
  readonly anyClosed: boolean;
  readonly anyReservation: boolean;
  /** Some site has warehouses of its own to withdraw from. */
  readonly sitesDecide: boolean;
}

function anyClosed(days: readonly CalendarDate[]): RawBuilder<boolean> {
  if (days.length === 0) return sql`false`;
  if (days.length > 1)
    return sql`(${sql.join(
      days.map((day) => anyClosed([day])),
      sql` or `,
    )})`;
  return sql`exists (
  select from closed_period p where p.company_id = c.company_id and ${days[0]}::date between p.from_on and p.to_on)`;
}
/** Work keeps stock from others, too. */
const anyReservation = sql`(exists (select from reservation r where r.company_id = c.company_id) or ${worksAtAll})`;
const sitesDecide = sql`exists (
  select from withdrawal_default d where d.company_id = c.company_id and d.site <> '')`;

/** Columns of {@link CompanyFacts} about company `c`; no `days` where nothing is posted. */
export const companyFacts = (days: readonly CalendarDate[]) => sql<CompanyFacts>`
  c.shortage_policy as shortage, c.reservation_policy as reservation, c.picking_policy as picking,
  ${anyClosed(days)} as "anyClosed",
  ${anyReservation} as "anyReservation", ${sitesDecide} as "sitesDecide"`;

/**
 * Whether a release that posts on these days was not judged by too few facts. One that was true leads to what it is about, which is
 * read under the locks; only one that was false is asked again. Nor are the policies: orders are released by those that came with the claim,
 * and are stamped with them.
 */
export function factsHold(
  company: string,
  facts: CompanyFacts,
  days: readonly CalendarDate[],
): RawBuilder<boolean> {
  const ruledOut = [
    ...(facts.anyClosed ? [] : [anyClosed(days)]),
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
  days: readonly CalendarDate[],
): Promise<CompanyFacts> {
  const [facts] = await rows(
    db,
    sql<CompanyFacts>`select ${companyFacts(days)} from company c where c.company_id = ${company}`,
  );
  if (!facts) throw new RangeError(`Unknown company: ${company}`);
  return facts;
}

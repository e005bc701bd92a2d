import { sql } from 'kysely';
import type { ReleasePolicy } from '../../../domain/policy';
import type { Company, WorkCentre } from '../../../contract/plant';
import { rows, type Queries } from './database';

export async function companies(db: Queries): Promise<Company[]> {
  return rows(
    db,
    sql<Company>`select company_id as code, name, time_zone as "timeZone" from company order by company_id`,
  );
}

export async function workCentres(db: Queries, company: string): Promise<WorkCentre[]> {
  return rows(
    db,
    sql<WorkCentre>`select work_centre as code, name from work_centre where company_id = ${company} order by work_centre`,
  );
}

/** The company's policies as they are now. Throws when there is no such company: the edge has checked it. */
export async function policyOf(db: Queries, company: string): Promise<ReleasePolicy> {
  const [policy] = await rows(
    db,
    sql<ReleasePolicy>`
      select shortage_policy as shortage, reservation_policy as reservation from company where company_id = ${company}`,
  );
  if (!policy) throw new RangeError(`Unknown company: ${company}`);
  return policy;
}

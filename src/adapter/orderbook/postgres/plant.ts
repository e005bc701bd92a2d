import { sql } from 'kysely';
import type { Company, Warehouse, WorkCentre } from '../../../contract/plant';
import { rows, type Queries } from './database';

export async function companies(db: Queries): Promise<Company[]> {
  return rows(
    db,
    sql<Company>`select company_id as code, name, time_zone as "timeZone" from company where ready order by company_id`,
  );
}

export async function workCentres(db: Queries, company: string): Promise<WorkCentre[]> {
  return rows(
    db,
    sql<WorkCentre>`select work_centre as code, name from work_centre where company_id = ${company} order by work_centre`,
  );
}

export async function warehouses(db: Queries, company: string): Promise<Warehouse[]> {
  return rows(
    db,
    sql<Warehouse>`select warehouse as code, name from warehouse where company_id = ${company} order by warehouse`,
  );
}

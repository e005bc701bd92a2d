import { sql } from 'kysely';
import { dayIn, daysBetween, type Instant } from '../../../../domain/calendar';
import type { PlantDescription } from '../../plant-folder';
import { execute, rows, type Queries, type Tx } from '../database';

/** Makes the company of an import, which is not ready before the import is done, and its turn, where they are not there yet. */
export async function ensureCompany(tx: Tx, plant: PlantDescription, at: Instant): Promise<void> {
  const { company, name, timeZone, policies } = plant;
  await execute(
    tx,
    sql`
      insert into company (company_id, name, time_zone, shortage_policy, reservation_policy, moved_days, ready)
      values (${company}, ${name}, ${timeZone}, ${policies.shortage}, ${policies.reservation},
              ${daysToMove(plant, at)}::int, false)
          on conflict do nothing`,
  );
  // What an import that failed has left behind is nobody's company yet: the next one says what it is to be.
  await execute(
    tx,
    sql`
      update company
         set shortage_policy = ${policies.shortage}, reservation_policy = ${policies.reservation},
             moved_days = ${daysToMove(plant, at)}::int
       where company_id = ${company} and not ready`,
  );
  await execute(tx, sql`insert into import_turn (company_id) values (${company}) on conflict do nothing`);
}

/** The cut-off becomes the day of the first import; plants without one move nothing. */
function daysToMove({ cutOff, timeZone }: PlantDescription, at: Instant): number {
  return cutOff === undefined ? 0 : daysBetween(cutOff, dayIn(timeZone, at));
}

/** What an import needs to know of its company. */
export interface ImportedCompany {
  /** Whether an import has been done before. */
  readonly ready: boolean;
  /** Days by which every day of the files moves. */
  readonly movedDays: number;
}

/** Waits until no other import of the company works. */
export async function takeTurn(tx: Tx, company: string): Promise<ImportedCompany> {
  await rows(tx, sql`select 1 as turn from import_turn where company_id = ${company} for no key update`);
  return importedCompany(tx, company);
}

async function importedCompany(db: Queries, company: string): Promise<ImportedCompany> {
  const [found] = await rows(
    db,
    sql<ImportedCompany>`select ready, moved_days as "movedDays" from company where company_id = ${company}`,
  );
  if (!found) throw new RangeError(`Unknown company: ${company}`);
  return found;
}

/** Brings the company's name and zone up to date and shows it. */
export async function makeReady(tx: Tx, { company, name, timeZone }: PlantDescription): Promise<void> {
  await execute(
    tx,
    sql`
      update company set ready = true, name = ${name}, time_zone = ${timeZone}
       where company_id = ${company} and row(ready, name, time_zone) is distinct from row(true, ${name}, ${timeZone})`,
  );
}

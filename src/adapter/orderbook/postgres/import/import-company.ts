import { sql } from 'kysely';
import { dayIn, daysBetween, type Instant } from '../../../../domain/calendar';
import type { PlantDescription } from '../../plant-folder';
import { execute, rows, type Queries, type Tx } from '../database';

/**
 * Makes the company of an import where it is not there yet, and locks its row: nobody opens a run of it until the transaction ends. It
 * is not ready before its first import is done.
 */
export async function lockCompany(tx: Tx, plant: PlantDescription, at: Instant): Promise<void> {
  const { company, name, timeZone, policies } = plant;
  await execute(
    tx,
    sql`
      insert into company (company_id, name, time_zone, shortage_policy, reservation_policy, picking_policy, moved_days, ready)
      values (${company}, ${name}, ${timeZone}, ${policies.shortage}, ${policies.reservation}, ${policies.picking},
              ${daysToMove(plant, at)}::int, false)
          on conflict do nothing`,
  );
  await rows(tx, sql`select from company where company_id = ${company} for no key update`);
}

/** What an import that failed has left behind is nobody's company yet: the next one says what it is to be. */
export async function claimCompany(tx: Tx, plant: PlantDescription, at: Instant): Promise<void> {
  const { company, policies } = plant;
  await execute(
    tx,
    sql`
      update company
         set shortage_policy = ${policies.shortage}, reservation_policy = ${policies.reservation},
             picking_policy = ${policies.picking},
             moved_days = ${daysToMove(plant, at)}::int
       where company_id = ${company} and not ready`,
  );
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
  /** Whether plant.json names it otherwise than the book. */
  readonly renamed: boolean;
}

/** As the book has it; where it does not have it yet, as this import will make it. */
export async function importedCompany(
  db: Queries,
  plant: PlantDescription,
  at: Instant,
): Promise<ImportedCompany> {
  const { company, name, timeZone } = plant;
  const [found] = await rows(
    db,
    sql<ImportedCompany>`
      select ready, moved_days as "movedDays", row(name, time_zone) is distinct from row(${name}::text, ${timeZone}::text) as renamed
        from company where company_id = ${company}`,
  );
  return found?.ready === true ? found : { ready: false, movedDays: daysToMove(plant, at), renamed: true };
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

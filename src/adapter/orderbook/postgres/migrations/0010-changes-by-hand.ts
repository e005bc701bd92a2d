import { sql, type Kysely } from 'kysely';

/** Operations and materials that planners move and change by hand have an outcome of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(outcomes).execute(db);
}

const outcomes = `
  alter table outcome drop constraint outcome_result_check;
  alter table outcome add constraint outcome_result_check
    check (result in ('released', 'restored', 'declared', 'held', 'lifted', 'created', 'changed', 'refreshed', 'skipped', 'refused',
                      'failed'));
`;

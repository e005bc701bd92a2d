import { sql, type Kysely } from 'kysely';

/** An import makes its staging tables itself, and its run says that it is at work: nothing of it is shared with others any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop table import_row, import_order, import_turn').execute(db);
}

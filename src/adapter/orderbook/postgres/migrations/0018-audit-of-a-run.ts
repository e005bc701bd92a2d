import { sql, type Kysely } from 'kysely';

/** An order may change twice in one run: the rest of a split is made by it and, asked for later in the same run, released by it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(auditEvents).execute(db);
}

const auditEvents = `
  alter table audit_event
    drop constraint audit_event_pkey,
    add primary key (company_id, order_id, run_id, version);
`;

import { sql, type Kysely } from 'kysely';

/** How each user likes to release: what the confirm step starts with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(defaults).execute(db);
}

const defaults = `
  create table release_default (
    company_id text collate "C" not null references company,
    actor text collate "C" not null,
    sub_orders boolean not null,
    split boolean not null,
    papers text[] not null check (papers <@ array['jobCard', 'routeJobs', 'routeCard']),
    changed_at timestamptz not null,
    primary key (company_id, actor)
  );
`;

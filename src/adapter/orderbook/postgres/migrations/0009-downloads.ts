import { sql, type Kysely } from 'kysely';

/** Files that may be fetched once, by an address without headers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(downloads).execute(db);
}

const downloads = `
  create table download (
    company_id text collate "C" not null references company,
    -- SHA-256 of the secret in the address: who reads the table can fetch nothing.
    token_hash bytea not null,
    actor text collate "C" not null,
    request jsonb not null,
    language text collate "C" not null,
    expires_at timestamptz not null,
    primary key (company_id, token_hash)
  );
`;

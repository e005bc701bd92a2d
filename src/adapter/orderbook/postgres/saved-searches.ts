import { sql } from 'kysely';
import type { Pool } from 'pg';
import type { SavedSearches, StoredSearch } from '../saved-searches';
import { databaseOf, execute, rows } from './database';

export function createPostgresSavedSearches(pool: Pool): SavedSearches {
  const db = databaseOf(pool);
  return {
    list: (company, actor) =>
      rows(
        db,
        sql<StoredSearch>`
          select name, query, changed_at as "changedAt" from saved_search
           where company_id = ${company} and actor = ${actor} order by name`,
      ),
    async save(company, actor, { name, query, changedAt }) {
      await execute(
        db,
        sql`insert into saved_search (company_id, actor, name, query, changed_at)
            values (${company}, ${actor}, ${name}, ${JSON.stringify(query)}::jsonb, ${changedAt}::timestamptz)
            on conflict (company_id, actor, name) do update set query = excluded.query, changed_at = excluded.changed_at`,
      );
    },
    async remove(company, actor, name) {
      const removed = await execute(
        db,
        sql`delete from saved_search where company_id = ${company} and actor = ${actor} and name = ${name}`,
      );
      return removed > 0;
    },
  };
}

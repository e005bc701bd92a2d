import { sql } from 'kysely';
import type { Pool } from 'pg';
import type { ReleaseDefaults } from '../../../contract/release-defaults';
import type { StoredDefaults } from '../release-defaults';
import { databaseOf, execute, rows, texts } from './database';

export function createPostgresReleaseDefaults(pool: Pool): StoredDefaults {
  const db = databaseOf(pool);
  return {
    async read(company, actor) {
      const [found] = await rows(
        db,
        sql<ReleaseDefaults>`
          select sub_orders as "references", split, papers from release_default
           where company_id = ${company} and actor = ${actor}`,
      );
      return found ?? null;
    },
    async save({ company, actor, at }, { references, split, papers }) {
      await execute(
        db,
        sql`insert into release_default (company_id, actor, sub_orders, split, papers, changed_at)
            values (${company}, ${actor}, ${references}, ${split}, ${texts(papers)}, ${at}::timestamptz)
            on conflict (company_id, actor) do update
               set sub_orders = excluded.sub_orders, split = excluded.split, papers = excluded.papers, changed_at = excluded.changed_at`,
      );
    },
  };
}

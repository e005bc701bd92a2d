import { sql } from 'kysely';
import type { Pool } from 'pg';
import type { Downloads, StoredDownload } from '../downloads';
import { databaseOf, execute, rows } from './database';

export function createPostgresDownloads(pool: Pool): Downloads {
  const db = databaseOf(pool);
  return {
    async add(company, actor, tokenHash, { request, language }, { at, expiresAt }) {
      await execute(
        db,
        sql`with expired as (delete from download where company_id = ${company} and expires_at <= ${at}::timestamptz)
            insert into download (company_id, token_hash, actor, request, language, expires_at)
            values (${company}, ${tokenHash}, ${actor}, ${JSON.stringify(request)}::jsonb, ${language},
                    ${expiresAt}::timestamptz)`,
      );
    },
    // Of two who open an address at the same moment the second finds the row gone.
    async take(company, actor, tokenHash, at) {
      const [download] = await rows(
        db,
        sql<StoredDownload>`
          delete from download
           where company_id = ${company} and token_hash = ${tokenHash} and actor = ${actor}
             and expires_at > ${at}::timestamptz
          returning request, language`,
      );
      return download;
    },
  };
}

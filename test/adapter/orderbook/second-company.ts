import type { Pool } from 'pg';

const FOREIGN_KEY_VIOLATION = '23503';

interface Table {
  readonly name: string;
  /** Those that hold what they are given: generated ones follow. */
  readonly columns: string;
}

async function tablesWithCompany(pool: Pool): Promise<Table[]> {
  const { rows } = await pool.query<Table>(`
    select c.relname as name,
           string_agg(quote_ident(a.attname), ', ' order by a.attnum) filter (where a.attgenerated = '') as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition
     group by c.relname having bool_or(a.attname = 'company_id')
     order by 1`);
  return rows;
}

/**
 * Gives the book a second company that holds everything the first one holds, under the same keys and ids: whatever forgets
 * to ask for the company now finds two rows where there was one.
 */
export async function copyCompany(pool: Pool, from: string, to: string): Promise<void> {
  let left = await tablesWithCompany(pool);
  while (left.length > 0) {
    const waiting: Table[] = [];
    for (const table of left) {
      const copied = await copyRows(pool, table, from, to);
      if (!copied) waiting.push(table);
    }
    if (waiting.length === left.length) {
      throw new Error(`Tables refer to one another: ${waiting.map(({ name }) => name).join(', ')}`);
    }
    left = waiting;
  }
}

/** False where the rows refer to a table whose turn comes later. */
async function copyRows(pool: Pool, { name, columns }: Table, from: string, to: string): Promise<boolean> {
  const values = columns.replace(/\bcompany_id\b/, '$2::text');
  try {
    await pool.query(`insert into ${name} (${columns}) select ${values} from ${name} where company_id = $1`, [
      from,
      to,
    ]);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === FOREIGN_KEY_VIOLATION) return false;
    throw error;
  }
}

/** Everything a company holds, a text per table. */
export async function contentsOf(pool: Pool, company: string): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const { name } of await tablesWithCompany(pool)) {
    const { rows } = await pool.query<{ content: string }>(
      `select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as content from ${name} t where company_id = $1`,
      [company],
    );
    contents[name] = rows[0]?.content ?? '';
  }
  return contents;
}

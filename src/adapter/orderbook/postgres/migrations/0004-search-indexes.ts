import { sql, type Kysely } from 'kysely';

/**
 * Texts as searches compare them: in capitals by ICU's root locale, whatever the database's own, and compared bytewise. Kept beside the
 * text, because folding 100,000 of them takes longer than a planner waits. Capitals, since small letters depend on what follows
 * (Greek final sigma). PostgreSQL computes them again only when the text itself changes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(searched)) {
    const added = columns.map(
      (column) =>
        `add column ${column}_upper text collate "C" generated always as (upper(${column} collate "und-x-icu")) stored`,
    );
    await sql.raw(`alter table ${table} ${added.join(', ')}`).execute(db);
  }
  await sql.raw(indexes).execute(db);
}

const searched = {
  item: ['item', 'description', 'category'],
  production_order: [
    ...['variant', 'customer', 'project', 'sales_order', 'job_order', 'job_order_type', 'released_by'],
  ],
};

const indexes = `
  -- year/number/lot, for patterns over the whole key.
  alter table production_order
    add column key_text text collate "C"
      generated always as (year::text || '/' || number::text || '/' || lot::text) stored;
  create index production_order_by_item on production_order (company_id, item);
  create index order_material_by_usage on order_material (company_id, usage_on) include (order_id);
  create index order_operation_by_machine on order_operation (company_id, machine) include (order_id) where machine <> '';
`;

import { sql, type Kysely } from 'kysely';

/**
 * What searches read. Texts as they are compared: in capitals by ICU's root locale, whatever the database's own, and bytewise – kept
 * beside the text, because folding 100,000 of them takes longer than a planner waits. Capitals, since small letters depend on what
 * follows (Greek final sigma). PostgreSQL computes them again only when the text itself changes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(searched)) {
    const added = columns.map((column) => `add column ${column}_upper ${generated(capitals(column))}`);
    await sql.raw(`alter table ${table} ${added.join(', ')}`).execute(db);
  }
  await sql.raw(orders).execute(db);
  await sql.raw(lines).execute(db);
}

const searched = {
  item: ['item', 'description', 'category'],
  production_order: [
    ...['variant', 'customer', 'project', 'sales_order', 'job_order', 'job_order_type', 'released_by'],
  ],
};

/** At most 80 characters, so that seven of them fit into an entry of an index whatever an ERP sends. */
function capitals(column: string): string {
  return `upper(left(${column}, 80) collate "und-x-icu")`;
}

function generated(expression: string): string {
  return `text collate "C" generated always as (${expression}) stored`;
}

const orders = `
  alter table production_order
    -- year/number/lot, for patterns over the whole key.
    add column key_text ${generated(`year::text || '/' || number::text || '/' || lot::text`)},
    add column on_hold boolean generated always as (hold_reason is not null) stored,
    -- The index below answers by itself only for pages a vacuum has seen since they changed.
    set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
  drop index production_order_by_start;
  -- Every page of a search is read from this index, in its order, and so is every count: with what criteria look at in it, orders that
  -- do not fit are passed over without a look at their rows.
  create index production_order_by_start on production_order (company_id, state, start_on, year, number, lot)
    include (order_id, item, variant_upper, end_on, due_on, work_centre, site, customer_upper, project_upper, sales_order_upper,
             job_order_upper, job_order_type_upper, bom_level, mandatory, printed_on, on_hold, key_text, released_at,
             released_by_upper, released_run);
  create index production_order_by_item on production_order (company_id, item);
`;

const lines = `
  create index order_material_by_usage on order_material (company_id, usage_on) include (order_id);
  create index order_operation_by_machine on order_operation (company_id, machine) include (order_id) where machine <> '';
`;

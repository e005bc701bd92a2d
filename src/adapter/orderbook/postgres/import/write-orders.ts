import { sql, type RawBuilder } from 'kysely';
import type { PlantFile } from '../../import-format';
import type { Moment } from '../../order-book';
import { FIRST_LINE } from '../../../../domain/refresh/guards';
import { execute, type Tx } from '../database';
import { baseNeeds, morning, ofWritten } from './plan-orders';
import { staged, type Staging } from './staged';
import { planTable, stagingTable } from './staging-tables';

/** The orders that are written: `order_id`, `action` and the columns of the file. */
function writtenOrders(staging: Staging): RawBuilder<unknown> {
  return sql`(
    select s.*, a.action, a.content, a.order_id as id
      from ${planTable(staging)} a join ${staged('orders', staging)} s using (order_ref)
     where a.action in ('add', 'update'))`;
}

/** Counts of lines by order. */
const lineCounts = (file: PlantFile, staging: Staging) => sql`(
  select order_ref, count(*)::int as lines from ${stagingTable(file, staging)} group by order_ref)`;

/**
 * Writes new and changed orders with their materials, operations and declarations. A file of lines that is not among the folder's says
 * nothing: the lines of orders the book has stay as they are.
 */
export async function writeOrders(
  tx: Tx,
  staging: Staging,
  files: ReadonlySet<PlantFile>,
  timeZone: string,
  moment: Moment,
  run: string,
): Promise<void> {
  await insertOrders(tx, staging, timeZone, moment);
  await forgetCalculated(tx, staging);
  await updateOrders(tx, staging, files, moment);
  await auditUpdates(tx, staging, moment, run);
  for (const [file, table] of lineTables) {
    if (!files.has(file)) continue;
    await execute(
      tx,
      sql`
        delete from ${sql.table(table)} where company_id = ${staging.company}
           and order_id in (select order_id from ${planTable(staging)} where action = 'update')`,
    );
  }
  await insertMaterials(tx, staging);
  await insertOperations(tx, staging);
  await insertDeclarations(tx, staging, timeZone, moment);
}

const lineTables = [
  ['order_materials', 'order_material'],
  ['order_operations', 'order_operation'],
] as const satisfies readonly (readonly [PlantFile, string])[];

async function insertOrders(
  tx: Tx,
  staging: Staging,
  timeZone: string,
  { company, at, actor }: Moment,
): Promise<void> {
  await execute(
    tx,
    sql`
      insert into production_order (
        company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced, unit, start_on, end_on, due_on,
        work_centre, customer, site, job_order, job_order_type, project, sales_order, bom_level, mandatory, no_materials,
        hold_reason, held_at, held_by, printed_on, deposit_warehouse, deposit_reason, state, origin, cause, released_at,
        released_by, changed_at, changed_by, imported_hash, material_lines, operation_lines, last_declaration)
      select ${company}, o.id, o.year, o.number, o.lot, o.item, o.variant, o.quantity, o.quantity_produced, o.unit, o.start,
             o."end", o.due, o.work_centre, o.customer, o.site, o.job_order, o.job_order_type, o.project, o.sales_order,
             o.bom_level, o.mandatory, o.no_materials, o.hold_reason,
             case when o.hold_reason is not null then ${at}::timestamptz end, case when o.hold_reason is not null then ${actor} end,
             o.printed_on, o.deposit_warehouse, o.deposit_reason, o.state, o.origin,
             case when o.origin = 'release' then 1 else 0 end, ${morning('o.released_on', timeZone)},
             case when o.origin = 'release' then ${actor} end, ${at}::timestamptz, ${actor}, o.content,
             coalesce(m.lines, 0), coalesce(p.lines, 0), coalesce(d.last, 0)
        from ${writtenOrders(staging)} o
        left join ${lineCounts('order_materials', staging)} m using (order_ref)
        left join ${lineCounts('order_operations', staging)} p using (order_ref)
        left join (select order_ref, max(declaration) as last from ${staged('declarations', staging)} s
                    group by order_ref) d using (order_ref)
       where o.action = 'add' order by o.file_line`,
  );
}

/** What a refresh had made of orders that now come otherwise: they have one line and days again, as their files have them. */
async function forgetCalculated(tx: Tx, staging: Staging): Promise<void> {
  const updated = sql`
    company_id = ${staging.company}
    and order_id in (select order_id from ${planTable(staging)} where action = 'update')`;
  for (const table of ['capacity_need', 'order_line'])
    await execute(tx, sql`delete from ${sql.table(table)} where ${updated}`);
  for (const [, table] of lineTables)
    await execute(
      tx,
      sql`delete from ${sql.table(table)} where ${updated} and order_line <> ${FIRST_LINE}::int`,
    );
  await execute(
    tx,
    sql`update order_operation set starts_at = null, ends_at = null where ${updated} and starts_at is not null`,
  );
  await execute(
    tx,
    sql`update order_material set supplied_by = null, supplied = 0 where ${updated} and supplied_by is not null`,
  );
}

/** A hold is the planners': an update neither sets nor lifts it. */
async function updateOrders(
  tx: Tx,
  staging: Staging,
  files: ReadonlySet<PlantFile>,
  { company, at, actor }: Moment,
): Promise<void> {
  const linesOf = (table: (typeof lineTables)[number][1]) => sql`(
    select count(*) from ${sql.table(table)} l where l.company_id = ${company} and l.order_id = b.order_id)`;
  const materials = files.has('order_materials') ? sql`coalesce(m.lines, 0)` : linesOf('order_material');
  const operations = files.has('order_operations') ? sql`coalesce(p.lines, 0)` : linesOf('order_operation');
  await execute(
    tx,
    sql`
      update production_order b
         set item = o.item, variant = o.variant, quantity = o.quantity, quantity_produced = o.quantity_produced, unit = o.unit,
             start_on = o.start, end_on = o."end", due_on = o.due, work_centre = o.work_centre, customer = o.customer,
             site = o.site, job_order = o.job_order, job_order_type = o.job_order_type, project = o.project,
             sales_order = o.sales_order, bom_level = o.bom_level, mandatory = o.mandatory, no_materials = o.no_materials,
             printed_on = o.printed_on, deposit_warehouse = o.deposit_warehouse, deposit_reason = o.deposit_reason,
             starts_at = null, ends_at = null, imported_hash = o.content, material_lines = ${materials}, operation_lines = ${operations},
             version = b.version + 1, changed_at = ${at}::timestamptz, changed_by = ${actor}
        from ${writtenOrders(staging)} o
        left join ${lineCounts('order_materials', staging)} m using (order_ref)
        left join ${lineCounts('order_operations', staging)} p using (order_ref)
       where b.company_id = ${company} and b.order_id = o.id and o.action = 'update'`,
  );
}

async function auditUpdates(
  tx: Tx,
  staging: Staging,
  { company, at, actor }: Moment,
  run: string,
): Promise<void> {
  await execute(
    tx,
    sql`
      insert into audit_event (company_id, order_id, run_id, event, from_state, to_state, version, at, actor)
      select ${company}, b.order_id, ${run}::uuid, 'import', 'launched', 'launched', b.version, ${at}::timestamptz, ${actor}
        from ${planTable(staging)} a join production_order b on b.company_id = ${company} and b.order_id = a.order_id
       where a.action = 'update'`,
  );
}

/** The need is kept in the item's base unit, whatever unit the line is written in. */
async function insertMaterials(tx: Tx, staging: Staging): Promise<void> {
  const lines = baseNeeds(
    ofWritten(staged('order_materials', staging), staging, 'add', 'update'),
    staging.company,
  );
  await execute(
    tx,
    sql`
      insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, scrap,
                                  warehouse, reason, operation, usage_on)
      select ${staging.company}, m.id, m.line, m.item, m.variant, m.item_lot, m.unit, m.quantity_per, m.fixed,
             m.base_quantity, m.scrap, m.warehouse, m.reason, m.operation, coalesce(m.usage_date, m.order_start)
        from ${lines} m`,
  );
}

async function insertOperations(tx: Tx, staging: Staging): Promise<void> {
  await execute(
    tx,
    sql`
      insert into order_operation (company_id, order_id, operation, work_centre, machine, description, start_on, end_on,
                                   productive, movable)
      select ${staging.company}, p.id, p.operation, p.work_centre, p.machine, p.description, p.start, p."end", p.productive,
             p.movable
        from ${ofWritten(staged('order_operations', staging), staging, 'add', 'update')} p`,
  );
}

async function insertDeclarations(
  tx: Tx,
  staging: Staging,
  timeZone: string,
  { actor }: Moment,
): Promise<void> {
  await execute(
    tx,
    sql`
      insert into declaration (company_id, order_id, number, operation, quantity, scrap, closing, opened_at, opened_by,
                               registered_at, registered_by)
      select ${staging.company}, d.id, d.declaration, d.operation, d.quantity, d.scrap, d.closing,
             ${morning('d.opened_on', timeZone)}, ${actor}, ${morning('d.registered_on', timeZone)},
             case when d.registered_on is not null then ${actor} end
        from ${ofWritten(staged('declarations', staging), staging, 'add')} d`,
  );
}

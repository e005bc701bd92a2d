import { sql, type RawBuilder } from 'kysely';
import { columnOf, columnsOf, type PlantFile } from '../../import-format';
import { execute, rows, type Tx } from '../database';
import { recountedItems } from './items-in-use';
import { fieldOf, staged, type Staging } from './staged';
import { analyzePlan, planTable, stagingTable } from './staging-tables';

/** Columns that tell where a row is, not what it says; and the hold, which is the planners' once the order is here. */
const notCompared: ReadonlySet<string> = new Set(['year', 'number', 'lot', 'hold_reason']);

/**
 * What a staged row says, as text: its filled columns by name, so that a column the format gets later leaves the text of old files as
 * it is.
 */
function contentOf(file: PlantFile): RawBuilder<string> {
  const said = columnsOf[file]
    .filter((column) => !notCompared.has(column))
    .map((column) => {
      const field = sql.ref(fieldOf(file, column));
      const { fallback } = columnOf(file, column);
      return sql`case when ${field} is distinct from ${sql.lit(fallback)} then ${sql.lit(`${column}=`)} || ${field} end`;
    });
  return sql`concat_ws(chr(31), ${sql.join(said)})`;
}

function contentOfLines(file: 'order_materials' | 'order_operations', staging: Staging): RawBuilder<unknown> {
  const number = sql.ref(fieldOf(file, file === 'order_materials' ? 'line' : 'operation'));
  return sql`(
    select order_ref, string_agg(${contentOf(file)}, chr(30) order by ${number}::integer) as content
      from ${stagingTable(file, staging)}
     where order_ref in (select order_ref from ${staged('orders', staging)} o where state = 'launched')
     group by order_ref)`;
}

/**
 * Decides what to do with each order of the files. Only launched orders that both sides call launched are ever touched, and of those
 * only the ones whose file says something else than at the import before: what a planner changed here meanwhile stays.
 */
export async function planOrders(tx: Tx, staging: Staging): Promise<void> {
  const { company } = staging;
  await execute(
    tx,
    sql`
      insert into ${planTable(staging)} (order_ref, line, order_id, start_on, action, content)
      select s.order_ref, s.file_line, coalesce(p.order_id, s.order_id), s.start,
             case when p.order_id is null then 'add'
                  when p.state <> 'launched' then 'begun'
                  when s.state <> 'launched' then 'launched'
                  when p.imported_hash = h.content then 'unchanged'
                  else 'update' end,
             h.content
        from ${staged('orders', staging)} s
        left join production_order p
          on p.company_id = ${company} and p.year = s.year and p.number = s.number and p.lot = s.lot
        left join (
          select o.order_ref, md5(concat_ws(chr(29), ${contentOf('orders')}, m.content, 'operations', q.content))::uuid as content
            from ${stagingTable('orders', staging)} o
            left join ${contentOfLines('order_materials', staging)} m using (order_ref)
            left join ${contentOfLines('order_operations', staging)} q using (order_ref)
           where ${sql.ref(fieldOf('orders', 'state'))} = 'launched') h using (order_ref)
       order by s.file_line`,
  );
  // As for the staged rows: without statistics they would be taken for a handful.
  await analyzePlan(tx, staging);
}

/**
 * Locks, in id order, the orders that are to be updated, and launched ones whose release would look at an item that is to be counted
 * otherwise. Those that were released in between are left alone.
 */
export async function lockUpdated(tx: Tx, staging: Staging): Promise<void> {
  const { company } = staging;
  const otherwise = sql`(select item from ${recountedItems(staging)} i)`;
  await rows(
    tx,
    sql`
      select from production_order
       where company_id = ${company} and state = 'launched'
         and order_id in (
               select order_id from ${planTable(staging)} a where action = 'update'
                union all
               select order_id from production_order where company_id = ${company} and item in ${otherwise}
                union all
               select order_id from order_material where company_id = ${company} and item in ${otherwise})
       order by order_id for no key update`,
  );
  await execute(
    tx,
    sql`
      update ${planTable(staging)} a set action = 'begun'
       where action = 'update'
         and not exists (select from production_order p
                          where p.company_id = ${company} and p.order_id = a.order_id and p.state = 'launched')`,
  );
}

/** Rows of a file that belong to written orders, with the order's `id` and `order_start`. */
export function ofWritten(
  rowsOfFile: RawBuilder<unknown>,
  staging: Staging,
  ...actions: string[]
): RawBuilder<unknown> {
  return sql`(
    select r.*, a.order_id as id, a.start_on as order_start
      from ${rowsOfFile} r join ${planTable(staging)} a using (order_ref)
     where a.action in (${sql.join(actions.map((action) => sql.lit(action)))}))`;
}

/**
 * Rows that name an item, a unit and a quantity, with `base_quantity` in the item's base unit, rounded to the nine decimals a quantity
 * may have. For checked rows, after the master data are written.
 */
export function baseNeeds(rowsOfFile: RawBuilder<unknown>, company: string): RawBuilder<unknown> {
  return sql`(
    select r.*, case when r.unit = i.unit then r.quantity else round(r.quantity * u.factor, 9) end as base_quantity
      from ${rowsOfFile} r
      join item i on i.company_id = ${company} and i.item = r.item
      left join item_unit u on u.company_id = ${company} and u.item = r.item and u.unit = r.unit)`;
}

/** The moment such a day begins in the plant: all the files know of the time. */
export const morning = (column: string, timeZone: string): RawBuilder<unknown> =>
  sql`(${sql.ref(column)}::timestamp at time zone ${timeZone}::text)`;

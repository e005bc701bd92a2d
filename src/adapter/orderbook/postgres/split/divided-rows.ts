import { sql, type RawBuilder } from 'kysely';
import type { Moment } from '../../order-book';
import { execute, uuids, type Tx } from '../database';

const moments = { starts_at: 'timestamptz', ends_at: 'timestamptz' };

/** What a split changes of the lines of an order, and a merge puts back. */
export const changedOf = {
  lines: { order_line: 'integer', quantity: 'numeric', ...moments },
  materials: {
    ...{ line: 'integer', quantity: 'numeric', supplied: 'numeric', supplied_by: 'integer' },
    ...{ usage_on: 'date', usage_at: 'timestamptz' },
  },
  operations: {
    ...{ order_line: 'integer', operation: 'integer', input_quantity: 'numeric' },
    ...{ start_on: 'date', end_on: 'date', ...moments },
  },
} as const;

export type Part = keyof typeof changedOf;
export const parts = ['lines', 'materials', 'operations'] as const satisfies readonly Part[];
export const tables = {
  lines: 'order_line',
  materials: 'order_material',
  operations: 'order_operation',
} as const;

/** What a split changes of order `o`, as it is now. */
export const contentNow = sql`jsonb_build_object(
  'start_on', o.start_on, 'end_on', o.end_on, 'starts_at', o.starts_at, 'ends_at', o.ends_at,
  ${sql.join(
    Object.entries(changedOf).map(
      ([part, columns]) => sql`
  ${sql.lit(part)}, (
    select coalesce(jsonb_agg(jsonb_build_object(${sql.join(
      Object.keys(columns).map((column) => sql`${sql.lit(column)}, l.${sql.ref(column)}`),
    )})), '[]')
      from ${sql.table(tables[part as keyof typeof tables])} l
     where l.company_id = o.company_id and l.order_id = o.order_id)`,
    ),
  )},
  'needs', (
    select coalesce(jsonb_agg(to_jsonb(n) - 'company_id' - 'order_id'), '[]') from capacity_need n
     where n.company_id = o.company_id and n.order_id = o.order_id))`;

/** What order `o` is made of, as a fingerprint that does not depend on how a session shows moments. */
export const contentHash = sql`md5(concat_ws(' ', trim_scale(o.quantity), trim_scale(o.quantity_produced), o.item, o.variant,
  (select string_agg(concat_ws(' ', l.order_line, l.item, l.variant, trim_scale(l.quantity), l.unit, extract(epoch from l.starts_at),
                               extract(epoch from l.ends_at)), '|' order by l.order_line)
     from order_line l where l.company_id = o.company_id and l.order_id = o.order_id), '#',
  (select string_agg(concat_ws(' ', m.line, m.item, m.variant, m.lot, m.unit, trim_scale(m.quantity_per), m.fixed, trim_scale(m.scrap),
                               trim_scale(m.quantity), trim_scale(m.supplied), m.warehouse, m.reason, m.operation,
                               trim_scale(m.picked)), '|' order by m.line)
     from order_material m where m.company_id = o.company_id and m.order_id = o.order_id), '#',
  (select string_agg(concat_ws(' ', p.order_line, p.operation, p.work_centre, p.machine, p.description, p.start_on, p.end_on,
                               extract(epoch from p.starts_at), extract(epoch from p.ends_at), trim_scale(p.setup_time), p.setup_unit,
                               trim_scale(p.run_time), p.run_unit, trim_scale(p.wait_time), p.wait_unit, trim_scale(p.move_time),
                               p.move_unit, trim_scale(p.lot_size)), '|' order by p.order_line, p.operation)
     from order_operation p where p.company_id = o.company_id and p.order_id = o.order_id)))`;

/** Brings lines of one kind to the rows of `source`, which is named `r` and has their order, their key and what changes of them. */
export function lineUpdate(company: string, part: Part, source: RawBuilder<unknown>): RawBuilder<unknown> {
  const columns = Object.keys(changedOf[part]);
  const set = columns.filter((column) => !keyColumns.has(column));
  const keys = columns.filter((column) => keyColumns.has(column));
  return sql`
    update ${sql.table(tables[part])} l
       set ${sql.join(set.map((column) => sql`${sql.ref(column)} = r.${sql.ref(column)}`))}
      from ${source}
     where l.company_id = ${company} and l.order_id = r.order_id
           ${sql.join(
             keys.map((key) => sql` and l.${sql.ref(key)} = r.${sql.ref(key)}`),
             sql``,
           )}`;
}

export const keyColumns: ReadonlySet<string> = new Set(['order_line', 'line', 'operation']);

/** Gives the orders these rests came from everything back that the splits had changed, with a new version. */
export async function putBack(
  tx: Tx,
  company: string,
  rests: readonly string[],
  { at, actor }: Moment,
): Promise<void> {
  const splits = sql`order_split s where s.company_id = ${company} and s.rest_id = any(${uuids(rests)})`;
  await execute(
    tx,
    sql`delete from capacity_need where company_id = ${company} and order_id in (select s.order_id from ${splits})`,
  );
  const updates = parts.map((part) => {
    const typed = Object.entries(changedOf[part]).map(
      ([column, type]) => sql`${sql.ref(column)} ${sql.raw(type)}`,
    );
    const before = sql`
      (select s.order_id, r.* from order_split s
        cross join lateral jsonb_to_recordset(s.before->${sql.lit(part)}) as r(${sql.join(typed)})
        where s.company_id = ${company} and s.rest_id = any(${uuids(rests)})) r`;
    return sql`${sql.ref(`back_${part}`)} as (${lineUpdate(company, part, before)})`;
  });
  const updated = await execute(
    tx,
    sql`
      with ${sql.join(updates)},
      needs as (
        insert into capacity_need
        select n.* from order_split s
         cross join lateral jsonb_populate_recordset(null::capacity_need, s.before->'needs') x
         cross join lateral jsonb_populate_record(x, jsonb_build_object('company_id', s.company_id, 'order_id', s.order_id)) n
         where s.company_id = ${company} and s.rest_id = any(${uuids(rests)}))
      update production_order o
         set quantity = s.quantity, start_on = (s.before->>'start_on')::date, end_on = (s.before->>'end_on')::date,
             starts_at = (s.before->>'starts_at')::timestamptz, ends_at = (s.before->>'ends_at')::timestamptz,
             version = o.version + 1, changed_at = ${at}::timestamptz, changed_by = ${actor}
        from order_split s
       where s.company_id = ${company} and s.rest_id = any(${uuids(rests)})
         and o.company_id = ${company} and o.order_id = s.order_id`,
  );
  if (updated !== rests.length) throw new Error(`${rests.length - updated} locked orders were not there`);
}

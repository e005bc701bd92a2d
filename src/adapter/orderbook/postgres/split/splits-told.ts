import { sql, type RawBuilder } from 'kysely';
import { unseenUuids } from '../database';

/** A query of (order_id, splits): the splits of these orders that nobody has merged, each with the key of the other one. */
export function splitsTold(company: string, ids: readonly string[]): RawBuilder<unknown> {
  const these = unseenUuids(ids);
  return sql`
    select x.order_id,
           json_agg(json_build_object('order', o.year || '/' || o.number || '/' || o.lot, 'isRest', x.is_rest,
                                      'rest', trim_scale(x.rest)::text, 'unit', o.unit) order by o.lot) as splits
      from (select order_id, rest_id as other_id, rest, false as is_rest from order_split
             where company_id = ${company} and order_id = any(${these}) and merged_run is null
             union all
            select rest_id, order_id, rest, true from order_split
             where company_id = ${company} and rest_id = any(${these}) and merged_run is null) x
      join production_order o on o.company_id = ${company} and o.order_id = x.other_id
     group by x.order_id`;
}

import { sql, type RawBuilder } from 'kysely';
import { groupBy } from '../../../../domain/group-by';
import { quantity } from '../../../../domain/quantity';
import type { PickedFor, RestoreCandidate, WorkDone } from '../../../../domain/restore/decide';
import { rows, unseenUuids, uuids, type Queries } from '../database';

interface OfOrder {
  readonly id: string;
}

/** The orders among these that somebody has picked for, or is to: rows of (order_id, worked). Most have neither. */
export function workedOn(company: string, ids: readonly string[]): RawBuilder<unknown> {
  const ofOrders = sql`company_id = ${company} and order_id = any(${unseenUuids(ids)})`;
  return sql`
    select order_id, true as worked
      from (select order_id from work where ${ofOrders} and state <> 'cancelled'
             union select order_id from order_material where ${ofOrders} and picked > 0) p`;
}

/**
 * What a restore looks at of picking, by ids of orders: their work that was not cancelled, and what is picked for them beside what lay at
 * the input location, which a restore gives back by itself.
 */
export async function workDone(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Required<Pick<RestoreCandidate, 'work' | 'picked'>>>> {
  if (ids.length === 0) return new Map();
  const works = await rows(
    db,
    sql<WorkDone & OfOrder>`
      select order_id as id, number, state from work
       where company_id = ${company} and order_id = any(${uuids(ids)}) and state <> 'cancelled' order by number`,
  );
  const picked = await rows(
    db,
    sql<Omit<PickedFor, 'quantity'> & OfOrder & { readonly quantity: string }>`
      select m.order_id as id, m.line, m.item, i.unit, trim_scale(m.picked - coalesce(f.quantity, 0))::text as quantity,
             (select max(l.work) from work_line l
               where l.company_id = m.company_id and l.order_id = m.order_id and l.material = m.line and l.state = 'confirmed') as work
        from order_material m
        join item i on i.company_id = m.company_id and i.item = m.item
        left join (select order_id, material, sum(quantity) as quantity from found_material
                    where company_id = ${company} and order_id = any(${uuids(ids)}) group by 1, 2) f
               on f.order_id = m.order_id and f.material = m.line
       where m.company_id = ${company} and m.order_id = any(${uuids(ids)}) and m.picked > coalesce(f.quantity, 0)
       order by m.order_id, m.line`,
  );
  const worksOf = groupBy(works, ({ id }) => id);
  const pickedOf = groupBy(picked, ({ id }) => id);
  return new Map(
    ids.map((id) => [
      id,
      {
        work: worksOf.get(id) ?? [],
        picked: (pickedOf.get(id) ?? []).map((each) => ({ ...each, quantity: quantity(each.quantity) })),
      },
    ]),
  );
}

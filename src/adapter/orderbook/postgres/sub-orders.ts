import { sql } from 'kysely';
import type { OrderKey } from '../../../domain/order';
import {
  subOrdersOf,
  type Maker,
  type ParentOrder,
  type Product,
  type SubOrder,
} from '../../../domain/release/references';
import { rows, snapshot, type Database, type Queries } from './database';
import { keyTable, orderKeyOf } from './lock-orders';

/**
 * Everything below these orders: what works for them, what works for that, and so on, each order once. Read level by level, all orders of
 * a level together; it ends since no order is looked below twice, whatever circles there are in the book.
 */
export async function subOrders(
  db: Database,
  company: string,
  keys: readonly OrderKey[],
): Promise<readonly SubOrder[]> {
  const reached = new Set(keys);
  const found: SubOrder[] = [];
  return snapshot(db, async (tx) => {
    let level: readonly OrderKey[] = keys;
    while (level.length > 0) {
      const parents = await parentsOf(tx, company, level);
      const next = subOrdersOf(parents, await makersFor(tx, company, level), reached);
      for (const sub of next) reached.add(sub.key);
      found.push(...next);
      level = next.map(({ key }) => key);
    }
    return found;
  });
}

/** Length before item keeps two pairs from running together, whatever is in their codes. */
const product = (item: 'o' | 'm') =>
  item === 'o'
    ? sql<Product>`length(o.item) || ' ' || o.item || o.variant`
    : sql<Product>`length(m.item) || ' ' || m.item || m.variant`;

/** In the sequence of the keys; unknown ones are left out. */
function parentsOf(db: Queries, company: string, keys: readonly OrderKey[]): Promise<ParentOrder[]> {
  return rows(
    db,
    sql<ParentOrder>`
      select ${orderKeyOf} as key, o.job_order as "jobOrder", o.bom_level as level,
             array(select ${product('m')} from order_material m
                    where m.company_id = o.company_id and m.order_id = o.order_id and m.quantity > greatest(m.supplied, 0)
                    order by m.line) as takes
        from production_order o join ${keyTable(keys)} using (year, number, lot)
       where o.company_id = ${company}
       order by k.place`,
  );
}

/** Open orders that make what these take, and are of a job order of theirs or promised to an order; by start date, then key. */
function makersFor(db: Queries, company: string, keys: readonly OrderKey[]): Promise<Maker[]> {
  return rows(
    db,
    sql<Maker>`
      with parent as materialized (
        select o.order_id, o.job_order, o.key_text
          from production_order o join ${keyTable(keys)} using (year, number, lot)
         where o.company_id = ${company}),
      taken as materialized (
        select distinct m.item, m.variant from order_material m
         where m.company_id = ${company} and m.order_id in (select order_id from parent)
           and m.quantity > greatest(m.supplied, 0))
      select ${orderKeyOf} as key, o.version, o.state = 'launched' as launched, o.job_order as "jobOrder",
             o.bom_level as level, ${product('o')} as makes, p.to_orders as "promisedTo"
        from taken n
        join production_order o on o.company_id = ${company} and o.item = n.item and o.variant = n.variant
         and o.state in ('launched', 'executive')
       cross join lateral (
             select array(select distinct r.document from output_reservation r
                           where r.company_id = o.company_id and r.order_id = o.order_id
                             and r.document ~ '^[0-9]{4}/[0-9]{1,9}/[0-9]{1,4}$' order by r.document) as to_orders) p
       where (o.job_order <> '' and o.job_order in (select job_order from parent))
          or p.to_orders && array(select key_text from parent)
       order by o.start_on, o.year, o.number, o.lot`,
  );
}

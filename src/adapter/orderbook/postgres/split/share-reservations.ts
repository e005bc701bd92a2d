import { sql, type RawBuilder } from 'kysely';
import { BookChanged, rows, uuids, type Tx } from '../database';
import type { StoredOrder } from '../lock-orders';

/** An order of which a part goes, and the order that the rest of it has become. */
export interface DividedOrder {
  readonly order: Pick<StoredOrder, 'id' | 'key'>;
  readonly restId: string;
}

/**
 * What was reserved for these orders, or of their output, stays with them up to what their part needs and makes; what is over goes on to
 * their rests. A reservation that is cut gets a new line of its document. Called when the withdrawals of the parts are posted: what they
 * take of a stock is their need of it; of what they do not withdraw, what their lines say. Throws {@link BookChanged} when such a line was
 * given away meanwhile.
 */
export async function shareReservations(
  tx: Tx,
  company: string,
  divided: readonly DividedOrder[],
): Promise<void> {
  const split = sql`
    unnest(${uuids(divided.map(({ order }) => order.id))}, ${uuids(divided.map(({ restId }) => restId))})
      as s(order_id, rest_id)`;
  const columns = ['item', 'variant', 'warehouse', 'lot'];
  await share(tx, company, 'reservation', columns, split, componentNeed(company));
  await share(
    tx,
    company,
    'output_reservation',
    [],
    split,
    sql`
    (select o.quantity from production_order o where o.company_id = r.company_id and o.order_id = r.order_id)`,
  );
}

/** What the part needs of the stock of component reservation `r`. */
const componentNeed = (company: string) => sql`
  coalesce(
    (select case when count(*) > 0
                 then coalesce(sum(m.quantity) filter (where m.warehouse = r.warehouse and r.lot in ('', m.lot)), 0) end
       from movement m
      where m.company_id = ${company} and m.order_id = r.order_id and m.item = r.item and m.variant = r.variant),
    (select sum(l.quantity - l.supplied) from order_material l
      where l.company_id = ${company} and l.order_id = r.order_id and l.item = r.item and l.variant = r.variant),
    0)`;

/** @param need what the part needs of what is reserved in row `r`; those that reserve the same come in the order of their documents */
async function share(
  tx: Tx,
  company: string,
  table: 'reservation' | 'output_reservation',
  columns: readonly string[],
  split: RawBuilder<unknown>,
  need: RawBuilder<unknown>,
): Promise<void> {
  const named = columns.map((column) => sql`${sql.ref(column)}, `);
  const list = named.length === 0 ? sql`` : sql.join(named, sql``);
  const [made] = await rows(
    tx,
    sql<{ cut: number; added: number }>`
      with held as materialized (
        select r.*, s.rest_id, ${need} as need,
               sum(r.quantity) over (partition by r.order_id, ${list} 0 order by r.document, r.line) - r.quantity as before
          from ${split} join ${sql.table(table)} r on r.company_id = ${company} and r.order_id = s.order_id),
      kept as materialized (select *, greatest(least(quantity, need - before), 0) as keep from held),
      moved as (
        update ${sql.table(table)} r set order_id = k.rest_id
          from kept k where r.company_id = ${company} and r.document = k.document and r.line = k.line and k.keep = 0),
      shortened as (
        update ${sql.table(table)} r set quantity = k.keep
          from kept k
         where r.company_id = ${company} and r.document = k.document and r.line = k.line and k.keep > 0 and k.keep < k.quantity),
      added as (
        insert into ${sql.table(table)} (company_id, document, line, ${list} quantity, order_id)
        select ${company}, k.document, l.last + row_number() over (partition by k.document order by k.line), ${list} quantity - keep,
               rest_id
          from kept k
         cross join lateral (
               select max(a.line) as last from ${sql.table(table)} a where a.company_id = ${company} and a.document = k.document) l
         where keep > 0 and keep < quantity
         order by k.document, k.line
            on conflict do nothing
        returning 1)
      select (select count(*)::int from kept where keep > 0 and keep < quantity) as cut, (select count(*)::int from added) as added`,
  );
  if (made?.cut !== made?.added)
    throw new BookChanged('Reservations changed while their orders were divided');
}

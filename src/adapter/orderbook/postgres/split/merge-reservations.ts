import { sql } from 'kysely';
import { execute, uuids, type Tx } from '../database';

/** What is reserved for rests, or of their output, goes back to the orders they came from: into the reservation it was cut from, if that is there. */
export async function mergeReservations(tx: Tx, company: string, rests: readonly string[]): Promise<void> {
  await giveBack(tx, company, 'reservation', ['item', 'variant', 'warehouse', 'lot'], rests);
  await giveBack(tx, company, 'output_reservation', [], rests);
  await execute(
    tx,
    sql`
      update cancelled_reservation c set order_id = s.order_id
        from order_split s
       where s.company_id = ${company} and s.rest_id = any(${uuids(rests)})
         and c.company_id = ${company} and c.order_id = s.rest_id`,
  );
}

async function giveBack(
  tx: Tx,
  company: string,
  table: 'reservation' | 'output_reservation',
  same: readonly string[],
  rests: readonly string[],
): Promise<void> {
  const alike = same.map((column) => sql` and f.${sql.ref(column)} = b.${sql.ref(column)}`);
  await execute(
    tx,
    sql`
      with back as materialized (
        select b.document, b.line, b.quantity, s.order_id,
               (select min(f.line) from ${sql.table(table)} f
                 where f.company_id = ${company} and f.order_id = s.order_id and f.document = b.document
                       ${alike.length === 0 ? sql`` : sql.join(alike, sql``)}) as into_line
          from order_split s join ${sql.table(table)} b on b.company_id = ${company} and b.order_id = s.rest_id
         where s.company_id = ${company} and s.rest_id = any(${uuids(rests)})),
      grown as (
        update ${sql.table(table)} f set quantity = f.quantity + g.quantity
          from (select document, into_line, sum(quantity) as quantity from back where into_line is not null group by 1, 2) g
         where f.company_id = ${company} and f.document = g.document and f.line = g.into_line),
      folded as (
        delete from ${sql.table(table)} b using back g
         where b.company_id = ${company} and b.document = g.document and b.line = g.line and g.into_line is not null)
      update ${sql.table(table)} b set order_id = g.order_id
        from back g
       where b.company_id = ${company} and b.document = g.document and b.line = g.line and g.into_line is null`,
  );
}

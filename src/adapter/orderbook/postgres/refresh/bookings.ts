import { sql, type RawBuilder } from 'kysely';
import type { CapacityNeed } from '../../../../domain/refresh/order-content';
import { execute, rows, uuids, type Queries, type Tx } from '../database';
import { needColumns, needOf, type StoredNeed } from './read-content';

/**
 * Locks the constrained centres of the company: what they have left is given out by one writer at a time. Taken after the orders, before
 * anything is read of what is booked. Where no centre is constrained, nothing is locked.
 */
export async function lockConstrainedCentres(tx: Tx, company: string): Promise<void> {
  for (const table of ['work_centre', 'machine']) {
    await execute(
      tx,
      sql`
        select from ${sql.table(table)} where company_id = ${company} and constrained
         order by ${sql.ref(table)} for no key update`,
    );
  }
}

/** Whether capacity need `n` is on a constrained centre: its machine, or the work centre. */
const onConstrained = (company: string): RawBuilder<boolean> => sql`(
  n.work_centre in (select work_centre from work_centre where company_id = ${company} and constrained
                     union select work_centre from machine where company_id = ${company} and constrained))`;

/** What open orders other than these have booked on constrained centres. */
export async function bookedByOthers(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<CapacityNeed[]> {
  const found = await rows(
    db,
    sql<StoredNeed>`
      select ${needColumns}
        from capacity_need n join production_order o using (company_id, order_id)
       where n.company_id = ${company} and ${onConstrained(company)} and o.state in ('launched', 'executive')
         and n.order_id <> all(${uuids(ids)})
       order by n.day, n.starts_at, n.order_id, n.piece`,
  );
  return found.map(needOf);
}

import { sql } from 'kysely';
import { rows, type Queries } from '../database';
import { orderKeyOf } from '../lock-orders';
import type { ScannedPaper } from '../../order-book';

/** The paper of this number, and whether its order still has the operation that is asked for with it. */
export async function numberedPaper(
  db: Queries,
  company: string,
  number: number,
  operation: { readonly orderLine: number; readonly operation: number } | null,
): Promise<ScannedPaper | undefined> {
  const [found] = await rows(
    db,
    sql<ScannedPaper>`
      select p.number, ${orderKeyOf} as key, p.kind, p.voided_at as "voidedAt", p.voided_by as "voidedBy",
             ${operation === null}::boolean or exists (
               select from order_operation x
                where x.company_id = p.company_id and x.order_id = p.order_id
                  and x.order_line = ${operation?.orderLine ?? 0}::int and x.operation = ${operation?.operation ?? 0}::int)
               as "operationThere"
        from paper p join production_order o using (company_id, order_id)
       where p.company_id = ${company} and p.number = ${number}::int`,
  );
  return found;
}

import { sql } from 'kysely';
import type { Moment } from '../../order-book';
import { execute, type Tx } from '../database';
import { baseNeeds, morning, ofWritten } from './plan-orders';
import { staged, type Staging } from './staged';

/** The withdrawals of new orders: what an import posts is posted by the first release of each. */
const FIRST_CAUSE = 1;

/** Posts the movements of new orders; their stocks follow ({@link takeStock}), and last their records. */
export async function postMovements(tx: Tx, staging: Staging): Promise<void> {
  const { company } = staging;
  await execute(
    tx,
    sql`
      insert into movement (company_id, order_id, cause, line, part, item, variant, warehouse, lot, reason, direction, quantity)
      select ${company}, m.id, ${FIRST_CAUSE}::int, m.line, m.part, m.item, m.variant, m.warehouse, m.item_lot, m.reason, 'unload',
             m.base_quantity
        from ${baseNeeds(ofWritten(staged('movements', staging), staging, 'add'), company)} m`,
  );
}

/**
 * Files the posted movements in stock records: one per order, warehouse and reason, numbered on in the sequence of the file from the
 * counter of its warehouse and day. The counters are locked here, last of all.
 */
export async function fileRecords(
  tx: Tx,
  staging: Staging,
  timeZone: string,
  { company, actor }: Moment,
): Promise<void> {
  await execute(
    tx,
    sql`
      with record as materialized (
        select id, warehouse, reason, min(posted_on) as posted_on, min(file_line) as place
          from ${ofWritten(staged('movements', staging), staging, 'add')} m group by id, warehouse, reason),
      counter as (
        insert into record_counter as c (company_id, warehouse, posted_on, last_record)
        select ${company}, warehouse, posted_on, count(*) from record group by warehouse, posted_on order by warehouse, posted_on
            on conflict (company_id, warehouse, posted_on) do update set last_record = c.last_record + excluded.last_record
        returning warehouse, posted_on, last_record)
      insert into movement_record (company_id, order_id, cause, warehouse, reason, posted_on, record, posted_at, posted_by)
      select ${company}, r.id, ${FIRST_CAUSE}::int, r.warehouse, r.reason, r.posted_on,
             c.last_record + 1 - row_number() over (partition by r.warehouse, r.posted_on order by r.place desc, r.reason desc),
             ${morning('r.posted_on', timeZone)}, ${actor}
        from record r join counter c using (warehouse, posted_on)`,
  );
}

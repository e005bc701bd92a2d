import { sql, type RawBuilder } from 'kysely';
import { execute, type Tx } from '../database';
import { lockStockOf } from '../stock';
import { staged, type Staging } from './staged';
import { planTable } from './staging-tables';

const place = sql.raw('item, variant, warehouse, lot');

/** What the movements of new orders have taken, by stock. */
const takenByNewOrders = (staging: Staging): RawBuilder<unknown> => sql`(
  select ${place}, sum(quantity) as taken
    from movement
   where company_id = ${staging.company}
     and order_id in (select order_id from ${planTable(staging)} a where action = 'add')
   group by ${place})`;

/**
 * The stocks that this import changes: those the files count that are not open yet, and those that new orders have taken from;
 * `quantity` is the count of the files, null where they have none.
 */
const changing = (staging: Staging): RawBuilder<unknown> => sql`(
  select ${place}, p.quantity, coalesce(t.taken, 0) as taken, p.received_on, p.expires_on
    from ${staged('stock', staging)} p full join ${takenByNewOrders(staging)} t using (${place})
    left join (select ${place}, counted from stock where company_id = ${staging.company}) b using (${place})
   where t.taken is not null or b.counted is not true)`;

/**
 * Opens stocks. The count of the files is what lies there after all movements of the files, so the opening is that and what they took;
 * what this book has moved since, while the stock was not open, stays on top. A stock is opened once: whatever later files say, its balance stays, and movements of
 * orders that come later raise its opening by what they take. Call it when the movements are posted.
 */
export async function takeStock(tx: Tx, staging: Staging): Promise<void> {
  const { company } = staging;
  await lockStockOf(tx, company, changing(staging));
  const opens = sql`p.quantity is not null and not s.counted`;
  await execute(
    tx,
    sql`
      update stock s
         set opening = s.opening + p.taken + case when ${opens} then p.quantity else 0 end,
             on_hand = s.on_hand + case when ${opens} then p.quantity else 0 end,
             counted = s.counted or p.quantity is not null,
             received_on = case when ${opens} then p.received_on else s.received_on end,
             expires_on = case when ${opens} then p.expires_on else s.expires_on end
        from ${changing(staging)} p
       where s.company_id = ${company} and s.item = p.item and s.variant = p.variant and s.warehouse = p.warehouse
         and s.lot = p.lot`,
  );
}

/** The columns of a reservation beside its key, in its table and in {@link givenReservations}. */
export const reservationColumns = ['item', 'variant', 'warehouse', 'lot', 'quantity', 'order_id'] as const;

/** The reservations of the file with the ids of the orders they are for: `document`, `line` and {@link reservationColumns}. */
export const givenReservations = (staging: Staging): RawBuilder<unknown> => sql`(
  select s.document, s.line, s.item, s.variant, s.warehouse, s.item_lot as lot, s.quantity,
         coalesce(a.order_id, p.order_id) as order_id
    from ${staged('reservations', staging)} s
    left join ${planTable(staging)} a on a.order_ref = s.order_ref
    left join production_order p
      on p.company_id = ${staging.company} and p.year = s.year and p.number = s.number and p.lot = s.lot)`;

/** The file has all reservations: those that are not in it go, and one that was cancelled here and is in it stands again. */
export async function writeReservations(tx: Tx, staging: Staging): Promise<void> {
  const { company } = staging;
  const columns = sql.join(reservationColumns.map((column) => sql.ref(column)));
  const given = givenReservations(staging);
  const same = sql`b.company_id = ${company} and b.document = n.document and b.line = n.line`;
  const old = sql.join(reservationColumns.map((column) => sql.ref(`b.${column}`)));
  const now = sql.join(reservationColumns.map((column) => sql.ref(`n.${column}`)));
  const sets = sql.join(
    reservationColumns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`n.${column}`)}`),
  );
  await execute(
    tx,
    sql`delete from cancelled_reservation b using ${given} n where ${same} and b.kind = 'component'`,
  );
  await execute(
    tx,
    sql`delete from reservation b where b.company_id = ${company} and not exists (select from ${given} n where ${same})`,
  );
  await execute(
    tx,
    sql`update reservation b set ${sets} from ${given} n where ${same} and row(${old}) is distinct from row(${now})`,
  );
  await execute(
    tx,
    sql`
      insert into reservation (company_id, document, line, ${columns})
      select ${company}, document, line, ${columns} from ${given} n
       where not exists (select from reservation b where ${same})`,
  );
}

import { sql, type RawBuilder } from 'kysely';
import { parseOrderKey } from '../../../domain/order';
import type { Movement, MovementQuery } from '../../../contract/movements';
import type { Page, Slice } from '../order-book';
import { rows, texts, type Queries } from './database';
import { allOf, cursorText, cursorValues, likePattern } from './keyset';
import { keyTable, orderKeyOf } from './lock-orders';

/** Posted and restored movements as one list, alike in their columns. */
const everyMovement = sql`(
  select m.company_id, m.order_id, m.cause, m.line, m.part, m.item, m.variant, m.warehouse, m.lot, m.reason, m.direction,
         m.quantity, r.posted_on, r.record, r.run_id, r.posted_at, r.posted_by, 'posted' as status,
         null::uuid as restored_run, null::timestamptz as restored_at, null::text as restored_by
    from movement m join movement_record r using (company_id, order_id, cause, warehouse, reason)
  union all
  select company_id, order_id, cause, line, part, item, variant, warehouse, lot, reason, direction,
         quantity, posted_on, record, run_id, posted_at, posted_by, 'restored',
         restored_run, restored_at, restored_by
    from restored_movement)`;

const movementTables = sql`
  ${everyMovement} m
  join production_order o on o.company_id = m.company_id and o.order_id = m.order_id
  join item i on i.company_id = m.company_id and i.item = m.item
  left join run on run.company_id = m.company_id and run.run_id = m.run_id`;

interface MovementRow extends Omit<Movement, 'id'> {
  readonly cause: number;
}

/** One page of movements by order, release, line and part. */
export async function searchMovements(
  db: Queries,
  company: string,
  query: MovementQuery,
  page: Page,
): Promise<Slice<Movement>> {
  const where = criteria(company, query);
  const found = await rows(
    db,
    sql<MovementRow>`
      select ${orderKeyOf} as order, m.cause, m.line, m.part, m.item, m.variant, i.description, m.warehouse, m.reason, m.record,
             trim_scale(m.quantity)::text as quantity, m.direction, i.unit, m.lot, m.posted_on as "postedOn",
             m.posted_at as "postedAt", m.posted_by as "postedBy", run.number as "runNumber", m.status,
             m.restored_at as "restoredAt", m.restored_by as "restoredBy"
        from ${movementTables}
       where ${allOf(page.cursor === undefined ? where : [...where, after(page.cursor)])}
       order by o.year, o.number, o.lot, m.cause, m.line, m.part
       limit ${page.limit + 1}`,
  );
  const kept = found.slice(0, page.limit);
  const last = kept.at(-1);
  return {
    items: kept.map(({ cause, ...movement }) => ({
      ...movement,
      id: `${movement.order}/${cause}/${movement.line}/${movement.part}`,
    })),
    next: found.length > page.limit && last ? cursorOf(last) : null,
    total: page.cursor === undefined ? await count(db, where) : null,
  };
}

async function count(db: Queries, where: readonly RawBuilder<unknown>[]): Promise<number> {
  const [counted] = await rows(
    db,
    sql<{ total: number }>`select count(*)::int as total from ${movementTables} where ${allOf(where)}`,
  );
  return counted?.total ?? 0;
}

function criteria(company: string, query: MovementQuery): RawBuilder<unknown>[] {
  const where = [sql`m.company_id = ${company}`];
  if (query.run) where.push(sql`(m.run_id = ${query.run}::uuid or m.restored_run = ${query.run}::uuid)`);
  if (query.order) {
    where.push(sql`m.order_id in (select k_order.order_id from ${keyTable(query.order)}
      join production_order k_order using (year, number, lot) where k_order.company_id = ${company})`);
  }
  if (query.item) where.push(sql`m.item ilike ${likePattern(query.item)} escape ''`);
  if (query.warehouse && query.warehouse.length > 0)
    where.push(sql`m.warehouse = any(${texts(query.warehouse)})`);
  if (query.from) where.push(sql`m.posted_on >= ${query.from}::date`);
  if (query.to) where.push(sql`m.posted_on <= ${query.to}::date`);
  if (query.status) where.push(sql`m.status = ${query.status}`);
  return where;
}

function cursorOf(last: MovementRow): string {
  const key = parseOrderKey(last.order);
  return key
    ? cursorText('movements', [key.year, key.number, key.lot, last.cause, last.line, last.part])
    : '';
}

/** Year, number, lot, cause, line, part. */
const sortValues = Array.from({ length: 6 }, () => 'integer' as const);

function after(cursor: string): RawBuilder<unknown> {
  const [year, number, lot, cause, line, part] = cursorValues('movements', sortValues, cursor);
  return sql`(o.year, o.number, o.lot, m.cause, m.line, m.part)
           > (${year}::int, ${number}::int, ${lot}::int, ${cause}::int, ${line}::int, ${part}::int)`;
}

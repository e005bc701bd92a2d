import { sql, type RawBuilder } from 'kysely';
import { parseOrderKey } from '../../../domain/order';
import type { Movement, MovementQuery } from '../../../contract/movements';
import type { Page, Slice } from '../order-book';
import { rows, type Database, type Queries } from './database';
import { allOf, cursorText, cursorValues, searchMark } from './keyset';
import { orderKeyOf } from './lock-orders';
import { movementConditions } from './movement-criteria';
import { stream } from './stream';

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

const movementRow = sql`
  ${orderKeyOf} as order, m.cause, m.line, m.part, m.item, m.variant, i.description, m.warehouse, m.reason, m.record,
  trim_scale(m.quantity)::text as quantity, m.direction, i.unit, m.lot, m.posted_on as "postedOn",
  m.posted_at as "postedAt", m.posted_by as "postedBy", run.number as "runNumber", m.status,
  m.restored_at as "restoredAt", m.restored_by as "restoredBy"`;

const inOrder = sql`order by o.year, o.number, o.lot, m.cause, m.line, m.part`;

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
  const mark = searchMark('movements', company, query);
  const where = movementConditions(company, query);
  const found = await rows(
    db,
    sql<MovementRow>`
      select ${movementRow} from ${movementTables}
       where ${allOf(page.cursor === undefined ? where : [...where, after(mark, page.cursor)])}
       ${inOrder} limit ${page.limit + 1}`,
  );
  const kept = found.slice(0, page.limit);
  const last = kept.at(-1);
  const next = found.length > page.limit && last ? cursorText(mark, sortValues(last)) : null;
  if (page.cursor !== undefined) return { items: kept.map(withId), next, total: null };
  // A first page that is also the last one has counted itself.
  return { items: kept.map(withId), next, total: next === null ? kept.length : await count(db, where) };
}

/** Everything a search finds, in its order, in batches, as it is at one moment. */
export async function* streamMovements(
  db: Database,
  company: string,
  query: MovementQuery,
): AsyncGenerator<readonly Movement[]> {
  const where = allOf(movementConditions(company, query));
  const found = sql<MovementRow>`select ${movementRow} from ${movementTables} where ${where} ${inOrder}`;
  for await (const batch of stream(db, found)) yield batch.map(withId);
}

async function count(db: Queries, where: readonly RawBuilder<unknown>[]): Promise<number> {
  const [counted] = await rows(
    db,
    sql<{ total: number }>`select count(*)::int as total from ${movementTables} where ${allOf(where)}`,
  );
  return counted?.total ?? 0;
}

function withId({ cause, ...movement }: MovementRow): Movement {
  return { ...movement, id: `${movement.order}/${cause}/${movement.line}/${movement.part}` };
}

function sortValues({ order, cause, line, part }: MovementRow): number[] {
  const key = parseOrderKey(order) ?? { year: 0, number: 0, lot: 0 };
  return [key.year, key.number, key.lot, cause, line, part];
}

/** Year, number, lot, cause, line, part. */
const sortKinds = Array.from({ length: 6 }, () => 'integer' as const);

function after(mark: string, cursor: string): RawBuilder<unknown> {
  const [year, number, lot, cause, line, part] = cursorValues(mark, sortKinds, cursor);
  return sql`(o.year, o.number, o.lot, m.cause, m.line, m.part)
           > (${year}::int, ${number}::int, ${lot}::int, ${cause}::int, ${line}::int, ${part}::int)`;
}

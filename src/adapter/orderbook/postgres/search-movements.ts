import { sql, type RawBuilder } from 'kysely';
import type { Movement, MovementQuery } from '../../../contract/movements';
import type { Page, Slice } from '../order-book';
import { rows, type Database, type Queries } from './database';
import { allOf, cursorText, cursorValues, searchMark } from './keyset';
import { orderKeyOf } from './lock-orders';
import { movementConditions, type MovementSource, movementSources } from './movement-criteria';
import { stream } from './stream';

const ofOrder = sql`
  join production_order o on o.company_id = m.company_id and o.order_id = m.order_id
  join item i on i.company_id = m.company_id and i.item = m.item
  left join run on run.company_id = m.company_id and run.run_id = r.run_id`;

const movementRow = sql`
  o.year, o.number, o.lot as "orderLot", ${orderKeyOf} as order, m.cause, m.line, m.part, m.item, m.variant, i.description,
  m.warehouse, m.reason, r.record, trim_scale(m.quantity)::text as quantity, m.direction, i.unit, m.lot,
  r.posted_on as "postedOn", r.posted_at as "postedAt", r.posted_by as "postedBy", run.number as "runNumber"`;

const inOrder = sql`order by year, number, "orderLot", cause, line, part`;

interface MovementRow extends Omit<Movement, 'id'> {
  readonly cause: number;
  readonly year: number;
  readonly number: number;
  readonly orderLot: number;
}

/** One page of movements by order, release, line and part. */
export async function searchMovements(
  db: Queries,
  company: string,
  query: MovementQuery,
  page: Page,
): Promise<Slice<Movement>> {
  const mark = searchMark('movements', company, query);
  const from = page.cursor === undefined ? [] : [after(mark, page.cursor)];
  const most = sql`limit ${page.limit + 1}`;
  const pages = sourcesOf(query).map(
    (source) => sql`(${select(company, query, source, from)} ${inOrder} ${most})`,
  );
  const found = await rows(
    db,
    sql<MovementRow>`select * from (${sql.join(pages, sql` union all `)}) m ${inOrder} ${most}`,
  );
  const kept = found.slice(0, page.limit);
  const last = kept.at(-1);
  const next = found.length > page.limit && last ? cursorText(mark, sortValues(last)) : null;
  const items = kept.map(asMovement);
  if (page.cursor !== undefined) return { items, next, total: null };
  // A first page that is also the last one has counted itself.
  return { items, next, total: next === null ? items.length : await count(db, company, query) };
}

/** Everything a search finds, in its order, in batches, as it is at one moment. */
export async function* streamMovements(
  db: Database,
  company: string,
  query: MovementQuery,
): AsyncGenerator<readonly Movement[]> {
  const all = sourcesOf(query).map((source) => select(company, query, source));
  const found = sql<MovementRow>`${sql.join(all, sql` union all `)} ${inOrder}`;
  for await (const batch of stream(db, found)) yield batch.map(asMovement);
}

function select(
  company: string,
  query: MovementQuery,
  source: MovementSource,
  more: readonly RawBuilder<unknown>[] = [],
): RawBuilder<unknown> {
  const where = [...movementConditions(company, query, source), ...more];
  return sql`select ${movementRow}, ${source.status} as status, ${source.restored}
               from ${source.tables} ${ofOrder} where ${allOf(where)}`;
}

async function count(db: Queries, company: string, query: MovementQuery): Promise<number> {
  const counts = sourcesOf(query).map((source) => {
    const where = allOf(movementConditions(company, query, source));
    return sql`(select count(*) from ${source.tables} ${ofOrder} where ${where})`;
  });
  const [counted] = await rows(
    db,
    sql<{ total: number }>`select (${sql.join(counts, sql` + `)})::int as total`,
  );
  return counted?.total ?? 0;
}

function sourcesOf({ status }: MovementQuery): readonly MovementSource[] {
  return movementSources.filter((source) => status === undefined || source.status === status);
}

function asMovement({ cause, year, number, orderLot, ...movement }: MovementRow): Movement {
  return { ...movement, id: `${year}/${number}/${orderLot}/${cause}/${movement.line}/${movement.part}` };
}

function sortValues({ year, number, orderLot, cause, line, part }: MovementRow): number[] {
  return [year, number, orderLot, cause, line, part];
}

/** Year, number, lot, cause, line, part. */
const sortKinds = Array.from({ length: 6 }, () => 'integer' as const);

function after(mark: string, cursor: string): RawBuilder<unknown> {
  const [year, number, lot, cause, line, part] = cursorValues(mark, sortKinds, cursor);
  return sql`(o.year, o.number, o.lot, m.cause, m.line, m.part)
           > (${year}::int, ${number}::int, ${lot}::int, ${cause}::int, ${line}::int, ${part}::int)`;
}

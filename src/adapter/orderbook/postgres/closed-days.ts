import { sql } from 'kysely';
import type { CalendarDate } from '../../../domain/calendar';
import type { ClosedDay } from '../../../domain/closed-period';
import { postingDayOf, postingDaysOf, type PostingDays } from '../../../domain/release/posting-days';
import { rows, texts, words, type Queries } from './database';
import type { ReleaseReader } from './judge-release';
import type { StoredOrder } from './lock-orders';

/** Which of these days are closed in their warehouse, with the first period that closes each. */
export async function closedDays(
  db: Queries,
  company: string,
  postings: readonly { readonly warehouse: string; readonly day: CalendarDate }[],
): Promise<ClosedDay[]> {
  if (postings.length === 0) return [];
  return rows(
    db,
    sql<ClosedDay>`
      select distinct on (p.warehouse, p.day) p.warehouse, p.day, c.from_on as from, c.to_on as to
        from unnest(${texts(postings.map(({ warehouse }) => warehouse))}, ${words(postings.map(({ day }) => day))}::date[])
             as p(warehouse, day)
        join closed_period c on c.company_id = ${company} and c.warehouse in ('', p.warehouse)
                            and p.day between c.from_on and c.to_on
       order by p.warehouse, p.day, c.from_on, c.warehouse`,
  );
}

/** Where each order would post while it is closed on its day, by its id; `warehouses` are those that may be closed. */
export async function closedWarehouses(
  launched: readonly StoredOrder[],
  warehouses: readonly string[],
  days: PostingDays,
  reader: Pick<ReleaseReader, 'closedOf' | 'warehousesOf'>,
): Promise<ReadonlyMap<string, readonly ClosedDay[]>> {
  if (warehouses.length === 0) return new Map();
  const postings = postingDaysOf(days, launched).flatMap((day) =>
    warehouses.map((warehouse) => ({ warehouse, day })),
  );
  const closed = await reader.closedOf(postings);
  if (closed.length === 0) return new Map();
  const posting = await reader.warehousesOf(launched);
  return new Map(
    launched.flatMap(({ id, key }) => {
      const [ofOrder, on] = [posting.get(id) ?? [], postingDayOf(days, key)];
      const found = closed.filter(({ warehouse, day }) => day === on && ofOrder.includes(warehouse));
      return found.length === 0 ? [] : [[id, found]];
    }),
  );
}

import { sql } from 'kysely';
import { rows, texts, type Queries } from './database';
import type { ProducedItem, ReleaseReader } from './judge-release';
import { reservedFor, reservedOf } from './reservations';
import { stockedItems } from './stock';

/** The facts of a release that a run and its preview read alike. */
export function factReaders(
  db: Queries,
  company: string,
): Pick<ReleaseReader, 'itemsOf' | 'producedItems' | 'reservedOf' | 'reservedFor'> {
  return {
    itemsOf: (items) => stockedItems(db, company, items),
    producedItems: (items) => producedItems(db, company, items),
    reservedOf: (places) => reservedOf(db, company, places),
    reservedFor: (places, orders) =>
      reservedFor(
        db,
        company,
        places,
        orders.map(({ id }) => id),
      ),
  };
}

async function producedItems(
  db: Queries,
  company: string,
  items: readonly string[],
): Promise<Map<string, ProducedItem>> {
  if (items.length === 0) return new Map();
  const found = await rows(
    db,
    sql<ProducedItem>`
      select item, blocked, routing is not null as routed from item
       where company_id = ${company} and item = any(${texts([...new Set(items)])})`,
  );
  return new Map(found.map((item) => [item.item, item]));
}

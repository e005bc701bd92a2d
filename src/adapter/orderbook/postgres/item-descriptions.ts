import { sql } from 'kysely';
import { rows, texts, type Queries } from './database';

/** The descriptions of these stocks' items, by item. */
export async function itemDescriptions(
  db: Queries,
  company: string,
  stocks: readonly { readonly item: string }[],
): Promise<ReadonlyMap<string, string>> {
  const found = await rows(
    db,
    sql<{ item: string; description: string }>`
      select item, description from item
       where company_id = ${company} and item = any(${texts([...new Set(stocks.map(({ item }) => item))])})`,
  );
  return new Map(found.map(({ item, description }) => [item, description]));
}

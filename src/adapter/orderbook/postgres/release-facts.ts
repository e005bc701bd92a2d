import { closedDays } from './closed-days';
import type { Queries } from './database';
import type { ReleaseReader } from './judge-release';
import { reservedFor, reservedOf } from './reservations';
import { stockedItems } from './stock';

/** The facts of a release that a run and its preview read alike. */
export function factReaders(
  db: Queries,
  company: string,
): Pick<ReleaseReader, 'closedOf' | 'itemsOf' | 'reservedOf' | 'reservedFor'> {
  return {
    closedOf: (postings) => closedDays(db, company, postings),
    itemsOf: (items) => stockedItems(db, company, items),
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

import { sql } from 'kysely';
import { criterionOf, type LooserSearch, type OrderQuery } from '../../../contract/orders';
import type { OrderState } from '../../../domain/order';
import { type Queries, rows } from './database';
import { allOf } from './keyset';
import { orderConditions } from './order-criteria';
import { inStates } from './search-orders';

interface Counted {
  readonly criterion: string | null;
  readonly state: OrderState | null;
  readonly found: number;
}

/** Counts what a search would find without each of its criteria, and in the states it does not ask for: one statement. */
export async function loosenSearch(db: Queries, company: string, query: OrderQuery): Promise<LooserSearch> {
  const { state, ...criteria } = query;
  const given = Object.entries(criteria).flatMap(([field, value]) => (value === undefined ? [] : [field]));
  const names = [...new Set(given.map(criterionOf))];
  const without = names.map((name) => {
    const conditions = [...orderConditions(company, withoutCriterion(criteria, name)), inStates({ state })];
    return sql`select ${name}::text as criterion, null::text as state, count(*)::int as found
                 from production_order o where ${allOf(conditions)}`;
  });
  const elsewhere = sql`select null::text as criterion, o.state::text as state, count(*)::int as found
                          from production_order o
                         where ${allOf([...orderConditions(company, criteria), sql`not ${inStates({ state })}`])}
                         group by o.state`;
  const counted = await rows(db, sql<Counted>`${sql.join([...without, elsewhere], sql` union all `)}`);
  return {
    without: counted.flatMap(({ criterion, found }) => (criterion === null ? [] : [{ criterion, found }])),
    states: counted.flatMap((row) => (row.state === null ? [] : [{ state: row.state, found: row.found }])),
  };
}

function withoutCriterion(query: OrderQuery, name: string): OrderQuery {
  return Object.fromEntries(Object.entries(query).filter(([field]) => criterionOf(field) !== name));
}

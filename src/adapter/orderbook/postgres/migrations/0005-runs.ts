import { sql, type Kysely } from 'kysely';

/** What planners ask about runs: those of a day, those that had an order in them, what can still be undone of one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statement).execute(db);
}

const statement = `
  alter table run
    -- The plan's keys may fill a megabyte; whoever only counts them reads this.
    add column total integer generated always as (cardinality(order_keys)) stored;
  create index run_by_opening on run (company_id, opened_at);
  alter table outcome
    add column at timestamptz;
  update outcome o
     set at = coalesce(r.closed_at, r.opened_at)
    from run r where r.company_id = o.company_id and r.run_id = o.run_id;
  alter table outcome alter column at set not null;
  -- What changed an order is found in its audit trail; this finds what tried to.
  create index outcome_without_effect on outcome (company_id, order_key) where result in ('refused', 'failed');
  create index production_order_by_run on production_order (company_id, released_run) where released_run is not null;
`;

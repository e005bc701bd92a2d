import { sql, type Kysely } from 'kysely';

/** What a run passed over is counted apart from what it refused, and a run that passed an order over is found by that order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statement).execute(db);
}

const statement = `
  alter table run add column skipped integer not null default 0;
  update run r
     set skipped = s.orders, refused = r.refused - s.orders
    from (select company_id, run_id, count(*)::int as orders from outcome where result = 'skipped' group by company_id, run_id) s
   where s.company_id = r.company_id and s.run_id = r.run_id;
  drop index outcome_without_effect;
  create index outcome_without_effect on outcome (company_id, order_key) where result in ('skipped', 'refused', 'failed');
`;

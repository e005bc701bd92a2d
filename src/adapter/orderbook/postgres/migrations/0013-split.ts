import { sql, type Kysely } from 'kysely';

/** Orders of which a release took only a part: what they were made of before, so that both can be put together again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [splits, outcomes]) await sql.raw(statement).execute(db);
}

/** Of the same year and number; the rest has a lot of its own. */
const splits = `
  create table order_split (
    company_id text collate "C" not null,
    rest_id uuid not null,
    order_id uuid not null,
    -- In the unit of the order.
    quantity numeric not null,
    rest numeric not null,
    -- The order's quantity, days and rows before.
    before jsonb not null,
    -- Of what both were made of right after: what is not so any more has been changed since.
    content_hash text not null,
    rest_hash text not null,
    run_id uuid not null,
    split_at timestamptz not null,
    split_by text not null,
    merged_run uuid,
    primary key (company_id, rest_id),
    foreign key (company_id, rest_id) references production_order,
    foreign key (company_id, order_id) references production_order
  );
  create index order_split_by_order on order_split (company_id, order_id);
`;

const outcomes = `
  alter table outcome drop constraint outcome_result_check;
  alter table outcome add constraint outcome_result_check
    check (result in ('released', 'restored', 'merged', 'declared', 'held', 'lifted', 'created', 'changed', 'reserved', 'unreserved',
                      'refreshed', 'skipped', 'refused', 'failed'));
`;

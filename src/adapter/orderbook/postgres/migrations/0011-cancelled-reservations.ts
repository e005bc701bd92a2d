import { sql, type Kysely } from 'kysely';

/** Reservations that somebody cancelled, so that they can be reserved again: what was promised, of what, to whom. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [reservations, outcomes]) await sql.raw(statement).execute(db);
}

const reservations = `
  create table cancelled_reservation (
    company_id text collate "C" not null,
    kind text not null check (kind in ('output', 'component')),
    document text collate "C" not null,
    line integer not null,
    order_id uuid not null,
    -- Of a component, where it lay; of output what the order makes, without warehouse.
    item text collate "C" not null,
    variant text collate "C" not null,
    warehouse text collate "C" not null,
    lot text collate "C" not null,
    quantity numeric not null check (quantity > 0),
    run_id uuid not null,
    cancelled_at timestamptz not null,
    cancelled_by text not null,
    primary key (company_id, kind, document, line),
    foreign key (company_id, order_id) references production_order,
    foreign key (company_id, item) references item
  );
  create index cancelled_reservation_by_order on cancelled_reservation (company_id, order_id);
`;

const outcomes = `
  alter table outcome drop constraint outcome_result_check;
  alter table outcome add constraint outcome_result_check
    check (result in ('released', 'restored', 'declared', 'held', 'lifted', 'created', 'changed', 'reserved', 'unreserved', 'refreshed',
                      'skipped', 'refused', 'failed'));
`;

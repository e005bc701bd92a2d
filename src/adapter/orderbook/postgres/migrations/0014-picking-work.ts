import { sql, type Kysely } from 'kysely';

/**
 * Picking work: what a release has the warehouse fetch for an order, and the policies that say so. Where the materials of an order are put
 * is a warehouse of its own, the production input location.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [policies, places, work, outcomes]) await sql.raw(statement).execute(db);
}

const policies = `
  alter table company
    add column picking_policy text not null default 'requests' check (picking_policy in ('requests', 'work'));
  alter table production_order
    -- Beside the other two: null where no release has stamped them.
    add column picking_policy text;
  -- Who changed the policies of the company when, from what to what.
  create table policy_change (
    company_id text collate "C" not null references company,
    change_id uuid not null,
    shortage_from text not null,
    reservation_from text not null,
    picking_from text not null,
    shortage_to text not null,
    reservation_to text not null,
    picking_to text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    primary key (company_id, change_id)
  );
`;

const places = `
  -- The production input location; the work centre's wins over the site's. Null: what is picked is withdrawn.
  alter table site add column input_warehouse text collate "C";
  alter table work_centre add column input_warehouse text collate "C";
`;

const work = `
  -- The last number of picking work. Numbers are never given twice.
  create table work_counter (
    company_id text collate "C" primary key references company,
    last_work integer not null
  );
  create table work (
    company_id text collate "C" not null,
    number integer not null,
    order_id uuid not null,
    state text not null check (state in ('open', 'in_process', 'closed', 'cancelled')),
    run_id uuid not null,
    made_at timestamptz not null,
    made_by text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    primary key (company_id, number),
    foreign key (company_id, order_id) references production_order
  );
  create index work_by_order on work (company_id, order_id);
  create index work_in_hand on work (company_id, number) where state in ('open', 'in_process');
  -- One lot of one material from the storage to the input location: a pick and its put.
  create table work_line (
    company_id text collate "C" not null,
    work integer not null,
    line integer not null,
    order_id uuid not null,
    -- Line of the order's material.
    material integer not null,
    item text collate "C" not null,
    variant text collate "C" not null,
    lot text collate "C" not null,
    pick_from text collate "C" not null,
    pick_reason text collate "C" not null,
    put_to text collate "C",
    put_reason text collate "C",
    quantity numeric not null check (quantity > 0),
    -- Kept from others as long as the line is open.
    promised numeric not null check (promised >= 0),
    state text not null check (state in ('open', 'confirmed', 'cancelled')),
    -- What was picked, and the cause of its movements; null unless the line is confirmed.
    picked numeric check (picked > 0),
    cause integer,
    picked_at timestamptz,
    picked_by text,
    primary key (company_id, work, line),
    foreign key (company_id, work) references work,
    check ((put_to is null) = (put_reason is null)),
    check ((state = 'confirmed') = (picked is not null) and (state = 'confirmed') = (cause is not null))
  );
  create index work_line_by_order on work_line (company_id, order_id, cause);
  create index work_line_promised on work_line (company_id, item, variant, pick_from, lot) where state = 'open' and promised > 0;
  create index work_line_put on work_line (company_id, item, variant, put_to, lot) where state = 'confirmed' and put_to is not null;
  -- What lay at the input location when the order was released, and is the order's since.
  create table found_material (
    company_id text collate "C" not null,
    order_id uuid not null,
    material integer not null,
    item text collate "C" not null,
    variant text collate "C" not null,
    warehouse text collate "C" not null,
    lot text collate "C" not null,
    quantity numeric not null check (quantity > 0),
    primary key (company_id, order_id, material, warehouse, lot),
    foreign key (company_id, order_id) references production_order
  );
  create index found_material_by_stock on found_material (company_id, item, variant, warehouse, lot);
  -- Restores look for materials that are picked; most orders have none.
  create index order_material_picked on order_material (company_id, order_id) where picked > 0;
`;

const outcomes = `
  alter table outcome drop constraint outcome_result_check;
  alter table outcome add constraint outcome_result_check
    check (result in ('released', 'restored', 'merged', 'declared', 'held', 'lifted', 'created', 'changed', 'reserved', 'unreserved',
                      'worked', 'refreshed', 'skipped', 'refused', 'failed'));
`;

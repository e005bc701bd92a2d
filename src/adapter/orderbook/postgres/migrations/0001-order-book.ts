import { sql, type Kysely } from 'kysely';

/**
 * The order book. `company_id` is the first column of every key, index and statement. Keyset columns compare bytewise
 * (`collate "C"`), so that every PostgreSQL sorts alike. Movements, outcomes and audit entries carry no foreign keys: they are
 * written in bulk by statements that read the very rows a key would check, and the invariants are checked by the tests.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [plant, items, orders, stockAndMovements, runs])
    await sql.raw(statement).execute(db);
}

const plant = `
  create table company (
    company_id text collate "C" primary key,
    name text not null,
    time_zone text not null,
    shortage_policy text not null check (shortage_policy in ('refuse', 'split', 'negative')),
    reservation_policy text not null check (reservation_policy in ('none', 'partial', 'full')),
    -- Days added to every date of the plant's source files: its cut-off day became the day of the first load.
    moved_days integer not null,
    last_run integer not null default 0
  );
  create table site (
    company_id text collate "C" not null references company,
    site text collate "C" not null,
    name text not null,
    primary key (company_id, site)
  );
  create table work_centre (
    company_id text collate "C" not null references company,
    work_centre text collate "C" not null,
    name text not null,
    site text collate "C" not null,
    primary key (company_id, work_centre)
  );
  create table warehouse (
    company_id text collate "C" not null references company,
    warehouse text collate "C" not null,
    name text not null,
    site text collate "C" not null,
    negative_stock boolean not null,
    primary key (company_id, warehouse)
  );
  create table movement_reason (
    company_id text collate "C" not null,
    warehouse text collate "C" not null,
    reason text collate "C" not null,
    name text not null,
    direction text not null check (direction in ('unload', 'load')),
    production boolean not null,
    primary key (company_id, warehouse, reason),
    foreign key (company_id, warehouse) references warehouse
  );
  -- Where materials are withdrawn when neither line nor item says so; site '' holds for every site.
  create table withdrawal_default (
    company_id text collate "C" not null references company,
    site text collate "C" not null,
    section text not null check (section in ('raw_material', 'unfinished')),
    warehouse text collate "C" not null,
    reason text collate "C" not null,
    primary key (company_id, site, section)
  );
`;

const items = `
  create table item (
    company_id text collate "C" not null references company,
    item text collate "C" not null,
    description text not null,
    category text not null,
    unit text not null,
    procurement text not null check (procurement in ('purchase', 'production', 'subcontract')),
    pickup_type text not null check (pickup_type in ('automatic', 'with_list', 'manual')),
    warehouse text collate "C",
    reason text collate "C",
    stock_managed boolean not null,
    lot_managed boolean not null,
    blocked boolean not null,
    decimals smallint not null check (decimals between 0 and 9),
    primary key (company_id, item)
  );
  create table bom_line (
    company_id text collate "C" not null,
    item text collate "C" not null,
    line integer not null,
    component text collate "C" not null,
    unit text not null,
    quantity numeric not null,
    valid_from date,
    valid_to date,
    primary key (company_id, item, line),
    foreign key (company_id, item) references item,
    foreign key (company_id, component) references item
  );
`;

const orders = `
  create table production_order (
    company_id text collate "C" not null references company,
    order_id uuid not null,
    year integer not null,
    number integer not null,
    lot integer not null,
    item text collate "C" not null,
    variant text collate "C" not null,
    quantity numeric not null,
    quantity_produced numeric not null,
    unit text not null,
    start_on date not null,
    end_on date not null,
    due_on date not null,
    work_centre text collate "C" not null,
    customer text not null,
    site text collate "C" not null,
    job_order text not null,
    state text not null check (state in ('launched', 'executive', 'fulfilled', 'historical')),
    -- How the order became executive; a direct one has no withdrawals of a release.
    origin text check (origin in ('release', 'direct')),
    shortage_policy text,
    reservation_policy text,
    -- Counts releases and corrections: part of every movement's key, so that no release can post twice.
    cause integer not null default 0,
    released_at timestamptz,
    released_by text,
    released_run uuid,
    version integer not null default 1,
    changed_at timestamptz not null,
    changed_by text not null,
    primary key (company_id, order_id),
    unique (company_id, year, number, lot),
    foreign key (company_id, item) references item
  );
  create index production_order_by_start
    on production_order (company_id, state, start_on, year, number, lot);
  create table order_material (
    company_id text collate "C" not null,
    order_id uuid not null,
    line integer not null,
    item text collate "C" not null,
    variant text collate "C" not null,
    lot text collate "C" not null,
    unit text not null,
    quantity_per numeric not null,
    fixed boolean not null,
    quantity numeric not null,
    warehouse text collate "C",
    reason text collate "C",
    operation integer,
    usage_on date,
    primary key (company_id, order_id, line),
    foreign key (company_id, order_id) references production_order,
    foreign key (company_id, item) references item
  );
  create table order_operation (
    company_id text collate "C" not null,
    order_id uuid not null,
    operation integer not null,
    work_centre text collate "C" not null,
    description text not null,
    start_on date not null,
    end_on date not null,
    productive boolean not null,
    movable boolean not null,
    primary key (company_id, order_id, operation),
    foreign key (company_id, order_id) references production_order
  );
  create table declaration (
    company_id text collate "C" not null,
    order_id uuid not null,
    number integer not null,
    operation integer,
    quantity numeric not null,
    scrap numeric not null,
    closing boolean not null,
    opened_at timestamptz not null,
    opened_by text not null,
    registered_at timestamptz,
    registered_by text,
    primary key (company_id, order_id, number),
    foreign key (company_id, order_id) references production_order
  );
`;

const stockAndMovements = `
  create table stock (
    company_id text collate "C" not null,
    item text collate "C" not null,
    variant text collate "C" not null,
    warehouse text collate "C" not null,
    lot text collate "C" not null,
    -- on_hand = opening + loads - unloads, at every commit.
    opening numeric not null,
    on_hand numeric not null,
    primary key (company_id, item, variant, warehouse, lot),
    foreign key (company_id, item) references item,
    foreign key (company_id, warehouse) references warehouse
  ) with (fillfactor = 70);
  create table record_counter (
    company_id text collate "C" not null,
    warehouse text collate "C" not null,
    posted_on date not null,
    last_record integer not null,
    primary key (company_id, warehouse, posted_on)
  );
  -- A stock record: what one release or correction of one order moved with one reason of one warehouse. Numbered from 1 per
  -- warehouse and day; numbers are never used again.
  create table movement_record (
    company_id text collate "C" not null,
    order_id uuid not null,
    cause integer not null,
    warehouse text collate "C" not null,
    reason text collate "C" not null,
    posted_on date not null,
    record integer not null,
    run_id uuid,
    posted_at timestamptz not null,
    posted_by text not null,
    primary key (company_id, order_id, cause, warehouse, reason),
    -- Not led by the warehouse: with few movements known to the statistics, a join by order would prefer it to the primary key.
    unique (company_id, posted_on, warehouse, record)
  );
  create table movement (
    company_id text collate "C" not null,
    order_id uuid not null,
    cause integer not null,
    line integer not null,
    part smallint not null,
    item text collate "C" not null,
    variant text collate "C" not null,
    warehouse text collate "C" not null,
    lot text collate "C" not null,
    reason text collate "C" not null,
    direction text not null check (direction in ('unload', 'load')),
    quantity numeric not null check (quantity > 0),
    primary key (company_id, order_id, cause, line, part)
  );
  -- What restores took back: no longer stock, still history.
  create table restored_movement (
    company_id text collate "C" not null,
    order_id uuid not null,
    cause integer not null,
    line integer not null,
    part smallint not null,
    item text collate "C" not null,
    variant text collate "C" not null,
    warehouse text collate "C" not null,
    lot text collate "C" not null,
    direction text not null,
    quantity numeric not null,
    posted_on date not null,
    record integer not null,
    reason text collate "C" not null,
    run_id uuid,
    posted_at timestamptz not null,
    posted_by text not null,
    restored_run uuid not null,
    restored_at timestamptz not null,
    restored_by text not null,
    primary key (company_id, order_id, cause, line, part)
  );
`;

const runs = `
  create table run (
    company_id text collate "C" not null references company,
    run_id uuid not null,
    number integer not null,
    actor text collate "C" not null,
    request_key text collate "C" not null,
    body_hash text not null,
    command jsonb not null,
    -- The plan: orders in sequence with the versions the planner saw.
    order_keys text[] not null,
    versions integer[] not null,
    state text not null check (state in ('open', 'done', 'cancelled')),
    holder text not null,
    lease_until timestamptz not null,
    -- Orders with an outcome: always the first ones of the plan.
    done integer not null default 0,
    succeeded integer not null default 0,
    refused integer not null default 0,
    failed integer not null default 0,
    movements integer not null default 0,
    opened_at timestamptz not null,
    closed_at timestamptz,
    primary key (company_id, run_id),
    unique (company_id, number),
    unique (company_id, actor, request_key)
  ) with (fillfactor = 70);
  create index run_open on run (lease_until) where state = 'open';
  create table outcome (
    company_id text collate "C" not null,
    run_id uuid not null,
    place integer not null,
    order_key text collate "C" not null,
    result text not null check (result in ('released', 'restored', 'declared', 'refused', 'failed')),
    movements integer not null,
    refusals jsonb,
    warnings jsonb,
    primary key (company_id, run_id, place)
  );
  create table audit_event (
    company_id text collate "C" not null,
    order_id uuid not null,
    run_id uuid not null,
    event text not null,
    from_state text not null,
    to_state text not null,
    version integer not null,
    at timestamptz not null,
    actor text not null,
    primary key (company_id, order_id, run_id)
  );
`;

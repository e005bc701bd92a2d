import { sql, type Kysely } from 'kysely';

/**
 * What a refresh makes of an order: lines in lines, times to the minute, what its operations take of the centres; numbers for orders that
 * are entered here; promises of output and requests to the warehouse. Orders until now have one line, which is their header.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [plant, orders, lines, materials, operations, needs, promises, runs])
    await sql.raw(statement).execute(db);
}

const plant = `
  alter table company
    -- The hours that stand for a day where nothing else says when.
    add column day_starts time not null default '00:00',
    add column day_ends time not null default '24:00';
  alter table item
    add column variant_mandatory boolean not null default false;
  -- The last number given to an order that was entered here. Numbers are never given twice.
  create table order_counter (
    company_id text collate "C" not null references company,
    year integer not null,
    last_number integer not null,
    primary key (company_id, year)
  );
`;

const orders = `
  alter table production_order
    -- Null until a refresh has scheduled the order: then start_on, end_on are the days of these moments.
    add column starts_at timestamptz,
    add column ends_at timestamptz;
`;

/** An order that was never refreshed has no rows in here: its one line is its header. */
const lines = `
  create table order_line (
    company_id text collate "C" not null,
    order_id uuid not null,
    -- 10000 makes the output; the others make what it takes.
    order_line integer not null,
    level smallint not null,
    item text collate "C" not null,
    variant text collate "C" not null,
    quantity numeric not null,
    unit text not null,
    scrap numeric not null,
    bom text collate "C",
    -- '' is the original.
    bom_version text collate "C",
    routing text collate "C",
    routing_version text collate "C",
    starts_at timestamptz,
    ends_at timestamptz,
    due_on date,
    primary key (company_id, order_id, order_line),
    foreign key (company_id, order_id) references production_order,
    foreign key (company_id, item) references item,
    check ((level = 0) = (order_line = 10000))
  );
`;

const materials = `
  alter table order_material
    -- The line that takes it.
    add column order_line integer not null default 10000,
    add column routing_link text collate "C" not null default '',
    add column lead_time_offset_days integer not null default 0,
    -- Null where only the day counts.
    add column usage_at timestamptz,
    -- Added or changed by somebody, not by a refresh.
    add column by_hand boolean not null default false,
    add column picked numeric not null default 0,
    -- The line of this very order that makes it, and how much of it: that is not withdrawn from stock.
    add column supplied_by integer,
    add column supplied numeric not null default 0;
`;

const timeUnit = (column: string) =>
  `add column ${column} text not null default 'minutes' check (${column} in ('seconds', 'minutes', 'hours', 'days'))`;

/** A line that makes what others of its order take has operations of its own, numbered as its routing has them. */
const operations = `
  alter table order_operation
    add column order_line integer not null default 10000,
    -- Null: the next by number.
    add column next_operations integer[],
    add column setup_time numeric not null default 0,
    ${timeUnit('setup_unit')},
    add column run_time numeric not null default 0,
    ${timeUnit('run_unit')},
    add column wait_time numeric not null default 0,
    ${timeUnit('wait_unit')},
    add column move_time numeric not null default 0,
    ${timeUnit('move_unit')},
    add column lot_size numeric not null default 1,
    add column scrap numeric not null default 0,
    add column fixed_scrap numeric not null default 0,
    add column concurrent_capacities numeric not null default 1,
    add column routing_link text collate "C" not null default '',
    add column input_quantity numeric not null default 0,
    add column starts_at timestamptz,
    add column ends_at timestamptz,
    add column by_hand boolean not null default false,
    drop constraint order_operation_pkey,
    add primary key (company_id, order_id, order_line, operation);
`;

const needs = `
  -- What an operation takes of a centre's time without a break, on one day of the plant.
  create table capacity_need (
    company_id text collate "C" not null,
    order_id uuid not null,
    order_line integer not null,
    operation integer not null,
    piece integer not null,
    kind text not null check (kind in ('setup', 'run')),
    work_centre text collate "C" not null,
    machine text collate "C" not null,
    day date not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    capacities numeric not null,
    minutes numeric not null,
    primary key (company_id, order_id, order_line, operation, piece)
  );
  create index capacity_need_by_centre on capacity_need (company_id, work_centre, day);
`;

const promises = `
  -- Output of an order that is promised to a document, such as a sales order.
  create table output_reservation (
    company_id text collate "C" not null,
    document text collate "C" not null,
    line integer not null,
    order_id uuid not null,
    quantity numeric not null check (quantity > 0),
    primary key (company_id, document, line),
    foreign key (company_id, order_id) references production_order
  );
  create index output_reservation_by_order on output_reservation (company_id, order_id);
  -- What the warehouse is asked to put away, as long as the order is executive.
  create table inbound_request (
    company_id text collate "C" not null,
    order_id uuid not null,
    -- Null where no warehouse is known.
    warehouse text collate "C",
    item text collate "C" not null,
    variant text collate "C" not null,
    quantity numeric not null check (quantity > 0),
    unit text not null,
    run_id uuid not null,
    asked_at timestamptz not null,
    asked_by text not null,
    primary key (company_id, order_id),
    foreign key (company_id, order_id) references production_order
  );
`;

const runs = `
  alter table outcome drop constraint outcome_result_check;
  alter table outcome add constraint outcome_result_check
    check (result in ('released', 'restored', 'declared', 'held', 'lifted', 'created', 'refreshed', 'skipped', 'refused', 'failed'));
`;

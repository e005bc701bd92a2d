import { sql, type Kysely } from 'kysely';

/**
 * Master data as a plant's import brings it: units, versioned bills and routings, calendars, capacities, incoming supply; and what
 * an import needs to know of the one before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [calendars, centres, warehouses, items, boms, routings, stock, imports])
    await sql.raw(statement).execute(db);
}

const calendars = `
  create table calendar (
    company_id text collate "C" not null references company,
    calendar text collate "C" not null,
    name text not null,
    primary key (company_id, calendar)
  );
  -- Weekday 1 is Monday. Ends at 24:00 where a shift goes on into the next day.
  create table calendar_hours (
    company_id text collate "C" not null,
    calendar text collate "C" not null,
    weekday smallint not null check (weekday between 1 and 7),
    starts time not null,
    ends time not null check (ends > starts),
    shift text not null,
    primary key (company_id, calendar, weekday, starts),
    foreign key (company_id, calendar) references calendar
  );
  create table calendar_holiday (
    company_id text collate "C" not null,
    calendar text collate "C" not null,
    day date not null,
    name text not null,
    primary key (company_id, calendar, day),
    foreign key (company_id, calendar) references calendar
  );
`;

/** Percentages are percent: 5 is 5 %. Times are in the unit beside them. */
const capacity = `
    add column capacity numeric not null default 1,
    add column efficiency numeric not null default 100,
    add column queue_time numeric not null default 0,
    add column queue_unit text not null default 'minutes' check (queue_unit in ('seconds', 'minutes', 'hours', 'days')),
    -- Never planned above its critical load; the dampener is how far one operation may exceed it.
    add column constrained boolean not null default false,
    add column critical_load numeric not null default 100,
    add column dampener numeric not null default 0
`;

const centres = `
  alter table work_centre
    add column centre_group text not null default '',
    add column unit text not null default 'minutes' check (unit in ('seconds', 'minutes', 'hours', 'days')),
    -- Null: always works.
    add column calendar text collate "C",
    add column rounding numeric not null default 0.00001,
    ${capacity};
  alter table machine
    ${capacity};
`;

const warehouses = `
  alter table warehouse
    add column calendar text collate "C",
    add column inbound_days integer not null default 0,
    add column outbound_days integer not null default 0,
    add column consumption_handling text not null default 'none'
        check (consumption_handling in ('none', 'pick_optional', 'pick_mandatory', 'inventory_pick')),
    add column output_handling text not null default 'none' check (output_handling in ('none', 'inventory_put_away'));
`;

const items = `
  alter table item
    add column bom text collate "C",
    add column rounding numeric,
    add column lot_picking text not null default 'fifo' check (lot_picking in ('fifo', 'expiry', 'manual')),
    add column serial_managed boolean not null default false,
    add column lead_time_days integer not null default 0,
    add column safety_lead_days integer not null default 0,
    add column scrap numeric not null default 0,
    add column order_minimum numeric not null default 0,
    add column order_multiple numeric not null default 0,
    add column safety_stock numeric not null default 0,
    add column make_to_order boolean not null default false;
  -- factor: base units in one such unit.
  create table item_unit (
    company_id text collate "C" not null,
    item text collate "C" not null,
    unit text collate "C" not null,
    factor numeric not null check (factor > 0),
    primary key (company_id, item, unit),
    foreign key (company_id, item) references item
  );
`;

const status = `status text not null check (status in ('new', 'certified', 'closed')),
    valid_from date,
    valid_to date`;

/** Bills get a code of their own; until now a bill was its item's, and there was one of it. */
const boms = `
  create table bom (
    company_id text collate "C" not null references company,
    bom text collate "C" not null,
    -- '' is the original.
    version text collate "C" not null,
    name text not null,
    unit text not null,
    ${status},
    primary key (company_id, bom, version)
  );
  insert into bom
  select distinct l.company_id, l.item, '', i.description, i.unit, 'certified', null::date, null::date
    from bom_line l join item i using (company_id, item);
  update item i set bom = i.item
    from bom b where b.company_id = i.company_id and b.bom = i.item;
  alter table bom_line rename to bom_line_of_item;
  alter table bom_line_of_item rename constraint bom_line_pkey to bom_line_of_item_pkey;
  create table bom_line (
    company_id text collate "C" not null,
    bom text collate "C" not null,
    version text collate "C" not null,
    line integer not null,
    -- A phantom stands for the lines of the bill it names.
    kind text not null check (kind in ('item', 'phantom')),
    component text collate "C" not null,
    variant text collate "C" not null,
    unit text collate "C" not null,
    quantity numeric not null,
    formula text not null
        check (formula in ('per_piece', 'fixed', 'length', 'length_width', 'length_width_depth', 'weight')),
    length numeric not null,
    width numeric not null,
    depth numeric not null,
    weight numeric not null,
    scrap numeric not null,
    routing_link text collate "C" not null,
    lead_time_offset_days integer not null,
    valid_from date,
    valid_to date,
    primary key (company_id, bom, version, line),
    foreign key (company_id, bom, version) references bom
  );
  insert into bom_line
  select company_id, item, '', line, 'item', component, '', unit, quantity, 'per_piece', 0, 0, 0, 0, 0, '', 0, valid_from, valid_to
    from bom_line_of_item;
  drop table bom_line_of_item;
  create index bom_line_by_component on bom_line (company_id, component);
`;

const timeUnit = (column: string) =>
  `${column} text not null check (${column} in ('seconds', 'minutes', 'hours', 'days'))`;

const routings = `
  create table routing (
    company_id text collate "C" not null references company,
    routing text collate "C" not null,
    version text collate "C" not null,
    name text not null,
    kind text not null check (kind in ('serial', 'parallel')),
    ${status},
    primary key (company_id, routing, version)
  );
  create table routing_operation (
    company_id text collate "C" not null,
    routing text collate "C" not null,
    version text collate "C" not null,
    operation integer not null,
    -- Null: the next by number.
    next_operations integer[],
    work_centre text collate "C" not null,
    machine text collate "C" not null,
    description text not null,
    setup_time numeric not null,
    ${timeUnit('setup_unit')},
    run_time numeric not null,
    ${timeUnit('run_unit')},
    wait_time numeric not null,
    ${timeUnit('wait_unit')},
    move_time numeric not null,
    ${timeUnit('move_unit')},
    lot_size numeric not null,
    scrap numeric not null,
    fixed_scrap numeric not null,
    concurrent_capacities numeric not null,
    send_ahead numeric not null,
    routing_link text collate "C" not null,
    productive boolean not null,
    movable boolean not null,
    primary key (company_id, routing, version, operation),
    foreign key (company_id, routing, version) references routing,
    foreign key (company_id, work_centre) references work_centre
  );
`;

const stock = `
  alter table stock
    add column received_on date,
    add column expires_on date,
    -- Its opening was taken from a plant's count; until then it is only what releases have noted.
    add column counted boolean not null default true;
  alter table stock alter column counted set default false;
  create table incoming_supply (
    company_id text collate "C" not null,
    document text collate "C" not null,
    line integer not null,
    kind text not null check (kind in ('purchase', 'production', 'transfer')),
    item text collate "C" not null,
    variant text collate "C" not null,
    warehouse text collate "C" not null,
    quantity numeric not null check (quantity > 0),
    due_on date not null,
    primary key (company_id, document, line),
    foreign key (company_id, item) references item
  );
  create index incoming_supply_by_item on incoming_supply (company_id, item, warehouse, due_on);
`;

/** More columns than any file has: a file that gets another one needs no other table. */
const FIELDS = 40;
const largeFiles = ['orders', 'order_materials', 'order_operations', 'movements', 'declarations'];

const imports = `
  alter table company
    -- False until its first import is done: nobody sees half a plant.
    add column ready boolean not null default true;
  alter table production_order
    -- What the last import said of it; null when it never came from one. An unchanged file changes nothing.
    add column imported_hash uuid;
  alter table run
    -- What an import did or would not do; null for every other run.
    add column report jsonb;
  -- Imports of a company take turns: whoever imports holds this row.
  create table import_turn (
    company_id text collate "C" primary key references company
  );
  -- Rows of the files of an import while it works; they live only inside its transaction. A partition of its own for each large
  -- file keeps the statistics of their columns apart.
  create table import_row (
    company_id text collate "C" not null,
    import_id uuid not null,
    file text not null,
    line integer not null,
    -- The order that the row is or belongs to, as the files write its key.
    order_ref text collate "C",
    -- The id that an order gets when it is new.
    order_id uuid,
    ${Array.from({ length: FIELDS }, (_, index) => `f${index + 1} text collate "C"`).join(',\n    ')}
  ) partition by list (file);
  ${largeFiles.map((file) => `create unlogged table import_row_${file} partition of import_row for values in ('${file}');`).join('\n  ')}
  create unlogged table import_row_small partition of import_row default;
  -- What an import does with each order of its files.
  create unlogged table import_order (
    company_id text collate "C" not null,
    import_id uuid not null,
    order_ref text collate "C" not null,
    line integer not null,
    order_id uuid not null,
    start_on date not null,
    action text not null check (action in ('add', 'update', 'unchanged', 'begun', 'restored')),
    content uuid
  );
`;

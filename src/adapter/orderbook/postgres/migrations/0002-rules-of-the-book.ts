import { sql, type Kysely } from 'kysely';

/**
 * What the rules of release, restore and declaration look at beyond 0001: holds, closed periods, reservations, deposit warehouses,
 * the machine of an operation; the remaining header fields of the ERP; saved searches.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [orders, plant, declarations, runs, savedSearches])
    await sql.raw(statement).execute(db);
}

const orders = `
  alter table production_order
    -- A held order is not released until somebody lifts the hold.
    add column hold_reason text,
    add column held_at timestamptz,
    add column held_by text,
    -- How many lines the order has: kept by whoever writes them, so that judging thousands of orders need not count.
    add column material_lines integer not null default 0,
    add column operation_lines integer not null default 0,
    -- The order is meant to have no materials.
    add column no_materials boolean not null default false,
    -- 1 makes a finished product, more a semi-finished one.
    add column bom_level smallint not null default 1,
    add column project text not null default '',
    add column sales_order text not null default '',
    add column job_order_type text not null default '',
    -- The ERP calls it mandatory: its dates are frozen.
    add column mandatory boolean not null default false,
    add column printed_on date,
    -- Where the output goes; wins over every other rule.
    add column deposit_warehouse text collate "C",
    add column deposit_reason text collate "C";
  update production_order o
     set material_lines = (select count(*) from order_material m
                            where m.company_id = o.company_id and m.order_id = o.order_id),
         operation_lines = (select count(*) from order_operation p
                             where p.company_id = o.company_id and p.order_id = o.order_id);
  alter table order_operation
    add column machine text collate "C" not null default '';
  -- quantity is the need in the item's base unit, whatever unit the line is written in.
  alter table order_material
    add column scrap numeric not null default 0;
`;

const plant = `
  alter table item
    -- An item with a routing is not made without operations.
    add column routing text collate "C",
    add column deposit_warehouse text collate "C",
    add column deposit_reason text collate "C";
  create index item_blocked on item (company_id, item) where blocked;
  create table machine (
    company_id text collate "C" not null references company,
    machine text collate "C" not null,
    name text not null,
    work_centre text collate "C" not null,
    site text collate "C" not null,
    primary key (company_id, machine)
  );
  -- Where output is deposited when neither order nor item says so; site '' holds for every site.
  create table deposit_default (
    company_id text collate "C" not null references company,
    site text collate "C" not null,
    section text not null check (section in ('finished', 'unfinished')),
    warehouse text collate "C" not null,
    reason text collate "C" not null,
    primary key (company_id, site, section)
  );
  -- Days of a warehouse on which nothing may be posted or taken back any more; warehouse '' holds for every warehouse.
  create table closed_period (
    company_id text collate "C" not null references company,
    warehouse text collate "C" not null,
    from_on date not null,
    to_on date not null,
    primary key (company_id, warehouse, from_on),
    check (from_on <= to_on)
  );
  -- Stock that is promised: to an order, as long as that order is launched, or to a document of another system.
  create table reservation (
    company_id text collate "C" not null,
    document text collate "C" not null,
    line integer not null,
    item text collate "C" not null,
    variant text collate "C" not null,
    warehouse text collate "C" not null,
    lot text collate "C" not null,
    quantity numeric not null check (quantity > 0),
    order_id uuid,
    primary key (company_id, document, line),
    foreign key (company_id, item) references item,
    foreign key (company_id, order_id) references production_order
  );
  create index reservation_by_stock on reservation (company_id, item, variant, warehouse, lot);
  create index reservation_by_order on reservation (company_id, order_id) where order_id is not null;
`;

const declarations = `
  alter table declaration
    -- The cause under which its registration posted output and manual materials; null while it is not registered.
    add column cause integer;
`;

const runs = `
  alter table outcome drop constraint outcome_result_check;
  alter table outcome add constraint outcome_result_check
    check (result in ('released', 'restored', 'declared', 'held', 'lifted', 'refused', 'failed'));
  alter table audit_event
    -- Why: the planner's words when they forced a release or put an order on hold.
    add column reason text,
    -- The codes of the refusals that were forced.
    add column forced text[];
`;

const savedSearches = `
  create table saved_search (
    company_id text collate "C" not null references company,
    actor text collate "C" not null,
    name text not null,
    query jsonb not null,
    changed_at timestamptz not null,
    primary key (company_id, actor, name)
  );
`;

import { sql, type RawBuilder } from 'kysely';
import { quantity } from '../../../../domain/quantity';
import {
  masterData,
  type BomVersion,
  type Capacity,
  type Item,
  type Machine,
  type MasterData,
  type RoutingOperation,
  type RoutingVersion,
  type Warehouse,
  type WorkCentre,
} from '../../../../domain/refresh/master-data';
import { rows, texts, type Queries } from '../database';
import { calendarsOf } from './read-calendars';
import { durationColumns, durationOf, durationsOf, timesColumns, type TimesRow } from './durations';

/** What orders are made of, as far as master data are to be known about it. */
export interface Named {
  /** What is made, or was made until now. */
  readonly items: readonly string[];
  /** Materials that orders have already. */
  readonly materials: readonly string[];
}

/**
 * The master data that orders of these items reach, read once for all of them: the bills of the items, of phantoms in them and of what is
 * made to order for them, with every component and every routing; the work centres, machines, warehouses and calendars of the company.
 */
export async function readMasters(db: Queries, company: string, named: Named): Promise<MasterData> {
  const boms = await bomsOf(db, company, named.items);
  const items = await itemsOf(db, company, named, boms);
  const routings = await routingsOf(db, company, items);
  return masterData({
    ...{ boms, items, routings },
    workCentres: await workCentresOf(db, company),
    machines: await machinesOf(db, company),
    warehouses: await warehousesOf(db, company),
    calendars: await calendarsOf(db, company),
  });
}

/** Bills: of these items, then over phantoms, and over components that are made to order. */
const reachedBoms = (company: string, items: readonly string[]) => sql`
  with recursive reached(bom) as (
    select bom from item where company_id = ${company} and item = any(${texts(items)}) and bom is not null
     union
    select case l.kind when 'phantom' then l.component else i.bom end
      from reached r
      join bom_line l on l.company_id = ${company} and l.bom = r.bom
      left join item i on i.company_id = l.company_id and i.item = l.component and i.make_to_order and l.kind = 'item'
     where l.kind = 'phantom' or i.bom is not null)`;

interface BomRow extends Omit<BomVersion, 'lines'> {
  readonly lines: readonly LineRow[];
}

type Measure = 'quantity' | 'length' | 'width' | 'depth' | 'weight' | 'scrap';
type LineOf = BomVersion['lines'][number];
type LineRow = Omit<LineOf, Measure> & Readonly<Record<Measure, string>>;

async function bomsOf(db: Queries, company: string, items: readonly string[]): Promise<BomVersion[]> {
  const found = await rows(
    db,
    sql<BomRow>`
      ${reachedBoms(company, items)}
      select b.bom, b.version, b.unit, b.status, b.valid_from as "validFrom", b.valid_to as "validTo",
             coalesce(l.lines, '[]') as lines
        from reached r
        join bom b on b.company_id = ${company} and b.bom = r.bom
        left join lateral (
             select json_agg(json_build_object(
                      'line', line, 'kind', kind, 'component', component, 'variant', variant, 'unit', unit,
                      'quantity', quantity::text, 'formula', formula, 'length', length::text, 'width', width::text,
                      'depth', depth::text, 'weight', weight::text, 'scrap', scrap::text, 'routingLink', routing_link,
                      'leadTimeOffsetDays', lead_time_offset_days, 'validFrom', valid_from, 'validTo', valid_to)) as lines
               from bom_line where company_id = b.company_id and bom = b.bom and version = b.version) l on true`,
  );
  return found.map(({ lines, ...bom }) => ({ ...bom, lines: lines.map(lineOf) }));
}

function lineOf({ quantity: per, length, width, depth, weight, scrap, ...line }: LineRow): LineOf {
  return {
    ...line,
    ...{ quantity: quantity(per), length: quantity(length), width: quantity(width) },
    ...{ depth: quantity(depth), weight: quantity(weight), scrap: quantity(scrap) },
  };
}

interface ItemRow extends Omit<Item, 'units' | 'rounding' | 'scrap'> {
  readonly rounding: string | null;
  readonly scrap: string;
  readonly units: readonly { readonly unit: string; readonly factor: string }[];
}

async function itemsOf(
  db: Queries,
  company: string,
  { items, materials }: Named,
  boms: readonly BomVersion[],
): Promise<Item[]> {
  const components = boms.flatMap(({ lines }) => lines.map(({ component }) => component));
  const codes = [...new Set([...items, ...materials, ...components])];
  const found = await rows(
    db,
    sql<ItemRow>`
      select i.item, i.unit, i.procurement, i.bom, i.routing, i.rounding::text as rounding, i.decimals,
             i.lead_time_days as "leadTimeDays", i.safety_lead_days as "safetyLeadDays", i.scrap::text as scrap,
             i.make_to_order as "makeToOrder", i.variant_mandatory as "variantMandatory", coalesce(u.units, '[]') as units
        from item i
        left join lateral (
             select json_agg(json_build_object('unit', unit, 'factor', factor::text)) as units
               from item_unit where company_id = i.company_id and item = i.item) u on true
       where i.company_id = ${company} and i.item = any(${texts(codes)})`,
  );
  return found.map(({ rounding, scrap, units, ...item }) => ({
    ...item,
    rounding: rounding === null ? null : quantity(rounding),
    scrap: quantity(scrap),
    units: units.map(({ unit, factor }) => ({ unit, factor: quantity(factor) })),
  }));
}

interface RoutingRow extends Omit<RoutingVersion, 'operations'> {
  readonly operations: readonly OperationRow[];
}

type OperationRow = TimesRow &
  Omit<
    RoutingOperation,
    'setup' | 'run' | 'wait' | 'move' | 'lotSize' | 'scrap' | 'fixedScrap' | 'concurrentCapacities'
  >;

async function routingsOf(db: Queries, company: string, items: readonly Item[]): Promise<RoutingVersion[]> {
  const codes = [...new Set(items.flatMap(({ routing }) => routing ?? []))];
  const found = await rows(
    db,
    sql<RoutingRow>`
      select r.routing, r.version, r.kind, r.status, r.valid_from as "validFrom", r.valid_to as "validTo",
             coalesce(p.operations, '[]') as operations
        from routing r
        left join lateral (
             select json_agg(o) as operations
               from (select operation, next_operations as "nextOperations", work_centre as "workCentre", machine, description,
                            ${timesColumns}, routing_link as "routingLink", productive, movable
                       from routing_operation
                      where company_id = r.company_id and routing = r.routing and version = r.version) o) p on true
       where r.company_id = ${company} and r.routing = any(${texts(codes)})`,
  );
  return found.map(({ operations, ...routing }) => ({ ...routing, operations: operations.map(durationsOf) }));
}

type CapacityRow = Pick<Capacity, 'constrained'> & {
  readonly capacity: string;
  readonly efficiency: string;
  readonly queueTime: string;
  readonly queueUnit: Capacity['queue']['unit'];
  readonly criticalLoad: string;
  readonly dampener: string;
};

const capacityColumns: RawBuilder<unknown> = sql`
  capacity::text as capacity, efficiency::text as efficiency, ${durationColumns('queue')}, constrained,
  critical_load::text as "criticalLoad", dampener::text as dampener`;

function capacityOf({ queueTime, queueUnit, ...row }: CapacityRow): Capacity {
  return {
    capacity: quantity(row.capacity),
    efficiency: quantity(row.efficiency),
    queue: durationOf(queueTime, queueUnit),
    constrained: row.constrained,
    criticalLoad: quantity(row.criticalLoad),
    dampener: quantity(row.dampener),
  };
}

async function workCentresOf(db: Queries, company: string): Promise<WorkCentre[]> {
  const found = await rows(
    db,
    sql<CapacityRow & Pick<WorkCentre, 'workCentre' | 'unit' | 'calendar'> & { readonly rounding: string }>`
      select work_centre as "workCentre", unit, rounding::text as rounding, calendar, ${capacityColumns}
        from work_centre where company_id = ${company}`,
  );
  return found.map((row) => ({
    ...{ workCentre: row.workCentre, unit: row.unit, calendar: row.calendar },
    ...{ rounding: quantity(row.rounding), ...capacityOf(row) },
  }));
}

async function machinesOf(db: Queries, company: string): Promise<Machine[]> {
  const found = await rows(
    db,
    sql<CapacityRow & Pick<Machine, 'machine' | 'workCentre'>>`
      select machine, work_centre as "workCentre", ${capacityColumns} from machine where company_id = ${company}`,
  );
  return found.map((row) => ({ machine: row.machine, workCentre: row.workCentre, ...capacityOf(row) }));
}

function warehousesOf(db: Queries, company: string): Promise<Warehouse[]> {
  return rows(
    db,
    sql<Warehouse>`
      select warehouse, calendar, inbound_days as "inboundDays", output_handling as "outputHandling"
        from warehouse where company_id = ${company}`,
  );
}

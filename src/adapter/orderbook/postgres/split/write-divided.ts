import { sql, type RawBuilder } from 'kysely';
import { parseOrderKey, type OrderKey } from '../../../../domain/order';
import type { OrderContent } from '../../../../domain/refresh/order-content';
import type { PlantClock } from '../../../../domain/working-time/plant-clock';
import type { Moment } from '../../order-book';
import { BookChanged, execute, rows, uuids, type Tx } from '../database';
import {
  headerRow,
  lineColumns,
  lineRows,
  materialColumns,
  materialRows,
  needColumns,
  needRows,
  operationColumns,
  operationRows,
} from '../refresh/content-rows';
import { insertion, recordset, type Columns } from '../refresh/recordset';
import type { RefreshableOrder } from '../refresh/refresh-facts';
import { changedOf, contentNow, keyColumns, lineUpdate, parts, tables, type Part } from './divided-rows';

/** A locked order, what it is made of before and after it is divided, and what its rest is made of. */
export interface Division {
  readonly order: RefreshableOrder;
  readonly restKey: OrderKey;
  readonly restId: string;
  readonly before: OrderContent;
  readonly first: OrderContent;
  readonly rest: OrderContent;
}

/**
 * Writes both halves of divided orders: brings the order to what its part is made of, and inserts the rest with all lines, every row of
 * it once. What the orders were before is kept for whoever merges them again. The days of operations without times stay. Throws
 * {@link BookChanged} when another writer has taken one of the rests' lots meanwhile.
 */
export async function writeDivided(
  tx: Tx,
  divisions: readonly Division[],
  clock: PlantClock,
  run: string,
  moment: Moment,
): Promise<void> {
  const { company } = moment;
  // Whoever else inserts the same lots waits for the first of them, never in a ring.
  const sorted = [...divisions].sort((a, b) => (a.order.id < b.order.id ? -1 : 1));
  const firsts = sorted.map(({ order, first }) => ({ order, content: first }));
  const rests = sorted.map(({ order, restId, rest }) => ({ order: { ...order, id: restId }, content: rest }));
  const [first, rest] = [changedRows(firsts, clock), changedRows(rests, clock)];
  const written = parts.map(
    (part) => sql`
      ${sql.ref(`copied_${part}`)} as (${copies(company, part, rest[part])}),
      ${sql.ref(`changed_${part}`)} as (${lineUpdate(company, part, ofOrders(part, first[part]))})`,
  );
  const [made] = await rows(
    tx,
    sql<{ rests: number; firsts: number }>`
      with split as materialized (select * from ${recordset('r', splitColumns, splitRows(sorted, clock))}),
      rest as (${restInsertion(moment)}),
      ${sql.join(written)},
      part as (
        update production_order o
           set quantity = s.quantity, start_on = s.start_on, end_on = s.end_on, starts_at = s.starts_at, ends_at = s.ends_at
          from split s where o.company_id = ${company} and o.order_id = s.order_id
        returning o.order_id),
      audit as (
        insert into audit_event (company_id, order_id, run_id, event, from_state, to_state, version, at, actor)
        select ${company}, order_id, ${run}::uuid, 'split', 'launched', 'launched', 1, ${moment.at}::timestamptz, ${moment.actor}
          from rest),
      kept as (${splitInsertion(run, moment)})
      select (select count(*)::int from rest) as rests, (select count(*)::int from part) as firsts`,
  );
  if (made?.rests !== divisions.length) throw new BookChanged('Somebody else has taken a lot meanwhile');
  if (made.firsts !== divisions.length) throw new Error('Locked orders were not there');
  const needs = [...firsts, ...rests].flatMap(needRows);
  const booked = sorted.filter(({ before }) => before.needs.length > 0).map(({ order }) => order.id);
  await writeNeeds(tx, company, booked, needs);
}

async function writeNeeds(tx: Tx, company: string, booked: readonly string[], needs: readonly object[]) {
  if (booked.length > 0)
    await execute(
      tx,
      sql`delete from capacity_need where company_id = ${company} and order_id = any(${uuids(booked)})`,
    );
  if (needs.length > 0) await execute(tx, insertion('capacity_need', company, needColumns, needs));
}

const headerChanges = {
  ...{ quantity: 'numeric', start_on: 'date', end_on: 'date' },
  ...{ starts_at: 'timestamptz', ends_at: 'timestamptz' },
} as const;
type HeaderChange = keyof typeof headerChanges;
const headerChanged = Object.keys(headerChanges) as HeaderChange[];

const splitColumns: Columns = {
  ...{ at: 'integer', order_id: 'uuid', rest_id: 'uuid', year: 'integer', number: 'integer', lot: 'integer' },
  ...headerChanges,
  ...Object.fromEntries(headerChanged.map((column) => [`rest_${column}`, headerChanges[column]])),
};

function splitRows(divisions: readonly Division[], clock: PlantClock) {
  return divisions.map(({ order, restId, restKey, first, rest }, at) => {
    const part = headerRow({ order, content: first }, clock);
    const left = headerRow({ order, content: rest }, clock);
    return {
      ...{ at, order_id: order.id, rest_id: restId, ...parseOrderKey(restKey) },
      ...Object.fromEntries(headerChanged.map((column) => [column, part[column]])),
      ...Object.fromEntries(headerChanged.map((column) => [`rest_${column}`, left[column]])),
    };
  });
}

/** The rests, as their orders have them but for quantity and times. */
const restInsertion = ({ company, at, actor }: Moment) => sql`
  insert into production_order (
         company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced, unit, start_on, end_on, due_on,
         starts_at, ends_at, work_centre, customer, site, job_order, job_order_type, project, sales_order, bom_level,
         mandatory, no_materials, material_lines, operation_lines, deposit_warehouse, deposit_reason, state, version,
         changed_at, changed_by)
  select ${company}, s.rest_id, s.year, s.number, s.lot, o.item, o.variant, s.rest_quantity, 0, o.unit, s.rest_start_on,
         s.rest_end_on, o.due_on, s.rest_starts_at, s.rest_ends_at, o.work_centre, o.customer, o.site, o.job_order, o.job_order_type,
         o.project, o.sales_order, o.bom_level, o.mandatory, o.no_materials, o.material_lines, o.operation_lines,
         o.deposit_warehouse, o.deposit_reason, 'launched', 1, ${at}::timestamptz, ${actor}
    from split s
    join production_order o on o.company_id = ${company} and o.order_id = s.order_id
   order by s.year, s.number, s.lot
      on conflict (company_id, year, number, lot) do nothing
  returning order_id`;

/** With what the orders were made of before: statements see the book as it was when they began. */
const splitInsertion = (run: string, { company, at, actor }: Moment) => sql`
  insert into order_split (company_id, rest_id, order_id, quantity, rest, before, content_hash, rest_hash, run_id, split_at,
                           split_by)
  select ${company}, r.order_id, s.order_id, o.quantity, s.rest_quantity, ${contentNow}, '', '', ${run}::uuid, ${at}::timestamptz,
         ${actor}
    from rest r join split s on s.rest_id = r.order_id
    join production_order o on o.company_id = ${company} and o.order_id = s.order_id`;

/** A row of a line, with the place of its order among the divided ones. */
type PlacedRow = Readonly<Record<string, unknown>> & { readonly at: number };

/** What changes of the lines of these orders, kind by kind. Operations without times keep all they have. */
function changedRows(
  orders: readonly { readonly order: RefreshableOrder; readonly content: OrderContent }[],
  clock: PlantClock,
): Readonly<Record<Part, readonly PlacedRow[]>> {
  const placed = (rowsOf: (each: (typeof orders)[number]) => readonly object[]): PlacedRow[] =>
    orders.flatMap((each, at) => rowsOf(each).map((row) => ({ ...row, at })));
  return {
    lines: placed(lineRows),
    materials: placed((each) => materialRows(each, undefined)),
    operations: placed((each) =>
      each.content.header.startsAt === null
        ? []
        : operationRows(each, clock).filter((row) => row.starts_at !== null),
    ),
  };
}

/** Rows of lines of one kind as `r`, with nothing but what changes: lines have many columns, and a run may have many lines. */
function placedRows(part: Part, placed: readonly PlacedRow[]): RawBuilder<unknown> {
  const columns = { at: 'integer', ...changedOf[part] };
  const names = Object.keys(columns);
  const sent = placed.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? undefined])));
  return recordset('r', columns, sent);
}

/** The same under the ids of their orders. */
const ofOrders = (part: Part, placed: readonly PlacedRow[]) =>
  sql`(select s.order_id, r.* from split s join ${placedRows(part, placed)} using (at)) r`;

/** Every column that lines have beside their order's. */
const copiedColumns = {
  lines: namesIn(lineColumns),
  materials: namesIn(materialColumns),
  operations: namesIn(operationColumns),
} satisfies Record<Part, readonly string[]>;

function namesIn(columns: Columns): readonly string[] {
  return Object.keys(columns).filter((column) => column !== 'order_id');
}

/** The lines of the rests: those of their orders, but for what the rows say. */
function copies(company: string, part: Part, placed: readonly PlacedRow[]): RawBuilder<unknown> {
  const keys = Object.keys(changedOf[part]).filter((column) => keyColumns.has(column));
  const changed = new Set(Object.keys(changedOf[part]).filter((column) => !keyColumns.has(column)));
  const values = copiedColumns[part].map((column) =>
    changed.has(column)
      ? sql`case when r.at is null then l.${sql.ref(column)} else r.${sql.ref(column)} end`
      : sql`l.${sql.ref(column)}`,
  );
  const same = keys.map((key) => sql` and r.${sql.ref(key)} = l.${sql.ref(key)}`);
  return sql`
    insert into ${sql.table(tables[part])} (company_id, order_id, ${sql.join(copiedColumns[part].map((column) => sql.ref(column)))})
    select ${company}, s.rest_id, ${sql.join(values)}
      from rest c
      join split s on s.rest_id = c.order_id
      join ${sql.table(tables[part])} l on l.company_id = ${company} and l.order_id = s.order_id
      left join ${placedRows(part, placed)} on r.at = s.at${sql.join(same, sql``)}`;
}

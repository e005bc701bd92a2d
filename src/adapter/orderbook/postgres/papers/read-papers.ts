import { sql } from 'kysely';
import { groupBy } from '../../../../domain/group-by';
import type { OrderKey } from '../../../../domain/order';
import type {
  DefinitivePrint,
  Named,
  PaperLine,
  PaperOperation,
  PaperOrder,
  PlannedWork,
} from '../../../../domain/papers/paper';
import { quantity } from '../../../../domain/quantity';
import { FIRST_LINE } from '../../../../domain/refresh/guards';
import type { TimeUnit } from '../../../../domain/refresh/master-data';
import { rows, uuids, type Queries } from '../database';
import { durationColumns, durationOf } from '../refresh/durations';
import { keyTable, orderKeyOf } from '../lock-orders';

interface OfOrder {
  readonly id: string;
}
const byOrder = ({ id }: OfOrder) => id;

/**
 * What is printed of these orders, in their sequence; unknown ones are left out. With `run`, a run that printed definitive papers, they
 * come with what it printed of them.
 */
export async function readPapers(
  db: Queries,
  company: string,
  keys: readonly OrderKey[],
  run?: string,
): Promise<PaperOrder[]> {
  const orders = await headersOf(db, company, keys);
  const ids = orders.map(({ id }) => id);
  const lines = groupBy(await linesOf(db, company, ids), byOrder);
  const operations = groupBy(await operationsOf(db, company, ids), byOrder);
  const prints = groupBy(run === undefined ? [] : await printsOf(db, company, ids, run), byOrder);
  return orders.map(({ id, site, siteName, ...header }) => ({
    ...header,
    quantity: quantity(header.quantity),
    site: { code: site, name: siteName },
    lines: lines.get(id) ?? [],
    operations: operations.get(id) ?? [],
    prints: prints.get(id) ?? [],
  }));
}

type HeaderRow = OfOrder &
  Pick<
    PaperOrder,
    'key' | 'state' | 'item' | 'variant' | 'description' | 'unit' | 'start' | 'end' | 'due' | 'customer'
  > & { readonly quantity: string; readonly site: string; readonly siteName: string };

function headersOf(db: Queries, company: string, keys: readonly OrderKey[]) {
  return rows(
    db,
    sql<HeaderRow>`
      select o.order_id as id, ${orderKeyOf} as key, o.state, o.item, o.variant, i.description, o.quantity::text as quantity, o.unit,
             o.start_on as start, o.end_on as "end", o.due_on as due, o.customer, o.site, coalesce(s.name, '') as "siteName"
        from production_order o
        join ${keyTable(keys)} using (year, number, lot)
        join item i on i.company_id = o.company_id and i.item = o.item
        left join site s on s.company_id = o.company_id and s.site = o.site
       where o.company_id = ${company}
       order by k.place`,
  );
}

type LineRow = OfOrder & Omit<PaperLine, 'quantity'> & { readonly quantity: string };

async function linesOf(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<(PaperLine & OfOrder)[]> {
  const found = await rows(
    db,
    sql<LineRow>`
      select o.order_id as id, coalesce(l.order_line, ${FIRST_LINE}::int) as "orderLine", i.item, i.description,
             coalesce(l.quantity, o.quantity)::text as quantity, coalesce(l.unit, o.unit) as unit
        from production_order o
        left join order_line l on l.company_id = o.company_id and l.order_id = o.order_id
        join item i on i.company_id = o.company_id and i.item = coalesce(l.item, o.item)
       where o.company_id = ${company} and o.order_id = any(${uuids(ids)})
       order by o.order_id, l.order_line`,
  );
  return found.map((row) => ({ ...row, quantity: quantity(row.quantity) }));
}

type Times = Readonly<
  Record<`${'setup' | 'run' | 'wait' | 'move' | 'queue'}Time`, string> &
    Record<`${'setup' | 'run' | 'wait' | 'move' | 'queue'}Unit`, TimeUnit>
>;
type OperationRow = OfOrder &
  Times &
  Pick<
    PaperOperation,
    'orderLine' | 'operation' | 'nextOperations' | 'description' | 'start' | 'end' | 'startsAt' | 'endsAt'
  > & {
    readonly centre: string;
    readonly centreName: string;
    readonly machine: string;
    readonly machineName: string;
    readonly lotSize: string;
    readonly inputQuantity: string;
  };

async function operationsOf(
  db: Queries,
  company: string,
  ids: readonly string[],
): Promise<(PaperOperation & OfOrder)[]> {
  const found = await rows(
    db,
    sql<OperationRow>`
      select p.order_id as id, p.order_line as "orderLine", p.operation, p.next_operations as "nextOperations", p.description,
             p.start_on as start, p.end_on as "end", p.starts_at as "startsAt", p.ends_at as "endsAt",
             p.work_centre as centre, coalesce(c.name, '') as "centreName", p.machine, coalesce(m.name, '') as "machineName",
             ${sql.join(['setup', 'run', 'wait', 'move'].map(durationColumns))},
             coalesce(m.queue_time, c.queue_time, 0)::text as "queueTime",
             coalesce(m.queue_unit, c.queue_unit, 'minutes') as "queueUnit",
             p.lot_size::text as "lotSize", p.input_quantity::text as "inputQuantity"
        from order_operation p
        left join work_centre c on c.company_id = p.company_id and c.work_centre = p.work_centre
        left join machine m on m.company_id = p.company_id and m.machine = p.machine
       where p.company_id = ${company} and p.order_id = any(${uuids(ids)})
       order by p.order_id, p.order_line, p.operation`,
  );
  const work = groupBy(await workOf(db, company, ids), placeOf);
  return found.map((row) => operationOf(row, work.get(placeOf(row)) ?? []));
}

const placeOf = ({ id, orderLine, operation }: OfOrder & Pick<PaperOperation, 'orderLine' | 'operation'>) =>
  `${id} ${orderLine} ${operation}`;

function operationOf(row: OperationRow, work: readonly PlannedWork[]): PaperOperation & OfOrder {
  const machine: Named | null = row.machine === '' ? null : { code: row.machine, name: row.machineName };
  return {
    ...{ id: row.id, orderLine: row.orderLine, operation: row.operation, nextOperations: row.nextOperations },
    ...{ description: row.description, workCentre: { code: row.centre, name: row.centreName }, machine },
    ...{ start: row.start, end: row.end, startsAt: row.startsAt, endsAt: row.endsAt, work },
    setup: durationOf(row.setupTime, row.setupUnit),
    run: durationOf(row.runTime, row.runUnit),
    wait: durationOf(row.waitTime, row.waitUnit),
    move: durationOf(row.moveTime, row.moveUnit),
    queue: durationOf(row.queueTime, row.queueUnit),
    lotSize: quantity(row.lotSize),
    inputQuantity: quantity(row.inputQuantity),
  };
}

type WorkRow = OfOrder & PlannedWork & Pick<PaperOperation, 'orderLine' | 'operation'>;

function workOf(db: Queries, company: string, ids: readonly string[]) {
  return rows(
    db,
    sql<WorkRow>`
      select order_id as id, order_line as "orderLine", operation, kind, starts_at as "startsAt", ends_at as "endsAt"
        from capacity_need
       where company_id = ${company} and order_id = any(${uuids(ids)})
       order by order_id, order_line, operation, piece`,
  );
}

function printsOf(db: Queries, company: string, ids: readonly string[], run: string) {
  return rows(
    db,
    sql<DefinitivePrint & OfOrder>`
      select p.order_id as id, p.kind, p.number, r.copy, u.opened_at as "printedAt", u.actor as "printedBy",
             p.printed_at as "firstPrintedAt", p.voided_at as "voidedAt"
        from paper_print r
        join run u using (company_id, run_id)
        join paper p on p.company_id = r.company_id and p.number = r.number
       where r.company_id = ${company} and r.run_id = ${run}::uuid and p.order_id = any(${uuids(ids)})
       order by p.order_id, p.number`,
  );
}

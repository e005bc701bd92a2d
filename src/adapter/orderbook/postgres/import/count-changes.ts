import { sql, type RawBuilder } from 'kysely';
import type { FileReport, LeftOutReason } from '../../../../contract/imports';
import { FIRST_LINE } from '../../../../domain/refresh/guards';
import type { PlantFile } from '../../import-format';
import { rows, type Tx } from '../database';
import { isRowFile } from './book-tables';
import type { OnFile } from './check-references';
import { inBaseUnits } from './rule-parts';
import type { StagedFile } from './stage-files';
import { staged, type Staging } from './staged';
import { planTable } from './staging-tables';
import { countRows } from './write-rows';
import { givenReservations, reservationColumns } from './write-stock';

/** What is done with the rows of a file; the others stay as they are. */
type Changes = { readonly added: number; readonly updated: number; readonly removed: number } & {
  readonly [R in LeftOutReason]?: number;
};

const none: Changes = { added: 0, updated: 0, removed: 0 };

/**
 * Counts what an import is about to write, file by file, by comparing the files with the book: a dry run reports it without writing
 * anything. Call it when the orders are planned and, where it is no dry run, locked.
 */
export async function countChanges(
  tx: Tx,
  read: ReadonlyMap<PlantFile, StagedFile>,
  staging: Staging,
  onFile: OnFile,
): Promise<FileReport[]> {
  const files = new Set(read.keys());
  const reports: FileReport[] = [];
  for (const [file, { rows: all, unwanted }] of read) {
    onFile(file);
    const changes = await changesOf(tx, file, files, staging);
    reports.push(fileReport(file, all, { ...changes, firstLoad: unwanted }));
  }
  return reports;
}

/** A report of a file: what was neither added, updated nor left out is unchanged. */
export function fileReport(file: string, all: number, changes: Changes): FileReport {
  const { added, updated, removed, ...left } = changes;
  const leftOut = (Object.entries(left) as [LeftOutReason, number][]) // entries know no keys
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({ reason, rows: count }));
  const unchanged = all - added - updated - leftOut.reduce((sum, one) => sum + one.rows, 0);
  return { file, rows: all, added, updated, unchanged, removed, leftOut };
}

function changesOf(
  tx: Tx,
  file: PlantFile,
  files: ReadonlySet<PlantFile>,
  staging: Staging,
): Promise<Changes> {
  if (isRowFile(file)) return countRows(tx, file, files, staging);
  switch (file) {
    case 'stock':
      return one(tx, openedStock(staging));
    case 'reservations':
      return one(tx, changedReservations(staging));
    case 'order_materials':
      return one(tx, changedMaterials(staging));
    case 'order_operations':
      return one(tx, changedOperations(staging));
    default:
      return one(tx, ofOrders(file, staging));
  }
}

async function one(tx: Tx, query: RawBuilder<Changes>): Promise<Changes> {
  const [counts] = await rows(tx, query);
  return counts ?? none;
}

const leftOut = sql`
  (count(*) filter (where a.action = 'begun'))::int as begun,
  (count(*) filter (where a.action = 'launched'))::int as launched`;

/** Orders, and what only new orders bring: movements and declarations. */
const ofOrders = (file: 'orders' | 'movements' | 'declarations', staging: Staging) => sql<Changes>`
  select (count(*) filter (where a.action = 'add'))::int as added,
         (count(*) filter (where a.action = 'update' and ${file === 'orders'}::boolean))::int as updated,
         0 as removed, ${leftOut}
    from ${staged(file, staging)} s join ${planTable(staging)} a using (order_ref)`;

/** The lines of updated orders are compared one by one: `old` of the book's line `b`, `now` of the file's `s`. */
function changedLines(
  staging: Staging,
  table: 'order_material' | 'order_operation',
  number: 'line' | 'operation',
  lines: RawBuilder<unknown>,
  old: RawBuilder<unknown>,
  now: RawBuilder<unknown>,
): RawBuilder<Changes> {
  const plan = planTable(staging);
  return sql<Changes>`
    select c.*, r.removed
      from (select (count(*) filter (where a.action = 'add' or a.action = 'update' and b.order_id is null))::int as added,
                   (count(*) filter (where b.order_id is not null and row(${old}) is distinct from row(${now})))::int as updated,
                   ${leftOut}
              from ${lines} s join ${plan} a using (order_ref)
              left join ${sql.table(table)} b
                on a.action = 'update' and b.company_id = ${staging.company} and b.order_id = a.order_id
               and b.order_line = ${FIRST_LINE}::int and b.${sql.ref(number)} = s.${sql.ref(number)}) c,
           (select count(*)::int as removed
              from ${sql.table(table)} b join ${plan} a on a.order_id = b.order_id and a.action = 'update'
             where b.company_id = ${staging.company}
               and not exists (select from ${lines} s
                                where s.order_ref = a.order_ref and s.${sql.ref(number)} = b.${sql.ref(number)}
                                  and b.order_line = ${FIRST_LINE}::int)) r`;
}

const changedMaterials = (staging: Staging) =>
  changedLines(
    staging,
    'order_material',
    'line',
    inBaseUnits('order_materials', 'item', staging),
    sql`b.item, b.variant, b.lot, b.unit, b.quantity_per, b.fixed, b.quantity, b.scrap, b.warehouse, b.reason, b.operation,
        b.usage_on`,
    sql`s.item, s.variant, s.item_lot, s.unit, s.quantity_per, s.fixed, round(s.quantity * s.factor, 9), s.scrap, s.warehouse,
        s.reason, s.operation, coalesce(s.usage_date, a.start_on)`,
  );

const changedOperations = (staging: Staging) =>
  changedLines(
    staging,
    'order_operation',
    'operation',
    staged('order_operations', staging),
    sql`b.work_centre, b.machine, b.description, b.start_on, b.end_on, b.productive, b.movable`,
    sql`s.work_centre, s.machine, s.description, s.start, s."end", s.productive, s.movable`,
  );

/** Only imports open stocks, and a company has one import at a time. */
const openedStock = (staging: Staging) => sql<Changes>`
  select (count(*) filter (where s.counted is not true))::int as added, 0 as updated, 0 as removed,
         (count(*) filter (where s.counted))::int as opened
    from ${staged('stock', staging)} p
    left join stock s on s.company_id = ${staging.company} and s.item = p.item and s.variant = p.variant
                     and s.warehouse = p.warehouse and s.lot = p.lot`;

function changedReservations(staging: Staging): RawBuilder<Changes> {
  const given = givenReservations(staging);
  const old = sql.join(reservationColumns.map((column) => sql.ref(`b.${column}`)));
  const now = sql.join(reservationColumns.map((column) => sql.ref(`n.${column}`)));
  return sql<Changes>`
    select (count(*) filter (where b.document is null))::int as added,
           (count(*) filter (where n.document is not null and b.document is not null
                               and row(${old}) is distinct from row(${now})))::int as updated,
           (count(*) filter (where n.document is null))::int as removed
      from ${given} n
      full join (select * from reservation where company_id = ${staging.company}) b
        on b.document = n.document and b.line = n.line`;
}

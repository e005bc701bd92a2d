import { sql } from 'kysely';
import { quantityText } from '../../../../domain/quantity';
import type { RefreshDecision } from '../../../../domain/refresh/decide';
import type { PlantHours } from '../../../../domain/refresh/plant';
import { PlantClock } from '../../../../domain/working-time/plant-clock';
import type { Moment } from '../../order-book';
import { execute, uuids, type Tx } from '../database';
import {
  headerColumns,
  headerRow,
  lineColumns,
  lineRows,
  materialColumns,
  materialRows,
  needColumns,
  needRows,
  operationColumns,
  operationRows,
  type WithContent,
} from './content-rows';
import type { StoredContent } from './read-content';
import { insertion, recordset } from './recordset';

export interface Refreshed extends WithContent {
  /** A reason: there is no request any more. Null: one that is there stays. */
  readonly inbound: RefreshDecision['inbound'];
}

interface Before {
  readonly contents: ReadonlyMap<string, StoredContent>;
  readonly hours: PlantHours;
}

/**
 * Puts new content in the place of that of locked orders, all of them in two statements; their headers follow, with a new version. What
 * was not calculated anew is not written.
 */
export async function writeContents(
  tx: Tx,
  refreshed: readonly Refreshed[],
  { contents, hours }: Before,
  run: string,
  moment: Moment,
): Promise<void> {
  if (refreshed.length === 0) return;
  const clock = new PlantClock(hours.timeZone);
  const anew = refreshed.filter(({ order, content }) => contents.get(order.id)?.content !== content);
  await removeContents(tx, moment.company, anew);
  await insertContents(tx, moment.company, anew, contents, clock);
  await updateHeaders(tx, refreshed, clock, moment);
  await withdrawRequests(tx, moment.company, refreshed);
  await askWarehouse(tx, refreshed, run, moment);
}

const tables = ['capacity_need', 'order_operation', 'order_material', 'order_line'] as const;

async function removeContents(tx: Tx, company: string, orders: readonly Refreshed[]): Promise<void> {
  const ids = uuids(orders.map(({ order }) => order.id));
  const gone = tables.map(
    (table) => sql`
      ${sql.ref(`gone_${table}`)} as (
        delete from ${sql.table(table)} where company_id = ${company} and order_id = any(${ids}))`,
  );
  await execute(tx, sql`with ${sql.join(gone)} select`);
}

async function insertContents(
  tx: Tx,
  company: string,
  orders: readonly Refreshed[],
  contents: ReadonlyMap<string, StoredContent>,
  clock: PlantClock,
): Promise<void> {
  const rowsOf = <T>(rowOf: (refreshed: Refreshed) => T[]): T[] => orders.flatMap(rowOf);
  const materials = rowsOf((each) => materialRows(each, contents.get(each.order.id)));
  await execute(
    tx,
    sql`
      with lines as (${insertion('order_line', company, lineColumns, rowsOf(lineRows))}),
      materials as (${insertion('order_material', company, materialColumns, materials)}),
      operations as (
        ${insertion(
          'order_operation',
          company,
          operationColumns,
          rowsOf((each) => operationRows(each, clock)),
        )})
      ${insertion('capacity_need', company, needColumns, rowsOf(needRows))}`,
  );
}

async function updateHeaders(
  tx: Tx,
  orders: readonly Refreshed[],
  clock: PlantClock,
  { company, at, actor }: Moment,
): Promise<void> {
  const headers = orders.map((each) => headerRow(each, clock));
  const updated = await execute(
    tx,
    sql`
      update production_order o
         set quantity = r.quantity, start_on = r.start_on, end_on = r.end_on, due_on = r.due_on, starts_at = r.starts_at,
             ends_at = r.ends_at, work_centre = r.work_centre, material_lines = r.material_lines,
             operation_lines = r.operation_lines, version = o.version + 1, changed_at = ${at}::timestamptz,
             changed_by = ${actor}
        from ${recordset('r', headerColumns, headers)}
       where o.company_id = ${company} and o.order_id = r.order_id`,
  );
  if (updated !== orders.length) throw new Error(`${orders.length - updated} locked orders were not there`);
}

/** What was asked for the lines before goes with them. Source: Business Central, refresh production order. */
async function withdrawRequests(tx: Tx, company: string, orders: readonly Refreshed[]): Promise<void> {
  const ids = orders.flatMap(({ order, inbound }) => (typeof inbound === 'string' ? [order.id] : []));
  if (ids.length === 0) return;
  await execute(
    tx,
    sql`delete from inbound_request where company_id = ${company} and order_id = any(${uuids(ids)})`,
  );
}

/** Asks the warehouse to put the output away; a request that an order has already is made anew. */
async function askWarehouse(
  tx: Tx,
  orders: readonly Refreshed[],
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  const asked = orders.flatMap(({ order, inbound }) =>
    inbound === null || typeof inbound === 'string'
      ? []
      : [{ ...inbound, order_id: order.id, quantity: quantityText(inbound.quantity) }],
  );
  if (asked.length === 0) return;
  await execute(
    tx,
    sql`
      insert into inbound_request (company_id, order_id, warehouse, item, variant, quantity, unit, run_id, asked_at, asked_by)
      select ${company}, order_id, warehouse, item, variant, quantity, unit, ${run}::uuid, ${at}::timestamptz, ${actor}
        from ${recordset('r', requestColumns, asked)}
          on conflict (company_id, order_id) do update
         set warehouse = excluded.warehouse, item = excluded.item, variant = excluded.variant,
             quantity = excluded.quantity, unit = excluded.unit, run_id = excluded.run_id,
             asked_at = excluded.asked_at, asked_by = excluded.asked_by`,
  );
}

const requestColumns = {
  ...{
    order_id: 'uuid',
    warehouse: 'text',
    item: 'text',
    variant: 'text',
    quantity: 'numeric',
    unit: 'text',
  },
};

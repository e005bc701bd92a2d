import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { parseOrderKey, type OrderKey } from '../../../../domain/order';
import { one, quantityText } from '../../../../domain/quantity';
import { bookingOf } from '../../../../domain/refresh/capacity-needs';
import { plantOf, type PlantHours } from '../../../../domain/refresh/plant';
import { divideContent, scheduleDivided } from '../../../../domain/release/divide';
import type { Split } from '../../../../domain/release/split';
import { PlantClock } from '../../../../domain/working-time/plant-clock';
import type { Moment } from '../../order-book';
import { BookChanged, execute, uuids, type Tx } from '../database';
import { readHeaders, type StoredOrder } from '../lock-orders';
import { bookedByOthers } from '../refresh/bookings';
import type { WithContent } from '../refresh/content-rows';
import { readContents } from '../refresh/read-content';
import { readMasters } from '../refresh/read-masters';
import { recordset } from '../refresh/recordset';
import { plantHours, refreshColumns, type RefreshableOrder } from '../refresh/refresh-facts';
import { contentHash, contentNow, writeDivided } from './divided-rows';
import { nextLots } from './next-lots';
import { precisionsOf } from './read-split';

export interface SplitOrder {
  readonly order: StoredOrder;
  readonly split: Split;
}

/**
 * Makes two of each of these locked, launched orders: it keeps its key with the quantity that goes; the rest becomes a launched order under
 * the next free lot, with all its lines. Throws {@link BookChanged} when another writer has taken one of those
 * lots meanwhile.
 */
export async function divideOrders(
  tx: Tx,
  splits: readonly SplitOrder[],
  run: string,
  moment: Moment,
): Promise<readonly NamedSplit[]> {
  const { company } = moment;
  const restKeys = await nextLots(
    tx,
    company,
    splits.map(({ order }) => order.key),
  );
  const named = splits.flatMap(({ order, split }) => {
    const restKey = restKeys.get(order.key);
    return restKey ? [{ order, split, restKey, restId: uuidv7() }] : [];
  });
  await insertRests(tx, named, run, moment);
  const { divided, clock } = await dividedContents(tx, company, named);
  await writeDivided(tx, company, divided, clock);
  await keepHashes(tx, company, named);
  return named;
}

export interface NamedSplit extends SplitOrder {
  readonly restKey: OrderKey;
  readonly restId: string;
}

const restColumns = {
  ...{
    order_id: 'uuid',
    rest_id: 'uuid',
    year: 'integer',
    number: 'integer',
    lot: 'integer',
    rest: 'numeric',
  },
};

const restRows = (splits: readonly NamedSplit[]) =>
  splits
    .map(({ order, split, restKey, restId }) => ({
      ...{ order_id: order.id, rest_id: restId, ...parseOrderKey(restKey), rest: quantityText(split.rest) },
    }))
    // Whoever else inserts the same lots waits for the first of them, never in a ring.
    .sort((a, b) => (a.order_id < b.order_id ? -1 : 1));

/** The rests, as their orders have them but for the quantity; their lines come after them. */
async function insertRests(
  tx: Tx,
  splits: readonly NamedSplit[],
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  const inserted = await execute(
    tx,
    sql`
      insert into production_order (
             company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced, unit, start_on, end_on, due_on,
             starts_at, ends_at, work_centre, customer, site, job_order, job_order_type, project, sales_order, bom_level,
             mandatory, no_materials, material_lines, operation_lines, deposit_warehouse, deposit_reason, state, version,
             changed_at, changed_by)
      select ${company}, s.rest_id, s.year, s.number, s.lot, o.item, o.variant, s.rest, 0, o.unit, o.start_on, o.end_on, o.due_on,
             o.starts_at, o.ends_at, o.work_centre, o.customer, o.site, o.job_order, o.job_order_type, o.project, o.sales_order,
             o.bom_level, o.mandatory, o.no_materials, o.material_lines, o.operation_lines, o.deposit_warehouse,
             o.deposit_reason, 'launched', 1, ${at}::timestamptz, ${actor}
        from ${recordset('s', restColumns, restRows(splits))}
        join production_order o on o.company_id = ${company} and o.order_id = s.order_id
       order by s.year, s.number, s.lot
          on conflict (company_id, year, number, lot) do nothing`,
  );
  if (inserted !== splits.length) throw new BookChanged('Somebody else has taken a lot meanwhile');
  await copyLines(tx, splits, run, { company, at, actor });
}

/** Every column of the lines goes along. What the orders were before is kept for whoever merges them again. */
async function copyLines(
  tx: Tx,
  splits: readonly NamedSplit[],
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  const copies = ['order_line', 'order_material', 'order_operation'].map(
    (table) => sql`
      ${sql.ref(`copied_${table}`)} as (
        insert into ${sql.table(table)}
        select c.*
          from split s
          join ${sql.table(table)} l on l.company_id = ${company} and l.order_id = s.order_id
         cross join lateral jsonb_populate_record(l, jsonb_build_object('order_id', s.rest_id)) c)`,
  );
  await execute(
    tx,
    sql`
      with split as materialized (select * from ${recordset('r', restColumns, restRows(splits))}),
      ${sql.join(copies)},
      audit as (
        insert into audit_event (company_id, order_id, run_id, event, from_state, to_state, version, at, actor)
        select ${company}, s.rest_id, ${run}::uuid, 'split', 'launched', 'launched', 1, ${at}::timestamptz, ${actor} from split s)
      insert into order_split (company_id, rest_id, order_id, quantity, rest, before, content_hash, rest_hash, run_id, split_at,
                               split_by)
      select ${company}, s.rest_id, s.order_id, o.quantity, s.rest, ${contentNow}, '', '', ${run}::uuid, ${at}::timestamptz,
             ${actor}
        from split s join production_order o on o.company_id = ${company} and o.order_id = s.order_id`,
  );
}

/** Of part and rest as they are now. */
async function keepHashes(tx: Tx, company: string, splits: readonly NamedSplit[]): Promise<void> {
  await execute(
    tx,
    sql`
      update order_split s
         set content_hash = (select ${contentHash} from production_order o
                              where o.company_id = s.company_id and o.order_id = s.order_id),
             rest_hash = (select ${contentHash} from production_order o
                           where o.company_id = s.company_id and o.order_id = s.rest_id)
       where s.company_id = ${company} and s.rest_id = any(${uuids(splits.map(({ restId }) => restId))})`,
  );
}

/** What parts and rests are made of; scheduled anew where their order has times. */
async function dividedContents(tx: Tx, company: string, splits: readonly NamedSplit[]) {
  const marked = splits.map(({ order: { key, version } }) => ({ key, version }));
  const headers = await readHeaders(tx, company, marked, refreshColumns);
  const contents = await readContents(tx, company, [...headers.values()]);
  const items = [...contents.values()].flatMap(({ content }) =>
    [...content.materials, ...content.lines].map(({ item }) => item),
  );
  const precisions = await precisionsOf(tx, company, items);
  const hours = await plantHours(tx, company);
  const whole = splits.flatMap(({ order, split, restId }) => {
    const [header, stored] = [headers.get(order.key), contents.get(order.id)];
    return header && stored ? [{ header, stored, split, restId }] : [];
  });
  const plant = whole.some(({ header }) => header.startsAt !== null)
    ? await plantAtWork(
        tx,
        company,
        whole.map(({ header }) => header),
        hours,
      )
    : null;
  const divided = whole.flatMap(({ header, stored, split, restId }): WithContent[] => {
    const parts = divideContent(stored.content, split.quantity, (item) => precisions.get(item) ?? one);
    const { first, rest } = plant && header.startsAt !== null ? scheduleDivided(plant, parts) : parts;
    return [
      { order: header, content: first },
      { order: { ...header, id: restId }, content: rest },
    ];
  });
  return { divided, clock: new PlantClock(hours.timeZone) };
}

/** The plant with what other orders have booked. */
async function plantAtWork(tx: Tx, company: string, orders: readonly RefreshableOrder[], hours: PlantHours) {
  const masters = await readMasters(tx, company, { items: orders.map(({ item }) => item), materials: [] });
  const plant = plantOf(masters, hours);
  const ids = orders.map(({ id }) => id);
  for (const need of await bookedByOthers(tx, company, ids)) plant.book.book(bookingOf(plant.centre, need));
  return plant;
}

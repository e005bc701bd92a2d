import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { OrderKey } from '../../../../domain/order';
import { one } from '../../../../domain/quantity';
import { bookingOf } from '../../../../domain/refresh/capacity-needs';
import { plantOf, type PlantHours } from '../../../../domain/refresh/plant';
import { divideContent, scheduleDivided } from '../../../../domain/release/divide';
import type { Split } from '../../../../domain/release/split';
import { PlantClock } from '../../../../domain/working-time/plant-clock';
import type { Moment } from '../../order-book';
import { execute, uuids, type Tx } from '../database';
import { readHeaders, type StoredOrder } from '../lock-orders';
import { bookedByOthers } from '../refresh/bookings';
import { readContents } from '../refresh/read-content';
import { readMasters } from '../refresh/read-masters';
import { plantHours, refreshColumns, type RefreshableOrder } from '../refresh/refresh-facts';
import { contentHash } from './divided-rows';
import { nextLots } from './next-lots';
import { precisionsOf } from './read-split';
import { writeDivided, type Division } from './write-divided';

export interface SplitOrder {
  readonly order: StoredOrder;
  readonly split: Split;
}

/**
 * Makes two of each of these locked, launched orders: it keeps its key with the quantity that goes; the rest becomes a launched order under
 * the next free lot, with all its lines. Throws `BookChanged` when another writer has taken one of those lots meanwhile.
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
  const { divided, clock } = await dividedContents(tx, company, named);
  if (divided.length !== splits.length) throw new Error('Locked orders were not there');
  await writeDivided(tx, divided, clock, run, moment);
  await keepHashes(tx, company, named);
  return named;
}

export interface NamedSplit extends SplitOrder {
  readonly restKey: OrderKey;
  readonly restId: string;
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
  const whole = splits.flatMap(({ order, ...named }) => {
    const [header, stored] = [headers.get(order.key), contents.get(order.id)];
    return header && stored ? [{ ...named, header, stored }] : [];
  });
  const plant = whole.some(({ header }) => header.startsAt !== null)
    ? await plantAtWork(
        tx,
        company,
        whole.map(({ header }) => header),
        hours,
      )
    : null;
  const divided = whole.map(({ header, stored, split, restId, restKey }): Division => {
    const parts = divideContent(stored.content, split.quantity, (item) => precisions.get(item) ?? one);
    const { first, rest } = plant && header.startsAt !== null ? scheduleDivided(plant, parts) : parts;
    return { order: header, restKey, restId, before: stored.content, first, rest };
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

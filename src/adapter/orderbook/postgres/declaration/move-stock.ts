import { sql } from 'kysely';
import type { CalendarDate } from '../../../../domain/calendar';
import { changesOf, reversed, type StockMove } from '../../../../domain/declaration/posting';
import { quantityText } from '../../../../domain/quantity';
import type { Moment } from '../../order-book';
import { execute, integers, numerics, texts, words, type Tx } from '../database';
import type { StoredOrder } from '../lock-orders';
import { dateLots, forgetEmptyLots, type LotArrival } from '../lot-dates';
import { changeStock } from '../stock';

/** A move and the cause it is posted under. */
export interface CausedMove extends StockMove {
  readonly cause: number;
}

/**
 * Posts movements of one order, each under its cause: changes the locked stocks by exactly what is posted and files the movements in
 * stock records, numbered on from the counters of their warehouses and day in the order of their causes. Several moves of one line under one
 * cause are its parts. A lot that is loaded comes on the posting day, or when it came to the warehouse it is moved from.
 */
export async function post(
  tx: Tx,
  order: StoredOrder,
  moves: readonly CausedMove[],
  postedOn: CalendarDate,
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  if (moves.length === 0) return;
  await dateLots(tx, company, arrivalsOf(moves), postedOn);
  await changeStockBy(tx, company, moves);
  await execute(
    tx,
    sql`
      with posted as (
        insert into movement (company_id, order_id, cause, line, part, item, variant, warehouse, lot, reason, direction, quantity)
        select ${company}, ${order.id}::uuid, cause, line, row_number() over (partition by cause, line order by place), item, variant, warehouse, lot, reason, direction, quantity
          from unnest(${integers(moves.map((m) => m.cause))}, ${integers(moves.map((m) => m.line))}, ${texts(moves.map((m) => m.item))},
                      ${texts(moves.map((m) => m.variant))}, ${texts(moves.map((m) => m.warehouse))},
                      ${texts(moves.map((m) => m.lot))}, ${texts(moves.map((m) => m.reason))},
                      ${words(moves.map((m) => m.direction))}, ${numerics(moves.map((m) => quantityText(m.quantity)))})
               with ordinality as m(cause, line, item, variant, warehouse, lot, reason, direction, quantity, place)
        returning cause, warehouse, reason),
      record as (
        select cause, warehouse, reason, row_number() over (partition by warehouse order by cause desc, reason desc)::int as from_last
          from posted group by cause, warehouse, reason),
      counter as (
        insert into record_counter as c (company_id, warehouse, posted_on, last_record)
        select ${company}, warehouse, ${postedOn}::date, count(*) from record group by warehouse order by warehouse
            on conflict (company_id, warehouse, posted_on) do update set last_record = c.last_record + excluded.last_record
        returning warehouse, last_record)
      insert into movement_record (company_id, order_id, cause, warehouse, reason, posted_on, record, run_id, posted_at, posted_by)
      select ${company}, ${order.id}::uuid, r.cause, r.warehouse, r.reason, ${postedOn}::date,
             c.last_record + 1 - r.from_last, ${run}::uuid, ${at}::timestamptz, ${actor}
        from record r join counter c using (warehouse)`,
  );
}

/** Takes these movements of one order out of the book again, keeping them as restored; the locked stocks change by them. */
export async function takeBack(
  tx: Tx,
  order: StoredOrder,
  cause: number,
  moves: readonly StockMove[],
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  if (moves.length === 0) return;
  const ofCause = sql`company_id = ${company} and order_id = ${order.id}::uuid and cause = ${cause}::int`;
  await changeStockBy(tx, company, reversed(moves));
  await forgetEmptyLots(tx, company, lotsLoaded(moves));
  await execute(
    tx,
    sql`
      insert into restored_movement (company_id, order_id, cause, line, part, item, variant, warehouse, lot, direction,
             quantity, posted_on, record, reason, run_id, posted_at, posted_by, restored_run, restored_at, restored_by)
      select company_id, order_id, cause, line, part, item, variant, warehouse, lot, direction,
             quantity, posted_on, record, reason, run_id, posted_at, posted_by, ${run}::uuid, ${at}::timestamptz, ${actor}
        from movement join movement_record using (company_id, order_id, cause, warehouse, reason)
       where ${ofCause}`,
  );
  await execute(tx, sql`delete from movement_record where ${ofCause}`);
  await execute(tx, sql`delete from movement where ${ofCause}`);
}

const lotsLoaded = (moves: readonly StockMove[]) =>
  moves.filter(({ direction, lot }) => direction === 'load' && lot !== '');

/** What a line is loaded and unloaded with goes from one warehouse to the other. */
function arrivalsOf(moves: readonly StockMove[]): LotArrival[] {
  return lotsLoaded(moves).map((load) => {
    const from = moves.find(
      ({ direction, line, lot }) => direction === 'unload' && line === load.line && lot === load.lot,
    );
    return { ...load, source: from?.warehouse ?? null };
  });
}

async function changeStockBy(tx: Tx, company: string, moves: readonly StockMove[]): Promise<void> {
  const changes = changesOf(moves).map(({ move, change }) => ({ ...move, change: quantityText(change) }));
  await changeStock(tx, company, changes);
}

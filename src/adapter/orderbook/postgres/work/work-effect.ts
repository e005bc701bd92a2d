import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate } from '../../../../domain/calendar';
import type { ReleasePolicy } from '../../../../domain/policy';
import { quantityText, type Quantity } from '../../../../domain/quantity';
import type { WorkEffect } from '../../../../domain/work/rules';
import type { Work, WorkLine } from '../../../../domain/work/work';
import { integers, rows, type Tx } from '../database';
import { meetStock, type MoveRow, postedUnder } from '../declaration/stock-effect';
import type { StoredOrder } from '../lock-orders';
import type { HoldStock } from '../stock';

interface Picking {
  readonly company: string;
  readonly policy: ReleasePolicy;
  readonly order: StoredOrder;
}

/**
 * What confirming an open line with so much moves: out of the storage, and into the input location where there is one. By the warehouses
 * and reasons it was made with: whatever has become of master data since, the work says where to go. Locks the stocks.
 */
export async function effectOfConfirming(
  tx: Tx,
  known: Picking,
  { number }: Work,
  { line }: WorkLine,
  quantity: Quantity,
  day: CalendarDate,
): Promise<WorkEffect> {
  const ofLine = sql`l.work = ${number}::int and l.line = ${line}::int`;
  return meetStock(tx, known, await confirming(tx, known, ofLine, sql`${quantityText(quantity)}`, day));
}

/** What confirming all lines in full moves that are open in work in hand; null where there are none. */
export async function effectOfOpenLines(
  tx: Tx,
  known: Picking,
  works: readonly Work[],
  day: CalendarDate,
  hold: HoldStock,
): Promise<WorkEffect | null> {
  const inHand = works.filter(({ state }) => state === 'open' || state === 'in_process');
  const ofWorks = sql`l.state = 'open' and l.work = any(${integers(inHand.map(({ number }) => number))})`;
  const found = await confirming(tx, known, ofWorks, sql`trim_scale(l.quantity)::text`, day);
  return found.length === 0 ? null : meetStock(tx, known, found, hold);
}

function confirming(
  tx: Tx,
  { company }: Picking,
  ofLines: RawBuilder<unknown>,
  quantity: RawBuilder<unknown>,
  day: CalendarDate,
): Promise<MoveRow[]> {
  return rows(
    tx,
    sql<MoveRow>`
      select l.material as line, v.direction, l.item, l.variant, v.warehouse, v.reason, l.lot,
             ${quantity} as quantity, i.unit, i.lot_managed as "lotManaged", ${day}::date as day,
             exists (select from stock s where s.company_id = l.company_id and s.item = l.item and s.variant = l.variant
                                           and s.warehouse = v.warehouse and s.lot = l.lot) as stored
        from work_line l
        join item i on i.company_id = l.company_id and i.item = l.item
       cross join lateral (
             values ('unload', l.pick_from, l.pick_reason), ('load', l.put_to, l.put_reason)) as v(direction, warehouse, reason)
       where l.company_id = ${company} and ${ofLines} and v.warehouse is not null
       order by l.work, l.line, v.direction desc`,
  );
}

/** What reversing a line takes back: exactly the movements of its confirmation. Locks the stocks. */
export async function effectOfReversing(tx: Tx, known: Picking, cause: number): Promise<WorkEffect> {
  return meetStock(tx, known, await postedUnder(tx, known, sql`${cause}::int`));
}

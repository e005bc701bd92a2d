import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate } from '../../../../domain/calendar';
import type { ReleasePolicy } from '../../../../domain/policy';
import { quantityText, zero } from '../../../../domain/quantity';
import type { LotPart } from '../../../../domain/release/lots';
import type { NamedLot, NamedLots } from '../../../../domain/work/named-lots';
import type { WorkEffect } from '../../../../domain/work/rules';
import type { Work, WorkLine } from '../../../../domain/work/work';
import { integers, numerics, rows, texts, type Tx } from '../database';
import { meetStock, type MoveRow, postedUnder } from '../declaration/stock-effect';
import type { StoredOrder } from '../lock-orders';
import type { HoldStock } from '../stock';
import { pickableStocks } from './pickable-stocks';

interface Picking {
  readonly company: string;
  readonly policy: ReleasePolicy;
  readonly order: StoredOrder;
}

/**
 * What confirming an open line with these lots moves: out of the storage, and into the input location where there is one. By the warehouses
 * and reasons it was made with: whatever has become of master data since, the work says where to go. Locks the stocks.
 */
export async function effectOfConfirming(
  tx: Tx,
  known: Picking,
  { number }: Work,
  { line }: WorkLine,
  parts: readonly LotPart[],
  day: CalendarDate,
): Promise<WorkEffect> {
  const ofLine = sql`l.work = ${number}::int and l.line = ${line}::int`;
  const picked = sql`unnest(
    ${texts(parts.map(({ lot }) => lot))}, ${numerics(parts.map((part) => quantityText(part.quantity)))}) with ordinality`;
  return meetStock(tx, known, await confirming(tx, known, ofLine, picked, day));
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
  const found = await confirming(tx, known, ofWorks, sql`lateral (values (l.lot, l.quantity, 1))`, day);
  return found.length === 0 ? null : meetStock(tx, known, found, hold);
}

/** @param parts what is picked of a line, as rows of (lot, quantity, place) */
function confirming(
  tx: Tx,
  { company }: Picking,
  ofLines: RawBuilder<unknown>,
  parts: RawBuilder<unknown>,
  day: CalendarDate,
): Promise<MoveRow[]> {
  return rows(
    tx,
    sql<MoveRow>`
      select l.material as line, l.line as "workLine", v.direction, l.item, l.variant, v.warehouse, v.reason, p.lot,
             trim_scale(p.quantity)::text as quantity, i.unit, i.lot_managed as "lotManaged", ${day}::date as day,
             exists (select from stock s where s.company_id = l.company_id and s.item = l.item and s.variant = l.variant
                                           and s.warehouse = v.warehouse and s.lot = p.lot) as stored
        from work_line l
       cross join ${parts} as p(lot, quantity, place)
        join item i on i.company_id = l.company_id and i.item = l.item
       cross join lateral (
             values ('unload', l.pick_from, l.pick_reason), ('load', l.put_to, l.put_reason)) as v(direction, warehouse, reason)
       where l.company_id = ${company} and ${ofLines} and v.warehouse is not null
       order by l.work, l.line, p.place, v.direction desc`,
  );
}

/**
 * The same with lots that are named in place of the one the line says. Where one of them is not there nothing moves, and nothing is locked.
 */
export async function effectOfConfirmingLots(
  tx: Tx,
  known: Picking,
  work: Work,
  line: WorkLine,
  parts: readonly LotPart[],
  day: CalendarDate,
): Promise<WorkEffect> {
  const { anyLot, expiry } = await lotsThere(tx, known, line, parts);
  const there = parts.every(({ lot }) => expiry.has(lot));
  const effect = there
    ? await effectOfConfirming(tx, known, work, line, parts, day)
    : { moves: [], closed: [] };
  const picked = effect.moves.filter(({ direction }) => direction === 'unload');
  const held = picked.map((move) => ({ ...move, onHand: quantityText(move.onHand) }));
  const stocks = await pickableStocks(tx, known.company, held, [known.order], true);
  const lots = parts.map(({ lot, quantity }): NamedLot => {
    const expiresOn = expiry.get(lot);
    if (expiresOn === undefined) return { lot, quantity, there: null };
    const stock = picked.find((move) => move.lot === lot)?.stock;
    const { onHand = zero, reserved = zero, reservedFor } = (stock && stocks.get(stock)) ?? {};
    const own = reservedFor?.get(known.order.key) ?? zero;
    return { lot, quantity, there: { expiresOn, onHand, free: onHand.minus(reserved).plus(own) } };
  });
  return { ...effect, named: { lots, anyLot, day } };
}

/** Which of the lots lie where a line is picked from, with their last good days, and whether the line takes any. */
async function lotsThere(
  tx: Tx,
  { company, order }: Picking,
  { item, variant, pickFrom, material }: WorkLine,
  parts: readonly LotPart[],
): Promise<Pick<NamedLots, 'anyLot'> & { readonly expiry: ReadonlyMap<string, CalendarDate | null> }> {
  const found = await rows(
    tx,
    sql<{ anyLot: boolean; lot: string | null; expiresOn: CalendarDate | null }>`
      select i.lot_managed and m.lot = '' as "anyLot", s.lot, s.expires_on as "expiresOn"
        from order_material m
        join item i on i.company_id = m.company_id and i.item = ${item}
        left join stock s on s.company_id = m.company_id and s.item = ${item} and s.variant = ${variant}
                         and s.warehouse = ${pickFrom} and s.lot = any(${texts(parts.map(({ lot }) => lot))})
       where m.company_id = ${company} and m.order_id = ${order.id}::uuid and m.line = ${material}::int`,
  );
  return {
    anyLot: found[0]?.anyLot ?? false,
    expiry: new Map(found.flatMap(({ lot, expiresOn }) => (lot === null ? [] : [[lot, expiresOn]]))),
  };
}

/** What reversing a line takes back: exactly the movements of its confirmation. Locks the stocks. */
export async function effectOfReversing(tx: Tx, known: Picking, cause: number): Promise<WorkEffect> {
  return meetStock(tx, known, await postedUnder(tx, known, sql`${cause}::int`));
}

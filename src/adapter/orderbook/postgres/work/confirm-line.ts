import { sql } from 'kysely';
import type { CalendarDate } from '../../../../domain/calendar';
import { quantityText, zero } from '../../../../domain/quantity';
import type { LotPart } from '../../../../domain/release/lots';
import type { WorkEffect } from '../../../../domain/work/rules';
import type { Work, WorkLine } from '../../../../domain/work/work';
import type { Moment } from '../../order-book';
import { execute, integers, numerics, texts, type Tx } from '../database';
import { post } from '../declaration/move-stock';
import type { StoredOrder } from '../lock-orders';

/** A locked order, and what confirming moves of locked stocks. */
interface Confirmed {
  readonly order: StoredOrder;
  readonly effect: WorkEffect | null;
}

/**
 * Confirms a line as it was picked: the line keeps the first lot, the one it says if that is among them; each further one becomes a line of its
 * own with a cause of its own, so that each is reversed by itself. Of a lot the line did not say no more is promised than was picked.
 */
export async function confirmLine(
  tx: Tx,
  { order, effect }: Confirmed,
  { number, lines }: Work,
  { line, material, lot: planned }: WorkLine,
  picked: readonly LotPart[],
  postingDate: CalendarDate,
  run: string,
  moment: Moment,
): Promise<void> {
  const { company, at, actor } = moment;
  if (effect === null) throw new Error('The domain accepted a pick that moves nothing');
  const last = Math.max(...lines.map((each) => each.line));
  const parts = [...picked]
    .sort((a, b) => Number(b.lot === planned) - Number(a.lot === planned))
    .map((part, nth) => ({ ...part, line: nth === 0 ? line : last + nth, cause: order.cause + nth + 1 }));
  await execute(
    tx,
    sql`
      with part as materialized (
        select * from unnest(${integers(parts.map((part) => part.line))}, ${texts(parts.map((part) => part.lot))},
                             ${numerics(parts.map((part) => quantityText(part.quantity)))}, ${integers(parts.map((part) => part.cause))})
               as p(line, lot, quantity, cause)),
      ordered as (
        update production_order set cause = ${order.cause + parts.length}::int
         where company_id = ${company} and order_id = ${order.id}::uuid),
      material as (
        update order_material set picked = picked + ${sumOf(parts)}::numeric
         where company_id = ${company} and order_id = ${order.id}::uuid and line = ${material}::int),
      further as (
        insert into work_line (company_id, work, line, order_id, material, item, variant, lot, pick_from, pick_reason, put_to, put_reason,
                               quantity, promised, state, picked, cause, picked_at, picked_by)
        select l.company_id, l.work, p.line, l.order_id, l.material, l.item, l.variant, p.lot, l.pick_from, l.pick_reason, l.put_to,
               l.put_reason, p.quantity, least(l.promised, p.quantity), 'confirmed', p.quantity, p.cause, ${at}::timestamptz, ${actor}
          from work_line l join part p on p.line <> l.line
         where l.company_id = ${company} and l.work = ${number}::int and l.line = ${line}::int)
      update work_line l
         set state = 'confirmed', lot = p.lot, quantity = l.quantity - ${sumOf(parts.slice(1))}::numeric, picked = p.quantity,
             promised = least(l.promised, case when p.lot = l.lot then l.quantity - ${sumOf(parts.slice(1))}::numeric else p.quantity end),
             cause = p.cause, picked_at = ${at}::timestamptz, picked_by = ${actor}
        from part p
       where l.company_id = ${company} and l.work = ${number}::int and l.line = ${line}::int and p.line = l.line`,
  );
  const moves = parts.flatMap(({ lot, cause }) =>
    effect.moves.filter((move) => move.lot === lot).map((move) => ({ ...move, cause })),
  );
  await post(tx, order, moves, postingDate, run, moment);
}

const sumOf = (parts: readonly LotPart[]) =>
  quantityText(parts.reduce((sum, { quantity }) => sum.plus(quantity), zero));

import { sql } from 'kysely';
import type { CalendarDate } from '../../../../domain/calendar';
import type { WorkEffect } from '../../../../domain/work/rules';
import type { Work } from '../../../../domain/work/work';
import type { Moment } from '../../order-book';
import { execute, integers, type Tx } from '../database';
import { post } from '../declaration/move-stock';
import type { StoredOrder } from '../lock-orders';

/**
 * Confirms all open lines of one work as they say, each under a cause of its own, so that each is reversed by itself. However many there
 * are, they take the same few statements.
 *
 * @param effect what they move of locked stocks
 */
export async function confirmAll(
  tx: Tx,
  order: StoredOrder,
  { number, lines }: Work,
  effect: WorkEffect,
  postingDate: CalendarDate,
  run: string,
  moment: Moment,
): Promise<void> {
  const { company, at, actor } = moment;
  const open = lines.filter(({ state }) => state === 'open').map(({ line }) => line);
  const causes = new Map(open.map((line, nth) => [line, order.cause + nth + 1]));
  await execute(
    tx,
    sql`
      with part as materialized (
        select l.material, l.quantity, p.line, p.cause
          from unnest(${integers([...causes.keys()])}, ${integers([...causes.values()])}) as p(line, cause)
          join work_line l on l.company_id = ${company} and l.work = ${number}::int and l.line = p.line),
      ordered as (
        update production_order set cause = ${order.cause + open.length}::int
         where company_id = ${company} and order_id = ${order.id}::uuid),
      material as (
        update order_material m set picked = m.picked + p.quantity
          from (select material, sum(quantity) as quantity from part group by material) p
         where m.company_id = ${company} and m.order_id = ${order.id}::uuid and m.line = p.material)
      update work_line l
         set state = 'confirmed', picked = l.quantity, cause = p.cause, picked_at = ${at}::timestamptz, picked_by = ${actor}
        from part p
       where l.company_id = ${company} and l.work = ${number}::int and l.line = p.line`,
  );
  const moves = effect.moves.map((move) => ({ ...move, cause: causeOf(causes, move.workLine) }));
  await post(tx, order, moves, postingDate, run, moment);
}

function causeOf(causes: ReadonlyMap<number, number>, line: number | undefined): number {
  const cause = line === undefined ? undefined : causes.get(line);
  if (cause === undefined) throw new Error('What is confirmed moves nothing but what its lines say');
  return cause;
}

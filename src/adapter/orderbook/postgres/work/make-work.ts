import { sql } from 'kysely';
import type { OrderKey } from '../../../../domain/order';
import { quantityText } from '../../../../domain/quantity';
import type { ReleaseDecision } from '../../../../domain/release/decide';
import type { PickingPlan } from '../../../../domain/work/plan';
import type { Moment } from '../../order-book';
import { execute, uuids, type Tx } from '../database';
import type { StoredOrder } from '../lock-orders';
import { recordset } from '../refresh/recordset';

/** What is fetched for an order that goes. */
export interface OrderPlan {
  readonly order: StoredOrder;
  readonly plan: PickingPlan;
}

/** The plans of the orders that go. */
export function plansOf(
  decisions: readonly ReleaseDecision[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): OrderPlan[] {
  return decisions.flatMap(({ key, picking }) => {
    const order = orders.get(key);
    return order && picking ? [{ order, plan: picking }] : [];
  });
}

const lineColumns = {
  ...{
    place: 'integer',
    line: 'integer',
    order_id: 'uuid',
    material: 'integer',
    item: 'text',
    variant: 'text',
  },
  ...{ lot: 'text', pick_from: 'text', pick_reason: 'text', put_to: 'text', put_reason: 'text' },
  ...{ quantity: 'numeric', promised: 'numeric' },
};
const foundColumns = {
  ...{ order_id: 'uuid', material: 'integer', item: 'text', variant: 'text', warehouse: 'text', lot: 'text' },
  quantity: 'numeric',
};

/**
 * Makes picking work for locked orders whose stocks are locked, too: one for each that something has to be fetched for, numbered on in
 * sequence from the counter of the company, the last lock of every writer; and notes what was found at input locations as picked. All in
 * one statement.
 */
export async function makeWork(
  tx: Tx,
  plans: readonly OrderPlan[],
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  const fetched = plans.filter(({ plan }) => plan.lines.length > 0);
  const found = plans.flatMap(foundRows);
  if (fetched.length === 0 && found.length === 0) return;
  const lines = fetched.flatMap(lineRows);
  await execute(
    tx,
    sql`
      with line as materialized (select * from ${recordset('l', lineColumns, lines)}),
      found as materialized (select * from ${recordset('f', foundColumns, found)}),
      counter as (
        insert into work_counter as c (company_id, last_work)
        select ${company}, ${fetched.length}::int where ${fetched.length}::int > 0
            on conflict (company_id) do update set last_work = c.last_work + excluded.last_work
        returning last_work),
      work as (
        insert into work (company_id, number, order_id, state, run_id, made_at, made_by, changed_at, changed_by)
        select ${company}, c.last_work - ${fetched.length}::int + l.place, l.order_id, 'open', ${run}::uuid,
               ${at}::timestamptz, ${actor}, ${at}::timestamptz, ${actor}
          from (select distinct place, order_id from line) l, counter c),
      lines as (
        insert into work_line (company_id, work, line, order_id, material, item, variant, lot, pick_from, pick_reason, put_to,
                               put_reason, quantity, promised, state)
        select ${company}, c.last_work - ${fetched.length}::int + l.place, l.line, l.order_id, l.material, l.item, l.variant, l.lot,
               l.pick_from, l.pick_reason, l.put_to, l.put_reason, l.quantity, l.promised, 'open'
          from line l, counter c),
      kept as (
        insert into found_material as k (company_id, order_id, material, item, variant, warehouse, lot, quantity)
        select ${company}, order_id, material, item, variant, warehouse, lot, quantity from found
            on conflict (company_id, order_id, material, warehouse, lot) do update set quantity = k.quantity + excluded.quantity)
      update order_material m set picked = m.picked + f.quantity
        from (select order_id, material, sum(quantity) as quantity from found group by order_id, material) f
       where m.company_id = ${company} and m.order_id = f.order_id and m.line = f.material`,
  );
}

function lineRows({ order, plan }: OrderPlan, place: number) {
  return plan.lines.map(({ need, lot, quantity, promised }, nth) => ({
    ...{ place: place + 1, line: nth + 1, order_id: order.id, material: need.line, item: need.item },
    ...{ variant: need.variant, lot, pick_from: need.pickFrom, pick_reason: need.pickReason },
    ...{ put_to: need.putTo, put_reason: need.putTo === null ? null : need.putReason },
    ...{ quantity: quantityText(quantity), promised: quantityText(promised) },
  }));
}

function foundRows({ order, plan }: OrderPlan) {
  return plan.found.map(({ need, lot, quantity }) => ({
    ...{ order_id: order.id, material: need.line, item: need.item, variant: need.variant },
    ...{ warehouse: need.putTo, lot, quantity: quantityText(quantity) },
  }));
}

/**
 * Cancels the open work of locked orders that are restored, and gives back what was found for them. Whether work was begun the restore has
 * judged.
 */
export async function cancelWorkOf(
  tx: Tx,
  orders: readonly StoredOrder[],
  { company, at, actor }: Moment,
): Promise<void> {
  if (orders.length === 0) return;
  const ids = uuids(orders.map(({ id }) => id));
  await execute(
    tx,
    sql`
      with cancelled as (
        update work set state = 'cancelled', changed_at = ${at}::timestamptz, changed_by = ${actor}
         where company_id = ${company} and order_id = any(${ids}) and state = 'open' returning number),
      lines as (
        update work_line l set state = 'cancelled'
          from cancelled c where l.company_id = ${company} and l.work = c.number and l.state = 'open'),
      found as (
        delete from found_material where company_id = ${company} and order_id = any(${ids})
        returning order_id, material, quantity)
      update order_material m set picked = m.picked - f.quantity
        from (select order_id, material, sum(quantity) as quantity from found group by order_id, material) f
       where m.company_id = ${company} and m.order_id = f.order_id and m.line = f.material`,
  );
}

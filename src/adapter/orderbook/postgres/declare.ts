import { sql } from 'kysely';
import {
  decideDeclaration,
  type Declaration,
  type DeclarationStep,
} from '../../../domain/declaration/decide';
import type { MarkedOrder, OrderState } from '../../../domain/order';
import { quantity, quantityText } from '../../../domain/quantity';
import type { Moment } from '../order-book';
import { execute, rows, type Queries, type Tx } from './database';
import { lockOrders, type StoredOrder } from './lock-orders';
import type { ChunkEffect } from './trail';

/** Takes one step with a declaration of one order, under the order's lock. */
export async function declare(
  tx: Tx,
  [marked]: readonly MarkedOrder[],
  step: DeclarationStep,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  if (!marked) throw new RangeError('A declaration step needs its order');
  const order = (await lockOrders(tx, moment.company, [marked])).get(marked.key);
  const declarations = order ? await declarationsOf(tx, moment.company, order.id) : [];
  const { refusals, state } = decideDeclaration({ marked, order: order ?? null, declarations }, step);
  const taken = refusals.length === 0 && order;
  if (taken) await take(tx, step, order, state, declarations, moment);
  const result = refusals.length === 0 ? 'declared' : 'refused';
  return {
    outcomes: [{ key: marked.key, result, refusals, warnings: [], movements: 0 }],
    changed: { orders: taken ? [order] : [], event: events[step.step], to: state, newVersion: reports(step) },
  };
}

/** What the audit trail calls each step. */
const events = {
  open: 'open declaration',
  register: 'register declaration',
  rollBack: 'roll back declaration',
  delete: 'delete declaration',
} as const satisfies Record<DeclarationStep['step'], string>;

/** Registering and rolling back change the order itself; opening and deleting only what is filed with it. */
const reports = ({ step }: DeclarationStep) => step === 'register' || step === 'rollBack';

async function declarationsOf(db: Queries, company: string, orderId: string): Promise<Declaration[]> {
  const found = await rows(
    db,
    sql<{ number: number; quantity: string; scrap: string; closing: boolean; registered: boolean }>`
      select number, trim_scale(quantity)::text as quantity, trim_scale(scrap)::text as scrap, closing,
             registered_at is not null as registered
        from declaration where company_id = ${company} and order_id = ${orderId}::uuid order by number`,
  );
  return found.map((row) => ({ ...row, quantity: quantity(row.quantity), scrap: quantity(row.scrap) }));
}

async function take(
  tx: Tx,
  step: DeclarationStep,
  order: StoredOrder,
  state: OrderState,
  declarations: readonly Declaration[],
  moment: Moment,
): Promise<void> {
  const { company, at, actor } = moment;
  switch (step.step) {
    case 'open': {
      const number = Math.max(0, ...declarations.map((declaration) => declaration.number)) + 1;
      await execute(
        tx,
        sql`
          insert into declaration (company_id, order_id, number, quantity, scrap, closing, opened_at, opened_by)
          values (${company}, ${order.id}::uuid, ${number}::int, ${quantityText(step.quantity)}::numeric,
                  ${quantityText(step.scrap)}::numeric, ${step.closing}, ${at}::timestamptz, ${actor})`,
      );
      return;
    }
    case 'delete':
      await execute(
        tx,
        sql`delete from declaration
             where company_id = ${company} and order_id = ${order.id}::uuid and number = ${step.number}::int`,
      );
      return;
    case 'register':
      await setRegistered(tx, order, step.number, moment, at, actor);
      return report(tx, order, state, step.number, 1, moment);
    case 'rollBack':
      await setRegistered(tx, order, step.number, moment, null, null);
      return report(tx, order, state, step.number, -1, moment);
  }
}

async function setRegistered(
  tx: Tx,
  order: StoredOrder,
  number: number,
  { company }: Moment,
  at: string | null,
  by: string | null,
): Promise<void> {
  await execute(
    tx,
    sql`
      update declaration set registered_at = ${at}::timestamptz, registered_by = ${by}
       where company_id = ${company} and order_id = ${order.id}::uuid and number = ${number}::int`,
  );
}

/** Adds what a declaration reports to the order, or takes it off again, and sets the state the domain decided. */
async function report(
  tx: Tx,
  order: StoredOrder,
  state: OrderState,
  number: number,
  sign: 1 | -1,
  moment: Moment,
): Promise<void> {
  await execute(
    tx,
    sql`
      update production_order o
         set quantity_produced = o.quantity_produced + ${sign}::int * d.quantity, state = ${state},
             version = o.version + 1, changed_at = ${moment.at}::timestamptz, changed_by = ${moment.actor}
        from declaration d
       where o.company_id = ${moment.company} and o.order_id = ${order.id}::uuid
         and d.company_id = o.company_id and d.order_id = o.order_id and d.number = ${number}::int`,
  );
}

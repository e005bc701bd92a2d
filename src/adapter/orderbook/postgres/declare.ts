import { sql } from 'kysely';
import type { CalendarDate, Instant } from '../../../domain/calendar';
import {
  declarationOf,
  decideDeclaration,
  movedBy,
  operationOpened,
} from '../../../domain/declaration/decide';
import type { Declaration, DeclarationStep } from '../../../domain/declaration/declaration';
import type { DeclaredOrder } from '../../../domain/declaration/operations';
import type { StockEffect } from '../../../domain/declaration/posting';
import type { MarkedOrder, OrderState } from '../../../domain/order';
import type { ReleasePolicy } from '../../../domain/policy';
import { quantityText } from '../../../domain/quantity';
import type { Command, Moment } from '../order-book';
import { execute, type Tx } from './database';
import { post, takeBack } from './declaration/move-stock';
import { declarableColumns, readDeclared } from './declaration/read-declared';
import { effectOfPosting, effectOfTakingBack, type Declaring } from './declaration/stock-effect';
import { lockOrders, type StoredOrder } from './lock-orders';
import type { ChunkEffect } from './trail';

type DeclareCommand = Command & { readonly kind: 'declare' };

/**
 * Takes one step with a declaration of one order: locks the order, then the stocks the step moves, then record counters; lets
 * the domain judge; posts what a registration moves, or takes back what it had posted, under a cause of its own.
 */
export async function declare(
  tx: Tx,
  [marked]: readonly MarkedOrder[],
  { step, postingDate }: DeclareCommand,
  policy: ReleasePolicy,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  if (!marked) throw new RangeError('A declaration step needs its order');
  const { company } = moment;
  const order = (await lockOrders(tx, company, [marked], declarableColumns)).get(marked.key);
  const declared = order ? await readDeclared(tx, company, order) : null;
  // The order follows the stamp of its release, whatever the company does by now.
  const stamped = { ...policy, shortage: order?.shortage ?? policy.shortage };
  const effect =
    order && declared
      ? await effectOf(tx, { company, policy: stamped, order, declared }, step, postingDate)
      : null;
  const { refusals, warnings, state } = decideDeclaration({ marked, declared, effect }, step);
  const taken = refusals.length === 0;
  if (taken && order && declared) {
    await take(tx, { order, declared, effect, state, postingDate, run, moment }, step);
  }
  const movements = taken ? (effect?.moves.length ?? 0) : 0;
  return {
    outcomes: [{ key: marked.key, result: taken ? 'declared' : 'refused', refusals, warnings, movements }],
    changed: {
      orders: taken && order ? [order] : [],
      event: events[step.step],
      to: state,
      newVersion: reports(step),
    },
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

async function effectOf(
  tx: Tx,
  known: Declaring,
  step: DeclarationStep,
  postingDate: CalendarDate,
): Promise<StockEffect | null> {
  const declaration = declarationOf(known.declared, step);
  const moved = movedBy(known.declared, step);
  if (moved === null || declaration === undefined) return null;
  if (moved === 'takeBack') return effectOfTakingBack(tx, known, declaration);
  const lot = step.step === 'register' ? (step.lot ?? '') : '';
  return effectOfPosting(tx, known, declaration, lot, postingDate);
}

/** An accepted step with everything known of it. */
interface Taking {
  readonly order: StoredOrder;
  readonly declared: DeclaredOrder;
  readonly effect: StockEffect | null;
  readonly state: OrderState;
  readonly postingDate: CalendarDate;
  readonly run: string;
  readonly moment: Moment;
}

async function take(tx: Tx, taking: Taking, step: DeclarationStep): Promise<void> {
  if (step.step === 'open') return open(tx, taking, step);
  const declaration = declarationOf(taking.declared, step);
  if (declaration === undefined)
    throw new Error('The domain accepted a step with a declaration that is not there');
  switch (step.step) {
    case 'register':
      return register(tx, taking, declaration);
    case 'rollBack':
      return rollBack(tx, taking, declaration);
    case 'delete':
      return remove(tx, taking, declaration);
  }
}

/** A number is never given twice: whoever still sees a declaration that was deleted must not mean another one by it. */
async function open(
  tx: Tx,
  { order, declared, moment: { company, at, actor } }: Taking,
  step: DeclarationStep & { step: 'open' },
): Promise<void> {
  await execute(
    tx,
    sql`
      with numbered as (
        update production_order set last_declaration = last_declaration + 1
         where company_id = ${company} and order_id = ${order.id}::uuid
        returning last_declaration)
      insert into declaration (company_id, order_id, number, operation, quantity, scrap, closing, opened_at, opened_by)
      select ${company}, ${order.id}::uuid, last_declaration, ${operationOpened(declared, step)}::int,
             ${quantityText(step.quantity)}::numeric, ${quantityText(step.scrap)}::numeric, ${step.closing},
             ${at}::timestamptz, ${actor}
        from numbered`,
  );
}

async function remove(tx: Tx, { order, moment }: Taking, { number }: Declaration): Promise<void> {
  await execute(
    tx,
    sql`delete from declaration
         where company_id = ${moment.company} and order_id = ${order.id}::uuid and number = ${number}::int`,
  );
}

/** A registration that posts does so under the order's next cause, and keeps it: it is how a rollback finds what it posted. */
async function register(tx: Tx, taking: Taking, declaration: Declaration): Promise<void> {
  const { order, effect, postingDate, run, moment } = taking;
  const cause = effect === null ? null : order.cause + 1;
  await changeOrder(tx, taking, declaration, 1, cause ?? order.cause);
  await setRegistered(tx, taking, declaration, moment.at, moment.actor, cause);
  if (effect === null || cause === null) return;
  const moves = effect.moves.map((move) => ({ ...move, cause }));
  await post(tx, order, moves, postingDate, run, moment);
}

async function rollBack(tx: Tx, taking: Taking, declaration: Declaration): Promise<void> {
  const { order, effect, run, moment } = taking;
  await changeOrder(tx, taking, declaration, -1, order.cause);
  await setRegistered(tx, taking, declaration, null, null, null);
  if (effect !== null && declaration.cause !== null) {
    await takeBack(tx, order, declaration.cause, effect.moves, run, moment);
  }
}

async function setRegistered(
  tx: Tx,
  { order, moment: { company } }: Taking,
  { number }: Declaration,
  at: Instant | null,
  by: string | null,
  cause: number | null,
): Promise<void> {
  await execute(
    tx,
    sql`
      update declaration set registered_at = ${at}::timestamptz, registered_by = ${by}, cause = ${cause}::int
       where company_id = ${company} and order_id = ${order.id}::uuid and number = ${number}::int`,
  );
}

/** Adds what a declaration of the final operation reports to the order, or takes it off again, and sets its new state. */
async function changeOrder(
  tx: Tx,
  { order, declared, state, moment }: Taking,
  { operation, quantity }: Declaration,
  sign: 1 | -1,
  cause: number,
): Promise<void> {
  const produced = operation === declared.final ? quantityText(quantity) : '0';
  await execute(
    tx,
    sql`
      update production_order
         set quantity_produced = quantity_produced + ${sign}::int * ${produced}::numeric, state = ${state}, cause = ${cause}::int,
             version = version + 1, changed_at = ${moment.at}::timestamptz, changed_by = ${moment.actor}
       where company_id = ${moment.company} and order_id = ${order.id}::uuid`,
  );
}

import { sql } from 'kysely';
import type { CalendarDate } from '../../../../domain/calendar';
import type { MarkedOrder } from '../../../../domain/order';
import type { ReleasePolicy } from '../../../../domain/policy';
import { one, quantityText } from '../../../../domain/quantity';
import { decideWork, lineOf, pickedBy, workOf, type WorkCandidate } from '../../../../domain/work/decide';
import type { WorkEffect } from '../../../../domain/work/rules';
import type { Work, WorkLine, WorkState, WorkStep } from '../../../../domain/work/work';
import type { Command, Moment } from '../../order-book';
import { execute, type Tx } from '../database';
import type { CompanyFacts } from '../company-facts';
import { takeBack } from '../declaration/move-stock';
import { lockOrders } from '../lock-orders';
import { lockStock } from '../stock';
import type { ChunkEffect } from '../trail';
import { fetchPlan } from './fetch-plan';
import { makeWork } from './make-work';
import { partUnit } from './part-unit';
import { worksOf } from './read-work';
import { confirmAll } from './confirm-all';
import { confirmLine } from './confirm-line';
import {
  effectOfConfirming,
  effectOfConfirmingLots,
  effectOfOpenLines,
  effectOfReversing,
} from './work-effect';
import { policyOf, workColumns, type OrderWithWork } from './work-order';

type WorkCommand = Extract<Command, { kind: 'work' }>;

/** All that is known when a step is judged. */
interface Known {
  readonly order: OrderWithWork;
  readonly policy: ReleasePolicy;
  readonly works: readonly Work[];
  readonly effect: WorkEffect | null;
  readonly making: WorkCandidate['making'];
}

/**
 * Takes one step with the picking work of one order: locks the order, which all of its work goes by, then the stocks the step moves or
 * promises, then counters; lets the domain judge; moves what a confirmed line picks under a cause of its own, or takes exactly that back.
 */
export async function workStep(
  tx: Tx,
  [marked]: readonly MarkedOrder[],
  { step, postingDate }: WorkCommand,
  facts: CompanyFacts,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  if (!marked) throw new RangeError('A step with picking work needs its order');
  const order = (await lockOrders(tx, moment.company, [marked], workColumns)).get(marked.key);
  const known = order ? await gather(tx, order, step, postingDate, facts, moment) : null;
  const { refusals, state } = decideWork({ ...nothingKnown, ...known, marked, order: order ?? null }, step);
  const taken = refusals.length === 0 && known !== null;
  if (taken) await take(tx, known, step, state, postingDate, run, moment);
  const movements = taken ? (known.effect?.moves.length ?? 0) : 0;
  return {
    outcomes: [{ key: marked.key, result: taken ? 'worked' : 'refused', refusals, warnings: [], movements }],
    changed: { orders: taken ? [known.order] : [], event: events[step.step], to: null, newVersion: false },
  };
}

const nothingKnown = { works: [], effect: null, making: null };

/** What the audit trail calls each step. */
const events = {
  make: 'make picking work',
  start: 'start picking work',
  confirm: 'confirm picking',
  confirmAll: 'confirm picking',
  reverse: 'reverse picking',
  close: 'close picking work',
  cancel: 'cancel picking work',
} as const satisfies Record<WorkStep['step'], string>;

async function gather(
  tx: Tx,
  order: OrderWithWork,
  step: WorkStep,
  postingDate: CalendarDate,
  facts: CompanyFacts,
  { company }: Moment,
): Promise<Known> {
  const policy = policyOf(order, facts);
  const works = await worksOf(tx, company, order.id);
  const known = { ...nothingKnown, order, policy, works };
  if (step.step === 'make') {
    const byWork = facts.picking === 'work';
    const unit = step.unit === undefined ? null : await partUnit(tx, company, order, step.unit);
    const factor = unit === null ? one : unit.factor;
    if (!byWork || factor === null) return { ...known, making: { byWork, unit, plan: null } };
    const part = step.quantity && { part: step.quantity, factor };
    const plan = await fetchPlan(tx, company, known, part, facts, postingDate, lockStock);
    return { ...known, making: { byWork, unit, plan } };
  }
  const [work, line] = [workOf(works, step), lineOf(works, step)];
  const places = { company, policy, order };
  if (work && step.step === 'confirmAll')
    return { ...known, effect: await effectOfOpenLines(tx, places, [work], postingDate, lockStock) };
  if (!work || !line) return known;
  if (step.step === 'confirm' && line.state === 'open') {
    const effectOf = step.lots ? effectOfConfirmingLots : effectOfConfirming;
    return { ...known, effect: await effectOf(tx, places, work, line, pickedBy(line, step), postingDate) };
  }
  if (step.step === 'reverse' && line.cause !== null)
    return { ...known, effect: await effectOfReversing(tx, places, line.cause) };
  return known;
}

async function take(
  tx: Tx,
  known: Known,
  step: WorkStep,
  state: WorkState | null,
  postingDate: CalendarDate,
  run: string,
  moment: Moment,
): Promise<void> {
  const { order, works, making } = known;
  if (step.step === 'make') {
    if (making?.plan) await makeWork(tx, [{ order, plan: making.plan.plan }], run, moment);
    return;
  }
  const [work, line] = [workOf(works, step), lineOf(works, step)];
  if (!work || state === null) throw new Error('The domain accepted a step with work that is not there');
  if (step.step === 'confirm' && line)
    await confirmLine(tx, known, work, line, pickedBy(line, step), postingDate, run, moment);
  if (step.step === 'confirmAll' && known.effect)
    await confirmAll(tx, order, work, known.effect, postingDate, run, moment);
  if (step.step === 'reverse' && line) await reverse(tx, known, work, line, run, moment);
  await setState(tx, work, state, moment);
}

/** Whatever is open in work that is over is given up, and promised to nobody any more. */
async function setState(
  tx: Tx,
  { number }: Work,
  state: WorkState,
  { company, at, actor }: Moment,
): Promise<void> {
  await execute(
    tx,
    sql`
      with lines as (
        update work_line set state = 'cancelled'
         where company_id = ${company} and work = ${number}::int and state = 'open' and ${state === 'closed' || state === 'cancelled'})
      update work set state = ${state}, changed_at = ${at}::timestamptz, changed_by = ${actor}
       where company_id = ${company} and number = ${number}::int`,
  );
}

async function reverse(
  tx: Tx,
  { order, effect }: Known,
  { number }: Work,
  { line, material, picked, cause }: WorkLine,
  run: string,
  moment: Moment,
): Promise<void> {
  const { company } = moment;
  if (effect === null || picked === null || cause === null)
    throw new Error('The domain accepted to reverse a line that picked nothing');
  await execute(
    tx,
    sql`
      with material as (
        update order_material set picked = picked - ${quantityText(picked)}::numeric
         where company_id = ${company} and order_id = ${order.id}::uuid and line = ${material}::int)
      update work_line set state = 'open', picked = null, cause = null, picked_at = null, picked_by = null
       where company_id = ${company} and work = ${number}::int and line = ${line}::int`,
  );
  await takeBack(tx, order, cause, effect.moves, run, moment);
}

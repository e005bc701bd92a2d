import { unknownOrder } from '../header-rules';
import type { MarkedOrder, OrderHeader } from '../order';
import { quantityText, zero } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import type { LotPart } from '../release/lots';
import { lotsAgainst } from './named-lots';
import {
  againstAll,
  againstStock,
  notExecutive,
  nothingToFetch,
  unknownUnit,
  type FetchPlan,
  type PartUnit,
  type WorkEffect,
} from './rules';
import type { Work, WorkLine, WorkState, WorkStep } from './work';

export interface WorkCandidate {
  readonly marked: Pick<MarkedOrder, 'key'>;
  /** Null: there is no such order. */
  readonly order: OrderHeader | null;
  /** All work of the order. */
  readonly works: readonly Work[];
  /** Null for a step that moves nothing. */
  readonly effect: WorkEffect | null;
  /** Null unless work is to be made. */
  readonly making: WorkMaking | null;
}

/** What is known when work is to be made. */
export interface WorkMaking {
  /** The company works by picking work; otherwise it asks its warehouses by requests. */
  readonly byWork: boolean;
  /** Null unless it is for a part of the order whose unit is named. */
  readonly unit: PartUnit | null;
  /** What can be fetched now; null where nothing is looked for. */
  readonly plan: FetchPlan | null;
}

export interface WorkDecision {
  /** Empty: the step is taken. */
  readonly refusals: readonly Refusal[];
  /** The state of the work afterwards; null when the step is refused, or makes work. */
  readonly state: WorkState | null;
}

type WorkOfStep = Exclude<WorkStep, { step: 'make' }>;
type LineStep = Extract<WorkStep, { line: number }>;
export type ConfirmStep = Extract<WorkStep, { step: 'confirm' }>;

/** The work that a step is about; undefined when it makes some, or when the order has none of that number. */
export function workOf(works: readonly Work[], step: WorkStep): Work | undefined {
  return step.step === 'make' ? undefined : works.find(({ number }) => number === step.work);
}

/** The line that a step confirms or reverses; undefined for other steps, and where there is none. */
export function lineOf(works: readonly Work[], step: WorkStep): WorkLine | undefined {
  if (!ofLine(step)) return undefined;
  return workOf(works, step)?.lines.find(({ line }) => line === step.line);
}

/** What a step confirms of a line: from the lots it names, or the one the line says. */
export function pickedBy(line: WorkLine, { lots, quantity }: ConfirmStep): readonly LotPart[] {
  return lots ?? [{ lot: line.lot, quantity: quantity ?? line.quantity }];
}

const ofLine = (step: WorkStep): step is LineStep => step.step === 'confirm' || step.step === 'reverse';

/**
 * Judges one step with the picking work of one order; every refusal is returned. Work goes from open to in process with its start or its
 * first line, and is closed with its last line, or before, when the rest is given up. A line is confirmed with what was found, once, and
 * may be reversed as long as the order has not used it up. Rules: ORD-01, REL-08, WRK-01 to WRK-11. Source: Dynamics 365, warehouse work.
 */
export function decideWork(candidate: WorkCandidate, step: WorkStep): WorkDecision {
  const { marked, order, works } = candidate;
  if (order === null) return { refusals: [unknownOrder({ ...marked, version: 0 })], state: null };
  const refusals = [...notExecutive(order, step.step), ...refusalsOf(candidate, order, step)];
  const work = workOf(works, step);
  const taken = refusals.length === 0 && work !== undefined && step.step !== 'make';
  return { refusals, state: taken ? stateAfter(work, step) : null };
}

function refusalsOf(candidate: WorkCandidate, order: OrderHeader, step: WorkStep): Refusal[] {
  if (step.step === 'make') return againstMaking(candidate.making, order, step.quantity !== undefined);
  const work = workOf(candidate.works, step);
  if (!work) return [refusal('WRK-02', { order: order.key, work: String(step.work) })];
  const wrong = wrongState(work, step);
  if (wrong.length === 0 && step.step === 'confirmAll') return againstAll(candidate.effect);
  if (!ofLine(step)) return wrong.length > 0 ? wrong : linesAgainst(work, step);
  const line = lineOf(candidate.works, step);
  if (!line)
    return [
      refusal('WRK-02', {
        order: order.key,
        work: String(work.number),
        line: String(step.line),
        context: 'line',
      }),
    ];
  const ofState = wrongLineState(work, line, step);
  if (wrong.length + ofState.length > 0) return [...ofState, ...(ofState.length > 0 ? [] : wrong)];
  const named = candidate.effect?.named;
  return [
    ...badQuantity(work, line, step),
    ...(named ? lotsAgainst(line, named) : []),
    ...againstStock(candidate.effect, step.step === 'reverse'),
  ];
}

/** WRK-09, WRK-11: where the warehouse is asked by requests it would fetch everything twice. */
function againstMaking(making: WorkMaking | null, order: OrderHeader, forPart: boolean): Refusal[] {
  if (making?.byWork === false) return [refusal('WRK-09', { order: order.key, context: 'requests' })];
  const unknown = unknownUnit(making?.unit ?? null);
  return unknown.length > 0 ? unknown : nothingToFetch(making?.plan ?? null, order, forPart);
}

const allowed: Readonly<Record<WorkOfStep['step'], readonly WorkState[]>> = {
  start: ['open'],
  confirm: ['open', 'in_process'],
  confirmAll: ['open', 'in_process'],
  // What was closed is opened again by it.
  reverse: ['in_process', 'closed'],
  close: ['in_process'],
  cancel: ['open', 'in_process'],
};

/** WRK-03: each step is for work in some states. */
function wrongState({ number, state }: Work, { step }: WorkOfStep): Refusal[] {
  if (allowed[step].includes(state)) return [];
  const context = step === 'confirmAll' ? 'confirm' : step;
  return [
    refusal('WRK-03', { work: String(number), workState: state, ...(context !== 'start' && { context }) }),
  ];
}

/** WRK-04: work that has picked something is closed, not cancelled; work that has not is cancelled, not closed. */
function linesAgainst(work: Work, { step }: WorkOfStep): Refusal[] {
  const picked = work.lines.filter(({ state }) => state === 'confirmed');
  if (step === 'close' && picked.length === 0)
    return [refusal('WRK-04', { work: String(work.number), context: 'close' })];
  if (step === 'cancel' && picked.length > 0)
    return [
      refusal('WRK-04', { work: String(work.number), lines: picked.map(({ line }) => line).join(', ') }),
    ];
  return [];
}

/** WRK-05: a line is confirmed once, and only what is confirmed is reversed. */
function wrongLineState({ number }: Work, { line, state }: WorkLine, { step }: LineStep): Refusal[] {
  const fits = step === 'confirm' ? state === 'open' : state === 'confirmed';
  if (fits) return [];
  const context = step === 'reverse' ? 'reverse' : state === 'cancelled' ? 'cancelled' : undefined;
  const params = { work: String(number), line: String(line) };
  return [refusal('WRK-05', context === undefined ? params : { ...params, context })];
}

/** WRK-06: something is picked, and no more than the line says. */
function badQuantity({ number }: Work, line: WorkLine, step: LineStep): Refusal[] {
  if (step.step === 'reverse') return [];
  const picked = pickedBy(line, step).reduce((sum, { quantity }) => sum.plus(quantity), zero);
  if (picked.gt(zero) && picked.lte(line.quantity)) return [];
  return [
    refusal('WRK-06', {
      ...{ work: String(number), line: String(line.line), item: line.item, unit: line.unit },
      ...{ quantity: quantityText(picked), need: quantityText(line.quantity) },
    }),
  ];
}

function stateAfter(work: Work, step: WorkOfStep): WorkState {
  switch (step.step) {
    case 'start':
    case 'reverse':
      return 'in_process';
    case 'close':
    case 'confirmAll':
      return 'closed';
    case 'cancel':
      return 'cancelled';
    case 'confirm':
      return work.lines.every(({ line, state }) => line === step.line || state !== 'open')
        ? 'closed'
        : 'in_process';
  }
}

import { decideDeclaration } from '../declaration/decide';
import { nextStepBack, type StepBack } from '../declaration/next-step-back';
import type { DeclaredOrder } from '../declaration/operations';
import { changesOf, reversed, type StockEffect, type StockMove } from '../declaration/posting';
import type { OrderHeader } from '../order';
import { zero, type Quantity } from '../quantity';
import type { Refusal } from '../refusals';
import type { StockKey } from '../release/stock';
import { decideWork } from '../work/decide';
import type { Work, WorkStep } from '../work/work';
import { decideRestore, type ClosedRecord, type RestoreCandidate } from './decide';

/** One step on the way back to a launched order. */
export type UnwindAction =
  | StepBack
  | Extract<WorkStep, { step: 'reverse' }>
  | { readonly step: 'cancel'; readonly work: number }
  | { readonly step: 'restore' };

export interface UnwindStep {
  readonly action: UnwindAction;
  /** Why it would be refused once the steps before it are taken; empty: it would be taken. */
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Refusal[];
  readonly changes: readonly StockChange[];
}

/** What a step changes in one stock, and what is there before and after it if the steps before it are taken. */
export interface StockChange {
  readonly of: StockMove;
  /** Positive raises the stock. */
  readonly change: Quantity;
  readonly before: Quantity;
  readonly after: Quantity;
}

/** What is posted for the order under one cause. */
export type Posted = Pick<StockEffect, 'moves' | 'closed'>;

export interface UnwindFacts {
  /** Of an order that exists, as a restore looks at it now. */
  readonly candidate: RestoreCandidate;
  readonly declared: DeclaredOrder;
  readonly works: readonly Work[];
  /** Whatever is posted for the order, by cause. */
  readonly posted: ReadonlyMap<number, Posted>;
  readonly closedRecords: readonly (ClosedRecord & { readonly cause: number })[];
}

/**
 * The steps that lead to a restored order, in the order they must go, the restore last: registrations are rolled back and declarations
 * deleted first, since reversing picked lines puts back what a registration may have used up, and needs an order on the shop floor; then
 * the work is taken back, the newest first. Each step is judged by its own rules as if those before it were taken; where one would be
 * refused, those after it are listed all the same. Where declarations let no road lead back, the restore's refusal says so.
 */
export function unwind(facts: UnwindFacts): UnwindStep[] {
  const stocks = new PostedStocks(facts.posted);
  const declarations = withdrawDeclarations(facts.declared, stocks);
  const works = takeWorkBack(declarations.left.order, facts.works, stocks);
  const restore = restoreOf(facts, declarations.left, works.left, stocks);
  return [...declarations.steps, ...works.steps, restore];
}

/** What is posted for the order and was not taken back yet, and what the stocks hold meanwhile. */
class PostedStocks {
  readonly #posted: Map<number, Posted>;
  readonly #onHand: Map<StockKey, Quantity>;

  constructor(posted: ReadonlyMap<number, Posted>) {
    this.#posted = new Map(posted);
    this.#onHand = new Map(
      [...posted.values()].flatMap(({ moves }) => moves.map(({ stock, onHand }) => [stock, onHand])),
    );
  }

  get causes(): readonly number[] {
    return [...this.#posted.keys()];
  }

  /** What was posted under a cause beside the stock as it is by then; null where nothing was. */
  effectOf(cause: number | null): Posted | null {
    const posted = cause === null ? undefined : this.#posted.get(cause);
    if (posted === undefined) return null;
    return { ...posted, moves: posted.moves.map((move) => ({ ...move, onHand: this.#holds(move) })) };
  }

  /** Takes back what was posted under these causes. */
  takeBack(causes: readonly (number | null)[]): StockChange[] {
    const moves = causes.flatMap((cause) => this.effectOf(cause)?.moves ?? []);
    for (const cause of causes) if (cause !== null) this.#posted.delete(cause);
    return changesOf(reversed(moves))
      .filter(({ change }) => !change.isZero())
      .map(({ move, change }) => {
        const before = this.#holds(move);
        const after = before.plus(change);
        this.#onHand.set(move.stock, after);
        return { of: move, change, before, after };
      });
  }

  #holds = ({ stock }: StockMove): Quantity => this.#onHand.get(stock) ?? zero;
}

function withdrawDeclarations(
  declared: DeclaredOrder,
  stocks: PostedStocks,
): { steps: UnwindStep[]; left: DeclaredOrder } {
  const steps: UnwindStep[] = [];
  let left = declared;
  for (let action = nextStepBack(left); action !== null; action = nextStepBack(left)) {
    const { number } = action;
    const marked = { key: left.order.key };
    const cause = left.declarations.find((each) => each.number === number)?.cause ?? null;
    const posted = action.step === 'rollBack' ? stocks.effectOf(cause) : null;
    const effect = posted && { ...posted, unresolved: [] };
    const { refusals, warnings } = decideDeclaration({ marked, declared: left, effect }, action);
    const changes = posted === null ? [] : stocks.takeBack([cause]);
    steps.push({ action, refusals, warnings, changes });
    left = without(left, action);
  }
  return { steps, left };
}

/** What is declared once a step is taken that the rules let go, whatever they say of the stock. */
function without(declared: DeclaredOrder, action: StepBack): DeclaredOrder {
  const { order, declarations } = declared;
  const { state } = decideDeclaration({ marked: { key: order.key }, declared, effect: null }, action);
  const others = declarations.filter(({ number }) => number !== action.number);
  const rolledBack =
    action.step === 'delete'
      ? []
      : declarations
          .filter(({ number }) => number === action.number)
          .map((each) => ({ ...each, registered: false, cause: null }));
  return { ...declared, order: { ...order, state }, declarations: [...others, ...rolledBack] };
}

/** Open work stays: the restore cancels it by itself. */
function takeWorkBack(
  order: OrderHeader,
  works: readonly Work[],
  stocks: PostedStocks,
): { steps: UnwindStep[]; left: readonly Work[] } {
  const steps: UnwindStep[] = [];
  let left = works;
  const take = (step: Extract<UnwindAction, { work: number }>, cause: number | null) => {
    const candidate = { marked: order, order, works: left, effect: stocks.effectOf(cause), making: null };
    const { refusals } = decideWork(candidate, step);
    steps.push({ action: step, refusals, warnings: [], changes: stocks.takeBack([cause]) });
    left = left.map((work) => (work.number === step.work ? afterStep(work, step) : work));
  };
  if (order.state !== 'executive') return { steps, left };
  const begun = works.filter(({ state }) => state === 'in_process' || state === 'closed');
  for (const { number: work, lines } of begun.toSorted((a, b) => b.number - a.number)) {
    const picked = lines.filter(({ state }) => state === 'confirmed');
    for (const { line, cause } of picked.toSorted((a, b) => (b.cause ?? 0) - (a.cause ?? 0)))
      take({ step: 'reverse', work, line }, cause);
    take({ step: 'cancel', work }, null);
  }
  return { steps, left };
}

function afterStep(work: Work, step: Extract<UnwindAction, { work: number }>): Work {
  if (step.step === 'cancel') return { ...work, state: 'cancelled' };
  const lines = work.lines.map((line) =>
    line.line === step.line ? { ...line, state: 'open' as const, picked: null, cause: null } : line,
  );
  return { ...work, state: 'in_process', lines };
}

function restoreOf(
  { candidate, works: all, closedRecords }: UnwindFacts,
  { order, declarations }: DeclaredOrder,
  works: readonly Work[],
  stocks: PostedStocks,
): UnwindStep {
  const causes = stocks.causes;
  const [decision] = decideRestore([
    {
      ...candidate,
      // Whoever takes the steps marks the order as it is by then.
      marked: { key: order.key, version: order.version },
      order,
      declarations: declarations.map(({ number }) => number).sort((a, b) => a - b),
      hasMovements: causes.length > 0,
      closedRecords: closedRecords.filter(({ cause }) => causes.includes(cause)),
      work: works.filter(({ state }) => state !== 'cancelled'),
      picked: pickedElsewhere(candidate, all, works),
    },
  ]);
  const { refusals = [], warnings = [] } = decision ?? {};
  return { action: { step: 'restore' }, refusals, warnings, changes: stocks.takeBack(causes) };
}

/** What is picked beside the lines that were reversed: another system has to take it back. */
function pickedElsewhere({ picked = [] }: RestoreCandidate, all: readonly Work[], left: readonly Work[]) {
  return picked
    .map((each) => {
      const by = (works: readonly Work[]) => pickedBy(works, each.line);
      const remaining = each.quantity.minus(by(all)).plus(by(left));
      return { ...each, quantity: remaining, work: by(left).isZero() ? null : each.work };
    })
    .filter((each) => each.quantity.gt(zero));
}

function pickedBy(works: readonly Work[], material: number): Quantity {
  return works
    .flatMap(({ lines }) => lines)
    .filter((line) => line.material === material && line.state === 'confirmed')
    .reduce((sum, line) => sum.plus(line.picked ?? zero), zero);
}

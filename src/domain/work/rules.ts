import type { ClosedDay } from '../closed-period';
import { below, reversed, type StockMove } from '../declaration/posting';
import type { OrderHeader } from '../order';
import { quantityText, zero, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { explainRules, type ExplainedRule, type Rule, type RuleData } from '../rule';
import type { NamedLots } from './named-lots';
import { withoutReason, type PickingPlan, type PickNeed } from './plan';
import type { WorkStep } from './work';

/** What confirming or reversing lines moves, beside the stock it meets. */
export interface WorkEffect {
  readonly moves: readonly StockMove[];
  readonly closed: readonly ClosedDay[];
  /** Left out where a line is confirmed from the lot it says. */
  readonly named?: NamedLots | undefined;
}

/** The unit that a part of an order is counted in. */
export interface PartUnit {
  /** Of the order. */
  readonly item: string;
  readonly unit: string;
  /** How many units of the order one of it is; null where the item knows no such unit. */
  readonly factor: Quantity | null;
  /** The units that the item knows. */
  readonly known: readonly string[];
}

/** What is left to be fetched for an order, and what of it can be. */
export interface FetchPlan {
  readonly needs: readonly PickNeed[];
  readonly plan: PickingPlan;
}

/** WRK-01: materials are fetched for orders on the shop floor. Work for no such order any more may still be ended. */
export function notExecutive({ key, state }: OrderHeader, step?: WorkStep['step']): Refusal[] {
  if (state === 'executive' || step === 'cancel' || step === 'close') return [];
  return [refusal('WRK-01', { order: key, state })];
}

/** WRK-07, WRK-08: what is picked lies in the storage, what is put back at the input location, and both are open on their day. */
export function againstStock(effect: WorkEffect | null, back: boolean): Refusal[] {
  return [...lackingStock(effect, back), ...closedWarehouses(effect, back)];
}

/** The same for all open lines of one work together: each refusal names the lines it keeps. */
export function againstAll(effect: WorkEffect | null): Refusal[] {
  return againstStock(effect, false).map((why) => {
    const { params } = why;
    const kept = (effect?.moves ?? []).filter(
      ({ item, variant, warehouse, lot, direction }) =>
        warehouse === params['warehouse'] &&
        (why.code === 'WRK-08' ||
          (direction === 'unload' &&
            item === params['item'] &&
            variant === params['variant'] &&
            lot === params['lot'])),
    );
    const lines = [...new Set(kept.map(({ workLine }) => workLine))].join(', ');
    return { ...why, params: { ...params, lines, context: 'all' } };
  });
}

function lackingStock(effect: WorkEffect | null, back: boolean): Refusal[] {
  if (effect === null) return [];
  return below(back ? reversed(effect.moves) : effect.moves, 'WRK-07').map((why) =>
    back ? { ...why, params: { ...why.params, context: 'reverse' } } : why,
  );
}

function closedWarehouses(effect: WorkEffect | null, back: boolean): Refusal[] {
  return (effect?.closed ?? []).map(({ warehouse, day, from, to }) =>
    refusal('WRK-08', { warehouse, date: day, from, to, ...(back && { context: 'reverse' }) }),
  );
}

/** WRK-09: there is something left to fetch, and some of it there; REL-08 as a release says it. */
export function nothingToFetch(of: FetchPlan | null, { key }: OrderHeader, forPart: boolean): Refusal[] {
  if (of === null || of.needs.length === 0)
    return [refusal('WRK-09', { order: key, context: forPart ? 'part' : 'none' })];
  const unresolved = withoutReason(key, of.needs);
  return unresolved.length > 0 ? unresolved : nothingThere(of, key);
}

/** WRK-11: a part of an order is counted in a unit that its item knows. Source: Dynamics 365, manual release to warehouse by quantity and unit. */
export function unknownUnit(of: PartUnit | null): Refusal[] {
  if (of === null || of.factor !== null) return [];
  return [refusal('WRK-11', { item: of.item, unit: of.unit, units: of.known.join(', ') })];
}

function nothingThere({ plan: { lines, found, short } }: FetchPlan, order: OrderHeader['key']): Refusal[] {
  if (lines.length + found.length > 0) return [];
  const items = [...new Set(short.map(({ need }) => need.item))].join(', ');
  return [refusal('WRK-09', { order, items })];
}

/** The picking work of an order as it is now, for which nobody has asked for a step. */
export interface WorkSituation {
  readonly order: OrderHeader;
  /** What confirming everything moves that is open in work in hand; null where nothing is. */
  readonly open: WorkEffect | null;
  /** What new work would fetch; null where none is made: by the company, or for an order that is not executive. */
  readonly plan: FetchPlan | null;
}

/** The rules of picking that do not hang on what somebody enters: of confirming what is open, and of making work for what is left. */
export const pickingRules: readonly Rule<WorkSituation>[] = [
  {
    code: 'WRK-01',
    refusals: ({ order }) => notExecutive(order),
    looksAt: ({ order }) => [{ state: order.state }],
  },
  {
    code: 'WRK-07',
    refusals: ({ open }) => lackingStock(open, false),
    looksAt: ({ open }) =>
      open && open.moves.filter(({ direction }) => direction === 'unload').map(takenFrom),
  },
  {
    code: 'WRK-08',
    refusals: ({ open }) => closedWarehouses(open, false),
    looksAt: ({ open }) =>
      open && open.closed.map(({ warehouse, day, from, to }) => ({ warehouse, date: day, from, to })),
  },
  {
    code: 'WRK-09',
    refusals: ({ plan, order }) => (plan === null ? [] : nothingToFetch(plan, order, false)),
    looksAt: ({ plan }) => plan && plan.needs.map((need) => wantedBeside(need, plan.plan)),
  },
];

/** How the rules of picking stand for an order. */
export const explainWork = (situation: WorkSituation): ExplainedRule[] =>
  explainRules(pickingRules, situation);

function takenFrom({ item, variant, lot, warehouse, unit, quantity, onHand }: StockMove): RuleData {
  return {
    ...{ item, variant, lot, warehouse, unit },
    ...{ need: quantityText(quantity), available: quantityText(onHand) },
  };
}

/** What is left to fetch of a material, and how much of it there is. */
function wantedBeside(need: PickNeed, { short }: PickingPlan): RuleData {
  const lacking = short.find((each) => each.need === need);
  const there = lacking ? need.quantity.minus(lacking.remaining).plus(lacking.there) : need.quantity;
  return {
    ...{ line: String(need.line), item: need.item, variant: need.variant, lot: need.lot },
    ...{ warehouse: need.pickFrom, unit: need.unit },
    ...{ need: quantityText(need.quantity), available: quantityText(there.isNegative() ? zero : there) },
  };
}

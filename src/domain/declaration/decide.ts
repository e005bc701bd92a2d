import { unknownOrder } from '../header-rules';
import type { MarkedOrder, OrderHeader } from '../order';
import type { Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import type { OrderState } from '../order';
import { transitions } from '../transitions';

/** A production declaration of an order. Source: Fluentis, production declarations. */
export interface Declaration {
  /** Counts from 1 within the order. */
  readonly number: number;
  readonly quantity: Quantity;
  readonly scrap: Quantity;
  /** A closing declaration ends the order; nothing more is declared after it. */
  readonly closing: boolean;
  /** Registered declarations have posted what they report; unregistered ones are only opened. */
  readonly registered: boolean;
}

/** What a planner or an operator may do with declarations. */
export type DeclarationStep =
  | {
      readonly step: 'open';
      readonly quantity: Quantity;
      readonly scrap: Quantity;
      readonly closing: boolean;
    }
  | { readonly step: 'register' | 'rollBack' | 'delete'; readonly number: number };

export interface DeclarationCandidate {
  readonly marked: Pick<MarkedOrder, 'key'>;
  readonly order: OrderHeader | null;
  readonly declarations: readonly Declaration[];
}

export interface DeclarationDecision {
  /** Empty: the step is taken. */
  readonly refusals: readonly Refusal[];
  /** The state the order is in afterwards. */
  readonly state: OrderState;
}

/**
 * Judges one step with the declarations of one order. Registering a closing declaration fulfils the order, rolling it back
 * reopens it; only executive orders take declarations. From a historical order no road leads back, so its declarations stay.
 * Rules: ORD-01, DEC-01, DEC-02, DEC-04 to DEC-08. Source: Fluentis, production declarations.
 */
export function decideDeclaration(
  candidate: DeclarationCandidate,
  step: DeclarationStep,
): DeclarationDecision {
  const { order, declarations, marked } = candidate;
  if (order === null) return { refusals: [unknownOrder({ ...marked, version: 0 })], state: 'launched' };
  const closedBy = declarations.find((declaration) => declaration.closing);
  if (step.step === 'open') {
    const refusals = [...notExecutive(order), ...badQuantities(step), ...alreadyClosed(order, closedBy)];
    return { refusals, state: order.state };
  }
  const declaration = declarations.find(({ number }) => number === step.number);
  if (declaration === undefined) {
    const unknown = refusal('DEC-08', { order: order.key, declaration: String(step.number) });
    return { refusals: [unknown], state: order.state };
  }
  const refusals = refusalsOfStep(step.step, order, declaration, closedBy);
  return {
    refusals,
    state: refusals.length === 0 ? stateAfter(step.step, order.state, declaration) : order.state,
  };
}

function refusalsOfStep(
  step: 'register' | 'rollBack' | 'delete',
  order: OrderHeader,
  declaration: Declaration,
  closedBy: Declaration | undefined,
): Refusal[] {
  const params = { order: order.key, declaration: String(declaration.number) };
  switch (step) {
    case 'register':
      return declaration.registered ? [refusal('DEC-05', params)] : notExecutive(order);
    case 'rollBack': {
      if (!declaration.registered) return [refusal('DEC-06', params)];
      if (order.state === 'historical') return notExecutive(order);
      const closedLater = closedBy?.registered === true && closedBy.number !== declaration.number;
      return closedLater ? alreadyClosed(order, closedBy) : [];
    }
    case 'delete':
      if (declaration.registered) return [refusal('DEC-07', params)];
      return order.state === 'historical' ? notExecutive(order) : [];
  }
}

function stateAfter(
  step: 'register' | 'rollBack' | 'delete',
  state: OrderState,
  { closing }: Declaration,
): OrderState {
  if (!closing) return state;
  if (step === 'register') return transitions.fulfil.to;
  return step === 'rollBack' ? transitions.reopen.to : state;
}

/** DEC-01: only orders on the shop floor take declarations. */
function notExecutive(order: OrderHeader): Refusal[] {
  return order.state === 'executive' ? [] : [refusal('DEC-01', { order: order.key, state: order.state })];
}

/** DEC-02: something must be reported, and nothing negative; a closing declaration may report nothing more. */
function badQuantities(step: { quantity: Quantity; scrap: Quantity; closing: boolean }): Refusal[] {
  const negative = step.quantity.isNegative() || step.scrap.isNegative();
  const nothing = step.quantity.isZero() && step.scrap.isZero() && !step.closing;
  return negative || nothing ? [refusal('DEC-02')] : [];
}

/** DEC-04: after a closing declaration there are no more, and earlier ones stay as they are until it is rolled back. */
function alreadyClosed(order: OrderHeader, closedBy: Declaration | undefined): Refusal[] {
  return closedBy ? [refusal('DEC-04', { order: order.key, declaration: String(closedBy.number) })] : [];
}

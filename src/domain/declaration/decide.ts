import { unknownOrder } from '../header-rules';
import type { MarkedOrder, OrderHeader, OrderState } from '../order';
import { refusal, type Refusal } from '../refusals';
import { transitions } from '../transitions';
import type { Declaration, DeclarationStep } from './declaration';
import {
  aheadOfOperationBefore,
  everyDeclaration,
  neededByOperationAfter,
  notDeclarable,
  registeredOnes,
  type Counted,
  type DeclaredOrder,
} from './operations';
import { refusalsOfPosting, refusalsOfTakingBack, type StockEffect } from './posting';

export interface DeclarationCandidate {
  readonly marked: Pick<MarkedOrder, 'key'>;
  /** Null: there is no such order. */
  readonly declared: DeclaredOrder | null;
  /** What the step would move; null for a step that {@link movedBy} says moves nothing. */
  readonly effect: StockEffect | null;
}

export interface DeclarationDecision {
  /** Empty: the step is taken. */
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Refusal[];
  /** The state the order is in afterwards. */
  readonly state: OrderState;
}

type Opening = DeclarationStep & { readonly step: 'open' };

/**
 * Judges one step with the declarations of one order; every refusal is returned. Registering the closing declaration of the
 * final operation fulfils the order, rolling it back reopens it; closing an earlier operation closes only that. From a
 * historical order no road leads back, so its declarations stay. Rules: ORD-01, DEC-01 to DEC-15. Source: Fluentis,
 * production declarations.
 */
export function decideDeclaration(
  { marked, declared, effect }: DeclarationCandidate,
  step: DeclarationStep,
): DeclarationDecision {
  if (declared === null) {
    return { refusals: [unknownOrder({ ...marked, version: 0 })], warnings: [], state: 'launched' };
  }
  const refusals = refusalsOf(declared, effect, step);
  if (refusals.length > 0) return { refusals, warnings: [], state: declared.order.state };
  return { refusals, warnings: warningsOf(declared, step), state: stateAfter(declared, step) };
}

/** The declaration that a step is about; undefined when it opens one, or when there is none under its number. */
export function declarationOf(
  { declarations }: DeclaredOrder,
  step: DeclarationStep,
): Declaration | undefined {
  return step.step === 'open' ? undefined : declarations.find(({ number }) => number === step.number);
}

/** The operation that an opening is for; null for the order as a whole. */
export const operationOpened = ({ final }: DeclaredOrder, { operation }: Opening) => operation ?? final;

/**
 * Whether a step would post movements or take them back, so that whoever asks can find out which before it is judged:
 * registering the closing declaration of the final operation posts, rolling such a registration back takes back.
 */
export function movedBy(declared: DeclaredOrder, step: DeclarationStep): 'post' | 'takeBack' | null {
  const declaration = declarationOf(declared, step);
  if (declaration === undefined) return null;
  const { registered, cause } = declaration;
  if (step.step === 'rollBack') return registered && cause !== null ? 'takeBack' : null;
  const going = step.step === 'register' && !registered && declared.order.state === transitions.fulfil.from;
  return going && fulfils(declared, declaration) ? 'post' : null;
}

/** Whether the registration of a declaration fulfils its order. */
const fulfils = ({ final }: DeclaredOrder, { closing, operation }: Declaration) =>
  closing && operation === final;

function refusalsOf(declared: DeclaredOrder, effect: StockEffect | null, step: DeclarationStep): Refusal[] {
  if (step.step === 'open') return refusalsOfOpening(declared, step);
  const declaration = declarationOf(declared, step);
  if (declaration === undefined) {
    return [refusal('DEC-08', { order: declared.order.key, declaration: String(step.number) })];
  }
  switch (step.step) {
    case 'register':
      return refusalsOfRegistering(declared, declaration, effect);
    case 'rollBack':
      return refusalsOfRollingBack(declared, declaration, effect);
    case 'delete':
      return refusalsOfDeleting(declared, declaration);
  }
}

function refusalsOfOpening(declared: DeclaredOrder, step: Opening): Refusal[] {
  const operation = operationOpened(declared, step);
  return [
    ...notExecutive(declared.order),
    ...notDeclarable(declared, operation),
    ...badQuantities(step),
    ...closed(declared, closerOf(declared, operation, everyDeclaration)),
    ...aheadOfOperationBefore(declared, operation, step, everyDeclaration),
  ];
}

function refusalsOfRegistering(
  declared: DeclaredOrder,
  declaration: Declaration,
  effect: StockEffect | null,
): Refusal[] {
  const { order } = declared;
  if (declaration.registered) return [refusal('DEC-05', paramsOf(order, declaration))];
  return [
    ...notExecutive(order),
    ...closed(declared, closerOf(declared, declaration.operation, registeredOnes)),
    ...aheadOfOperationBefore(declared, declaration.operation, declaration, registeredOnes),
    ...(effect === null ? [] : refusalsOfPosting(order, effect)),
  ];
}

function refusalsOfRollingBack(
  declared: DeclaredOrder,
  declaration: Declaration,
  effect: StockEffect | null,
): Refusal[] {
  const { order } = declared;
  if (!declaration.registered) return [refusal('DEC-06', paramsOf(order, declaration))];
  if (order.state === 'historical') return notExecutive(order);
  const closer =
    fulfillerOf(declared) ?? closerOf(declared, declaration.operation, registeredOnes) ?? declaration;
  return [
    ...(closer === declaration ? [] : closed(declared, closer)),
    ...neededByOperationAfter(declared, declaration),
    ...(effect === null ? [] : refusalsOfTakingBack(effect)),
  ];
}

function refusalsOfDeleting({ order }: DeclaredOrder, declaration: Declaration): Refusal[] {
  if (declaration.registered) return [refusal('DEC-07', paramsOf(order, declaration))];
  return order.state === 'historical' ? notExecutive(order) : [];
}

/** DEC-15: what fulfilled the order was registered elsewhere, its movements are not in this book. */
function warningsOf(declared: DeclaredOrder, step: DeclarationStep): Refusal[] {
  const declaration = declarationOf(declared, step);
  if (step.step !== 'rollBack' || declaration === undefined) return [];
  const unseen = fulfils(declared, declaration) && declaration.cause === null;
  return unseen ? [refusal('DEC-15', paramsOf(declared.order, declaration))] : [];
}

/** Whatever is rolled back of a fulfilled order, it is on the shop floor again. */
function stateAfter(declared: DeclaredOrder, step: DeclarationStep): OrderState {
  const { state } = declared.order;
  if (step.step === 'rollBack' && state === transitions.reopen.from) return transitions.reopen.to;
  const declaration = declarationOf(declared, step);
  const fulfilled = step.step === 'register' && declaration && fulfils(declared, declaration);
  return fulfilled ? transitions.fulfil.to : state;
}

const paramsOf = (order: OrderHeader, { number }: Declaration) => ({
  order: order.key,
  declaration: String(number),
});

/** DEC-01: only orders on the shop floor take declarations. */
function notExecutive(order: OrderHeader): Refusal[] {
  return order.state === 'executive' ? [] : [refusal('DEC-01', { order: order.key, state: order.state })];
}

/** DEC-02: something must be reported, and nothing negative; a closing declaration may report nothing more. */
function badQuantities({ quantity, scrap, closing }: Opening): Refusal[] {
  const negative = quantity.isNegative() || scrap.isNegative();
  const nothing = quantity.isZero() && scrap.isZero() && !closing;
  return negative || nothing ? [refusal('DEC-02')] : [];
}

/** DEC-04: after a closing declaration there are no more, and earlier ones stay as they are until it is rolled back. */
function closed({ order }: DeclaredOrder, closer: Declaration | undefined): Refusal[] {
  return closer ? [refusal('DEC-04', paramsOf(order, closer))] : [];
}

/** The declaration that closes an operation. */
function closerOf(
  { declarations }: DeclaredOrder,
  operation: number | null,
  counted: Counted,
): Declaration | undefined {
  return declarations.find((each) => each.closing && each.operation === operation && counted(each));
}

/** The declaration whose registration fulfilled the order. */
const fulfillerOf = (declared: DeclaredOrder) => closerOf(declared, declared.final, registeredOnes);

import { decideDeclaration, type DeclarationCandidate } from '../../../src/domain/declaration/decide';
import type {
  DeclarableOperation,
  Declaration,
  DeclarationStep,
} from '../../../src/domain/declaration/declaration';
import { declaredOrder } from '../../../src/domain/declaration/operations';
import type { OrderState } from '../../../src/domain/order';
import { quantity, zero } from '../../../src/domain/quantity';
import { codes, header, keyOf } from '../candidates';

/** Ten good pieces of the order as a whole, opened only. */
export const declaration = (number: number, changes: Partial<Declaration> = {}): Declaration => ({
  ...{ number, operation: null, quantity: quantity('10'), scrap: zero },
  ...{ closing: false, registered: false, cause: null },
  ...changes,
});
export const open = (
  amount: string,
  { scrap = '0', closing = false, operation }: { scrap?: string; closing?: boolean; operation?: number } = {},
): DeclarationStep => ({
  ...{ step: 'open', operation, quantity: quantity(amount), scrap: quantity(scrap), closing },
});
export const register = (number: number): DeclarationStep => ({ step: 'register', number });
export const rollBack = (number: number): DeclarationStep => ({ step: 'rollBack', number });
export const remove = (number: number): DeclarationStep => ({ step: 'delete', number });

/** Operations, all productive; `movable` says which of them move stock. */
export const operationsOf = (
  numbers: readonly number[],
  movable = numbers.slice(-1),
): DeclarableOperation[] =>
  numbers.map((operation) => ({ operation, productive: true, movable: movable.includes(operation) }));

export interface Situation {
  readonly state?: OrderState;
  readonly operations?: readonly DeclarableOperation[];
  readonly declarations?: readonly Declaration[];
  readonly effect?: DeclarationCandidate['effect'];
}

export function declaredIn({ state = 'executive', operations = [], declarations = [] }: Situation) {
  return declaredOrder(header(1, { state }), 'PC', operations, declarations);
}

export function decide(situation: Situation, step: DeclarationStep) {
  const { effect = null } = situation;
  return decideDeclaration({ marked: { key: keyOf(1) }, declared: declaredIn(situation), effect }, step);
}

export const codesOf = (...given: Parameters<typeof decide>) => codes(decide(...given).refusals);

import type { OrderHeader } from '../order';
import { quantityText, zero, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import type { DeclarableOperation, Declaration } from './declaration';

/** An order with all that is declared on it. Made by {@link declaredOrder}. */
export interface DeclaredOrder {
  readonly order: OrderHeader;
  /** Of the quantities that are declared on it. */
  readonly unit: string;
  /** The productive operations, first to last. */
  readonly sequence: readonly number[];
  /** See {@link finalOperation}. */
  readonly final: number | null;
  /** Those of the order as a whole stand on the final operation. */
  readonly declarations: readonly Declaration[];
}

export function declaredOrder(
  order: OrderHeader,
  unit: string,
  operations: readonly DeclarableOperation[],
  declarations: readonly Declaration[],
): DeclaredOrder {
  const final = finalOperation(operations);
  return {
    order,
    unit,
    sequence: productiveOnes(operations).map(({ operation }) => operation),
    final,
    declarations: declarations.map((each) => ({ ...each, operation: each.operation ?? final })),
  };
}

function productiveOnes(operations: readonly DeclarableOperation[]): DeclarableOperation[] {
  return operations.filter(({ productive }) => productive).sort((a, b) => a.operation - b.operation);
}

/**
 * The operation whose closing declaration fulfils the order: the last productive and movable one; where no productive one
 * moves stock, the last productive one. Null when nothing of the order is productive: then it is declared as a whole.
 * Source: Fluentis, production declarations.
 */
export function finalOperation(operations: readonly DeclarableOperation[]): number | null {
  const productive = productiveOnes(operations);
  return (productive.findLast(({ movable }) => movable) ?? productive.at(-1))?.operation ?? null;
}

/** Which declarations count: all, or the registered ones. */
export type Counted = (declaration: Declaration) => boolean;
export const everyDeclaration: Counted = () => true;
export const registeredOnes: Counted = ({ registered }) => registered;

/** Pieces declared on an operation, as far as they count; `all` are the good ones and the scrap. */
function piecesOn(
  { declarations }: DeclaredOrder,
  operation: number | null,
  counted: Counted,
): { good: Quantity; all: Quantity } {
  const counting = declarations.filter((each) => each.operation === operation && counted(each));
  const good = counting.reduce((sum, { quantity }) => sum.plus(quantity), zero);
  return { good, all: counting.reduce((sum, { scrap }) => sum.plus(scrap), good) };
}

/** The order's output once this declaration of its final operation is registered: every good piece registered there. */
export function outputWith(declared: DeclaredOrder, declaration: Declaration): Quantity {
  return piecesOn(declared, declared.final, (each) => each.registered || each === declaration).good;
}

/** DEC-14: production is declared on productive operations of the order, or on the order when it has none. */
export function notDeclarable({ order, sequence }: DeclaredOrder, operation: number | null): Refusal[] {
  if (operation === null || sequence.includes(operation)) return [];
  return [refusal('DEC-14', { order: order.key, operation: String(operation) })];
}

/** The first of these operations that something is reported on. An opening without pieces reports nothing yet. */
function firstReported({ declarations }: DeclaredOrder, candidates: readonly number[]): number | undefined {
  const reports = (each: Declaration) => each.closing || !each.quantity.isZero() || !each.scrap.isZero();
  return candidates.find((operation) =>
    declarations.some((each) => each.operation === operation && reports(each)),
  );
}

/**
 * DEC-03: every piece of an operation, good or scrap, came as a good one from the operation before it. Operations nobody
 * reports on are passed over: many plants declare the last one only.
 */
export function aheadOfOperationBefore(
  declared: DeclaredOrder,
  operation: number | null,
  { quantity, scrap }: Pick<Declaration, 'quantity' | 'scrap'>,
  counted: Counted,
): Refusal[] {
  const adding = quantity.plus(scrap);
  if (operation === null || adding.isZero()) return [];
  const before = firstReported(declared, declared.sequence.filter((each) => each < operation).reverse());
  if (before === undefined) return [];
  const pieces = piecesOn(declared, operation, counted).all.plus(adding);
  const { good } = piecesOn(declared, before, counted);
  return pieces.gt(good) ? [outOfSequence(declared, operation, pieces, before, good)] : [];
}

/** DEC-03 backwards: good pieces that the next operation has registered as its own are not taken back under it. */
export function neededByOperationAfter(
  declared: DeclaredOrder,
  { operation, quantity }: Pick<Declaration, 'operation' | 'quantity'>,
): Refusal[] {
  if (operation === null) return [];
  const after = firstReported(
    declared,
    declared.sequence.filter((each) => each > operation),
  );
  if (after === undefined) return [];
  const { good } = piecesOn(declared, operation, registeredOnes);
  const { all: needed } = piecesOn(declared, after, registeredOnes);
  const left = good.minus(quantity);
  // Where the later operation was ahead already, nothing gets worse.
  const uncovers = good.gte(needed) && left.lt(needed);
  return uncovers ? [outOfSequence(declared, after, needed, operation, left)] : [];
}

function outOfSequence(
  { order, unit }: DeclaredOrder,
  operation: number,
  pieces: Quantity,
  before: number,
  good: Quantity,
): Refusal {
  return refusal('DEC-03', {
    order: order.key,
    operation: String(operation),
    need: quantityText(pieces),
    before: String(before),
    available: quantityText(good),
    unit,
  });
}

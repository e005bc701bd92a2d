import { groupBy } from '../group-by';
import { operationSequence } from '../refresh/operation-sequence';
import type { PaperOperation } from './paper';

/**
 * The branches of an order's routing: operations that follow one another without a fork or a meeting. A serial routing is one branch. In
 * the sequence in which they are worked, line by line. Source: Dynamics 365, route card of a network.
 */
export function branchesOf(operations: readonly PaperOperation[]): PaperOperation[][] {
  return [...groupBy(operations, ({ orderLine }) => orderLine).values()].flatMap((ofLine) => {
    const sequence = operationSequence(ofLine);
    // What follows what cannot be told: one card, by number.
    if ('broken' in sequence) return [[...ofLine]];
    const branches: PaperOperation[][] = [];
    for (const each of sequence.forward) {
      const before = sequence.before(each.operation);
      const [only] = before;
      const goesOn = before.length === 1 && only && sequence.after(only.operation).length === 1;
      const branch = goesOn ? branches.find((one) => one.at(-1) === only) : undefined;
      if (branch) branch.push(each);
      else branches.push([each]);
    }
    return branches;
  });
}

/** The operations after this one, of those of its line; none after the last. */
export function followersOf(
  operation: PaperOperation,
  operations: readonly PaperOperation[],
): readonly number[] {
  const ofLine = operations.filter(({ orderLine }) => orderLine === operation.orderLine);
  const sequence = operationSequence(ofLine);
  if ('broken' in sequence) return operation.nextOperations ?? [];
  return sequence.after(operation.operation).map((each) => each.operation);
}

import type { Operation } from '../../../contract/order-content';
import type { ScannedBarcode } from '../../../contract/papers';
import { finalOperation } from '../../../domain/declaration/operations';

/** Operations that production is declared on and that are not closed yet, and always the one that fulfils the order. */
export function declarableOperations(operations: readonly Operation[]): Operation[] {
  const final = finalOperation(operations);
  return operations.filter(
    ({ productive, closed, operation }) => productive && (!closed || operation === final),
  );
}

/** The one of them that was scanned; undefined where nothing is declared on what was scanned. */
export function scannedOperation(
  operations: readonly Operation[],
  { orderLine, operation }: ScannedBarcode,
): Operation | undefined {
  return declarableOperations(operations).find(
    (each) => each.operation === operation && each.orderLine === orderLine,
  );
}

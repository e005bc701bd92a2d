import type { PaperOperation, PaperOrder } from '../../domain/papers/paper';
import { bodyWidth, margin, type Block } from './layout';
import type { PaperWords } from './words';

/** Where it is done: the machine, or the work centre where none is named. */
export function resourceOf({ machine, workCentre }: PaperOperation): string {
  const { code, name } = machine ?? workCentre;
  return [code, name].filter((part) => part !== '').join(' · ');
}

/** What goes into an operation; where that was never calculated, what its line makes. */
export function quantityOf(
  { orderLine, inputQuantity }: PaperOperation,
  { lines, quantity, unit }: PaperOrder,
  { number }: PaperWords,
): string {
  const line = lines.find((each) => each.orderLine === orderLine) ?? { quantity, unit };
  return `${number(inputQuantity.isZero() ? line.quantity : inputQuantity)} ${line.unit}`;
}

/** Says what is made before the first operation of a line, where an order has several. */
export function lineHeads(
  operation: PaperOperation | undefined,
  operations: readonly PaperOperation[],
  { lines }: PaperOrder,
  { text, number }: PaperWords,
): Block[] {
  const { orderLine } = operation ?? {};
  const line = lines.find((each) => each.orderLine === orderLine);
  const first = operations.find((each) => each.orderLine === orderLine);
  if (line === undefined || lines.length < 2 || first !== operation) return [];
  const item = line.description === '' ? line.item : `${line.item} · ${line.description}`;
  const made = text('paper.line', { item, quantity: number(line.quantity), unit: line.unit });
  return [
    {
      height: 20,
      keepWithNext: true,
      draw: (pen, y) => pen.text(made, margin.left, y + 2, bodyWidth, { size: 10, weight: 'bold' }),
    },
  ];
}

import type { DateSystem } from './cells';
import { newRowKeyOf } from './row-key';
import type { MarkProblem, NewOrderRow } from './sheet';
import { dayOf, quantityOf } from './wanted';
import { actionNamed, textOf } from './words';

/** The cells a new order is read from, as Excel gives their values. */
export interface NewOrderCells {
  readonly action: unknown;
  readonly key: unknown;
  readonly order: unknown;
  readonly item: unknown;
  readonly quantity: unknown;
  readonly due: unknown;
  readonly start: unknown;
  readonly site: unknown;
  readonly hidden: boolean;
}

/**
 * The order that a row without one asks for, be it marked Refresh or not at all. Null for all other rows, and for those that do not look
 * like an order yet: an item with neither quantity nor due date may be a note of the planner's.
 */
export function readNewOrder(
  cells: NewOrderCells,
  row: number,
  system: DateSystem,
): NewOrderRow | MarkProblem | null {
  const key = textOf(cells.key);
  const sentWith = newRowKeyOf(key);
  const named = textOf(cells.item);
  const word = textOf(cells.action);
  const other = word !== '' && actionNamed(word) !== 'refresh';
  if ((key !== '' && sentWith === null) || textOf(cells.order) !== '' || named === '' || other) return null;
  if (textOf(cells.quantity) === '' && textOf(cells.due) === '') return null;
  const quantity = quantityOf(cells.quantity);
  if (quantity === null) return { code: 'noQuantity', row, text: textOf(cells.quantity) };
  const due = dayOf(cells.due, system);
  if (due === null) return { code: 'noDue', row, text: textOf(cells.due) };
  const start = dayOf(cells.start, system);
  if (start === null && textOf(cells.start) !== '')
    return { code: 'noStart', row, text: textOf(cells.start) };
  const site = textOf(cells.site);
  return {
    row,
    order: {
      item: named,
      variant: '',
      quantity,
      due,
      ...(start !== null && { start }),
      ...(site !== '' && { site }),
    },
    sentWith,
    hidden: cells.hidden,
  };
}

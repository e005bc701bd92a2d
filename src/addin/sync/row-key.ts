import { isOrderKey, type OrderKey } from '../../domain/order';

/**
 * What the hidden Key cell of a row holds: the order, a space, the code of its company. Orders of two companies may have the
 * same key, and rows get into a sheet on many ways (pasted, brought back by Undo, written by a colleague): so every row says
 * itself whose it is.
 */
export interface RowKey {
  readonly order: OrderKey;
  readonly company: string;
}

export function rowKeyText(order: OrderKey, company: string): string {
  return `${order} ${company}`;
}

/** Null for what no search wrote. */
export function rowKeyOf(text: unknown): RowKey | null {
  if (typeof text !== 'string') return null;
  const space = text.indexOf(' ');
  const order = text.slice(0, space);
  const company = text.slice(space + 1);
  return space > 0 && isOrderKey(order) && company !== '' ? { order, company } : null;
}

/**
 * What the Key cell of a new order's row holds while its run is under way: so the row is found again wherever the planner sorts it. The
 * number counts the run's orders from 0.
 */
export function newRowKeyText(run: string, number: number): string {
  return `new ${number} ${run}`;
}

/** The key of the run that a new order was sent with; null for every other row. */
export function newRowKeyOf(text: string): string | null {
  return /^new \d+ (.+)$/.exec(text)?.[1] ?? null;
}

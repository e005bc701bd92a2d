import type { Movement } from '../../contract/movements';
import { type Quantity, quantity, quantityText, zero } from '../../domain/quantity';
import { itemOf } from '../sync/movement-columns';

/** What movements of one item in one unit come to; restored ones do not count. Quantities are decimal text. */
export interface ItemSubtotal {
  /** As the sheet names it. */
  readonly item: string;
  readonly description: string;
  readonly unit: string;
  readonly withdrawn: string;
  readonly received: string;
}

interface Sums {
  readonly description: string;
  withdrawn: Quantity;
  received: Quantity;
}

/** By item, then unit. */
export function subtotalByItem(movements: readonly Movement[]): ItemSubtotal[] {
  const byItem = new Map<string, Map<string, Sums>>();
  for (const movement of movements) {
    if (movement.status !== 'posted') continue;
    const item = itemOf(movement);
    const byUnit = byItem.get(item) ?? new Map<string, Sums>();
    byItem.set(item, byUnit);
    const sums = byUnit.get(movement.unit) ?? {
      description: movement.description,
      withdrawn: zero,
      received: zero,
    };
    byUnit.set(movement.unit, sums);
    const moved = quantity(movement.quantity);
    if (movement.direction === 'unload') sums.withdrawn = sums.withdrawn.plus(moved);
    else sums.received = sums.received.plus(moved);
  }
  return [...byItem]
    .flatMap(([item, byUnit]) =>
      [...byUnit].map(([unit, { description, withdrawn, received }]) => ({
        item,
        description,
        unit,
        withdrawn: quantityText(withdrawn),
        received: quantityText(received),
      })),
    )
    .sort((a, b) => compare(a.item, b.item) || compare(a.unit, b.unit));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

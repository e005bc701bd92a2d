import type { CalendarDate } from '../calendar';
import { quantityText, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { hasExpired } from '../release/lots';
import type { WorkLine } from './work';

/** A lot that whoever confirms a line names, as it lies in the storage. */
export interface NamedLot {
  readonly lot: string;
  readonly quantity: Quantity;
  /** Null: no such lot of the material lies there. */
  readonly there: {
    readonly expiresOn: CalendarDate | null;
    readonly onHand: Quantity;
    /** On hand and promised to no other order; below zero where more is promised than there is. */
    readonly free: Quantity;
  } | null;
}

export interface NamedLots {
  readonly lots: readonly NamedLot[];
  /** The item is managed by lot and the order's material names none: any lot of it will do. */
  readonly anyLot: boolean;
  /** On which they are picked. */
  readonly day: CalendarDate;
}

/**
 * WRK-10: lots are named for a line that takes any lot of its item, lie in its storage, have not expired, and are not promised to others. What
 * is not there at all WRK-07 says. Source: Dynamics 365, warehouse work (batch picked is confirmed); Fluentis, lot picking by hand.
 */
export function lotsAgainst(
  { line, item, pickFrom, unit }: WorkLine,
  { lots, anyLot, day }: NamedLots,
): Refusal[] {
  const of = { line: String(line), item, warehouse: pickFrom };
  if (!anyLot) return [refusal('WRK-10', { ...of, context: 'notByLot' })];
  return lots.flatMap(({ lot, quantity, there }) => {
    if (there === null) return [refusal('WRK-10', { ...of, lot })];
    if (hasExpired(there, day))
      return [refusal('WRK-10', { ...of, lot, date: there.expiresOn ?? '', context: 'expired' })];
    if (quantity.lte(there.free) || quantity.gt(there.onHand)) return [];
    const available = there.free.isNegative() ? '0' : quantityText(there.free);
    return [
      refusal('WRK-10', { ...of, lot, unit, need: quantityText(quantity), available, context: 'promised' }),
    ];
  });
}

import type { CalendarDate, Instant } from '../calendar';
import type { Candidate } from '../header-rules';
import type { Quantity } from '../quantity';
import type { Refusal } from '../refusals';
import type { OrderContent } from './order-content';
import type { WishedChange } from './wish';

/** What the order is to become: its header, with what the planner has changed in the sheet. */
export interface WantedOrder {
  readonly item: string;
  readonly variant: string;
  readonly quantity: Quantity;
  readonly unit: string;
  /** From where forward scheduling goes; see {@link startOfDay} for orders that only have a day. */
  readonly startsAt: Instant | null;
  readonly dueOn: CalendarDate | null;
  /** What of it the order does not have. */
  readonly changes: readonly WishedChange[];
}

/** A promise of stock or of output. */
export interface OrderReservation {
  /** Of what the order makes, or of what it takes. */
  readonly of: 'output' | 'component';
  /** The order line, or the material. */
  readonly line: number;
  readonly item: string;
  readonly quantity: Quantity;
  readonly unit: string;
  readonly document: string;
  /** Between a line and a material of this very order: it goes and comes with the refresh. */
  readonly ownOrder: boolean;
}

export interface PickedMaterial {
  readonly line: number;
  readonly item: string;
  readonly quantity: Quantity;
  readonly unit: string;
}

/** What the warehouse was asked to put away of an executive order, and has not yet. */
export interface AskedPutAway {
  /** Null where no warehouse was known. */
  readonly warehouse: string | null;
  readonly item: string;
  readonly variant: string;
  readonly quantity: Quantity;
  readonly unit: string;
}

/** A marked order with everything a refresh looks at. Without an order the rest means nothing. */
export interface RefreshCandidate extends Candidate {
  readonly wanted: WantedOrder;
  /** Good pieces so far, in the unit of the order. */
  readonly produced: Quantity;
  /** Where its output goes; null where no warehouse is known. */
  readonly warehouse: string | null;
  readonly present: OrderContent;
  /** By an earlier refresh; null for nothing. */
  readonly askedPutAway: AskedPutAway | null;
  readonly reservations: readonly OrderReservation[];
  readonly picked: readonly PickedMaterial[];
  /** Documents that have moved stock or reported work for the order: movements, declarations. */
  readonly entries: readonly string[];
  /** Why a restore would refuse it; looked at only where there are entries. */
  readonly notRestorable: readonly Refusal[];
  /** Why it stays for a reason outside of a refresh: it could not be released afterwards. */
  readonly staysBy: readonly Refusal[];
}

/** Executive, with entries: such an order is restored before its refresh and released after it, or refused. */
export function isEntered({ order, entries }: Pick<RefreshCandidate, 'order' | 'entries'>): boolean {
  return order?.state === 'executive' && entries.length > 0;
}

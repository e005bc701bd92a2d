import type { Quantity } from '../quantity';

/** Of the output that an order makes, or of a component that it takes. */
export const reservationKinds = ['output', 'component'] as const;
export type ReservationKind = (typeof reservationKinds)[number];

/** Names one reservation: documents of outputs and of components are two lists. */
export interface ReservationName {
  readonly of: ReservationKind;
  readonly document: string;
  readonly line: number;
}

/** A promise of an order's output, or of stock to an order. */
export interface Reservation extends ReservationName {
  readonly item: string;
  readonly variant: string;
  /** Of a component; empty of output. */
  readonly warehouse: string;
  readonly lot: string;
  /** Above zero, in `unit`. */
  readonly quantity: Quantity;
  readonly unit: string;
  /** False: somebody cancelled it, and it may be reserved again. */
  readonly active: boolean;
}

/** What somebody does with reservations of one order; all of them or none. */
export type ReservationStep =
  | { readonly step: 'cancel'; readonly reservations: readonly ReservationName[] }
  /** `quantity` is plain decimal text; left out: what was cancelled. */
  | {
      readonly step: 'reserve';
      readonly reservations: readonly (ReservationName & { readonly quantity?: string | undefined })[];
    };

export function isSame(a: ReservationName, b: ReservationName): boolean {
  return a.of === b.of && a.document === b.document && a.line === b.line;
}

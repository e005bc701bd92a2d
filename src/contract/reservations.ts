import * as z from 'zod/mini';
import { reservationKinds } from '../domain/reservation/reservation';
import { Code, Moment, QuantityText } from './values';

const Line = z.int().check(z.gte(-2_147_483_648), z.lte(2_147_483_647));

/** A promise of an order's output, or of stock for its materials. */
export const Reservation = z.object({
  of: z.enum(reservationKinds),
  /** What it is promised to, or by; with `line` its name among outputs or components. */
  document: z.string(),
  line: z.int(),
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  /** Where a component lies; empty of output. */
  warehouse: z.string(),
  lot: z.string(),
  quantity: QuantityText,
  unit: z.string(),
  /** When it was cancelled; null while it stands. What was cancelled can be reserved again. */
  cancelledAt: z.nullable(Moment),
  cancelledBy: z.nullable(z.string()),
});
export type Reservation = z.infer<typeof Reservation>;

export const ReservationList = z.object({ items: z.array(Reservation) });

/** Names a reservation of the order. */
const Named = { of: z.enum(reservationKinds), document: Code, line: Line };
const many = <T extends z.ZodMiniType>(item: T) => z.array(item).check(z.minLength(1), z.maxLength(200));

/** All of them are cancelled, or none. */
export const CancelReservations = z.object({ reservations: many(z.object(Named)) });
export type CancelReservations = z.input<typeof CancelReservations>;

const AboveZero = QuantityText.check(
  z.refine((text) => !text.startsWith('-') && /[1-9]/.test(text), { error: 'quantity' }),
);

/** All of them are reserved again, or none; `quantity` left out: what was cancelled. */
export const ReserveAgain = z.object({
  reservations: many(z.object({ ...Named, quantity: z.optional(AboveZero) })),
});
export type ReserveAgain = z.input<typeof ReserveAgain>;

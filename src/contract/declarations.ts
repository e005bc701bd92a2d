import * as z from 'zod/mini';
import { Moment, QuantityText } from './values';

export const Declaration = z.object({
  /** Counts from 1 within the order. */
  number: z.int(),
  quantity: QuantityText,
  scrap: QuantityText,
  closing: z.boolean(),
  openedAt: Moment,
  openedBy: z.string(),
  registeredAt: z.nullable(Moment),
  registeredBy: z.nullable(z.string()),
});
export type Declaration = z.infer<typeof Declaration>;

export const OpenDeclaration = z.object({
  quantity: QuantityText,
  scrap: z._default(QuantityText, '0'),
  /** A closing declaration fulfils the order once it is registered. */
  closing: z._default(z.boolean(), false),
});
export type OpenDeclaration = z.input<typeof OpenDeclaration>;

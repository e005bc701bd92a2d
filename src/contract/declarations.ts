import * as z from 'zod/mini';
import { Day, isStorable, Moment, QuantityText } from './values';

export const Declaration = z.object({
  /** Counts from 1 within the order. */
  number: z.int(),
  /** Null: the order was declared as a whole. */
  operation: z.nullable(z.int()),
  /** Good pieces. */
  quantity: QuantityText,
  scrap: QuantityText,
  /** A closing declaration ends its operation; that of the last productive and movable one fulfils the order. */
  closing: z.boolean(),
  openedAt: Moment,
  openedBy: z.string(),
  registeredAt: z.nullable(Moment),
  registeredBy: z.nullable(z.string()),
  /** How many movements its registration posted: output and manual materials. */
  movements: z.int(),
});
export type Declaration = z.infer<typeof Declaration>;

/** At most 12 digits before the point: however often they are declared, their sum is a quantity the book can hold and show. */
const PiecesText = QuantityText.check(z.refine((text) => !/^-?\d{13}/.test(text), { error: 'invalid' }));

export const OpenDeclaration = z.object({
  /** A productive operation of the order. Left out: the last productive and movable one, or the order as a whole. */
  operation: z.optional(z.int().check(z.gte(1), z.lte(999_999_999))),
  quantity: PiecesText,
  scrap: z._default(PiecesText, '0'),
  /** Nothing more is declared on the operation; on the last productive and movable one it fulfils the order. */
  closing: z._default(z.boolean(), false),
});
export type OpenDeclaration = z.input<typeof OpenDeclaration>;

export const RegisterDeclaration = z.object({
  /** Day of the movements, when the registration posts any. Default: today in the plant. */
  postingDate: z.optional(Day),
  /** Lot of the output; needed when the item is managed by lot. */
  lot: z.optional(
    z.string().check(z.trim(), z.minLength(1), z.maxLength(40), z.refine(isStorable, { error: 'invalid' })),
  ),
});
export type RegisterDeclaration = z.input<typeof RegisterDeclaration>;

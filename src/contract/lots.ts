import * as z from 'zod/mini';
import { lotPickings } from '../domain/release/lots';
import { quantity } from '../domain/quantity';
import { Day, isOneLine, OrderKeyText, QuantityText } from './values';

/** More lots than anybody chooses for one line. */
const mostLotsOfALine = 200;

/** The name of a lot. */
export const LotText = z
  .string()
  .check(z.minLength(1), z.maxLength(60), z.refine(isOneLine, { error: 'oneLine' }));

/** A lot, and how much of it. */
const ChosenLot = z.object({
  lot: LotText,
  quantity: QuantityText.check(
    z.refine((text) => quantity(text).gt(0), {
      error: 'aboveZero',
      when: ({ issues }) => issues.length === 0,
    }),
  ),
});

/** The lots a planner wants for one material line that names none itself: together exactly what the line needs. */
export const ChosenLots = z.object({
  order: OrderKeyText,
  line: z.int().check(z.gte(0), z.lte(2_147_483_647)),
  lots: z.array(ChosenLot).check(z.minLength(1), z.maxLength(mostLotsOfALine)),
});
export type ChosenLots = z.infer<typeof ChosenLots>;

/** Whether each line has one choice at most. */
export function isEachLineOnce(chosen: readonly ChosenLots[]): boolean {
  return new Set(chosen.map(({ order, line }) => `${order} ${line}`)).size === chosen.length;
}

/** The lots that a material line would be drawn from. */
export const LotsOfLine = z.object({
  order: OrderKeyText,
  line: z.int(),
  item: z.string(),
  variant: z.string(),
  warehouse: z.string(),
  need: QuantityText,
  /** In the order they are taken; none where the planner has to choose them. They may come to less than the need where the order is refused. */
  lots: z.array(z.object({ lot: z.string(), quantity: QuantityText })),
});
export type LotsOfLine = z.infer<typeof LotsOfLine>;

/** What lies in lots of an item and variant in a warehouse, as it is before the run. */
export const LotsOfStock = z.object({
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  warehouse: z.string(),
  unit: z.string(),
  /** `fifo`: those that came first; `expiry`: those that expire first and have not yet; `manual`: the planner chooses. */
  picking: z.enum(lotPickings),
  /** In the order they are proposed. */
  lots: z.array(
    z.object({
      lot: z.string(),
      receivedOn: z.nullable(Day),
      /** Its last good day. */
      expiresOn: z.nullable(Day),
      expired: z.boolean(),
      /** On hand without what is reserved for anybody but the marked orders; never below zero. */
      available: QuantityText,
    }),
  ),
});
export type LotsOfStock = z.infer<typeof LotsOfStock>;

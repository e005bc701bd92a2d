import * as z from 'zod/mini';
import { Day, isOneLine, isStorable, QuantityText } from './values';

const variantOrSite = z.string().check(z.maxLength(40), z.refine(isOneLine, { error: 'oneLine' }));

const codeAndVariant = z
  .string()
  .check(z.minLength(1), z.maxLength(81), z.refine(isStorable, { error: 'invalid' }));

/** An order as somebody enters it. */
export const NewOrder = z.object({
  /** May hold the variant as well, after a blank, as sheets show them. */
  item: codeAndVariant,
  variant: z._default(variantOrSite, ''),
  /** In the item's base unit. */
  quantity: QuantityText,
  due: Day,
  /** From where forward scheduling goes. Default: the due date. */
  start: z.optional(Day),
  /** Default: the company's site, where it has only one. */
  site: z.optional(variantOrSite),
});
export type NewOrder = z.infer<typeof NewOrder>;

/** Orders that are to be there; a refresh makes their materials and operations. */
export const CreateOrders = z.object({
  orders: z.array(NewOrder).check(z.minLength(1), z.maxLength(1000)),
});
export type CreateOrders = z.input<typeof CreateOrders>;

import * as z from 'zod/mini';
import { Declaration } from './declarations';
import {
  Cursor,
  Day,
  Limit,
  listOf,
  Moment,
  OrderKeyText,
  OrderState,
  Pattern,
  QuantityText,
  Slice,
} from './values';

/** Criteria combine with AND; those left out do not restrict. */
export const OrderQuery = z.object({
  state: z.optional(OrderState),
  /** Order number: `125`, `2026/125`, `2026/125/0`, `2026/` or a pattern over year/number/lot. */
  order: z.optional(Pattern),
  item: z.optional(Pattern),
  startFrom: z.optional(Day),
  startTo: z.optional(Day),
  workCentre: z.optional(listOf(z.string().check(z.minLength(1), z.maxLength(40)))),
});
export type OrderQuery = z.infer<typeof OrderQuery>;

/** Orders come by start date, then key. */
export const OrderSearch = z.extend(OrderQuery, {
  limit: z._default(Limit, 200),
  cursor: z.optional(Cursor),
});
export type OrderSearch = z.infer<typeof OrderSearch>;

export const OrderRow = z.object({
  key: OrderKeyText,
  version: z.int(),
  state: OrderState,
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  quantity: QuantityText,
  quantityProduced: QuantityText,
  unit: z.string(),
  start: Day,
  end: Day,
  due: Day,
  workCentre: z.string(),
  customer: z.string(),
  site: z.string(),
  jobOrder: z.string(),
  releasedAt: z.nullable(Moment),
  releasedBy: z.nullable(z.string()),
  runNumber: z.nullable(z.int()),
});
export type OrderRow = z.infer<typeof OrderRow>;

export const OrderPage = Slice(OrderRow);
export type OrderPage = z.infer<typeof OrderPage>;

export const Material = z.object({
  line: z.int(),
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  pickupType: z.enum(['automatic', 'with_list', 'manual']),
  quantity: QuantityText,
  unit: z.string(),
  /** What a release withdraws from and with; null where no rule gives one. */
  warehouse: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  lot: z.string(),
});
export type Material = z.infer<typeof Material>;

export const Operation = z.object({
  operation: z.int(),
  workCentre: z.string(),
  description: z.string(),
  start: Day,
  end: Day,
});
export type Operation = z.infer<typeof Operation>;

export const OrderDetail = z.extend(OrderRow, {
  materials: z.array(Material),
  operations: z.array(Operation),
  declarations: z.array(Declaration),
});
export type OrderDetail = z.infer<typeof OrderDetail>;

/** A state is never set by hand; the answer says which way to take. */
export const OrderChange = z.object({ state: OrderState });

import * as z from 'zod/mini';
import {
  Code,
  Cursor,
  Day,
  Limit,
  listOf,
  Moment,
  OrderKeyText,
  Pattern,
  QuantityText,
  Slice,
  wholeNumber,
} from './values';

export const MovementStatus = z.enum(['posted', 'restored']);
export const MovementDirection = z.enum(['unload', 'load']);

/** Criteria combine with AND. Without a status, posted and restored movements come. */
export const MovementQuery = z.object({
  /** Runs that posted or restored the movement. */
  run: z.optional(z.uuid()),
  runNumber: z.optional(wholeNumber(1, 2_147_483_647)),
  order: z.optional(listOf(OrderKeyText)),
  /** As in the search for orders: `125`, `2026/125`, `2026/125/0`, `2026/` or a pattern over year/number/lot. */
  orderNumber: z.optional(Pattern),
  /** Item code or description. */
  item: z.optional(Pattern),
  /** Of the item, not of the order. */
  lot: z.optional(Pattern),
  warehouse: z.optional(listOf(Code)),
  reason: z.optional(listOf(Code)),
  direction: z.optional(MovementDirection),
  /** Number of the stock record within warehouse and day. */
  record: z.optional(wholeNumber(1, 2_147_483_647)),
  from: z.optional(Day),
  to: z.optional(Day),
  postedBy: z.optional(Pattern),
  status: z.optional(MovementStatus),
});
export type MovementQuery = z.infer<typeof MovementQuery>;

/** Movements come by order, release, line and part. */
export const MovementSearch = z.strictObject({
  ...MovementQuery.shape,
  limit: z._default(Limit, 200),
  cursor: z.optional(Cursor),
});
export type MovementSearch = z.infer<typeof MovementSearch>;

export const Movement = z.object({
  /** Unique and lasting: order, release (cause), line and part. */
  id: z.string(),
  order: OrderKeyText,
  line: z.int(),
  part: z.int(),
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  warehouse: z.string(),
  reason: z.string(),
  /** Number of the stock record within warehouse and day. */
  record: z.int(),
  /** Always positive; `direction` says whether stock falls or rises. */
  quantity: QuantityText,
  direction: MovementDirection,
  unit: z.string(),
  lot: z.string(),
  postedOn: Day,
  postedAt: Moment,
  postedBy: z.string(),
  runNumber: z.nullable(z.int()),
  status: MovementStatus,
  restoredAt: z.nullable(Moment),
  restoredBy: z.nullable(z.string()),
});
export type Movement = z.infer<typeof Movement>;

export const MovementPage = Slice(Movement);
export type MovementPage = z.infer<typeof MovementPage>;

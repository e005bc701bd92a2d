import * as z from 'zod/mini';
import { Cursor, Day, Limit, listOf, Moment, OrderKeyText, Pattern, QuantityText, Slice } from './values';

export const MovementStatus = z.enum(['posted', 'restored']);

/** Criteria combine with AND. Without a status, posted and restored movements come. */
export const MovementQuery = z.object({
  /** Runs that posted or restored the movement. */
  run: z.optional(z.uuid()),
  order: z.optional(listOf(OrderKeyText)),
  item: z.optional(Pattern),
  warehouse: z.optional(listOf(z.string().check(z.minLength(1), z.maxLength(40)))),
  from: z.optional(Day),
  to: z.optional(Day),
  status: z.optional(MovementStatus),
});
export type MovementQuery = z.infer<typeof MovementQuery>;

/** Movements come by order, release, line and part. */
export const MovementSearch = z.extend(MovementQuery, {
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
  direction: z.enum(['unload', 'load']),
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

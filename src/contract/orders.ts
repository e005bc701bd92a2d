import * as z from 'zod/mini';
import { materialStatuses } from '../domain/material-status';
import { Declaration } from './declarations';
import { Material, Operation, OrderLine } from './order-content';
import {
  Code,
  Cursor,
  Day,
  Flag,
  Limit,
  listOf,
  Moment,
  OrderKeyText,
  OrderState,
  Pattern,
  QuantityText,
  Refusal,
  Slice,
  wholeNumber,
} from './values';

/**
 * Criteria combine with AND; those left out do not restrict, and neither does an empty list. From and to include their day. Source:
 * Fluentis, search and release of production orders.
 */
export const OrderQuery = z.object({
  state: z.optional(listOf(OrderState)),
  /** Order number: `125`, `2026/125`, `2026/125/0`, `2026/` or a pattern over year/number/lot. */
  order: z.optional(Pattern),
  year: z.optional(wholeNumber(1000, 9999)),
  number: z.optional(wholeNumber(0, 999_999_999)),
  lot: z.optional(wholeNumber(0, 9999)),
  jobOrder: z.optional(Pattern),
  jobOrderType: z.optional(Pattern),
  /** Item code or description. */
  item: z.optional(Pattern),
  category: z.optional(Pattern),
  variant: z.optional(Pattern),
  /** 1 is a finished product. */
  bomLevel: z.optional(listOf(wholeNumber(0, 99))),
  startFrom: z.optional(Day),
  startTo: z.optional(Day),
  endFrom: z.optional(Day),
  endTo: z.optional(Day),
  dueFrom: z.optional(Day),
  dueTo: z.optional(Day),
  /** Orders that use a material on one of these days. */
  usageFrom: z.optional(Day),
  usageTo: z.optional(Day),
  /** Of the first operation. */
  workCentre: z.optional(listOf(Code)),
  /** Of any operation. */
  machine: z.optional(listOf(Code)),
  site: z.optional(listOf(Code)),
  project: z.optional(Pattern),
  customer: z.optional(Pattern),
  salesOrder: z.optional(Pattern),
  mandatory: z.optional(Flag),
  printed: z.optional(Flag),
  onHold: z.optional(Flag),
  /** Days of the plant. */
  releasedFrom: z.optional(Day),
  releasedTo: z.optional(Day),
  /** Orders that are executive or fulfilled by this run. */
  runNumber: z.optional(wholeNumber(1, 2_147_483_647)),
  releasedBy: z.optional(Pattern),
});
export type OrderQuery = z.infer<typeof OrderQuery>;

/** The criterion a field belongs to: from and to are one. */
export function criterionOf(field: string): string {
  return field.replace(/(From|To)$/, '');
}

/** What a search that finds nothing could be loosened by. */
export const LooserSearch = z.object({
  /** How many orders it would find without one of its criteria, by what {@link criterionOf} calls it. */
  without: z.array(z.object({ criterion: z.string(), found: z.int() })),
  /** How many there are in each state it does not ask for. */
  states: z.array(z.object({ state: OrderState, found: z.int() })),
});
export type LooserSearch = z.infer<typeof LooserSearch>;

/** Orders come by start date, then key. */
export const OrderSearch = z.strictObject({
  ...OrderQuery.shape,
  /** `materials`: launched orders come with the status of their materials. `restore`: orders come with what a restore would say. */
  include: z.optional(listOf(z.enum(['materials', 'restore']))),
  limit: z._default(Limit, 200),
  cursor: z.optional(Cursor),
});
export type OrderSearch = z.infer<typeof OrderSearch>;

/** What a restore of an order would say now, judged by its rules, and the way to it. */
export const Restorability = z.object({
  /** Empty: the order can be restored. */
  refusals: z.array(Refusal),
  warnings: z.array(Refusal),
  /** The step with its declarations that is next on the way to a restore; null when none is needed, or none leads there. */
  next: z.nullable(z.object({ step: z.enum(['rollBack', 'delete']), declaration: z.int() })),
  lastDeclaration: z.nullable(
    z.object({
      number: z.int(),
      /** Null: the order was declared as a whole. */
      operation: z.nullable(z.int()),
      registered: z.boolean(),
      /** When and by whom it was registered; while it is not, opened. */
      at: Moment,
      by: z.string(),
    }),
  ),
});
export type Restorability = z.infer<typeof Restorability>;

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
  jobOrderType: z.string(),
  salesOrder: z.string(),
  project: z.string(),
  /** 1 is a finished product. */
  bomLevel: z.int(),
  /** The dates are frozen. */
  mandatory: z.boolean(),
  printedOn: z.nullable(Day),
  /** Why the order must not be released; null when it is not on hold. */
  holdReason: z.nullable(z.string()),
  heldAt: z.nullable(Moment),
  heldBy: z.nullable(z.string()),
  releasedAt: z.nullable(Moment),
  releasedBy: z.nullable(z.string()),
  runNumber: z.nullable(z.int()),
  /**
   * Whether enough is free of all, some or none of the materials a release would withdraw, the order looked at by itself; only where
   * it was asked for, and only of launched orders.
   */
  materialStatus: z.optional(z.enum(materialStatuses)),
  /** Only where it was asked for. */
  restore: z.optional(Restorability),
});
export type OrderRow = z.infer<typeof OrderRow>;

export const OrderPage = Slice(OrderRow);
export type OrderPage = z.infer<typeof OrderPage>;

export const OrderDetail = z.extend(OrderRow, {
  lines: z.array(OrderLine),
  materials: z.array(Material),
  operations: z.array(Operation),
  declarations: z.array(Declaration),
  /** The item is managed by lot: registering what fulfils the order needs the lot of the output. */
  outputByLot: z.boolean(),
  restore: Restorability,
});
export type OrderDetail = z.infer<typeof OrderDetail>;

/** Orders that are read whole. */
export const OrdersToRead = z.strictObject({ order: listOf(OrderKeyText) });
export const OrderDetailList = z.object({ items: z.array(OrderDetail) });

/** A state is never set by hand; the answer says which way to take. */
export const OrderChange = z.object({ state: OrderState });

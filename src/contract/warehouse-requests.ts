import * as z from 'zod/mini';
import { requestKinds, requestSources } from '../domain/warehouse-request';
import {
  Code,
  Cursor,
  Flag,
  Limit,
  listOf,
  OrderKeyText,
  Pattern,
  QuantityText,
  Slice,
  wholeNumber,
} from './values';

export const RequestKind = z.enum(requestKinds);

/** Criteria combine with AND. */
export const WarehouseRequestQuery = z.object({
  order: z.optional(listOf(OrderKeyText)),
  /** As in the search for orders: `125`, `2026/125`, `2026/125/0`, `2026/` or a pattern over year/number/lot. */
  orderNumber: z.optional(Pattern),
  /** The run that made the request: which released the order, or asked for its output to be put away. */
  run: z.optional(z.uuid()),
  runNumber: z.optional(wholeNumber(1, 2_147_483_647)),
  /** Item code or description. */
  item: z.optional(Pattern),
  warehouse: z.optional(listOf(Code)),
  kind: z.optional(RequestKind),
  /** Whether nothing remains to be done for the request as a whole. */
  completelyHandled: z.optional(Flag),
});
export type WarehouseRequestQuery = z.infer<typeof WarehouseRequestQuery>;

/** They come by order and line; the output comes before the materials. */
export const WarehouseRequestSearch = z.strictObject({
  ...WarehouseRequestQuery.shape,
  limit: z._default(Limit, 200),
  cursor: z.optional(Cursor),
});

/**
 * A line of what the warehouse is asked for. Lines of one order, kind, source and warehouse are one request: it is handled when all of them
 * are.
 */
export const WarehouseRequest = z.object({
  kind: RequestKind,
  /** What is picked or put away: materials of the order – those put away are what it yields beside its output – or the output. */
  source: z.enum(requestSources),
  order: OrderKeyText,
  /** Of the material; 0 for the output. */
  line: z.int(),
  /** Null where no warehouse is known for the output. */
  warehouse: z.nullable(z.string()),
  warehouseName: z.string(),
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  lot: z.string(),
  /** Always positive, in `unit`. */
  quantity: QuantityText,
  /** What of it is neither picked nor withdrawn, or not produced yet. */
  remaining: QuantityText,
  unit: z.string(),
  completelyHandled: z.boolean(),
  /** Null where the order became executive without a run. */
  runNumber: z.nullable(z.int()),
});
export type WarehouseRequest = z.infer<typeof WarehouseRequest>;

export const WarehouseRequestPage = Slice(WarehouseRequest);
export type WarehouseRequestPage = z.infer<typeof WarehouseRequestPage>;

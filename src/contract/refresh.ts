import * as z from 'zod/mini';
import { noRequestReasons } from '../domain/refresh/inbound-request';
import { executiveWays } from '../domain/refresh/options';
import { Day, Moment, OrderKeyText, QuantityText } from './values';

/** What a refresh calculates anew. Lines need the others. */
const Calculate = z.object({
  lines: z._default(z.boolean(), true),
  routings: z._default(z.boolean(), true),
  componentNeed: z._default(z.boolean(), true),
});

/** How a refresh calculates. Source: Business Central, refresh production order. */
export const RefreshOptions = z.object({
  /** From the due date backward, as without it, or from the start forward. */
  direction: z.optional(z.enum(['back', 'forward'])),
  calculate: z.optional(Calculate),
  /** Asks the warehouse to put away the output of executive orders. */
  inboundRequest: z.optional(z.boolean()),
  /** Materials that have been picked may be calculated anew. */
  confirmPicked: z.optional(z.boolean()),
  /**
   * What becomes of executive orders with entries: as without it they are refused; or each is restored, refreshed and released in one
   * step, by the guards of all three. What refuses one of them refuses all three, and the order stays as it is.
   */
  executive: z.optional(z.enum(executiveWays)),
});

// The names of an object's shape are its keys.
export const refreshFields = Object.keys(
  RefreshOptions.shape,
) as readonly (keyof typeof RefreshOptions.shape)[];

/** What the order is refreshed to. What is left out stays; what the order has already is no change, so it may always be sent. */
export const Wanted = z.object({
  quantity: z.optional(QuantityText),
  due: z.optional(Day),
  /** From where forward scheduling goes. */
  start: z.optional(Day),
});
export type Wanted = z.infer<typeof Wanted>;

/** Whether anything is wanted; whether that changes the order is for the order to say. */
export function wantsSomething({ quantity, due, start }: Wanted): boolean {
  return [quantity, due, start].some((each) => each !== undefined);
}

/** A value before and after; null where there is none. */
const FieldChange = z.object({
  field: z.string(),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
});

/** What a refresh does to the header, a line, a material or an operation. */
export const OrderContentChange = z.object({
  part: z.enum(['header', 'line', 'material', 'operation']),
  kind: z.enum(['added', 'removed', 'changed']),
  /** The line of the order; null for the header. */
  orderLine: z.nullable(z.int()),
  /** Number of the material line or operation. */
  number: z.nullable(z.int()),
  /** The item of a line or a material; what an operation does. */
  name: z.string(),
  fields: z.array(FieldChange),
  /** Somebody has added or changed it by hand, and that would be lost. */
  editLost: z.boolean(),
});
export type OrderContentChange = z.infer<typeof OrderContentChange>;

/** The request that the output be put away. */
const InboundRequest = z.object({
  /** Null where no warehouse is known. */
  warehouse: z.nullable(z.string()),
  item: z.string(),
  variant: z.string(),
  quantity: QuantityText,
  unit: z.string(),
});

/** An operation in a plan; null where it has no times. */
const PlannedOperation = z.object({
  orderLine: z.int(),
  operation: z.int(),
  workCentre: z.string(),
  machine: z.string(),
  description: z.string(),
  startsAt: z.nullable(Moment),
  endsAt: z.nullable(Moment),
});
export type PlannedOperation = z.infer<typeof PlannedOperation>;

/** What a refresh would make of one order. */
export const RefreshedOrder = z.object({
  key: OrderKeyText,
  /** It would be restored before and released after: so many movements go back, so many are posted. Null of any other order. */
  released: z.nullable(z.object({ takenBack: z.int(), posted: z.int() })),
  changes: z.array(OrderContentChange),
  inbound: z.nullable(InboundRequest),
  /** Why no inbound request would be made; null where one would. */
  noInbound: z.nullable(z.enum(noRequestReasons)),
  /** Its operations as they are, by line and number, */
  operationsBefore: z.array(PlannedOperation),
  /** and as they would be: what a plan shows. */
  operations: z.array(PlannedOperation),
});
export type RefreshedOrder = z.infer<typeof RefreshedOrder>;

/** What a work centre or a machine of it has booked on a day, of all orders, against what it can do. */
export const CapacityOfDay = z.object({
  workCentre: z.string(),
  /** Empty for the work centre as a whole, with its machines. */
  machine: z.string(),
  name: z.string(),
  day: Day,
  /** Minutes of work of one capacity at full efficiency. */
  capacity: QuantityText,
  before: QuantityText,
  after: QuantityText,
  /** Never planned above its critical load, */
  constrained: z.boolean(),
  /** which is so many minutes; null where it is not constrained. */
  limit: z.nullable(QuantityText),
});
export type CapacityOfDay = z.infer<typeof CapacityOfDay>;

export const RefreshPreview = z.object({
  /** Those that would be refreshed, in the sequence of the run. */
  orders: z.array(RefreshedOrder),
  /** Of the centres that these orders take, by work centre, machine and day. */
  load: z.array(CapacityOfDay),
  /** Days between the first and the last of these operations on which none of these centres works; of the first 366 days. */
  closedDays: z.array(Day),
});
export type RefreshPreview = z.infer<typeof RefreshPreview>;

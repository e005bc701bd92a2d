import * as z from 'zod/mini';
import { timeUnits } from '../domain/refresh/master-data';
import { Day, Moment, QuantityText } from './values';

/** What an order makes: its output on level 0, and below what is made to order for it. */
export const OrderLine = z.object({
  /** 10000 makes the output. */
  orderLine: z.int(),
  level: z.int(),
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  quantity: QuantityText,
  unit: z.string(),
  /** Percent. */
  scrap: QuantityText,
  /** Null where there is none, or no refresh has looked for it; the version is empty for the original. */
  bom: z.nullable(z.string()),
  bomVersion: z.nullable(z.string()),
  routing: z.nullable(z.string()),
  routingVersion: z.nullable(z.string()),
  /** To the minute, once a refresh has scheduled the order. */
  startsAt: z.nullable(Moment),
  endsAt: z.nullable(Moment),
  due: z.nullable(Day),
});
export type OrderLine = z.infer<typeof OrderLine>;

export const Material = z.object({
  line: z.int(),
  /** The line of the order that takes it: 10000 makes the output, the others what is made to order for it. */
  orderLine: z.int(),
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  pickupType: z.enum(['automatic', 'with_list', 'manual']),
  /** The whole need, in the item's base unit: */
  quantity: QuantityText,
  unit: z.string(),
  /** so much a piece of its line, or once per order when `fixed`, in the unit of the bill of materials, */
  quantityPer: QuantityText,
  perUnit: z.string(),
  fixed: z.boolean(),
  /** and so many percent of scrap. */
  scrap: QuantityText,
  /** What a release withdraws from and with; null where no rule gives one. */
  warehouse: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  lot: z.string(),
  /** The operation that takes it; null: the line as a whole. */
  operation: z.nullable(z.int()),
  /** What ties it to that operation in bill and routing; empty: nothing. */
  routingLink: z.string(),
  /** Needed so many days before. */
  leadTimeOffsetDays: z.int(),
  /** When it is needed; `usageAt` is null where only the day counts. */
  usageOn: Day,
  usageAt: z.nullable(Moment),
  /** The line of this very order that makes it, and how much: that is not withdrawn. */
  suppliedBy: z.nullable(z.int()),
  supplied: QuantityText,
  /** Picked by the warehouse already. */
  picked: QuantityText,
  /** What stock is reserved of it for this order; where it takes an item several times, all of it on the first. */
  reserved: QuantityText,
  /** Added or changed by somebody: a refresh takes that back. */
  byHand: z.boolean(),
});
export type Material = z.infer<typeof Material>;

const Duration = z.object({ time: QuantityText, unit: z.enum(timeUnits) });

export const Operation = z.object({
  operation: z.int(),
  /** The line of the order that it is of. Only those of 10000, which makes the output, are declared. */
  orderLine: z.int(),
  /** Those after it; null: the next by number. */
  nextOperations: z.nullable(z.array(z.int())),
  workCentre: z.string(),
  /** Empty: no machine in particular. */
  machine: z.string(),
  description: z.string(),
  start: Day,
  end: Day,
  /** To the minute, once a refresh has scheduled the order. */
  startsAt: z.nullable(Moment),
  endsAt: z.nullable(Moment),
  /** As the routing has them; the run time is that of `lotSize` pieces. */
  setup: Duration,
  run: Duration,
  wait: Duration,
  move: Duration,
  lotSize: QuantityText,
  concurrentCapacities: QuantityText,
  /** What goes in so that the quantity of its line comes out. */
  inputQuantity: QuantityText,
  /** What is scrapped as a rule: percent, and pieces an order. */
  scrapPercent: QuantityText,
  fixedScrap: QuantityText,
  routingLink: z.string(),
  byHand: z.boolean(),
  /** Production is declared on it. */
  productive: z.boolean(),
  /** Declaring it moves stock. */
  movable: z.boolean(),
  /** Good pieces and scrap that are registered. */
  produced: QuantityText,
  scrap: QuantityText,
  /** Its closing declaration is registered. */
  closed: z.boolean(),
});
export type Operation = z.infer<typeof Operation>;

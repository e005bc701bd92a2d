import type { CalendarDate, Instant } from '../calendar';
import { zero, type Quantity } from '../quantity';
import type { RoutingOperation } from './master-data';

/** What an order is made of: what a refresh takes in and gives out. */
export interface OrderContent {
  readonly header: OrderDates & { readonly quantity: Quantity };
  readonly lines: readonly OrderLine[];
  readonly materials: readonly OrderMaterial[];
  readonly operations: readonly OrderOperation[];
  readonly needs: readonly CapacityNeed[];
  readonly supplies: readonly LineSupply[];
}

/** Of an order that was only entered. */
export const emptyContent: OrderContent = {
  header: { quantity: zero, startsAt: null, endsAt: null, dueOn: null },
  lines: [],
  materials: [],
  operations: [],
  needs: [],
  supplies: [],
};

/** Null where it is not known: an order that was only entered, or came without times. */
export interface OrderDates {
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly dueOn: CalendarDate | null;
}

/** What the order makes: its output on level 0, and what is made to order for it below. The first line is 10000. */
export interface OrderLine extends OrderDates {
  readonly orderLine: number;
  readonly level: number;
  readonly item: string;
  readonly variant: string;
  /** In `unit`. */
  readonly quantity: Quantity;
  readonly unit: string;
  /** Percent. */
  readonly scrap: Quantity;
  readonly bom: string | null;
  /** '' is the original, null none. */
  readonly bomVersion: string | null;
  readonly routing: string | null;
  readonly routingVersion: string | null;
}

export interface OrderMaterial {
  /** The line that takes it. */
  readonly orderLine: number;
  /** Unique in the order. */
  readonly line: number;
  readonly item: string;
  readonly variant: string;
  readonly lot: string;
  /** Of `quantityPer`. */
  readonly unit: string;
  /** Per piece of the line, or per order when `fixed`; measures and the scrap of phantoms are inside. */
  readonly quantityPer: Quantity;
  readonly fixed: boolean;
  /** Percent. */
  readonly scrap: Quantity;
  /** The whole need in the item's base unit. */
  readonly quantity: Quantity;
  readonly routingLink: string;
  /** The operation that takes it; null: the line as a whole. */
  readonly operation: number | null;
  readonly leadTimeOffsetDays: number;
  readonly usageOn: CalendarDate | null;
  /** Null where only the day counts. */
  readonly usageAt: Instant | null;
  /** Null: where the rules of the book say. */
  readonly warehouse: string | null;
  readonly reason: string | null;
  /** Added or changed by somebody, not by a refresh. */
  readonly byHand: boolean;
}

export interface OrderOperation extends RoutingOperation {
  readonly orderLine: number;
  /** What goes in, so that the line's quantity comes out, in the item's base unit. */
  readonly inputQuantity: Quantity;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly byHand: boolean;
}

/** What an operation takes of a centre's time without a break, on one day. */
export interface CapacityNeed {
  readonly orderLine: number;
  readonly operation: number;
  readonly workCentre: string;
  readonly machine: string;
  readonly kind: 'setup' | 'run';
  readonly day: CalendarDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** How many of the centre's capacities work on it. */
  readonly capacities: Quantity;
  /** Of one capacity at full efficiency. */
  readonly minutes: Quantity;
}

/** A material that a line of the same order makes: reserved for it. In the item's base unit. */
export interface LineSupply {
  /** The material's {@link OrderMaterial.line}. */
  readonly material: number;
  /** The {@link OrderLine.orderLine} that makes it. */
  readonly orderLine: number;
  readonly quantity: Quantity;
}

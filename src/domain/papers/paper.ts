import type { CalendarDate, Instant } from '../calendar';
import type { OrderKey, OrderState } from '../order';
import type { Quantity } from '../quantity';
import type { Duration } from '../refresh/master-data';

/**
 * The papers of an order for the shop floor. Job card: a page per job. Route jobs: all jobs, continuous. Route card: the operations, a
 * card per branch. None of them lists materials. Source: Dynamics 365, release a production order.
 */
export const paperKinds = ['jobCard', 'routeJobs', 'routeCard'] as const;
export type PaperKind = (typeof paperKinds)[number];

/** Each once, in the order in which they lie on each other. */
export const inPaperOrder = (kinds: readonly PaperKind[]): PaperKind[] =>
  paperKinds.filter((kind) => kinds.includes(kind));

/** Papers of single orders; empty: none. */
export type OwnPapers = Readonly<Record<OrderKey, readonly PaperKind[]>>;

/** Which papers orders are to have. */
export interface AskedPapers {
  readonly papers?: readonly PaperKind[];
  /** Of orders that are to have others than these. */
  readonly ownPapers?: OwnPapers;
}

export const papersOf = ({ papers = [], ownPapers }: AskedPapers, order: OrderKey): readonly PaperKind[] =>
  ownPapers?.[order] ?? papers;

/** What is printed of an order. Names stand beside their codes. */
export interface PaperOrder {
  readonly key: OrderKey;
  readonly state: OrderState;
  readonly item: string;
  readonly variant: string;
  readonly description: string;
  readonly quantity: Quantity;
  readonly unit: string;
  readonly start: CalendarDate;
  readonly end: CalendarDate;
  readonly due: CalendarDate;
  readonly site: Named;
  readonly customer: string;
  /** What its operations make, by order line; an order that was never refreshed has one line, its header. */
  readonly lines: readonly PaperLine[];
  readonly operations: readonly PaperOperation[];
  /** The definitive papers that this very print is of; none where it is a control print. */
  readonly prints: readonly DefinitivePrint[];
}

export interface Named {
  readonly code: string;
  readonly name: string;
}

export interface PaperLine {
  readonly orderLine: number;
  readonly item: string;
  readonly description: string;
  readonly quantity: Quantity;
  readonly unit: string;
}

export interface PaperOperation {
  readonly orderLine: number;
  readonly operation: number;
  readonly nextOperations: readonly number[] | null;
  readonly description: string;
  readonly workCentre: Named;
  /** Null: no machine in particular. */
  readonly machine: Named | null;
  readonly setup: Duration;
  /** Of `lotSize` pieces. */
  readonly run: Duration;
  readonly lotSize: Quantity;
  readonly wait: Duration;
  readonly move: Duration;
  /** What lies in front of the centre waits so long. */
  readonly queue: Duration;
  /** What goes in; zero where nobody has calculated it. */
  readonly inputQuantity: Quantity;
  readonly start: CalendarDate;
  readonly end: CalendarDate;
  /** Null where only the days are known. */
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  /** When it is worked on, without a break each. */
  readonly work: readonly PlannedWork[];
}

export interface PlannedWork {
  readonly kind: 'setup' | 'run';
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** One print of a numbered paper. */
export interface DefinitivePrint {
  readonly kind: PaperKind;
  /** Counts from 1 within the company. */
  readonly number: number;
  /** 1 is the original. */
  readonly copy: number;
  readonly printedAt: Instant;
  readonly printedBy: string;
  /** When the original was printed. */
  readonly firstPrintedAt: Instant;
  /** Not null: the order was restored, and the paper must not be used any more. */
  readonly voidedAt: Instant | null;
}

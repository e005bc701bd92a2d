import type { CalendarDate, Instant } from '../../domain/calendar';
import type { DeclarationStep } from '../../domain/declaration/declaration';
import type { MaterialStatus } from '../../domain/material-status';
import type { MarkedOrder, OrderKey } from '../../domain/order';
import type { OrderChange } from '../../domain/refresh/decide-change';
import type { AskedPapers, OwnPapers, PaperKind, PaperOrder } from '../../domain/papers/paper';
import type { NumberedPaper } from '../../domain/papers/scan';
import type { RefreshOptions } from '../../domain/refresh/options';
import type { Refusal } from '../../domain/refusals';
import type { SubOrder } from '../../domain/release/references';
import type { ReservationStep } from '../../domain/reservation/reservation';
import type { WorkStep } from '../../domain/work/work';
import type { Sequenced } from '../../domain/sequence';
import type { Explanation } from '../../contract/explanation';
import type { Company, Warehouse, WorkCentre } from '../../contract/plant';
import type { NewOrder } from '../../contract/create-orders';
import type { Movement, MovementQuery } from '../../contract/movements';
import type { LooserSearch, OrderDetail, OrderQuery, OrderRow, Restorability } from '../../contract/orders';
import type { Reservation } from '../../contract/reservations';
import type { Unwind } from '../../contract/unwind';
import type { WarehouseRequest, WarehouseRequestQuery } from '../../contract/warehouse-requests';
import type { Withdrawal } from '../../contract/withdrawals';
import type { CompanyPolicy, Work, WorkOfOrder } from '../../contract/work';
import type { ReleasePolicy } from '../../domain/policy';
import type { OutcomeResult, Preview } from '../../contract/runs';

/** What an order is to become; what is left out stays, and it may say what the order has already. `quantity` is plain decimal text. */
export interface WantedChange {
  readonly quantity?: string | undefined;
  readonly due?: CalendarDate | undefined;
  readonly start?: CalendarDate | undefined;
}

/** The lots the planner wants for one material line; quantities are plain decimal text. */
export interface ChosenLotsOfOrder {
  readonly order: OrderKey;
  readonly line: number;
  readonly lots: readonly { readonly lot: string; readonly quantity: string }[];
}

/** Whether orders may be split; `orders` are those for which something else holds than for the others. */
export interface SplitWish {
  readonly allowed: boolean;
  readonly orders: Readonly<Record<OrderKey, boolean>>;
}

/** What may be done to orders. Every command takes a list; a declaration step is a list of one. */
export type Command =
  | {
      readonly kind: 'release';
      readonly postingDate: CalendarDate;
      /** Of orders that are posted on a day of their own. */
      readonly postingDates?: Readonly<Record<OrderKey, CalendarDate>>;
      /** In spite of the refusals that may be forced. */
      readonly force?: { readonly reason: string };
      /** What is to be printed of the orders that go; `ownPapers` of single ones. */
      readonly papers?: readonly PaperKind[];
      readonly ownPapers?: OwnPapers;
      /** As many as stock allows: what does not fit is passed over, and nothing goes below zero. */
      readonly asStockAllows?: true;
      /** Which lots lines are drawn from; the others are drawn by the rule of their item. */
      readonly lots?: readonly ChosenLotsOfOrder[];
      /** Which orders may be split, where the company splits what stock does not cover. Left out: all. */
      readonly split?: SplitWish;
      /** Those whose sub-orders were to go with them; when the command is carried out these are among its orders. */
      readonly references?: readonly OrderKey[];
    }
  /** `undoes` is the number of the run whose release it takes back; it changes nothing of the rules. */
  | { readonly kind: 'restore'; readonly undoes?: number }
  /** Puts split orders together again: each stands for itself and its other half. */
  | { readonly kind: 'merge' }
  | { readonly kind: 'hold'; readonly reason: string }
  | { readonly kind: 'lift'; readonly reason: string | null }
  /** Calculates orders anew; `changes` says, by order, what the planner wants otherwise than the book has it. */
  | ({
      readonly kind: 'refresh';
      readonly changes: Readonly<Record<OrderKey, WantedChange>>;
      /** Of the movements, where executive orders are released again. */
      readonly postingDate?: CalendarDate | undefined;
    } & RefreshOptions)
  /** Makes orders under keys that the book has given for them. */
  | { readonly kind: 'create'; readonly orders: Readonly<Record<OrderKey, NewOrder>> }
  /** Changes a part of an order by hand; a list of one. */
  | { readonly kind: 'change'; readonly change: OrderChange }
  /** Prints definitive papers of orders: gives them numbers, or prints them once more. */
  | ({ readonly kind: 'print'; readonly papers: readonly PaperKind[] } & AskedPapers)
  /** Cancels reservations of one order or makes them again; a list of one. */
  | { readonly kind: 'reserve'; readonly step: ReservationStep }
  /** A step with the picking work of one order; a list of one. */
  | { readonly kind: 'work'; readonly step: WorkStep; readonly postingDate: CalendarDate }
  | { readonly kind: 'declare'; readonly step: DeclarationStep; readonly postingDate: CalendarDate };

/** Who acts, in which company, when. Time is always a parameter: the book reads no clock. */
export interface Moment {
  readonly company: string;
  readonly actor: string;
  readonly at: Instant;
}

/** A numbered paper with the order it is of. */
export interface ScannedPaper extends NumberedPaper {
  readonly key: OrderKey;
  readonly kind: PaperKind;
  /** Whether the order has the operation that was asked for, or none was. */
  readonly operationThere: boolean;
}

/** What became of a change of policies: nothing where there are refusals. */
export interface PolicyChange {
  readonly refusals: readonly Refusal[];
  /** As they are now. */
  readonly policy: CompanyPolicy;
}

export interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Slice<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  /** Counted for the first page only. */
  readonly total: number | null;
}

/** What became of one order: stored with its effect, in the same transaction. */
export interface StoredOutcome {
  readonly key: OrderKey;
  readonly result: OutcomeResult;
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Refusal[];
  readonly movements: number;
}

/**
 * The right to perform the orders of a run from place `from` on: it holds only while the run is open, belongs to this
 * holder and has outcomes for exactly the orders before `from`. Taking it and the effect are one transaction.
 */
export interface ChunkClaim {
  readonly run: string;
  readonly holder: string;
  readonly from: number;
}

/** The claim did not hold: the run was cancelled, finished, or is somebody else's now. Nothing was written. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

/** A search cursor that this book did not make, or made for another kind of search. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** As many streams are read already as the book has room for. */
export class BookBusy extends Error {
  override readonly name = 'BookBusy';
}

/**
 * The orders of a plant and what may happen to them. PostgreSQL today, an ERP tomorrow: an implementation says what it can
 * guarantee in `abilities`. Rules are judged inside, because only the book knows what it has locked.
 */
export interface OrderBook {
  readonly abilities: {
    readonly preview: 'exact' | 'estimate';
    readonly atomic: 'chunk' | 'order';
    readonly commands: ReadonlySet<Command['kind']>;
  };
  companies(): Promise<readonly Company[]>;
  workCentres(company: string): Promise<readonly WorkCentre[]>;
  warehouses(company: string): Promise<readonly Warehouse[]>;
  /** Orders by start date, then key. Throws {@link BadCursor}. */
  search(company: string, query: OrderQuery, page: Page): Promise<Slice<OrderRow>>;
  /** How many orders this search would find without each of its criteria, and in the states it does not ask for. */
  loosen(company: string, query: OrderQuery): Promise<LooserSearch>;
  /** Whether the materials of the launched ones among these orders are there, each looked at by itself. */
  materialStatuses(
    company: string,
    keys: readonly OrderKey[],
  ): Promise<ReadonlyMap<OrderKey, MaterialStatus>>;
  /** What a restore of these orders would say now, and the way to it; unknown ones are left out. */
  restorabilities(company: string, keys: readonly OrderKey[]): Promise<ReadonlyMap<OrderKey, Restorability>>;
  /** Everything a search finds, in its order, in batches, in constant memory, as it is at one moment. Throws {@link BookBusy}. */
  stream(company: string, query: OrderQuery): AsyncIterable<readonly OrderRow[]>;
  /** The orders under these keys; unknown ones are left out. */
  read(company: string, keys: readonly OrderKey[]): Promise<readonly OrderDetail[]>;
  /** What is reserved of an order's output and for its materials, and what was cancelled of that; empty where there is no such order. */
  reservations(company: string, key: OrderKey): Promise<readonly Reservation[]>;
  /** How each rule of a release on that day and of a restore stands for an order by itself; undefined where there is no such order. */
  explain(company: string, key: OrderKey, postingDate: CalendarDate): Promise<Explanation | undefined>;
  /** The steps that lead to a restored order, with what each changes in the stock; undefined where there is no such order. */
  unwind(company: string, key: OrderKey): Promise<Unwind | undefined>;
  /** The picking work of an order by number, whatever has become of it; empty where there is no such order. */
  work(company: string, key: OrderKey): Promise<readonly WorkOfOrder[]>;
  /** Work that is open or in process, by number; of one run, where it is named. Throws {@link BadCursor}. */
  workInHand(company: string, page: Page & { readonly run?: string | undefined }): Promise<Slice<Work>>;
  policy(company: string): Promise<CompanyPolicy>;
  /**
   * From now on; who changed it from what is kept. `readAt` is the version that whoever changes them has read: changed by somebody else
   * since, they stay as they are. Rule: POL-01.
   */
  setPolicy(moment: Moment, policy: ReleasePolicy, readAt: number): Promise<PolicyChange>;
  /** Start dates under these keys, for putting many orders in sequence; unknown ones are left out. */
  starts(company: string, keys: readonly OrderKey[]): Promise<readonly Sequenced[]>;
  /** Launched and executive orders below these, each once, in its place below the first of them that it works for. */
  subOrders(company: string, keys: readonly OrderKey[]): Promise<readonly SubOrder[]>;
  /** Keys for so many new orders of a year. They are given once, whatever becomes of them. */
  newKeys(company: string, year: number, count: number): Promise<readonly OrderKey[]>;
  /** The rows under these keys; unknown ones are left out. */
  rows(company: string, keys: readonly OrderKey[]): Promise<readonly OrderRow[]>;
  /**
   * How many orders of each of these runs could be restored now: released by it, executive by it still, not changed since, and
   * without declarations. Runs without any are left out.
   */
  undoable(company: string, runs: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Posted and restored movements by order, release, line and part. Throws {@link BadCursor}. */
  movements(company: string, query: MovementQuery, page: Page): Promise<Slice<Movement>>;
  /** Everything a search for movements finds, as `stream` gives orders. Throws {@link BookBusy}. */
  streamMovements(company: string, query: MovementQuery): AsyncIterable<readonly Movement[]>;
  /** What a run withdrew and nobody took back, by warehouse, item, variant and lot, as `stream`. Throws {@link BookBusy}. */
  withdrawalList(company: string, run: string): AsyncIterable<readonly Withdrawal[]>;
  /** What warehouses are asked for executive orders, by order and line. Throws {@link BadCursor}. */
  warehouseRequests(
    company: string,
    query: WarehouseRequestQuery,
    page: Page,
  ): Promise<Slice<WarehouseRequest>>;
  /** Everything a search for warehouse requests finds, as `stream` gives orders. Throws {@link BookBusy}. */
  streamWarehouseRequests(
    company: string,
    query: WarehouseRequestQuery,
  ): AsyncIterable<readonly WarehouseRequest[]>;
  /**
   * What is printed of these orders, in their sequence; unknown ones are left out. With `run`, a run that printed definitive papers, they
   * come with what it printed.
   */
  papers(company: string, keys: readonly OrderKey[], run?: string): Promise<readonly PaperOrder[]>;
  /** The paper of this number; undefined when there is none. */
  numberedPaper(
    company: string,
    number: number,
    operation: { readonly orderLine: number; readonly operation: number } | null,
  ): Promise<ScannedPaper | undefined>;
  /**
   * What `perform` would do now in chunks of so many orders, or in one where that is left out, judged by the same rules. `orders` come in
   * sequence.
   */
  preview(
    command: Command,
    orders: readonly MarkedOrder[],
    moment: Moment,
    chunkSize?: number,
  ): Promise<Preview>;
  /**
   * Performs one chunk of a run, orders in sequence, effect and outcomes in one transaction per atom. Throws
   * {@link ClaimLost}; any other failure of a single order becomes its outcome `failed`.
   */
  perform(
    command: Command,
    chunk: readonly MarkedOrder[],
    claim: ChunkClaim,
    moment: Moment,
  ): Promise<readonly StoredOutcome[]>;
}

import type { NewOrder } from '../../contract/create-orders';
import type { RefreshPreview, Wanted } from '../../contract/refresh';
import type { CalendarDate } from '../../domain/calendar';
import type { OrderKey, OrderState } from '../../domain/order';
import type { Action } from '../../domain/transitions';
import type { Movement } from '../../contract/movements';
import type { OrderDetail, OrderQuery, OrderRow } from '../../contract/orders';
import type { Outcome, Preview, RunRequest } from '../../contract/runs';
import type { WarehouseRequest } from '../../contract/warehouse-requests';
import type { Language } from '../../language/text';
import type { ChangedChoice } from './changed-elsewhere';
import type { DateSystem } from './cells';
import type { AbsentOrders, ContentRow } from './content-rows';
import type { LotSheet } from './lot-columns';
import type { ToldLots } from './lot-rows';
import type { AppliedContent } from './plan-content';
import type { RowKey } from './row-key';
import type { WithdrawalPaper } from './withdrawal-rows';

/** A run whose orders were loaded. */
export interface LoadedRun {
  readonly id: string;
  readonly number: number;
}

/** What is in the orders sheet: kept in the workbook, so that it is known when the workbook is opened again. */
export interface LoadedSearch {
  /** Code of the company whose orders were searched. */
  readonly company: string;
  /** The view it was searched in. */
  readonly view: Action;
  readonly query: OrderQuery;
  /** Where the orders were not searched for: they are those of this run, and the query is empty. */
  readonly run?: LoadedRun | undefined;
  /** The plant's day at the search; earlier versions did not save it. */
  readonly today?: CalendarDate | undefined;
  /** How many orders the search found. */
  readonly found: number;
  /** How many of them are in the sheet as they were found; only where the planner stopped the writing. */
  readonly written?: number | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface MarkedRow {
  /** Row number as the sheet shows it. */
  readonly row: number;
  readonly key: OrderKey;
  /** Code of the company the row was loaded from. */
  readonly company: string;
  readonly version: number;
  readonly action: Action;
  /** What the planner typed: lower goes first; null when nothing. */
  readonly priority: number | null;
  /** As the sheet shows it; null when the cell holds no day. */
  readonly start: CalendarDate | null;
  /** As the sheet shows it; empty where its column was deleted. */
  readonly item: string;
  /** As it was loaded, whatever was typed over it, which only a refresh takes along; null when the row says none. */
  readonly quantity: string | null;
  /** As the sheet shows it; empty where its column was deleted. */
  readonly unit: string;
  /** As the sheet shows it; null when the cell holds no state's name. */
  readonly state: OrderState | null;
  /** What the planner changed of the order in its row, where it is marked for a refresh: it is refreshed to that. */
  readonly wanted: Wanted;
  /** Hidden by a filter or by hand. */
  readonly hidden: boolean;
}

/** A row the planner wrote an order into that is to be created. */
export interface NewOrderRow {
  /** Row number as the sheet shows it. */
  readonly row: number;
  readonly order: NewOrder;
  /** Key of the run that was to create it; null when none was. */
  readonly sentWith: string | null;
  /** Hidden by a filter or by hand. */
  readonly hidden: boolean;
}

/**
 * `unknownWord`: the Action cell holds no action's name. `changedOrder`: the Order cell no longer shows the order the row
 * was loaded for. `noKey`: the row was never loaded. `twoActions`: the same order is marked differently in another row.
 * `noNumber`: the Priority cell holds no number. `otherCompany`: the row is another company's than the workbook works for.
 * `noQuantity`, `noDue`, `noStart`: the cell of a new order or of one that is to be refreshed holds no quantity or no day.
 */
export type MarkProblemCode =
  | 'unknownWord'
  | 'changedOrder'
  | 'noKey'
  | 'twoActions'
  | 'noNumber'
  | 'otherCompany'
  | 'noQuantity'
  | 'noDue'
  | 'noStart';

export interface MarkProblem {
  readonly code: MarkProblemCode;
  /** Row number as the sheet shows it. */
  readonly row: number;
  /** What the planner wrote in the cell; for `otherCompany` the company's code. */
  readonly text: string;
}

export interface Marks {
  /** Each order once, in the order of the sheet. */
  readonly marked: readonly MarkedRow[];
  /** In the order of the sheet. */
  readonly newOrders: readonly NewOrderRow[];
  readonly problems: readonly MarkProblem[];
}

/** A row the planner selected. */
export type SelectedRow = Pick<MarkedRow, 'key' | 'company' | 'version'>;

/** The undo of a run: the order book knows best which orders are left of it. */
export interface UndoRequest {
  readonly command: 'restore';
  /** Id of the run. */
  readonly undoes: string;
  /** How many orders could be undone when it was asked for. */
  readonly count: number;
}

/** Orders that are to be there. */
export interface CreateRequest {
  readonly command: 'create';
  readonly orders: NewOrder[];
}

/** A run that was sent, or was about to be, and whose outcomes are not in the sheet yet. */
export interface PendingRun {
  readonly key: string;
  /** Who sent it. */
  readonly user: string;
  /** Code of the company it was sent to; null when an earlier version saved the run. */
  readonly company: string | null;
  /** Origin of the order book it was sent to; null when an earlier version saved the run. */
  readonly address: string | null;
  readonly request: RunRequest | UndoRequest | CreateRequest;
}

/** How many changes a refresh would make in each order. */
export type ChangeCounts = ReadonlyMap<OrderKey, number>;

/** The sheet of materials and operations. */
export interface ContentSheet {
  readonly rows: readonly ContentRow[];
  readonly system: DateSystem;
}

export interface WriteReport {
  /** Rows kept although the search did not find them. */
  readonly kept: number;
  /** Headers of columns whose filter could not be put back. */
  readonly filtersLost: readonly string[];
}

export interface FoundReport extends WriteReport {
  /** Headers of columns that this version has and the sheet has no room for. */
  readonly columnsLeftOut: readonly string[];
}

export interface SearchReport extends FoundReport {
  /** What is in the sheet by now; null when the planner stopped before anything was changed. */
  readonly loaded: LoadedSearch | null;
}

/** Follows a write, for whoever waits for it. */
export interface Writing {
  /** Rows of the sheet that are done with, and all there are. */
  readonly progress?: (done: number, total: number) => void;
  /** Aborted when the planner wants no more of it. */
  readonly signal?: AbortSignal | undefined;
}

export interface SheetChanges {
  /** The order of the selected row; null outside the orders. */
  readonly onSelection: (row: RowKey | null) => void;
  readonly onEdit: () => void;
}

/** The workbook as the pane knows it. Everything fails with SheetError only. */
export interface Sheet {
  /** Code of the company the workbook works for; null before the first search. */
  readonly readCompany: () => Promise<string | null>;
  /**
   * Lets the workbook work for this company from now on: takes all orders and movements out of our tables, with marks and
   * whatever the planner typed beside them. Rows of the planner's own stay.
   */
  readonly changeCompany: (company: string) => Promise<void>;
  /** Null when the workbook holds no orders of ours. */
  readonly readLoaded: () => Promise<LoadedSearch | null>;
  /**
   * Puts back the planner's filters where a pane was closed while it wrote; answers with the headers of columns whose filter
   * could not be put back.
   */
  readonly restoreFilters: () => Promise<readonly string[]>;
  /** Whether the orders are shown with the status of their materials: unless the planner deleted that column. */
  readonly showsMaterials: () => Promise<boolean>;
  /** Can be stopped: what the sheet then shows is whole, and each row says what it is. */
  readonly writeOrders: (
    orders: readonly OrderRow[],
    search: LoadedSearch,
    language: Language,
    writing?: Writing,
  ) => Promise<SearchReport>;
  /** Makes the orders table whole again where it was broken; a search fills it. */
  readonly rebuild: (language: Language) => Promise<void>;
  /** Adds the columns that a search had no room for, and moves what stands beside our tables to the right. */
  readonly addColumns: (language: Language) => Promise<void>;
  /** No marks when the workbook holds no orders of ours. */
  readonly readMarks: () => Promise<Marks>;
  /** Marks the selected or the visible rows, or takes all their marks away; answers with the number of rows. */
  readonly mark: (action: Action | null, rows: 'selected' | 'visible', language: Language) => Promise<number>;
  /**
   * Marks the rows of these orders; those that have none get one below the others. Answers with the headers of columns whose filter could not
   * be put back.
   */
  readonly markOrders: (
    orders: readonly OrderRow[],
    action: Action,
    company: string,
    language: Language,
  ) => Promise<readonly string[]>;
  /** Takes the marks away from the rows of these orders; answers as `markOrders` does. */
  readonly unmarkOrders: (orders: readonly OrderKey[], company: string) => Promise<readonly string[]>;
  /** The orders of the selected visible rows, each once; rows that no search wrote, or that show another order, are left out. */
  readonly readSelected: () => Promise<readonly SelectedRow[]>;
  /** Selects these orders' rows, one block of neighbours a call; answers with the number of rows selected. */
  readonly selectRows: (orders: readonly OrderKey[], company: string) => Promise<number>;
  readonly selectRow: (row: number) => Promise<void>;
  readonly writeResults: (
    outcomes: readonly Outcome[],
    company: string,
    language: Language,
    writing?: Pick<Writing, 'progress'>,
  ) => Promise<WriteReport>;
  /**
   * Notes in the rows of new orders that they are sent with the run of this key, and answers with the orders; `hidden` takes hidden rows
   * along.
   */
  readonly claimNewOrders: (run: string, hidden: boolean, most: number) => Promise<NewOrder[]>;
  /**
   * Writes the orders that the run of this key created into the rows they were sent from, wherever these are by now, and marks them for a
   * refresh; outcomes in the sequence of the run.
   */
  readonly writeCreated: (
    run: string,
    outcomes: readonly Outcome[],
    company: string,
    language: Language,
    writing?: Pick<Writing, 'progress'>,
  ) => Promise<WriteReport>;
  /** Says in the rows what a run would do; what an earlier preview said of other rows goes. */
  readonly writePreview: (
    outcomes: readonly Outcome[],
    company: string,
    language: Language,
    writing?: Pick<Writing, 'progress'> & { readonly changes?: ChangeCounts },
  ) => Promise<WriteReport>;
  /** Does what the planner chose with the rows of orders that somebody else changed; `drop` takes the rows out. */
  readonly settleChanged: (
    outcomes: readonly Outcome[],
    choice: ChangedChoice,
    company: string,
    language: Language,
  ) => Promise<WriteReport>;
  readonly writeMovements: (
    movements: readonly Movement[],
    company: string,
    language: Language,
    writing?: Pick<Writing, 'progress'>,
  ) => Promise<void>;
  readonly showMovements: () => Promise<void>;
  /** Puts a search result in place of the movements shown, but for rows the planner typed into. */
  readonly writeFoundMovements: (
    found: readonly Movement[],
    company: string,
    language: Language,
  ) => Promise<FoundReport>;
  /** Whether the workbook has a sheet with what a refresh would change. */
  readonly hasChanges: () => Promise<boolean>;
  /**
   * Writes what a refresh would change into its sheet, by the plant's clock, in place of the preview before. Fails with `tooManyRows` where
   * a sheet has no room for it.
   */
  readonly writeChanges: (
    preview: RefreshPreview,
    zone: string,
    language: Language,
    writing?: Writing,
  ) => Promise<void>;
  readonly showChanges: () => Promise<void>;
  /**
   * Writes materials and operations of orders into their own sheet, by the plant's clock, and brings it to the front. Orders that are not
   * there are named above them.
   */
  readonly writeContent: (
    orders: readonly OrderDetail[],
    absent: AbsentOrders,
    company: string,
    zone: string,
    language: Language,
    writing?: Writing,
  ) => Promise<void>;
  /** Writes into the rows of that sheet what became of the planner's changes; every row stays where it is. */
  readonly writeApplied: (
    applied: AppliedContent,
    company: string,
    zone: string,
    language: Language,
    writing?: Pick<Writing, 'progress'>,
  ) => Promise<void>;
  /** The rows of that sheet as they stand. */
  readonly readContent: () => Promise<ContentSheet>;
  /** Writes what a company's warehouses are asked for into its own sheet, in place of what was there before, and brings it to the front. */
  readonly writeRequests: (
    requests: readonly WarehouseRequest[],
    company: string,
    language: Language,
    writing?: Writing,
  ) => Promise<void>;
  /**
   * Writes what is short for which order into its own sheet, in place of what was there before, with a chart, and brings it to the front;
   * answers whether this Excel could draw the chart.
   */
  readonly writeShortages: (
    preview: Pick<Preview, 'shortages' | 'outcomes'>,
    company: string,
    language: Language,
    writing?: Writing,
  ) => Promise<boolean>;
  /** The rows of the sheet of lots as they stand; none where there is no such sheet. */
  readonly readLots: () => Promise<LotSheet>;
  /**
   * Writes the lots of a preview into their own sheet and brings it to the front. What the planner chose there stays, with what is said of
   * it, until its order goes.
   */
  readonly writeLots: (
    told: ToldLots,
    company: string,
    language: Language,
    writing?: Writing,
  ) => Promise<void>;
  /** The same in place of what that sheet says, where there is one; it stays where it is. */
  readonly updateLots: Sheet['writeLots'];
  /** Writes the withdrawal list of a run on its own sheet, ready to print. */
  readonly writeWithdrawals: (paper: WithdrawalPaper, language: Language) => Promise<void>;
  /** Opens an xlsx file, as base64, as a new workbook that nobody has saved yet. */
  readonly openWorkbook: (file: string) => Promise<void>;
  /** Leaves only the movements of this item in view, as the sheet names it; null shows those of all items again. */
  readonly filterMovements: (item: string | null) => Promise<void>;
  readonly readPendingRun: () => Promise<PendingRun | null>;
  readonly savePendingRun: (pending: PendingRun | null) => Promise<void>;
  /** Until the returned function is called. */
  readonly watch: (changes: SheetChanges) => Promise<() => Promise<void>>;
}

/**
 * `tableGone`: the orders table was deleted. `columnsGone`: a column of ours that nothing works without was deleted.
 * `cellEdit`: a cell stayed in edit mode. `otherWorkbook`: another workbook has the focus. `readOnly`: the workbook
 * cannot be changed. `tooLarge`: more than Excel carries at once. `notAllWritten`: fewer rows arrived than were written.
 * `rowsMoved`: rows kept moving while they were written, so that some were left out; none is in a wrong row.
 * `nothingSelected`: no row of an order is selected. `tooManyRows`: more than the `detail` that a sheet of ours is filled with.
 * `lotsUnreadable`: these rows of the sheet of lots hold no lot or no quantity.
 */
export type SheetErrorCode =
  | 'tableGone'
  | 'columnsGone'
  | 'cellEdit'
  | 'otherWorkbook'
  | 'readOnly'
  | 'tooLarge'
  | 'notAllWritten'
  | 'rowsMoved'
  | 'nothingSelected'
  | 'tooManyRows'
  | 'lotsUnreadable'
  | 'excel';

export class SheetError extends Error {
  override readonly name = 'SheetError';

  constructor(
    readonly code: SheetErrorCode,
    /** For support: Excel's own code and place. */
    readonly detail = '',
    options?: ErrorOptions,
  ) {
    super(`${code} ${detail}`, options);
  }
}

import type { MadeWork } from '../../api/order-book';
import type { MovementPage } from '../../../contract/movements';
import type { LooserSearch, OrderDetail } from '../../../contract/orders';
import type { Company, Session, WorkCentre } from '../../../contract/plant';
import type { ScannedBarcode } from '../../../contract/papers';
import type { Reservation } from '../../../contract/reservations';
import type { Outcome, Preview, RunRequest, RunSummary } from '../../../contract/runs';
import { type ReleaseDefaults, usualDefaults } from '../../../contract/release-defaults';
import type { SavedSearch } from '../../../contract/saved-searches';
import type { Unwind } from '../../../contract/unwind';
import type { WorkOfOrder } from '../../../contract/work';
import type { CompanyPolicy } from '../../../contract/work';
import type { OrderKey } from '../../../domain/order';
import { defaultOptions, type RefreshOptions } from '../../../domain/refresh/options';
import type { Action } from '../../../domain/transitions';
import type { ChosenInSheet } from '../../sync/chosen-lots';
import type { LoadedSearch, Marks, PendingRun } from '../../sync/sheet';
import { type Criteria, noCriteria } from './criteria';
import type { Exported } from './export-actions';
import { type MovementsState, noMovements } from './movements';
import { type ReleaseChoices, usualRelease } from './release-choices';

export type WorkKind =
  | 'search'
  | 'write'
  | 'outcomes'
  | 'writeMovements'
  | 'mark'
  | 'preview'
  | 'release'
  | 'restore'
  | 'merge'
  | 'hold'
  | 'lift'
  | 'refresh'
  | 'create'
  | 'change'
  | 'content'
  | 'movements'
  | 'requests'
  | 'shortages'
  | 'lots'
  | 'export'
  | 'papers'
  | 'declare'
  | 'scan'
  | 'pick'
  | 'saved'
  | 'defaults'
  | 'policy'
  | 'sheet';

/** Work the planner waits for. */
export interface Work {
  readonly kind: WorkKind;
  readonly done: number;
  /** Zero while nobody knows. */
  readonly total: number;
  readonly cancel: (() => void) | null;
}

/** What a run did. */
export interface RunResult {
  readonly run: RunSummary;
  readonly replayed: boolean;
  readonly outcomes: readonly Outcome[];
  /** Those of the outcomes that the preview before the run had told otherwise. */
  readonly unlikePreview: readonly Outcome[];
  /** Why orders were released in spite of what may be forced; null where nothing was. */
  readonly forced: string | null;
  /** What of it may be asked for again; null of new orders. */
  readonly asked: RunRequest | null;
  /** The picking work it made; null until it was read, and where a company works without. */
  readonly madeWork: MadeWork | null;
}

/** What a run would do, as the pane shows it. */
export interface ShownPreview extends Preview {
  /** Why its orders would be released in spite of what may be forced; null where nothing would. */
  readonly forced: string | null;
  /** Only as many would be released as stock allows. */
  readonly asStockAllows?: boolean;
  /** The lots that the planner had chosen for its orders. */
  readonly chosenLots?: NonNullable<RunRequest['lots']>;
}

/** Something the planner has to know: the error as it was caught, and the way to try again. */
export interface Trouble {
  readonly error: unknown;
  readonly retry: (() => Promise<void>) | null;
}

/** Something that failed: for diagnostics, so it is kept when the planner has read on. */
export interface Failure {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly error: unknown;
}

export interface SelectedOrder {
  readonly key: OrderKey;
  /** Null while it is read. */
  readonly detail: OrderDetail | null;
  readonly movements: MovementPage['items'];
  /** Read for the view of refresh only. */
  readonly reservations: readonly Reservation[];
  /** Read for the view of restore only. */
  readonly pickingWork: readonly WorkOfOrder[];
  /** The way to a restored order. Read for that view only. */
  readonly unwind: Unwind | null;
  /** What of one of its papers was scanned, to be declared on; null where its row was selected. */
  readonly scanned: ScannedBarcode | null;
}

/** The company's runs of today. */
export interface TodaysRuns {
  /** Newest first; null until they were read. */
  readonly items: readonly RunSummary[] | null;
  /** There may be more than are listed. */
  readonly total: number;
  /** Why they could not be read the last time; null when they could. */
  readonly error: unknown;
}

/** What became of changes typed into the sheet of materials and operations. */
export interface AppliedCounts {
  readonly changedRows: number;
  readonly refusedRows: number;
  /** Those left over where the planner cancelled. */
  readonly ordersLeft: number;
}

export interface PaneState {
  /** What the pane shows: work on orders, the kind of which `view` says, or the search for movements. */
  readonly page: 'orders' | 'movements';
  readonly view: Action;
  readonly connection: 'connecting' | 'ready' | 'unreachable' | 'signedOut';
  /** Origin of the order book that requests go to. */
  readonly address: string;
  /** Code of the company the workbook works for, and every request is about; null until it is known. */
  readonly company: string | null;
  /** Companies of the order book. */
  readonly companies: readonly Company[];
  /** Null until the order book has answered for that company. */
  readonly session: Session | null;
  readonly workCentres: readonly WorkCentre[];
  /** Searches of this user, by name. */
  readonly saved: readonly SavedSearch[];
  readonly criteria: Readonly<Record<Action, Criteria>>;
  readonly loaded: LoadedSearch | null;
  /** What the search in the sheet could be loosened by, where it found nothing; null until it was asked. */
  readonly looser: { readonly of: LoadedSearch; readonly by: LooserSearch } | null;
  readonly kept: number;
  readonly filtersLost: readonly string[];
  /** Headers of columns of this version that the orders sheet has no room for. */
  readonly columnsLeftOut: readonly string[];
  readonly marks: Marks;
  readonly includeHidden: boolean;
  /** How a refresh calculates. */
  readonly refreshOptions: RefreshOptions;
  readonly releaseChoices: ReleaseChoices;
  /** What this user starts with. */
  readonly releaseDefaults: ReleaseDefaults;
  /** Of the company; null until it was read. */
  readonly policy: CompanyPolicy | null;
  /** Marked orders that the planner leaves out of the refresh under its preview. */
  readonly leftOut: readonly OrderKey[];
  readonly preview: ShownPreview | null;
  /** What the sheet of lots chooses by now; null as long as it was not touched since the preview. */
  readonly lotsInSheet: ChosenInSheet | null;
  readonly result: RunResult | null;
  /** Refused orders that somebody else changed and the planner has not chosen about yet. */
  readonly changed: readonly Outcome[];
  /** The last release of today that this user made. */
  readonly lastRelease: RunSummary | null;
  readonly runs: TodaysRuns;
  readonly movements: MovementsState;
  /** What became of the changes applied last; null when something else was begun since. */
  readonly applied: AppliedCounts | null;
  /** What became of the last export; null when something else was begun since. */
  readonly exported: Exported | null;
  readonly pendingRun: PendingRun | null;
  readonly work: Work | null;
  /** Excel waits until the planner leaves the cell being edited. */
  readonly waitingForCell: boolean;
  readonly trouble: Trouble | null;
  /** The last things that failed, newest first. */
  readonly failures: readonly Failure[];
  readonly selected: SelectedOrder | null;
  readonly syncedAt: number | null;
}

export const unreadRuns: TodaysRuns = { items: null, total: 0, error: null };
export const noMarks: Marks = { marked: [], newOrders: [], problems: [] };

export const initialState: PaneState = {
  page: 'orders',
  view: 'release',
  connection: 'connecting',
  address: '',
  company: null,
  companies: [],
  session: null,
  workCentres: [],
  saved: [],
  criteria: { release: noCriteria, restore: noCriteria, refresh: noCriteria },
  loaded: null,
  looser: null,
  kept: 0,
  filtersLost: [],
  columnsLeftOut: [],
  marks: noMarks,
  includeHidden: false,
  refreshOptions: defaultOptions,
  releaseChoices: usualRelease,
  releaseDefaults: usualDefaults,
  policy: null,
  leftOut: [],
  preview: null,
  lotsInSheet: null,
  result: null,
  changed: [],
  lastRelease: null,
  runs: unreadRuns,
  movements: noMovements,
  applied: null,
  exported: null,
  pendingRun: null,
  work: null,
  waitingForCell: false,
  trouble: null,
  failures: [],
  selected: null,
  syncedAt: null,
};

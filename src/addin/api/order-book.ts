import * as z from 'zod/mini';
import type { NewOrder } from '../../contract/create-orders';
import { ScannedBarcode } from '../../contract/papers';
import type { PaperKind } from '../../domain/papers/paper';
import type { OpenDeclaration, RegisterDeclaration } from '../../contract/declarations';
import { Download, type DownloadFormat, type Exportable } from '../../contract/downloads';
import { Explanation } from '../../contract/explanation';
import type { ExportForm } from '../../contract/exports';
import { type Movement, MovementPage, type MovementQuery } from '../../contract/movements';
import {
  LooserSearch,
  OrderDetail,
  OrderDetailList,
  OrderPage,
  type OrderQuery,
  type OrderRow,
} from '../../contract/orders';
import {
  type Company,
  CompanyList,
  Session,
  type Warehouse,
  WarehouseList,
  type WorkCentre,
  WorkCentreList,
} from '../../contract/plant';
import {
  type Outcome,
  OutcomePage,
  Preview,
  RunPage,
  RunReply,
  type RunRequest,
  RunSummary,
} from '../../contract/runs';
import { ReleaseDefaults } from '../../contract/release-defaults';
import { type CancelReservations, type Reservation, ReservationList } from '../../contract/reservations';
import { SavedSearch, SavedSearchList, type SavedQuery } from '../../contract/saved-searches';
import {
  type WarehouseRequest,
  WarehouseRequestPage,
  type WarehouseRequestQuery,
} from '../../contract/warehouse-requests';
import { Unwind } from '../../contract/unwind';
import { type Withdrawal, WithdrawalList } from '../../contract/withdrawals';
import {
  CompanyPolicy,
  type ConfirmLine,
  type Work,
  WorkList,
  type WorkOfOrder,
  WorkPage,
} from '../../contract/work';
import type { CalendarDate } from '../../domain/calendar';
import type { OrderKey } from '../../domain/order';
import type { ReleasePolicy } from '../../domain/policy';
import type { ContentChange } from '../sync/content-edits';
import type { Call, Send } from './connection';
import { readAll } from './pages';
import { performRun, type Progress, type RunDone } from './perform-run';

/** What the pane asks of the order book. Everything fails with ApiError only. */
export interface OrderBookApi {
  readonly session: () => Promise<Session>;
  /** Needs no company. */
  readonly companies: () => Promise<Company[]>;
  readonly workCentres: () => Promise<WorkCentre[]>;
  /** Searches of this user, by name. */
  readonly savedSearches: () => Promise<SavedSearch[]>;
  readonly saveSearch: (name: string, query: SavedQuery) => Promise<void>;
  readonly deleteSearch: (name: string) => Promise<void>;
  /** How this user likes to release. */
  readonly releaseDefaults: () => Promise<ReleaseDefaults>;
  readonly keepReleaseDefaults: (defaults: ReleaseDefaults) => Promise<ReleaseDefaults>;
  /** The policies of the company. */
  readonly policy: () => Promise<CompanyPolicy>;
  /** `version` is that of the policies as they were read: changed since, they stay as they are, and POL-01 says by whom. */
  readonly setPolicy: (policy: ReleasePolicy, version: number) => Promise<CompanyPolicy>;
  /** `more` asks for the status of the orders' materials as well, or for what a restore would say of them. */
  readonly search: (
    query: OrderQuery,
    more: 'materials' | 'restore' | null,
    onProgress: Progress,
    signal: AbortSignal,
  ) => Promise<OrderRow[]>;
  /** What a search that found nothing could be loosened by. */
  readonly loosen: (query: OrderQuery) => Promise<LooserSearch>;
  readonly order: (key: OrderKey, signal?: AbortSignal) => Promise<OrderDetail>;
  /** Of at most {@link MOST_ORDERS_READ} orders those that are there. */
  readonly ordersWhole: (keys: readonly OrderKey[]) => Promise<OrderDetail[]>;
  /** How each rule of release and restore stands for an order; `posting` is the day of the release, today where it is null. */
  readonly explain: (key: OrderKey, posting: CalendarDate | null) => Promise<Explanation>;
  readonly warehouses: () => Promise<Warehouse[]>;
  /** Of any number of orders. Progress is told where they are few enough to be named in one search. */
  readonly movements: (
    query: MovementQuery,
    onProgress?: Progress,
    signal?: AbortSignal,
  ) => Promise<Movement[]>;
  /** The content of a file. */
  readonly file: (what: Exportable, form: ExportForm, signal: AbortSignal) => Promise<Uint8Array>;
  /** Where a browser finds the file once, within minutes: path and secret on the origin of the order book. */
  readonly fileAddress: (what: Exportable, format: DownloadFormat) => Promise<string>;
  /** The same of papers: of a run that printed them, or for control. */
  readonly papersAddress: (of: PapersOf, papers: readonly PaperKind[] | undefined) => Promise<string>;
  /** What a barcode on a definitive paper stands for. */
  readonly scan: (barcode: string) => Promise<ScannedBarcode>;
  /** Prints definitive papers, as `perform` does. */
  readonly printPapers: (
    of: PapersOf,
    papers: readonly PaperKind[] | undefined,
    key: string,
    onProgress: Progress,
    signal: AbortSignal,
  ) => Promise<RunDone>;
  /** What warehouses are asked for executive orders, by order and line. */
  readonly warehouseRequests: (
    query: WarehouseRequestQuery,
    onProgress: Progress,
    signal: AbortSignal,
  ) => Promise<WarehouseRequest[]>;
  /** What a run withdrew and nobody took back, in the order one walks. */
  readonly withdrawals: (run: string) => Promise<Withdrawal[]>;
  readonly preview: (request: RunRequest, signal: AbortSignal) => Promise<Preview>;
  /** The same key again returns the stored outcomes. `signal` asks the order book to stop after the orders in hand. */
  readonly perform: (
    request: RunRequest,
    key: string,
    onProgress: Progress,
    signal: AbortSignal,
  ) => Promise<RunDone>;
  /** Enters new orders, as `perform` does; the outcomes come in their sequence. */
  readonly create: (
    orders: readonly NewOrder[],
    key: string,
    onProgress: Progress,
    signal: AbortSignal,
  ) => Promise<RunDone>;
  /** Restores what is left of a release, as `perform` does. */
  readonly undo: (run: string, key: string, onProgress: Progress, signal: AbortSignal) => Promise<RunDone>;
  /** The last release that whoever asks made today; null when there was none. */
  readonly lastRelease: () => Promise<RunSummary | null>;
  /** Of whoever made them, newest first; more than a planner looks through are only counted. */
  readonly runsOfToday: () => Promise<RunPage>;
  /** What became of a run's orders, with the orders as they are now. */
  readonly outcomes: (run: string, onProgress: Progress, signal: AbortSignal) => Promise<Outcome[]>;
  /** Changes an operation or a material by hand; `version` is that of the order as it was seen. */
  readonly changeContent: (
    order: OrderKey,
    version: number,
    change: ContentChange,
    key: string,
  ) => Promise<RunDone>;
  /** What is reserved of an order's output and for its materials, with what was cancelled of that. */
  readonly reservations: (order: OrderKey, signal?: AbortSignal) => Promise<Reservation[]>;
  readonly changeReservations: (
    order: OrderKey,
    step: ReservationStep,
    reservations: CancelReservations['reservations'],
    key: string,
  ) => Promise<RunDone>;
  /** The picking work of an order, whatever has become of it. */
  readonly work: (order: OrderKey, signal?: AbortSignal) => Promise<WorkOfOrder[]>;
  /** The first of the picking work in hand that a run made, by number, and how much there is. */
  readonly workOfRun: (run: string) => Promise<MadeWork>;
  /** The steps that lead to a restored order, with what each changes in the stock. */
  readonly unwind: (order: OrderKey, signal?: AbortSignal) => Promise<Unwind>;
  readonly stepWork: (order: OrderKey, step: PickingStep, key: string) => Promise<RunDone>;
  readonly openDeclaration: (order: OrderKey, declaration: OpenDeclaration, key: string) => Promise<RunDone>;
  readonly stepDeclaration: (
    order: OrderKey,
    number: number,
    step: DeclarationStep,
    key: string,
    /** Goes with `register`. */
    details?: RegisterDeclaration,
  ) => Promise<RunDone>;
}

/** What was cancelled is reserved again as it was. */
/** Whose papers: of all that a run released, or of these orders. */
export type PapersOf = { readonly run: string } | { readonly orders: readonly OrderKey[] };

export type ReservationStep = 'cancel' | 'reserve';

/** More would hold up the pane. */
const WORK_SHOWN = 50;

/** Picking work that a run made. */
export interface MadeWork {
  readonly items: readonly Work[];
  readonly total: number;
}

/** What is done with picking work; without a quantity, with all of it. */
export type PickingStep =
  | { readonly step: 'start' | 'confirmAll' | 'close' | 'cancel'; readonly work: number }
  | ({ readonly step: 'confirm'; readonly work: number; readonly line: number } & Pick<
      ConfirmLine,
      'quantity' | 'lots'
    >)
  | { readonly step: 'reverse'; readonly work: number; readonly line: number }
  | { readonly step: 'make'; readonly quantity?: string };

export type DeclarationStep = 'register' | 'roll-back' | 'delete';

const savedAt = (name: string) => `/api/saved-searches/${encodeURIComponent(name)}`;
const PAGE = 1000;
/** Checking a page must not hold up the pane, and orders have many fields. */
const ORDERS_PAGE = 500;
const RUNS_SHOWN = 50;
/** Each comes with all that it is made of: more would make a planner wait for the first sign of progress. */
export const MOST_ORDERS_READ = 100;
/** The contract's limit for a list in a query. */
const MOST_ORDERS_ASKED = 200;

function pathOfFile(what: Exportable): string {
  switch (what.kind) {
    case 'orders':
      return '/api/orders/stream';
    case 'movements':
      return '/api/movements/export';
    case 'warehouseRequests':
      return '/api/warehouse-requests/export';
    case 'withdrawals':
    case 'log':
      return `/api/runs/${what.run}/${what.kind}`;
  }
}

function pathOfStep(step: PickingStep): string {
  if (step.step === 'make') return '';
  const line = 'line' in step ? `/lines/${step.line}` : '';
  return `/${step.work}${line}/${step.step === 'confirmAll' ? 'confirm' : step.step}`;
}

/** `pause` waits between two questions about a run under way. */
export function orderBookApi(send: Send, pause?: (ms: number) => Promise<void>): OrderBookApi {
  /** Follows what `open` begins to its end: whatever changes orders is a run, and any run may take longer than an answer. */
  const follow = (open: () => Promise<RunReply>, onProgress: Progress, signal: AbortSignal) =>
    performRun(
      {
        open,
        summary: (id) => send(`/api/runs/${id}`, RunSummary),
        outcomes: (id, cursor) =>
          send(`/api/runs/${id}/outcomes`, OutcomePage, { query: { limit: PAGE, cursor } }),
        cancel: (id) => send(`/api/runs/${id}/cancel`, RunSummary, { method: 'POST' }),
      },
      onProgress,
      signal,
      pause,
    );
  const declare = (path: string, call: Call) =>
    follow(
      () => send(path, RunReply, call),
      () => {},
      new AbortController().signal,
    );
  const readMovements = (query: MovementQuery, onProgress?: Progress, signal?: AbortSignal) =>
    readAll(
      (cursor) => {
        const page = { ...query, limit: PAGE, cursor };
        return send('/api/movements', MovementPage, { query: page, ...(signal && { signal }) });
      },
      (movement) => movement.id,
      onProgress,
    );
  return {
    session: () => send('/api/session', Session),
    companies: async () => (await send('/api/companies', CompanyList)).items,
    workCentres: async () => (await send('/api/work-centres', WorkCentreList)).items,
    warehouses: async () => (await send('/api/warehouses', WarehouseList)).items,
    savedSearches: async () => (await send('/api/saved-searches', SavedSearchList)).items,
    async saveSearch(name, query) {
      await send(savedAt(name), SavedSearch, { method: 'PUT', body: { query } });
    },
    async deleteSearch(name) {
      await send(savedAt(name), z.unknown(), { method: 'DELETE' });
    },
    releaseDefaults: () => send('/api/release-defaults', ReleaseDefaults),
    keepReleaseDefaults: (body) => send('/api/release-defaults', ReleaseDefaults, { method: 'PUT', body }),
    policy: () => send('/api/policy', CompanyPolicy),
    setPolicy: ({ shortage, reservation, picking }, version) => {
      const body = { version, shortage, reservation, picking };
      return send('/api/policy', CompanyPolicy, { method: 'PUT', body });
    },
    search: (query, more, onProgress, signal) =>
      readAll(
        (cursor) => {
          const include = more === null ? {} : { include: more };
          const page = { ...query, ...include, limit: ORDERS_PAGE, cursor };
          return send('/api/orders', OrderPage, { query: page, signal });
        },
        (order) => order.key,
        onProgress,
      ),
    loosen: (query) => send('/api/orders/looser', LooserSearch, { query }),
    order: (key, signal) => send(`/api/orders/${key}`, OrderDetail, { signal }),
    ordersWhole: async (keys) =>
      (await send('/api/orders/whole', OrderDetailList, { query: { order: keys } })).items,
    explain: (key, posting) =>
      send(`/api/orders/${key}/explain`, Explanation, {
        ...(posting !== null && { query: { postingDate: posting } }),
      }),
    movements: async (query, onProgress, signal) => {
      const { order = [] } = query;
      if (order.length <= MOST_ORDERS_ASKED) return readMovements(query, onProgress, signal);
      const found: Movement[] = [];
      for (let first = 0; first < order.length; first += MOST_ORDERS_ASKED) {
        const some = order.slice(first, first + MOST_ORDERS_ASKED);
        found.push(...(await readMovements({ ...query, order: some })));
      }
      return found;
    },
    file: async (what, form, signal) => {
      const query = { ...('query' in what && what.query), ...form };
      return new Uint8Array(
        await send(pathOfFile(what), z.instanceof(ArrayBuffer), { query, file: true, signal }),
      );
    },
    fileAddress: async (what, format) =>
      (await send('/api/downloads', Download, { method: 'POST', body: { ...what, format } })).address,
    papersAddress: async (of, papers) => {
      const body = { kind: 'papers', ...of, ...(papers && { papers }) };
      return (await send('/api/downloads', Download, { method: 'POST', body })).address;
    },
    scan: (barcode) => send(`/api/barcodes/${encodeURIComponent(barcode)}`, ScannedBarcode),
    printPapers: (of, papers, key, onProgress, signal) =>
      follow(
        () => send('/api/papers', RunReply, { method: 'POST', body: { ...of, papers }, idempotencyKey: key }),
        onProgress,
        signal,
      ),
    warehouseRequests: (query, onProgress, signal) =>
      readAll(
        (cursor) =>
          send('/api/warehouse-requests', WarehouseRequestPage, {
            query: { ...query, limit: PAGE, cursor },
            signal,
          }),
        ({ order, line }) => `${order} ${line}`,
        onProgress,
      ),
    withdrawals: async (run) => (await send(`/api/runs/${run}/withdrawals`, WithdrawalList)).items,
    preview: (request, signal) =>
      send('/api/runs', Preview, { method: 'POST', body: { ...request, dryRun: true }, signal }),
    perform: (request, key, onProgress, signal) =>
      follow(
        () => send('/api/runs', RunReply, { method: 'POST', body: request, idempotencyKey: key }),
        onProgress,
        signal,
      ),
    create: (orders, key, onProgress, signal) =>
      follow(
        () => send('/api/orders', RunReply, { method: 'POST', body: { orders }, idempotencyKey: key }),
        onProgress,
        signal,
      ),
    undo: (run, key, onProgress, signal) =>
      follow(
        () => send(`/api/runs/${run}/undo`, RunReply, { method: 'POST', body: {}, idempotencyKey: key }),
        onProgress,
        signal,
      ),
    lastRelease: async () => {
      const query = { mine: 'true', command: 'release', from: 'today', limit: 1 };
      return (await send('/api/runs', RunPage, { query })).items[0] ?? null;
    },
    runsOfToday: () => send('/api/runs', RunPage, { query: { from: 'today', limit: RUNS_SHOWN } }),
    outcomes: (run, onProgress, signal) =>
      readAll(
        (cursor) =>
          send(`/api/runs/${run}/outcomes`, OutcomePage, { query: { limit: PAGE, cursor }, signal }),
        (outcome) => outcome.key,
        onProgress,
      ),
    changeContent: (order, version, change, idempotencyKey) => {
      const at =
        change.part === 'material'
          ? `materials/${change.line}`
          : `operations/${change.orderLine}/${change.operation}`;
      const body = { version, ...change.edit };
      return declare(`/api/orders/${order}/${at}`, { method: 'POST', body, idempotencyKey });
    },
    reservations: async (key, signal) =>
      (await send(`/api/orders/${key}/reservations`, ReservationList, { signal })).items,
    changeReservations: (order, step, reservations, idempotencyKey) => {
      const body = { reservations };
      return declare(`/api/orders/${order}/reservations/${step}`, { method: 'POST', body, idempotencyKey });
    },
    work: async (order, signal) => (await send(`/api/orders/${order}/work`, WorkList, { signal })).items,
    workOfRun: async (run) => {
      const page = await send(`/api/work?run=${run}&limit=${WORK_SHOWN}`, WorkPage);
      return { items: page.items, total: page.total ?? page.items.length };
    },
    unwind: (order, signal) => send(`/api/orders/${order}/unwind`, Unwind, { signal }),
    stepWork: (order, step, idempotencyKey) => {
      const body = {
        ...('quantity' in step && step.quantity !== undefined && { quantity: step.quantity }),
        ...('lots' in step && step.lots !== undefined && { lots: step.lots }),
      };
      const path = `/api/orders/${order}/work${pathOfStep(step)}`;
      return declare(path, { method: 'POST', body, idempotencyKey });
    },
    openDeclaration: (order, body, idempotencyKey) =>
      declare(`/api/orders/${order}/declarations`, { method: 'POST', body, idempotencyKey }),
    stepDeclaration: (order, number, step, idempotencyKey, details) => {
      const path = `/api/orders/${order}/declarations/${number}`;
      return step === 'delete'
        ? declare(path, { method: 'DELETE', idempotencyKey })
        : declare(`${path}/${step}`, { method: 'POST', idempotencyKey, ...(details && { body: details }) });
    },
  };
}

import { ApiError } from '../../../src/addin/api/errors';
import type { OrderBookApi } from '../../../src/addin/api/order-book';
import type { OrderDetail, OrderQuery } from '../../../src/contract/orders';
import type { Company } from '../../../src/contract/plant';
import { type ReleaseDefaults, usualDefaults } from '../../../src/contract/release-defaults';
import type { Outcome, RunRequest, RunSummary } from '../../../src/contract/runs';
import type { CompanyPolicy } from '../../../src/contract/work';
import { calendarDate, type CalendarDate, instant } from '../../../src/domain/calendar';
import type { OrderKey } from '../../../src/domain/order';
import { policyPresets } from '../../../src/domain/policy';
import { refusal } from '../../../src/domain/refusals';
import { anOrder, anOutcome } from '../excel/workbook';
import type { FakeSheet } from './fake-sheet';

/** A request of a run as it came, and the key that was in the workbook by then. */
interface Sent {
  readonly key: string;
  readonly savedBefore: string | undefined;
}

/** How the order book of a test answers, and what it was asked. */
export interface FakeBook {
  /** Whether it answers at all. */
  present: boolean;
  /** How the next runs and undos end, and the next steps of declarations: a run, where nothing is said of a run. */
  answers: ('run' | ApiError)[];
  declaring: ('run' | ApiError)[];
  /** What previews and runs come to, where a test wants other outcomes than usual. */
  judgedAs: Outcome[] | null;
  outcomesOf: Outcome[] | null;
  /** How many orders of the last release can be undone; 0: there is no last release. */
  undoable: number;
  /** How many of the next requests for movements get no answer. */
  movementsLost: number;
  /** Materials of every order. */
  materials: OrderDetail['materials'];
  /** Companies beside the planner's. */
  others: Company[];
  keptDefaults: ReleaseDefaults;
  policy: CompanyPolicy;

  searched: OrderQuery[];
  loosened: OrderQuery[];
  judged: RunRequest | null;
  sent: (Sent & { readonly request: RunRequest })[];
  undone: (Sent & { readonly run: string })[];
  /** `step order number` of each step of a declaration. */
  declared: string[];
  /** Of how many orders the movements were asked. */
  movementsOf: number;
  /** How many orders each request for whole orders named. */
  inOneRequest: number[];
  /** On which days orders were to be explained, which they never are; null: today. */
  explainedOn: (CalendarDate | null)[];
  /** Runs whose picking work was asked for. */
  workAskedOf: string[];
  /** What was asked of a selected order, and how it can be cancelled. */
  askedOf: { readonly order: OrderKey; readonly signal: AbortSignal | undefined }[];
}

/** The planner at the pane: where and as whom the order book is asked. */
export interface Whereabouts {
  readonly user: string;
  readonly company: string;
  readonly address: string;
}

export const freshBook = (): FakeBook => ({
  ...{ present: true, answers: [], declaring: [], judgedAs: null, outcomesOf: null },
  ...{ undoable: 0, movementsLost: 0, materials: [], others: [], keptDefaults: usualDefaults },
  policy: { ...policyPresets.fluentis, preset: 'fluentis', version: 0, changedAt: null, changedBy: null },
  ...{ searched: [], loosened: [], judged: null, sent: [], undone: [], declared: [] },
  ...{ movementsOf: 0, inOneRequest: [], explainedOn: [], askedOf: [], workAskedOf: [] },
});

export function aCompany(code: string): Company {
  return { code, name: `Plant ${code}`, timeZone: 'Europe/Rome' };
}

export function aRun(): RunSummary {
  return {
    id: '01900000-0000-7000-8000-000000000000',
    number: 17,
    command: 'release',
    state: 'done',
    actor: 'anna',
    openedAt: instant(new Date(0)),
    closedAt: null,
    postingDate: null,
    undoes: null,
    total: 2,
    done: 2,
    succeeded: 1,
    refused: 1,
    skipped: 0,
    failed: 0,
    movements: 2,
    undoable: 0,
  };
}

/** What is said to whoever changes policies that somebody else has changed meanwhile. */
export const overtaken = new ApiError('problem', '/api/policy', {
  ...{ type: '', title: '', detail: '', status: 409, code: 'refused' },
  refusals: [refusal('POL-01', { user: 'bruno', at: '2026-11-20T09:00:00.000Z' })],
});

const unused = () => Promise.reject(new Error('not expected here'));

/** The port of the pane to that order book. Every order that is read whole has a version of its own, so that a test sees it was read anew. */
export function bookPort(book: FakeBook, sheet: FakeSheet, whereabouts: () => Whereabouts): OrderBookApi {
  let ordersRead = 0;
  const wholeOrder = (of: OrderKey): OrderDetail => ({
    ...anOrder(0, { key: of, version: ++ordersRead }),
    lines: [],
    materials: book.materials,
    operations: [],
    declarations: [],
    outputByLot: false,
    restore: { refusals: [], warnings: [], next: null, lastDeclaration: null },
  });
  const asked = <T>(order: OrderKey, signal: AbortSignal | undefined, answer: T): T => {
    book.askedOf.push({ order, signal });
    return answer;
  };
  return {
    companies: async () => {
      if (!book.present) throw new ApiError('unreachable', '/api/companies');
      return [aCompany(whereabouts().company), ...book.others];
    },
    session: async () => ({
      user: whereabouts().user,
      company: aCompany(whereabouts().company),
      companies: [],
      rights: ['release', 'restore'],
      today: calendarDate('2026-11-20'),
      version: '1',
    }),
    workCentres: async () => [],
    warehouses: async () => [],
    warehouseRequests: async () => [],
    withdrawals: async () => [],
    create: unused,
    changeContent: unused,
    explain: (_order, day) => {
      book.explainedOn.push(day);
      return unused();
    },
    reservations: async (of, signal) => asked(of, signal, []),
    changeReservations: unused,
    file: unused,
    fileAddress: unused,
    papersAddress: unused,
    printPapers: unused,
    scan: unused,
    savedSearches: async () => [],
    releaseDefaults: async () => book.keptDefaults,
    keepReleaseDefaults: async (defaults) => (book.keptDefaults = defaults),
    policy: async () => book.policy,
    setPolicy: async (changed, version) => {
      if (version !== book.policy.version) throw overtaken;
      return (book.policy = { ...book.policy, ...changed, version: version + 1 });
    },
    saveSearch: unused,
    deleteSearch: unused,
    search: async (query) => {
      book.searched.push(query);
      return [anOrder(1)];
    },
    loosen: async (query) => {
      book.loosened.push(query);
      return { without: [{ criterion: 'item', found: 7 }], states: [{ state: 'executive', found: 1 }] };
    },
    order: async (of, signal) => asked(of, signal, wholeOrder(of)),
    ordersWhole: async (keys) => {
      book.inOneRequest.push(keys.length);
      return keys.map(wholeOrder);
    },
    movements: async ({ order = [] }, _onProgress, signal) => {
      for (const of of order) asked(of, signal, null);
      book.movementsOf += order.length;
      if (book.movementsLost-- > 0) throw new ApiError('unreachable', '/api/movements');
      return [];
    },
    preview: async (request) => {
      book.judged = request;
      return {
        command: request.command,
        at: instant(new Date(0)),
        outcomes: book.judgedAs ?? request.orders.map(() => anOutcome(1)),
        warehouses: [],
        shortages: [],
        lots: [],
        lotStocks: [],
        load: [],
      };
    },
    perform: async (request, runKey) => {
      book.sent.push({ request, key: runKey, savedBefore: sheet.pending?.key });
      const answer = book.answers.shift() ?? 'run';
      if (answer !== 'run') throw answer;
      const outcomes = book.outcomesOf ?? [anOutcome(1), anOutcome(4, { result: 'refused' })];
      return { run: { ...aRun(), command: request.command }, replayed: false, outcomes };
    },
    undo: async (run, undoKey) => {
      book.undone.push({ run, key: undoKey, savedBefore: sheet.pending?.key });
      const answer = book.answers.shift() ?? 'run';
      if (answer !== 'run') throw answer;
      book.undoable = 0;
      return { run: { ...aRun(), command: 'restore' }, replayed: false, outcomes: [anOutcome(1)] };
    },
    lastRelease: async () => (book.undoable === 0 ? null : { ...aRun(), undoable: book.undoable }),
    runsOfToday: unused,
    outcomes: unused,
    work: async (of, signal) => asked(of, signal, []),
    workOfRun: async (run) => {
      book.workAskedOf.push(run);
      return { items: [], total: 3 };
    },
    unwind: async (of, signal) => asked(of, signal, { key: of, version: 1, steps: [] }),
    stepWork: unused,
    openDeclaration: unused,
    stepDeclaration: async (order, number, step) => {
      book.declared.push(`${step} ${order} ${number}`);
      const answer = book.declaring.shift() ?? new ApiError('unreachable', '/api/orders');
      if (answer !== 'run') throw answer;
      const outcome = anOutcome(0, { key: order, result: 'declared', order: anOrder(0, { key: order }) });
      return { run: { ...aRun(), command: 'declare' }, replayed: false, outcomes: [outcome] };
    },
  };
}

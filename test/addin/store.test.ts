import assert from 'node:assert/strict';
import { createAttempts } from '../../src/addin/api/attempts';
import { ApiError } from '../../src/addin/api/errors';
import type { OrderBookApi } from '../../src/addin/api/order-book';
import {
  type MarkedRow,
  type PendingRun,
  type SelectedRow,
  type Sheet,
  SheetError,
} from '../../src/addin/sync/sheet';
import { mostContentRows } from '../../src/addin/sync/most-rows';
import { pendingText } from '../../src/addin/taskpane/pending-text';
import type { Defaults } from '../../src/addin/taskpane/store/context';
import { isPreviewOutdated } from '../../src/addin/taskpane/preview-outdated';
import { noCriteria } from '../../src/addin/taskpane/store/criteria';
import { createPane, type Pane } from '../../src/addin/taskpane/store/pane';
import { mayAskAgain, mayChangeCompany } from '../../src/addin/taskpane/store/pending';
import { textsIn } from '../../src/addin/texts';
import type { OrderDetail, OrderQuery } from '../../src/contract/orders';
import type { Company } from '../../src/contract/plant';
import { type ReleaseDefaults, usualDefaults } from '../../src/contract/release-defaults';
import type { Outcome, RunRequest, RunSummary } from '../../src/contract/runs';
import type { CompanyPolicy } from '../../src/contract/work';
import { calendarDate, instant } from '../../src/domain/calendar';
import { orderKey, type OrderKey } from '../../src/domain/order';
import { policyPresets } from '../../src/domain/policy';
import { forceable, forced, refusal } from '../../src/domain/refusals';
import { anOrder, anOutcome } from './excel/workbook';

const key = (number: number) => orderKey({ year: 2026, number, lot: 0 });
const unused = () => Promise.reject(new Error('not expected here'));

describe('what the pane does', () => {
  let pane: Pane;
  let pending: PendingRun | null;
  let sent: { request: RunRequest; key: string; savedBefore: string | undefined }[];
  let undone: { run: string; key: string; savedBefore: string | undefined }[];
  let undoable: number;
  let judged: RunRequest | null;
  let answers: ('run' | ApiError)[];
  let written: string[];
  let foretold: string[];
  let chosen: string[];
  let previewsLost: number;
  let movementsLost: number;
  let outcomesOf: Outcome[] | null;
  let movementsOf: number;
  let markedToo: MarkedRow[];
  let unmarked: OrderKey[];
  let declared: string[];
  let declaring: ('run' | ApiError)[];
  let resultsLost: number;
  let writtenOrders: Outcome['order'][];
  let ordersRead: number;
  let here: { user: string; company: string; address: string };
  let ofRows: string;
  let selectedToo: SelectedRow[];
  let materials: OrderDetail['materials'];
  let contents: number[];
  let inOneRequest: number[];
  let judgedAs: Outcome[] | null;
  let workbookFor: string | null;
  let others: Company[];
  let defaults: Defaults;
  let rebuilt: number;
  let columnsAdded: number;
  let present: boolean;
  let searched: OrderQuery[];
  let loosened: OrderQuery[];
  let keptDefaults: ReleaseDefaults;
  let policy: CompanyPolicy;

  const aMark = (number: number, changes: Partial<MarkedRow> = {}): MarkedRow => ({
    row: number + 1,
    key: key(number),
    company: ofRows,
    version: 1,
    action: 'release',
    priority: null,
    start: null,
    state: 'launched',
    wanted: {},
    hidden: false,
    ...changes,
  });
  const wholeOrder = (of: OrderKey): OrderDetail => ({
    ...anOrder(0, { key: of, version: ++ordersRead }),
    lines: [],
    materials,
    operations: [],
    declarations: [],
    outputByLot: false,
    restore: { refusals: [], warnings: [], next: null, lastDeclaration: null },
  });
  const sheet: Sheet = {
    readCompany: async () => workbookFor,
    changeCompany: async (code) => {
      workbookFor = ofRows = code;
    },
    readLoaded: async () => null,
    restoreFilters: async () => [],
    showsMaterials: async () => true,
    writeOrders: async (_orders, loaded) => ({ kept: 0, filtersLost: [], columnsLeftOut: [], loaded }),
    rebuild: async () => void (rebuilt += 1),
    addColumns: async () => void (columnsAdded += 1),
    readMarks: async () => ({
      marked: [
        aMark(1, { version: 3 }),
        ...markedToo,
        aMark(2, { version: 5, state: 'executive', hidden: true }),
        aMark(3, { version: 7, action: 'restore', state: 'executive' }),
      ],
      newOrders: [],
      problems: [],
    }),
    mark: async () => 1,
    markOrders: async (orders) => {
      markedToo.push(...orders.map((order) => aMark(Number(order.key.split('/')[1]))));
      return [];
    },
    unmarkOrders: async (keys) => {
      unmarked.push(...keys);
      return [];
    },
    readSelected: async () => selectedToo,
    selectRows: async () => 1,
    selectRow: async () => {},
    writeResults: async (outcomes) => {
      if (resultsLost-- > 0) throw new SheetError('cellEdit');
      writtenOrders.push(...outcomes.map(({ order }) => order));
      written.push(...outcomes.map((outcome) => outcome.key));
      return { kept: 0, filtersLost: [] };
    },
    claimNewOrders: async () => [],
    writeCreated: async () => ({ kept: 0, filtersLost: [] }),
    writePreview: async (outcomes) => {
      if (previewsLost-- > 0) throw new SheetError('cellEdit');
      foretold = outcomes.map((outcome) => outcome.key);
      return { kept: 0, filtersLost: [] };
    },
    settleChanged: async (outcomes, choice) => {
      chosen.push(...outcomes.map((outcome) => `${choice} ${outcome.key}`));
      return { kept: 0, filtersLost: [] };
    },
    writeMovements: async () => {},
    showMovements: async () => {},
    writeFoundMovements: async () => ({ kept: 0, filtersLost: [], columnsLeftOut: [] }),
    filterMovements: async () => {},
    hasChanges: async () => false,
    writeChanges: async () => {},
    showChanges: async () => {},
    writeContent: async (of) => void contents.push(of.length),
    writeApplied: async () => {},
    writeRequests: async () => {},
    readContent: async () => ({ rows: [], system: 1900 }),
    writeShortages: async () => true,
    readLots: async () => ({ rows: [], firstRow: 0 }),
    writeLots: async () => {},
    updateLots: async () => {},
    writeWithdrawals: async () => {},
    openWorkbook: async () => {},
    readPendingRun: async () => pending,
    savePendingRun: async (next) => void (pending = next),
    watch: async () => async () => {},
  };
  const api: OrderBookApi = {
    companies: async () => {
      if (!present) throw new ApiError('unreachable', '/api/companies');
      return [aCompany(here.company), ...others];
    },
    session: async () => ({
      user: here.user,
      company: aCompany(here.company),
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
    explain: unused,
    reservations: async () => [],
    changeReservations: unused,
    file: unused,
    fileAddress: unused,
    papersAddress: unused,
    printPapers: unused,
    savedSearches: async () => [],
    releaseDefaults: async () => keptDefaults,
    keepReleaseDefaults: async (defaults) => (keptDefaults = defaults),
    policy: async () => policy,
    setPolicy: async (changed) => (policy = { ...policy, ...changed }),
    saveSearch: unused,
    deleteSearch: unused,
    search: async (query) => {
      searched.push(query);
      return [anOrder(1)];
    },
    loosen: async (query) => {
      loosened.push(query);
      return { without: [{ criterion: 'item', found: 7 }], states: [{ state: 'executive', found: 1 }] };
    },
    order: async (of) => wholeOrder(of),
    ordersWhole: async (keys) => {
      inOneRequest.push(keys.length);
      return keys.map(wholeOrder);
    },
    movements: async ({ order = [] }) => {
      movementsOf += order.length;
      if (movementsLost-- > 0) throw new ApiError('unreachable', '/api/movements');
      return [];
    },
    preview: async (request) => {
      judged = request;
      return {
        command: request.command,
        at: instant(new Date(0)),
        outcomes: judgedAs ?? request.orders.map(() => anOutcome(1)),
        warehouses: [],
        shortages: [],
        lots: [],
        lotStocks: [],
        load: [],
      };
    },
    perform: async (request, runKey) => {
      sent.push({ request, key: runKey, savedBefore: pending?.key });
      const answer = answers.shift() ?? 'run';
      if (answer !== 'run') throw answer;
      const outcomes = outcomesOf ?? [anOutcome(1), anOutcome(4, { result: 'refused' })];
      return { run: aRun(), replayed: false, outcomes };
    },
    undo: async (run, undoKey) => {
      undone.push({ run, key: undoKey, savedBefore: pending?.key });
      const answer = answers.shift() ?? 'run';
      if (answer !== 'run') throw answer;
      undoable = 0;
      return { run: { ...aRun(), command: 'restore' }, replayed: false, outcomes: [anOutcome(1)] };
    },
    lastRelease: async () => (undoable === 0 ? null : { ...aRun(), undoable }),
    runsOfToday: unused,
    outcomes: unused,
    work: async () => [],
    unwind: async (order) => ({ key: order, version: 1, steps: [] }),
    stepWork: unused,
    openDeclaration: unused,
    stepDeclaration: async (order, number, step) => {
      declared.push(`${step} ${order} ${number}`);
      const answer = declaring.shift() ?? new ApiError('unreachable', '/api/orders');
      if (answer !== 'run') throw answer;
      const outcome = anOutcome(0, { key: order, result: 'declared', order: anOrder(0, { key: order }) });
      return { run: { ...aRun(), command: 'declare' }, replayed: false, outcomes: [outcome] };
    },
  };

  beforeEach(async () => {
    pending = null;
    [sent, answers, written, declared] = [[], [], [], []];
    [declaring, resultsLost, writtenOrders, ordersRead] = [[], 0, [], 0];
    [undone, undoable, judged] = [[], 0, null];
    [movementsLost, movementsOf] = [0, 0];
    [foretold, previewsLost, chosen] = [[], 0, []];
    [markedToo, selectedToo, judgedAs] = [[], [], null];
    [materials, contents, inOneRequest] = [[], [], []];
    outcomesOf = null;
    unmarked = [];
    here = { user: 'anna', company: '1', address: 'https://plant' };
    [ofRows, workbookFor, others] = ['1', null, []];
    defaults = { sequence: 'byStart', includeHidden: false, posting: null };
    [searched, loosened] = [[], []];
    keptDefaults = usualDefaults;
    policy = { ...policyPresets.fluentis, preset: 'fluentis', changedAt: null, changedBy: null };
    [rebuilt, columnsAdded, present] = [0, 0, true];
    pane = aPane();
    await pane.actions.start();
  });
  const aPane = () =>
    createPane({
      api,
      sheet,
      attempts: createAttempts(),
      language: () => 'en',
      defaults: () => defaults,
      address: () => here.address,
      now: () => 0,
      copy: async () => true,
      openWindow: () => true,
    });
  const state = () => pane.store.getState();
  const asksAgain = ({ store }: Pane) => {
    const { pendingRun } = store.getState();
    return pendingRun !== null && mayAskAgain(pendingRun, store.getState());
  };
  const orders = (...of: [number, number][]): { key: OrderKey; version: number }[] =>
    of.map(([number, version]) => ({ key: key(number), version }));

  it('asks for the coming week at first', () => {
    const { startFrom, startTo } = state().criteria.release;
    assert.deepEqual([startFrom, startTo], ['2026-11-20', '2026-11-27']);
  });

  it('leaves what the planner fills in while it connects', async () => {
    pane = aPane();
    const started = pane.actions.start();
    pane.actions.setCriteria({ order: '125' });
    await started;
    const { order, startFrom } = state().criteria.release;
    assert.deepEqual([order, startFrom], ['125', '']);
  });

  it('rebuilds a broken table and fills it with what was searched last', async () => {
    pane.actions.setCriteria({ order: '125', startFrom: '', startTo: '' });
    await pane.actions.search();
    await pane.actions.rebuildTable();
    assert.equal(rebuilt, 1);
    assert.deepEqual(searched.at(-1), { state: ['launched'], order: '125' });
    assert.equal(searched.length, 2);
  });

  it('adds columns that the sheet had no room for, and fills them by a search', async () => {
    await pane.actions.addColumns(pane.actions.search);
    assert.deepEqual([columnsAdded, searched.length], [1, 1]);
  });

  it('connects again by itself where the order book did not answer, and only there', async () => {
    present = false;
    await pane.actions.connect();
    assert.equal(state().connection, 'unreachable');
    assert.equal(state().failures.length, 1);
    present = true;
    await pane.actions.reconnect();
    assert.deepEqual([state().connection, state().trouble], ['ready', null]);
    present = false;
    await pane.actions.reconnect();
    assert.equal(state().connection, 'ready');
  });

  it('is signed out where nobody knows the planner any more, until somebody does', async () => {
    answers = [new ApiError('signedOut', '/api/runs')];
    await pane.actions.commit();
    assert.equal(state().connection, 'signedOut');
    await pane.actions.reconnect();
    assert.equal(state().connection, 'signedOut');
    await pane.actions.resume();
    assert.equal(state().connection, 'ready');
  });

  it('searches by further criteria, each in its own form, and again by the same', async () => {
    const further = {
      customer: ' Rossi% ',
      site: 'A, B',
      bomLevel: '1,2',
      runNumber: '17',
      printed: 'false',
      dueTo: '2026-11-27',
      machine: ' , ',
      project: ' ',
    };
    pane.actions.setCriteria({ ...noCriteria, further });
    await pane.actions.search();
    const query = {
      state: ['launched'],
      customer: 'Rossi%',
      site: ['A', 'B'],
      bomLevel: [1, 2],
      runNumber: 17,
      printed: false,
      dueTo: '2026-11-27',
    };
    assert.deepEqual(searched.at(-1), query);
    pane.actions.setCriteria(noCriteria);
    await pane.actions.searchAgain();
    assert.deepEqual(searched.slice(-2), [query, query]);
    pane.actions.setCriteria({ further });
    await pane.actions.searchWithout('due');
    const { dueTo: _, ...rest } = query;
    assert.deepEqual(searched.at(-1), rest);
  });

  describe('of a search that finds nothing', () => {
    beforeEach(async () => {
      pane.actions.setCriteria({ order: '125', item: 'BK', startFrom: '', startTo: '' });
      await pane.actions.search();
      await pane.actions.readLooser();
    });

    it('asks what it could be loosened by', () => {
      assert.deepEqual(loosened, [{ state: ['launched'], order: '125', item: 'BK' }]);
      const { looser, loaded } = state();
      assert.equal(looser?.of, loaded);
      assert.deepEqual(looser?.by.without, [{ criterion: 'item', found: 7 }]);
    });

    it('searches without one criterion, or without any', async () => {
      await pane.actions.searchWithout('item');
      assert.deepEqual(searched.at(-1), { state: ['launched'], order: '125' });
      await pane.actions.searchWithout(null);
      assert.deepEqual(searched.at(-1), { state: ['launched'] });
    });

    it('searches for the same among the orders of the other view', async () => {
      await pane.actions.searchIn('restore');
      assert.deepEqual(searched.at(-1), { state: ['executive'], order: '125', item: 'BK' });
      assert.equal(state().view, 'restore');
    });
  });

  it('releases the visible marked rows, and the hidden ones only on request', async () => {
    await pane.actions.commit();
    assert.deepEqual(sent[0]?.request, { command: 'release', orders: orders([1, 3]) });
    pane.actions.setIncludeHidden(true);
    await pane.actions.commit();
    assert.deepEqual(sent[1]?.request.orders, orders([1, 3], [2, 5]));
  });

  it('releases in the sequence the planner typed, in preview and release alike', async () => {
    markedToo = [aMark(4, { priority: 2 }), aMark(6, { priority: 1 })];
    const asked = { command: 'release', orders: orders([6, 1], [4, 1], [1, 3]), sequence: 'asGiven' };
    await pane.actions.preview();
    assert.deepEqual(judged, asked);
    await pane.actions.commit();
    assert.deepEqual(sent[0]?.request, asked);
  });

  it('gives scarce stock out from top to bottom for a planner who likes it so, and priorities go before', async () => {
    markedToo = [aMark(6), aMark(4)];
    defaults = { ...defaults, sequence: 'asShown' };
    await pane.actions.commit();
    markedToo = [aMark(6), aMark(4, { priority: 1 })];
    await pane.actions.commit();
    assert.deepEqual(
      sent.map(({ request }) => [request.sequence, request.orders]),
      [
        ['asGiven', orders([1, 3], [6, 1], [4, 1])],
        ['asGiven', orders([4, 1], [1, 3], [6, 1])],
      ],
    );
  });

  it('takes hidden rows along from the start for a planner who likes it so, in either view', async () => {
    defaults = { ...defaults, includeHidden: true };
    const other = aPane();
    await other.actions.start();
    await other.actions.commit();
    assert.deepEqual(sent[0]?.request.orders, orders([1, 3], [2, 5]));
    other.actions.setIncludeHidden(false);
    other.actions.show('restore');
    assert.equal(other.store.getState().includeHidden, true);
  });

  it('posts on the day that was chosen today for this company, and a restore on none', async () => {
    const posting = { company: '1', chosenOn: calendarDate('2026-11-20'), day: calendarDate('2026-10-31') };
    const posted = async (changes: Partial<typeof posting>, view: 'release' | 'restore' = 'release') => {
      defaults = { ...defaults, posting: { ...posting, ...changes } };
      pane.actions.show(view);
      await pane.actions.commit();
      return sent.at(-1)?.request.postingDate;
    };
    assert.equal(await posted({}), '2026-10-31');
    assert.equal(await posted({ company: '2' }), undefined);
    assert.equal(await posted({ chosenOn: calendarDate('2026-11-19') }), undefined);
    assert.equal(await posted({}, 'restore'), undefined);
  });

  it('restores what is marked for restore in the other view', async () => {
    pane.actions.show('restore');
    await pane.actions.commit();
    assert.deepEqual(sent[0]?.request, { command: 'restore', orders: orders([3, 7]) });
  });

  it('has the key of a run in the workbook before it is sent, and takes it out when the outcomes are in', async () => {
    await pane.actions.commit();
    assert.equal(sent[0]?.savedBefore, sent[0]?.key);
    assert.equal(pending, null);
    assert.deepEqual(written, [key(1), key(4)]);
  });

  it('sends an unanswered run again under its own key, even by another pane', async () => {
    answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.commit();
    assert.equal(state().connection, 'unreachable');
    const again = aPane();
    await again.actions.start();
    assert.notEqual(again.store.getState().pendingRun, null);
    await again.actions.resume();
    assert.equal(sent[1]?.key, sent[0]?.key);
    assert.deepEqual(sent[1]?.request, sent[0]?.request);
    assert.equal(pending, null);
  });

  for (const [whom, change] of [
    ['another user', { user: 'bruno' }],
    ['another company', { company: '2' }],
    ['another address', { address: 'https://test' }],
  ] as const) {
    it(`tells ${whom} whose an unanswered run is, and sends nothing`, async () => {
      answers = [new ApiError('unreachable', '/api/runs')];
      await pane.actions.commit();
      assert.equal(asksAgain(pane), true);
      here = { ...here, ...change };
      const other = aPane();
      await other.actions.start();
      assert.equal(asksAgain(other), false);
      assert.equal(
        pending && pendingText(pending, false, [], textsIn('en')),
        'The release of 1 order was sent, but its answer never came. ' +
          'It was sent by anna to company 1 at https://plant: only anna can ask again, and only there.',
      );
      await other.actions.resume();
      await other.actions.commit();
      assert.equal(sent.length, 1);
      assert.notEqual(pending, null);
    });
  }

  it('finds out before it asks again that it is elsewhere by now', async () => {
    answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.commit();
    here = { ...here, address: 'https://test' };
    await pane.actions.resume();
    assert.equal(sent.length, 1);
    assert.equal(asksAgain(pane), false);
    assert.equal(state().connection, 'ready');
  });

  it('does not ask again about a run of which nobody knows where it was sent', async () => {
    const request: RunRequest = { command: 'release', orders: orders([1, 3]) };
    pending = { key: 'old', user: 'anna', company: null, address: null, request };
    const later = aPane();
    await later.actions.start();
    assert.equal(asksAgain(later), false);
    assert.match(pendingText(pending, false, [], textsIn('en')), /sent by anna with an earlier version/);
    await later.actions.resume();
    assert.equal(sent.length, 0);
  });

  it('gives up an unanswered run without sending anything, and goes on with new ones', async () => {
    answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.commit();
    here = { ...here, user: 'bruno' };
    const other = aPane();
    await other.actions.start();
    await other.actions.giveUp();
    assert.deepEqual([pending, other.store.getState().pendingRun, sent.length], [null, null, 1]);
    assert.equal(other.store.getState().marks.marked.length, 3);
    await other.actions.commit();
    assert.equal(sent.length, 2);
    assert.notEqual(sent[1]?.key, sent[0]?.key);
  });

  it('forgets a run that was refused as a whole', async () => {
    const problem = { type: '', title: '', status: 400, code: 'invalidRequest', detail: '' } as const;
    answers = [new ApiError('problem', '/api/runs', problem)];
    await pane.actions.commit();
    assert.equal(pending, null);
    assert.ok(state().trouble?.error instanceof ApiError);
  });

  it('tries only those again that failed, hidden ones included', async () => {
    markedToo = [aMark(4), aMark(5)];
    outcomesOf = [anOutcome(1, { result: 'refused' }), anOutcome(2, { result: 'failed' })];
    outcomesOf.push(anOutcome(4, { result: 'failed' }), anOutcome(5, { result: 'refused' }));
    await pane.actions.commit();
    await pane.actions.retryFailed();
    assert.deepEqual(sent[1]?.request, { command: 'release', orders: orders([4, 1], [2, 5]) });
    assert.notEqual(sent[1]?.key, sent[0]?.key);
    outcomesOf = [anOutcome(4)];
    await pane.actions.retryFailed();
    await pane.actions.retryFailed();
    assert.equal(sent.length, 3, 'nothing failed any more');
  });

  it('says which orders went otherwise than the preview had said, and why', async () => {
    const changed = refusal('REL-03', { order: key(1), user: 'bruno', at: '2026-11-20T09:00:00.000Z' });
    outcomesOf = [
      anOutcome(1, { result: 'refused', refusals: [changed] }),
      anOutcome(4, { result: 'refused' }),
    ];
    await pane.actions.preview();
    await pane.actions.commit();
    const unlike = () => state().result?.unlikePreview.map(({ key: of, refusals }) => [of, refusals]);
    assert.deepEqual(unlike(), [[key(1), [changed]]], 'the preview had not judged the other one');
    await pane.actions.commit();
    assert.deepEqual(unlike(), [], 'that run had no preview');
    outcomesOf = null;
    await pane.actions.preview();
    await pane.actions.commit();
    assert.deepEqual(unlike(), [], 'it went as the preview had said');
  });

  it('lets the planner choose what becomes of each order that somebody else changed', async () => {
    const changed = refusal('REL-03', { order: key(1), user: 'bruno', at: '2026-11-20T09:00:00.000Z' });
    outcomesOf = [1, 2, 4].map((number) => anOutcome(number, { result: 'refused', refusals: [changed] }));
    outcomesOf.push(anOutcome(5, { result: 'refused', refusals: [refusal('REL-06', {})] }));
    await pane.actions.commit();
    await pane.actions.settleChanged([key(2)], 'drop');
    assert.deepEqual(chosen, [`drop ${key(2)}`]);
    assert.deepEqual(
      state().changed.map(({ key: of }) => of),
      [key(1), key(4)],
    );
    await pane.actions.settleChanged([key(1), key(4), key(5)], 'theirs');
    assert.deepEqual(chosen.slice(1), [`theirs ${key(1)}`, `theirs ${key(4)}`]);
    assert.deepEqual(state().changed, []);
  });

  describe('of orders that were refused', () => {
    const short = forceable(refusal('REL-10', { item: 'A', need: '5', available: '1', short: '4' }));
    const blocked = refusal('REL-06', { item: 'B' });
    beforeEach(async () => {
      markedToo = [aMark(4), aMark(5), aMark(6)];
      judgedAs = [
        anOutcome(1),
        anOutcome(4, { result: 'refused', refusals: [short] }),
        anOutcome(5, { result: 'refused', refusals: [short, blocked] }),
        anOutcome(6, { result: 'refused', refusals: [blocked] }),
      ];
      await pane.actions.preview();
    });

    it('forces exactly those that only rules keep which may be forced, after a preview that says so', async () => {
      judgedAs = [anOutcome(4, { warnings: [forced(short)] })];
      await pane.actions.previewForced('Truck at 14:00');
      assert.deepEqual(judged, {
        command: 'release',
        orders: orders([4, 1]),
        force: { reason: 'Truck at 14:00' },
      });
      assert.equal(state().preview?.forced, 'Truck at 14:00');
      await pane.actions.commit();
      assert.deepEqual(sent[0]?.request, judged);
      assert.equal(state().result?.forced, 'Truck at 14:00');
    });

    it('releases as many as stock allows, after a preview that says so, and all marks after another one', async () => {
      judgedAs = [anOutcome(1), anOutcome(4, { result: 'skipped', refusals: [short] })];
      await pane.actions.previewAsStockAllows();
      assert.equal(judged?.asStockAllows, true);
      assert.equal(state().preview?.asStockAllows, true);
      outcomesOf = judgedAs;
      await pane.actions.commit();
      assert.deepEqual(sent[0]?.request, judged);
      assert.deepEqual(state().result?.unlikePreview, [], 'what was to be passed over was');
      await pane.actions.preview();
      await pane.actions.commit();
      assert.equal('asStockAllows' in (sent[1]?.request ?? {}), false);
    });

    it('forces nothing that the preview of the forced release refused', async () => {
      judgedAs = [anOutcome(4, { result: 'refused', refusals: [blocked] })];
      await pane.actions.previewForced('Truck at 14:00');
      await pane.actions.commit();
      assert.equal(sent.length, 0);
    });

    it('forces nothing any more once the planner went back to the preview of all marks', async () => {
      judgedAs = [anOutcome(4)];
      await pane.actions.previewForced('Truck at 14:00');
      await pane.actions.preview();
      await pane.actions.commit();
      assert.deepEqual(sent[0]?.request, {
        command: 'release',
        orders: orders([1, 3], [4, 1], [5, 1], [6, 1]),
      });
    });

    it('forces what a release left refused', async () => {
      outcomesOf = [anOutcome(1), anOutcome(4, { result: 'refused', refusals: [short] })];
      await pane.actions.commit();
      judgedAs = [anOutcome(4)];
      await pane.actions.previewForced('Truck at 14:00');
      assert.deepEqual(judged?.orders, orders([4, 1]));
    });

    it('tries orders again that failed while they were forced, for the same reason', async () => {
      judgedAs = [anOutcome(4)];
      await pane.actions.previewForced('Truck at 14:00');
      outcomesOf = [anOutcome(4, { result: 'failed' })];
      await pane.actions.commit();
      await pane.actions.retryFailed();
      assert.deepEqual(sent[1]?.request, sent[0]?.request);
    });

    it('names an order that was forced against a rule the preview had not named', async () => {
      judgedAs = [anOutcome(4, { warnings: [forced(short)] })];
      await pane.actions.previewForced('Truck at 14:00');
      outcomesOf = [anOutcome(4, { warnings: [forced(short), forced(refusal('REL-07'))] })];
      await pane.actions.commit();
      assert.deepEqual(state().result?.unlikePreview, outcomesOf);
    });
  });

  describe('confirming a release', () => {
    const [first, second] = [key(1), key(2)];
    const judgedWith = (...numbers: number[]) => {
      judgedAs = numbers.map((number) => anOutcome(number, { order: anOrder(number) }));
    };

    it('says of an order what was chosen for it, and of the others what was chosen for all', async () => {
      pane.actions.chooseForAll({ split: false });
      pane.actions.chooseFor(second, { split: true, references: true });
      pane.actions.choosePapers(['routeCard']);
      pane.actions.setIncludeHidden(true);
      await pane.actions.preview();
      assert.deepEqual(judged, {
        command: 'release',
        orders: [
          { key: first, version: 3, split: false },
          { key: second, version: 5, references: true },
        ],
        papers: ['routeCard'],
      });
    });

    it('starts with what the planner keeps, in this pane and the next', async () => {
      pane.actions.chooseForAll({ references: true, split: false });
      pane.actions.chooseFor(second, { split: true });
      pane.actions.choosePapers(['jobCard']);
      await pane.actions.keepDefaults();
      const kept = { references: true, split: false, papers: ['jobCard'] };
      assert.deepEqual([keptDefaults, state().releaseDefaults], [kept, kept]);
      pane = aPane();
      await pane.actions.start();
      const { references, split, papers, own } = state().releaseChoices;
      assert.deepEqual([{ references, split, papers }, own.size], [kept, 0]);
    });

    it('leaves what was chosen since when it connects again', async () => {
      keptDefaults = { references: true, split: true, papers: [] };
      pane.actions.chooseForAll({ split: false });
      await pane.actions.connect();
      const { references, split } = state().releaseChoices;
      assert.deepEqual([references, split], [false, false]);
    });

    it('starts with what was kept for the other company, and with nothing of the one before', async () => {
      pane.actions.choosePapers(['jobCard']);
      others = [aCompany('2')];
      here = { ...here, company: '2' };
      keptDefaults = { references: false, split: true, papers: ['routeCard'] };
      await pane.actions.changeCompany('2');
      assert.deepEqual(state().releaseChoices.papers, ['routeCard']);
    });

    it('shows by which policies the company releases since the last search, and drops a preview by others', async () => {
      assert.equal(state().policy?.preset, 'fluentis');
      policy = { ...policy, shortage: 'refuse', preset: null };
      await pane.actions.search();
      assert.equal(state().policy?.shortage, 'refuse');
      await pane.actions.preview();
      assert.notEqual(state().preview, null);
      await pane.actions.setPolicy(policyPresets.dynamics);
      assert.deepEqual([policy.picking, state().policy?.picking, state().preview], ['work', 'work', null]);
    });

    it('marks the sub-orders that a preview finds, and releases what is marked then', async () => {
      pane.actions.chooseForAll({ references: true });
      judgedWith(1, 7);
      await pane.actions.preview();
      assert.deepEqual(
        markedToo.map((row) => row.key),
        [key(7)],
      );
      assert.deepEqual(foretold, [first, key(7)]);
      await pane.actions.commit();
      assert.deepEqual(sent[0]?.request, { command: 'release', orders: orders([1, 3], [7, 1]) });
    });

    it('marks them before a release that was not previewed', async () => {
      pane.actions.chooseForAll({ references: true });
      judgedWith(1, 7);
      await pane.actions.commit();
      assert.deepEqual(sent[0]?.request, { command: 'release', orders: orders([1, 3], [7, 1]) });
    });

    it('does not bring back a sub-order that was taken out, until the next search', async () => {
      pane.actions.chooseForAll({ references: true });
      judgedWith(1, 7);
      await pane.actions.preview();
      markedToo = [];
      await pane.actions.preview();
      assert.deepEqual(judged?.orders, orders([1, 3]));
      await pane.actions.search();
      await pane.actions.preview();
      assert.deepEqual(judged?.orders, [{ key: first, version: 3, references: true }]);
    });

    it('adds what the criteria find to the marked ones, and takes single orders out', async () => {
      pane.actions.setCriteria({ ...noCriteria, order: '2026/1%' });
      await pane.actions.addFound();
      assert.deepEqual(searched.at(-1), { state: ['launched'], order: '2026/1%' });
      assert.deepEqual(
        markedToo.map((row) => row.key),
        [first],
      );
      await pane.actions.takeOut(first);
      assert.deepEqual(unmarked, [first]);
    });
  });

  describe('holding orders', () => {
    beforeEach(() => {
      selectedToo = [
        { key: key(8), company: '1', version: 2 },
        { key: key(9), company: '2', version: 1 },
      ];
    });

    it('is about the selected rows of its own company, with the reason', async () => {
      await pane.actions.hold('hold', ' Drawing changes ');
      await pane.actions.hold('lift', '');
      assert.deepEqual(
        sent.map(({ request }) => request),
        [
          { command: 'hold', orders: orders([8, 2]), reason: 'Drawing changes' },
          { command: 'lift', orders: orders([8, 2]) },
        ],
      );
      assert.deepEqual(written, [key(1), key(4), key(1), key(4)]);
    });

    it('says so when no order is selected, and sends nothing', async () => {
      selectedToo = selectedToo.slice(1);
      await pane.actions.hold('hold', 'Drawing changes');
      const { trouble } = state();
      assert.ok(trouble?.error instanceof SheetError && trouble.error.code === 'nothingSelected');
      assert.equal(sent.length, 0);
    });

    it('asks again under its own key when its answer never came', async () => {
      answers = [new ApiError('unreachable', '/api/runs')];
      await pane.actions.hold('hold', 'Drawing changes');
      assert.match(
        pending === null ? '' : pendingText(pending, true, [], textsIn('en')),
        /^The hold of 1 order was sent/,
      );
      await pane.actions.resume();
      assert.deepEqual([sent.length, sent[1]?.key, pending], [2, sent[0]?.key, null]);
    });
  });

  it('undoes the last release, also after the next search', async () => {
    undoable = 1;
    await pane.actions.commit();
    await pane.actions.search();
    assert.equal(state().result, null);
    assert.equal(state().lastRelease?.undoable, 1);
    await pane.actions.undoRun();
    assert.deepEqual(undone, [{ run: aRun().id, key: undone[0]?.key, savedBefore: undone[0]?.key }]);
    assert.equal(state().result?.run.command, 'restore');
    assert.equal(state().lastRelease, null, 'nothing is left to undo');
    await pane.actions.undoRun();
    assert.equal(undone.length, 1);
  });

  it('knows the last release of today when it opens', async () => {
    undoable = 3;
    const later = aPane();
    await later.actions.start();
    assert.equal(later.store.getState().lastRelease?.undoable, 3);
  });

  it('asks again about an undo without an answer under its own key', async () => {
    undoable = 2;
    await pane.actions.commit();
    answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.undoRun();
    assert.equal(
      pending && pendingText(pending, true, [], textsIn('en')).split('.')[0],
      'The restore of 2 orders was sent, but its answer never came',
    );
    await pane.actions.resume();
    assert.deepEqual([undone.length, undone[1]?.key, pending], [2, undone[0]?.key, null]);
  });

  it('drops a preview when the marks change', async () => {
    await pane.actions.preview();
    assert.notEqual(state().preview, null);
    assert.deepEqual(foretold, [key(1)]);
    await pane.actions.mark('release', 'visible');
    assert.equal(state().preview, null);
    assert.deepEqual(foretold, [], 'nor do the rows go on saying it');
  });

  it('tells a preview of other orders than are marked by now', async () => {
    judgedAs = [anOutcome(1)];
    await pane.actions.preview();
    assert.equal(isPreviewOutdated(state()), false);
    markedToo = [aMark(4)];
    await pane.actions.refreshMarks();
    assert.equal(isPreviewOutdated(state()), true);
    markedToo = [];
    await pane.actions.refreshMarks();
    assert.equal(isPreviewOutdated(state()), false);
  });

  it('shows a preview although the sheet cannot take it just now, and brings it there on request', async () => {
    previewsLost = 1;
    await pane.actions.preview();
    assert.notEqual(state().preview, null);
    assert.ok(state().trouble?.error instanceof SheetError);
    await state().trouble?.retry?.();
    assert.deepEqual([foretold, state().trouble], [[key(1)], null]);
  });

  it('keeps what failed at hand to be tried again', async () => {
    answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.commit();
    await state().trouble?.retry?.();
    assert.equal(state().trouble, null);
    assert.equal(sent.length, 2);
    assert.equal(sent[1]?.key, sent[0]?.key);
  });

  it('tries again to bring the movements of a run without committing what is still marked', async () => {
    movementsLost = 1;
    await pane.actions.commit();
    assert.equal(pending, null);
    await state().trouble?.retry?.();
    assert.equal(state().trouble, null);
    assert.equal(sent.length, 1);
  });

  it('brings the movements of all marked orders, however many', async () => {
    markedToo = Array.from({ length: 450 }, (_, index) => aMark(1000 + index));
    await pane.actions.search();
    await pane.actions.showMovements();
    assert.equal(movementsOf, 451);
  });

  it('asks anew about hidden rows after every run', async () => {
    pane.actions.setIncludeHidden(true);
    await pane.actions.commit();
    await pane.actions.commit();
    assert.deepEqual(sent[1]?.request.orders, orders([1, 3]));
  });

  describe('in an order book of several companies', () => {
    it('sends nothing about a row of another company, and names the row', async () => {
      workbookFor = '1';
      ofRows = '2';
      const later = aPane();
      await later.actions.start();
      await later.actions.commit();
      assert.equal(sent.length, 0);
      assert.deepEqual(later.store.getState().marks, {
        marked: [],
        newOrders: [],
        problems: [2, 3, 4].map((row) => ({ code: 'otherCompany', row, text: '2' })),
      });
    });

    it('sends the rows of its own company only, where both are marked', async () => {
      markedToo = [aMark(1, { row: 9, company: '2' })];
      await pane.actions.commit();
      assert.deepEqual(sent[0]?.request.orders, orders([1, 3]));
    });

    it('lets the planner choose where the workbook names none', async () => {
      others = [aCompany('2')];
      const later = aPane();
      await later.actions.start();
      const { session, company, companies, trouble } = later.store.getState();
      assert.deepEqual([session, company, trouble], [null, null, null]);
      assert.deepEqual(companies, [aCompany('1'), aCompany('2')]);
      await later.actions.changeCompany('1');
      assert.equal(later.store.getState().session?.company.code, '1');
    });

    it('lets the planner choose where the order book has not the company of the workbook', async () => {
      workbookFor = '7';
      const later = aPane();
      await later.actions.start();
      const { session, company, companies, trouble } = later.store.getState();
      assert.deepEqual([session, company, trouble], [null, '7', null]);
      assert.deepEqual(companies, [aCompany('1')]);
    });

    it('turns the workbook to another company and forgets what it showed', async () => {
      await pane.actions.search();
      await pane.actions.preview();
      pane.actions.setCriteria({ workCentre: ['100'] });
      here = { ...here, company: '2' };
      await pane.actions.changeCompany('2');
      const { company, session, loaded, preview, marks, criteria } = state();
      assert.deepEqual([workbookFor, company, session?.company.code], ['2', '2', '2']);
      assert.deepEqual([loaded, preview, marks.marked], [null, null, []]);
      assert.deepEqual([criteria.release.workCentre, criteria.release.startFrom], [[], '2026-11-20']);
    });

    it('stays with its company until an interrupted run of it is settled', async () => {
      assert.equal(mayChangeCompany(state()), true);
      answers = [new ApiError('unreachable', '/api/runs')];
      await pane.actions.commit();
      assert.equal(mayChangeCompany(state()), false);
      await pane.actions.giveUp();
      assert.equal(mayChangeCompany(state()), true);
    });

    it('shows no order of a row of another company', async () => {
      pane.actions.show('restore');
      await pane.actions.select({ order: key(1), company: '2' });
      assert.equal(state().selected, null);
      await pane.actions.select({ order: key(1), company: '1' });
      assert.equal(state().selected?.key, key(1));
    });
  });

  it('tries a declaration step again on its own order, whatever is selected by then', async () => {
    pane.actions.show('restore');
    await pane.actions.select({ order: key(1), company: '1' });
    await pane.actions.stepDeclaration(1, 'delete');
    const retry = state().trouble?.retry;
    await pane.actions.select({ order: key(2), company: '1' });
    await retry?.();
    assert.deepEqual(declared, [`delete ${key(1)} 1`, `delete ${key(1)} 1`]);
  });

  describe('with the order selected in the restore view', () => {
    const shown = () => state().selected?.detail?.version;
    beforeEach(async () => {
      pane.actions.show('restore');
      await pane.actions.select({ order: key(1), company: '1' });
    });

    it('writes into its row what a step with its declarations changed, and whether it can be restored now', async () => {
      declaring = ['run'];
      await pane.actions.stepDeclaration(1, 'delete');
      assert.deepEqual(written, [key(1)]);
      assert.ok(writtenOrders[0]?.restore, 'the row says it');
      assert.equal(shown(), 2, 'read anew');
    });

    it('brings the outcome of a step to the sheet later, without taking the step again', async () => {
      [declaring, resultsLost] = [['run'], 1];
      await pane.actions.stepDeclaration(1, 'delete');
      assert.deepEqual(written, []);
      await state().trouble?.retry?.();
      assert.deepEqual([declared.length, written, state().trouble], [1, [key(1)], null]);
    });

    it('shows the order as it is now when a step was refused', async () => {
      const problem = { type: '', title: '', status: 409, code: 'refused', detail: '' } as const;
      declaring = [new ApiError('problem', '/api/orders', problem)];
      await pane.actions.stepDeclaration(1, 'delete');
      assert.ok(state().trouble?.error instanceof ApiError);
      assert.equal(shown(), 2);
    });

    it('shows the order as it is now after a run it was in, and only then', async () => {
      outcomesOf = [anOutcome(2)];
      await pane.actions.commit();
      assert.equal(shown(), 1);
      outcomesOf = [anOutcome(1)];
      await pane.actions.commit();
      assert.equal(shown(), 2);
    });

    it('shows the row that is selected when the view is opened, and nothing where none is', async () => {
      pane.actions.show('release');
      pane.actions.show('restore');
      await pane.actions.followSelection();
      assert.equal(state().selected, null);
      selectedToo = [{ key: key(8), company: '1', version: 2 }];
      await pane.actions.followSelection();
      assert.equal(state().selected?.key, key(8));
    });
  });

  describe('loading materials and operations', () => {
    const material = {} as OrderDetail['materials'][number];
    beforeEach(() => {
      selectedToo = Array.from({ length: 250 }, (_, at) => ({ key: key(at + 1), company: '1', version: 1 }));
    });

    it('reads every selected order in few requests, and writes them at once', async () => {
      await pane.actions.loadContent();
      assert.deepEqual([state().trouble, contents], [null, [250]]);
      assert.deepEqual(inOneRequest, [100, 100, 50]);
    });

    it('says so where they are more rows than a sheet is filled with, and reads no further', async () => {
      materials = Array.from({ length: mostContentRows / 100 + 1 }, () => material);
      await pane.actions.loadContent();
      const { trouble } = state();
      assert.ok(trouble?.error instanceof SheetError && trouble.error.code === 'tooManyRows');
      assert.deepEqual(contents, []);
      assert.deepEqual(inOneRequest, [100]);
    });

    it('leaves the sheet as it is where the planner stops the reading', async () => {
      const loading = pane.actions.loadContent();
      pane.store.subscribe(({ work }) => work?.done !== 0 && work?.cancel?.());
      await loading;
      assert.deepEqual([state().trouble, contents], [null, []]);
      assert.deepEqual(inOneRequest, [100, 100]);
    });
  });
});

function aCompany(code: string): Company {
  return { code, name: `Plant ${code}`, timeZone: 'Europe/Rome' };
}

function aRun(): RunSummary {
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
    failed: 0,
    movements: 2,
    undoable: 0,
  };
}

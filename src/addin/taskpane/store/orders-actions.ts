import { usualDefaults } from '../../../contract/release-defaults';
import { addDays } from '../../../domain/calendar';
import type { OrderKey } from '../../../domain/order';
import type { Action } from '../../../domain/transitions';
import type { RowKey } from '../../sync/row-key';
import type { PaneContext } from './context';
import { type Criteria, criteriaOf, noCriteria, queryOf } from './criteria';
import { lotsByNow } from './lot-actions';
import { marksOf } from './marked';
import { noMovements } from './movements';
import { putOrders } from './put-orders';
import { usualRelease } from './release-choices';
import { initialState, noMarks, unreadRuns } from './state';
import type { TodaysRunsActions } from './todays-runs';

const DAYS_AHEAD = 7;

/** What is left of a company in the pane when the workbook turns to another one. */
const blank = {
  session: null,
  workCentres: [],
  saved: [],
  loaded: null,
  kept: 0,
  filtersLost: [],
  columnsLeftOut: [],
  marks: noMarks,
  releaseChoices: usualRelease,
  releaseDefaults: usualDefaults,
  policy: null,
  leftOut: [],
  preview: null,
  result: null,
  changed: [],
  runs: unreadRuns,
  movements: noMovements,
} as const;

/** What is left of a view when the planner turns to the other one. */
const blankView = { preview: null, leftOut: [], result: null, changed: [], selected: null } as const;

export interface OrdersActions {
  /** Reads who and where we are, what the workbook holds, and what was interrupted. */
  readonly start: () => Promise<void>;
  readonly connect: () => Promise<void>;
  /** Lets the workbook work for another company; what it shows of the one before goes. */
  readonly changeCompany: (code: string) => Promise<void>;
  readonly show: (view: Action) => void;
  readonly setCriteria: (change: Partial<Criteria>) => void;
  readonly clearCriteria: () => void;
  readonly search: () => Promise<void>;
  /** Repeats the search whose result is in the sheet, or loads the run again whose orders are. */
  readonly searchAgain: () => Promise<void>;
  readonly mark: (action: Action | null, rows: 'selected' | 'visible') => Promise<void>;
  /** Counts the marks again: cheap enough to follow what the planner types. */
  readonly refreshMarks: () => Promise<void>;
  readonly setIncludeHidden: (include: boolean) => void;
  readonly selectRows: (orders: readonly OrderKey[]) => Promise<void>;
  readonly selectRow: (row: number) => Promise<void>;
  readonly dismissTrouble: () => void;
  /** Makes a broken orders table whole again, and fills it with what was searched last. */
  readonly rebuildTable: () => Promise<void>;
  /** Adds the columns of this version that a sheet had no room for, and fills them with a search. */
  readonly addColumns: (search: () => Promise<void>) => Promise<void>;
  /** Asks again who we are, where the order book did not answer. Nothing else that failed is tried again. */
  readonly reconnect: () => Promise<void>;
}

/** `onSelection` hears which row of ours is selected in the sheet. */
export function ordersActions(
  pane: PaneContext,
  onSelection: (row: RowKey | null) => Promise<void>,
  loadRun: TodaysRunsActions['loadRun'],
): OrdersActions {
  const { get, set, api, sheet, work, readMarks } = pane;

  const connect = async () => {
    set({ connection: 'connecting', address: pane.address() });
    await work('sheet', async () => {
      if (get().company === null) set({ company: await sheet.readCompany() });
      await meet();
    });
  };

  /** Asks who we are in the workbook's company; the planner chooses where the order book has several others. */
  const meet = async () => {
    const companies = await api.companies();
    const [only, ...more] = companies;
    if (only === undefined)
      return set({ connection: 'ready', companies, session: null, syncedAt: pane.now() });
    const company = get().company ?? (more.length === 0 ? only.code : undefined);
    if (!companies.some(({ code }) => code === company)) {
      const nobody = { session: null, workCentres: [], lastRelease: null };
      return set({ connection: 'ready', companies, ...nobody, syncedAt: pane.now() });
    }
    set({ companies, company: company ?? null });
    const [session, workCentres, saved, lastRelease, releaseDefaults, policy] = await Promise.all([
      api.session(),
      api.workCentres(),
      api.savedSearches(),
      api.lastRelease(),
      api.releaseDefaults(),
      api.policy(),
    ]);
    const read = { session, workCentres, saved, lastRelease, releaseDefaults, policy };
    set({ connection: 'ready', ...read, syncedAt: pane.now() });
    if (get().releaseChoices === usualRelease)
      set({ releaseChoices: { ...usualRelease, ...releaseDefaults } });
    // What the planner filled in while we asked stays.
    if (get().criteria !== initialState.criteria) return;
    const release = {
      ...noCriteria,
      startFrom: session.today,
      startTo: addDays(session.today, DAYS_AHEAD),
    };
    set({ criteria: { release, restore: noCriteria, refresh: noCriteria } });
  };

  /** What the sheet shows of the orders of this view beside what every search finds. */
  const moreOf = async (view: Action) => {
    if (view === 'restore') return 'restore';
    return (await sheet.showsMaterials()) ? 'materials' : null;
  };

  const find = (view: Action, criteria: Criteria) =>
    work(
      'search',
      async ({ signal, progress, writing }) => {
        const query = queryOf(criteria, view);
        const company = await pane.company();
        const more = await moreOf(view);
        const [orders, session, policy] = await Promise.all([
          api.search(query, more, progress, signal),
          api.session(),
          api.policy(),
        ]);
        set({ policy });
        await putOrders(pane, orders, session, { company, view, query }, writing);
      },
      true,
    );

  const searchAgain = async () => {
    const { loaded, view } = get();
    if (loaded === null) return find(view, get().criteria[view]);
    if (loaded.run !== undefined) return loadRun(loaded.run);
    return find(view, criteriaOf(loaded.query));
  };

  const refreshMarks = async () => {
    // While other work is under way it reads the marks itself; a failure here is told by the next piece of work.
    if (get().work !== null) return;
    const marks = await sheet.readMarks().catch(() => null);
    const lots = await lotsByNow(pane).catch(() => null);
    if (get().work !== null) return;
    if (marks !== null) set({ marks: marksOf(get().company, marks) });
    if (lots !== null) set({ lotsInSheet: lots });
  };

  return {
    async start() {
      await work('sheet', async () => {
        await sheet.watch({
          onSelection: (row) => void onSelection(row),
          onEdit: () => void refreshMarks(),
        });
        set({ company: await sheet.readCompany(), filtersLost: await sheet.restoreFilters() });
        set({ loaded: await sheet.readLoaded(), pendingRun: await sheet.readPendingRun() });
        const view = get().loaded?.view ?? get().view;
        set({ view });
        await readMarks();
      });
      await connect();
    },
    connect,
    changeCompany: (company) =>
      work('sheet', async () => {
        await sheet.changeCompany(company);
        await onSelection(null);
        const { criteria } = initialState;
        set({ ...blank, company, criteria, includeHidden: pane.defaults().includeHidden });
        await meet();
      }),
    show(view) {
      // What is under way belongs to the view it was started in.
      if (get().work !== null) return;
      const back = get().page !== 'orders' && get().view === view;
      set({ page: 'orders' });
      if (back) return;
      set({ view, ...blankView, includeHidden: pane.defaults().includeHidden });
    },
    setCriteria(change) {
      const { criteria, view } = get();
      set({ criteria: { ...criteria, [view]: { ...criteria[view], ...change } } });
    },
    clearCriteria: () => set({ criteria: { ...get().criteria, [get().view]: noCriteria } }),
    search: () => find(get().view, get().criteria[get().view]),
    searchAgain,
    mark: (action, rows) =>
      work('mark', async () => {
        await sheet.mark(action, rows, pane.language());
        // Other marks, other shares of what is scarce: what the rows say of the run before goes as well.
        if (get().preview !== null) await sheet.writePreview([], await pane.company(), pane.language());
        set({ preview: null });
        await readMarks();
      }),
    refreshMarks,
    setIncludeHidden: (includeHidden) => set({ includeHidden, preview: null }),
    selectRows: (orders) =>
      work('sheet', async () => void (await sheet.selectRows(orders, await pane.company()))),
    selectRow: (row) => work('sheet', () => sheet.selectRow(row)),
    dismissTrouble: () => set({ trouble: null }),
    async rebuildTable() {
      await work('sheet', () => sheet.rebuild(pane.language()));
      if (get().trouble === null) await searchAgain();
    },
    async addColumns(search) {
      await work('sheet', () => sheet.addColumns(pane.language()));
      if (get().trouble === null) await search();
    },
    async reconnect() {
      if (get().connection === 'unreachable' && get().work === null) await connect();
    },
  };
}

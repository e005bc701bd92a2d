import assert from 'node:assert/strict';
import { ApiError } from '../../src/addin/api/errors';
import type { OrderBookApi } from '../../src/addin/api/order-book';
import type { LoadedSearch, Sheet } from '../../src/addin/sync/sheet';
import type { Ports } from '../../src/addin/taskpane/store/context';
import { createPane, type Pane } from '../../src/addin/taskpane/store/pane';
import { isLoadable } from '../../src/addin/taskpane/store/todays-runs';
import type { Outcome, RunSummary } from '../../src/contract/runs';
import { calendarDate, instant } from '../../src/domain/calendar';
import { textsIn } from '../../src/addin/texts';
import { notDoneText } from '../../src/addin/taskpane/not-done-text';
import { anOrder, anOutcome } from './excel/workbook';

const aRun = (number: number, changes: Partial<RunSummary> = {}): RunSummary => ({
  id: `run ${number}`,
  number,
  command: 'release',
  state: 'done',
  actor: 'anna',
  openedAt: instant(new Date('2026-11-20T09:00:00Z')),
  closedAt: instant(new Date('2026-11-20T09:01:00Z')),
  postingDate: null,
  undoes: null,
  total: 2,
  done: 2,
  succeeded: 1,
  refused: 1,
  skipped: 0,
  failed: 0,
  movements: 1,
  undoable: 1,
  ...changes,
});

describe("today's runs in the pane", () => {
  let pane: Pane;
  let today: RunSummary[];
  let outcomes: Outcome[];
  let lost: boolean;
  let asked: string[];
  let written: { orders: string[]; search: LoadedSearch }[];

  beforeEach(() => {
    today = [aRun(18), aRun(17)];
    outcomes = [anOutcome(1), anOutcome(2, { result: 'refused' })];
    [lost, asked, written] = [false, [], []];
    const api: Pick<OrderBookApi, 'runsOfToday' | 'outcomes' | 'session'> = {
      async runsOfToday() {
        const items = [...today];
        asked.push('runs');
        if (lost) throw new ApiError('unreachable', '/api/runs');
        return { items, next: null, total: 60 };
      },
      async outcomes(run) {
        asked.push(run);
        if (lost) throw new ApiError('unreachable', '/api/runs');
        return outcomes;
      },
      session: async () => ({ user: 'anna', today: calendarDate('2026-11-20') }) as never,
    };
    const sheet: Pick<Sheet, 'writeOrders' | 'readMarks'> = {
      async writeOrders(orders, search) {
        written.push({ orders: orders.map(({ key }) => key), search });
        return { kept: 0, filtersLost: [], columnsLeftOut: [], loaded: search };
      },
      readMarks: async () => ({ marked: [], newOrders: [], problems: [] }),
    };
    // Nothing else of the surroundings is asked for.
    const ports = {
      api,
      sheet,
      language: () => 'en',
      defaults: () => ({ sequence: 'byStart', includeHidden: false, posting: null }),
      address: () => 'https://plant',
      now: () => 7,
    };
    pane = createPane(ports as unknown as Ports);
    pane.store.setState({ company: '1' });
  });
  const state = () => pane.store.getState();

  it('are not asked for before the planner wants to see them', async () => {
    assert.equal(state().runs.items, null);
    await pane.actions.readRuns();
    assert.deepEqual(
      state().runs.items?.map(({ number }) => number),
      [18, 17],
    );
    assert.equal(state().runs.total, 60);
  });

  it('stay in view when they cannot be read again, with the reason until they can', async () => {
    await pane.actions.readRuns();
    lost = true;
    await pane.actions.readRuns();
    assert.ok(state().runs.error instanceof ApiError);
    assert.equal(state().runs.items?.length, 2);
    assert.equal(state().trouble, null, 'nothing else is in the way');
    lost = false;
    await pane.actions.readRuns();
    assert.equal(state().runs.error, null);
  });

  for (const failing of [false, true]) {
    it(`of the company before do not show up in the next one (${failing ? 'lost' : 'answered'})`, async () => {
      lost = failing;
      const reading = pane.actions.readRuns();
      pane.store.setState({ company: '2' });
      await reading;
      assert.deepEqual(state().runs, { items: null, total: 0, error: null });
    });
  }

  it('put their orders into the sheet, refused ones too, in the view for most of them', async () => {
    await pane.actions.loadRun(aRun(17));
    assert.deepEqual(asked, ['run 17']);
    assert.deepEqual(written[0], {
      orders: [anOrder(1).key, anOrder(2).key],
      search: {
        company: '1',
        view: 'restore',
        query: {},
        run: { id: 'run 17', number: 17 },
        today: '2026-11-20',
        found: 2,
        at: 7,
      },
    });
    assert.equal(state().view, 'restore');
    assert.deepEqual(state().loaded, written[0]?.search);
  });

  it('leave out what was never an order', async () => {
    outcomes = [anOutcome(1), anOutcome(9, { result: 'refused', order: null })];
    await pane.actions.loadRun(aRun(17));
    assert.deepEqual(written[0]?.orders, [anOrder(1).key]);
  });

  it('are loaded again when the search is repeated, in the view for what became of their orders', async () => {
    await pane.actions.loadRun(aRun(17));
    const restored = anOrder(1, { state: 'launched', version: 5 });
    outcomes = [anOutcome(1, { order: restored }), anOutcome(2, { order: anOrder(2) })];
    await pane.actions.searchAgain();
    assert.deepEqual(asked, ['run 17', 'run 17']);
    assert.equal(written[1]?.search.view, 'release');
    assert.equal(state().view, 'release');
  });

  it('that cannot be loaded leave sheet and view alone, with a way to try again', async () => {
    lost = true;
    await pane.actions.loadRun(aRun(17));
    assert.equal(state().view, 'release');
    assert.deepEqual(written, []);
    lost = false;
    await state().trouble?.retry?.();
    assert.equal(written.length, 1);
    assert.equal(state().view, 'restore');
  });

  it('say apart what was passed over, refused and failed, and nothing of what there is none of', () => {
    const [en, it] = [textsIn('en'), textsIn('it')];
    assert.deepEqual(notDoneText(aRun(1, { skipped: 3, failed: 2 }), en), [
      '3 passed over',
      '1 refused',
      '2 failed',
    ]);
    assert.deepEqual(notDoneText(aRun(1, { skipped: 1, refused: 0 }), it), ['1 saltato']);
    assert.deepEqual(notDoneText(aRun(1, { skipped: 2, refused: 0 }), it), ['2 saltati']);
  });

  it('have no orders to load while they are under way, and none of an import', () => {
    assert.equal(isLoadable(aRun(1)), true);
    assert.equal(isLoadable(aRun(1, { state: 'cancelled' })), true);
    assert.equal(isLoadable(aRun(1, { state: 'open' })), false);
    assert.equal(isLoadable(aRun(1, { command: 'import' })), false);
    assert.equal(isLoadable(aRun(1, { total: 0 })), false);
  });
});

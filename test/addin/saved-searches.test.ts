import assert from 'node:assert/strict';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { ApiError } from '../../src/addin/api/errors';
import type { OrderBookApi } from '../../src/addin/api/order-book';
import { paneContext, type Ports } from '../../src/addin/taskpane/store/context';
import { isShownWhole, savedActions, type SavedActions } from '../../src/addin/taskpane/store/saved-actions';
import { noCriteria } from '../../src/addin/taskpane/store/criteria';
import { initialState, type PaneState } from '../../src/addin/taskpane/store/state';
import type { SavedSearch } from '../../src/contract/saved-searches';
import { calendarDate, instant } from '../../src/domain/calendar';

const at = instant(new Date('2026-11-20T09:00:00Z'));

describe('saved searches in the pane', () => {
  let stored: SavedSearch[];
  let failing: boolean;
  let store: StoreApi<PaneState>;
  let actions: SavedActions;
  let searched: PaneState['criteria']['release'][];

  const api: Pick<OrderBookApi, 'savedSearches' | 'saveSearch' | 'deleteSearch'> = {
    savedSearches: async () => [...stored],
    async saveSearch(name, query) {
      if (failing) throw new ApiError('unreachable', '/api/saved-searches');
      stored = [...stored.filter((one) => one.name !== name), { name, query, today: {}, changedAt: at }];
    },
    deleteSearch: async (name) => void (stored = stored.filter((one) => one.name !== name)),
  };

  beforeEach(() => {
    stored = [];
    failing = false;
    searched = [];
    const session = { user: 'anna', today: calendarDate('2026-11-20') } as PaneState['session'];
    store = createStore<PaneState>(() => ({ ...initialState, session }));
    // Nothing else of the surroundings is asked for.
    const pane = paneContext({ api, now: () => 0 } as unknown as Ports, store);
    actions = savedActions(pane, {
      show: (view) => store.setState({ view }),
      setCriteria: (change) => {
        const { criteria, view } = store.getState();
        store.setState({ criteria: { ...criteria, [view]: { ...criteria[view], ...change } } });
      },
      search: async () => {
        const { criteria, view } = store.getState();
        searched.push(criteria[view]);
      },
    });
  });
  const fill = (release: Partial<PaneState['criteria']['release']>) =>
    store.setState({
      criteria: { release: { ...noCriteria, ...release }, restore: noCriteria, refresh: noCriteria },
    });

  it('keep the criteria of the view, and show at once', async () => {
    fill({ item: ' FR% ', workCentre: ['210'], startFrom: '2026-12-01' });
    await actions.saveSearch('Frames');
    const query = { state: ['launched'], item: 'FR%', workCentre: ['210'], startFrom: '2026-12-01' };
    assert.deepEqual(
      store.getState().saved.map((one) => [one.name, one.query]),
      [['Frames', query]],
    );
  });

  it('keep today, this week and the next days as days that move on', async () => {
    const spans = [
      ['2026-11-20', '2026-11-20', { anchor: 'today', plus: 0 }, { anchor: 'today', plus: 0 }],
      ['2026-11-16', '2026-11-22', { anchor: 'startOfWeek', plus: 0 }, { anchor: 'endOfWeek', plus: 0 }],
      ['2026-11-20', '2026-11-27', { anchor: 'today', plus: 0 }, { anchor: 'today', plus: 7 }],
      ['2026-11-20', '2026-11-28', '2026-11-20', '2026-11-28'],
    ] as const;
    for (const [startFrom, startTo, from, to] of spans) {
      fill({ startFrom, startTo });
      await actions.saveSearch('Days');
      const [saved] = stored;
      assert.deepEqual([saved?.query.startFrom, saved?.query.startTo], [from, to]);
    }
  });

  it('are filled in and searched for in the view they are for, with the days of today', async () => {
    const today = { state: ['executive' as const], startTo: calendarDate('2026-11-27'), order: '2026/' };
    const query = { ...today, startTo: { anchor: 'today' as const, plus: 7 } };
    store.setState({ saved: [{ name: 'Week', query, today, changedAt: at }] });
    store.setState({
      criteria: { ...store.getState().criteria, restore: { ...noCriteria, item: 'left over' } },
    });
    await actions.searchSaved('Week');
    assert.equal(store.getState().view, 'restore');
    assert.deepEqual(searched, [{ ...noCriteria, order: '2026/', startTo: '2026-11-27' }]);
  });

  it('keep every further criterion, its days moving on as well, and fill it in again', async () => {
    const further = {
      dueFrom: '2026-11-16',
      dueTo: '2026-11-22',
      customer: 'Rossi',
      site: 'A, B',
      onHold: 'false',
    };
    fill({ order: '2026/', further });
    await actions.saveSearch('More');
    const fixed = {
      state: ['launched' as const],
      order: '2026/',
      customer: 'Rossi',
      site: ['A', 'B'],
      onHold: false,
    };
    const [{ query } = { query: null }] = stored;
    assert.deepEqual(query, {
      ...fixed,
      dueFrom: { anchor: 'startOfWeek', plus: 0 },
      dueTo: { anchor: 'endOfWeek', plus: 0 },
    });
    const today = { ...fixed, dueFrom: calendarDate('2026-11-16'), dueTo: calendarDate('2026-11-22') };
    store.setState({ saved: stored.map((one) => ({ ...one, today })) });
    fill({});
    await actions.searchSaved('More');
    assert.deepEqual(searched, [{ ...noCriteria, order: '2026/', further }]);
  });

  it('go when they are deleted', async () => {
    await actions.saveSearch('One');
    await actions.saveSearch('Two');
    await actions.deleteSaved('One');
    assert.deepEqual(
      store.getState().saved.map(({ name }) => name),
      ['Two'],
    );
  });

  it('that could not be saved are told of, with a way to try again', async () => {
    failing = true;
    await actions.saveSearch('One');
    const { trouble } = store.getState();
    assert.ok(trouble?.error instanceof ApiError);
    failing = false;
    await trouble?.retry?.();
    assert.equal(store.getState().saved.length, 1);
  });

  it('with criteria the pane has no field for are not for the pane', () => {
    assert.ok(isShownWhole({ state: ['launched'], order: '1', item: 'A', workCentre: ['1'] }));
    assert.ok(
      isShownWhole({ item: 'A', customer: 'Rossi', dueTo: { anchor: 'today', plus: 7 }, site: ['A', 'B'] }),
    );
    assert.ok(!isShownWhole({ item: 'A', year: 2026 }));
    assert.ok(!isShownWhole({ site: ['A, B'] }), 'a code with a comma would be read as two');
  });
});

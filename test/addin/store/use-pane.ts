import { createAttempts } from '../../../src/addin/api/attempts';
import type { OrderBookApi } from '../../../src/addin/api/order-book';
import type { Sheet } from '../../../src/addin/sync/sheet';
import type { Defaults } from '../../../src/addin/taskpane/store/context';
import { createPane, type Pane } from '../../../src/addin/taskpane/store/pane';
import type { PaneState } from '../../../src/addin/taskpane/store/state';
import { orderKey, type OrderKey } from '../../../src/domain/order';
import { bookPort, type FakeBook, freshBook, type Whereabouts } from './fake-book';
import { type FakeSheet, freshSheet, sheetPort } from './fake-sheet';

/** Who sits at the pane. */
interface FakePlanner {
  here: Whereabouts;
  defaults: Defaults;
}

export interface PaneOnFakes {
  /** The pane of the running test, started. */
  readonly pane: Pane;
  /** Another pane on the same workbook and order book, not started. */
  readonly aPane: () => Pane;
  readonly state: () => PaneState;
  readonly book: FakeBook;
  readonly sheet: FakeSheet;
  readonly planner: FakePlanner;
}

/** A pane for each test of the surrounding `describe`, with an order book and a workbook that do as the test says. */
export function usePane(): PaneOnFakes {
  const book = freshBook();
  const sheet = freshSheet();
  const planner = freshPlanner();
  let ports: { readonly api: OrderBookApi; readonly sheet: Sheet };
  let current: Pane;
  const aPane = () =>
    createPane({
      ...ports,
      attempts: createAttempts(),
      language: () => 'en',
      defaults: () => planner.defaults,
      address: () => planner.here.address,
      now: () => 0,
      copy: async () => true,
      openWindow: () => true,
    });
  beforeEach('open the pane', async () => {
    Object.assign(book, freshBook());
    Object.assign(sheet, freshSheet());
    Object.assign(planner, freshPlanner());
    ports = { api: bookPort(book, sheet, () => planner.here), sheet: sheetPort(sheet) };
    current = aPane();
    await current.actions.start();
  });
  return {
    pane: {
      get actions() {
        return current.actions;
      },
      get store() {
        return current.store;
      },
    },
    aPane,
    state: () => current.store.getState(),
    book,
    sheet,
    planner,
  };
}

const freshPlanner = (): FakePlanner => ({
  here: { user: 'anna', company: '1', address: 'https://plant' },
  defaults: { sequence: 'byStart', includeHidden: false, posting: null },
});

export const key = (number: number) => orderKey({ year: 2026, number, lot: 0 });

/** Orders as a request names them, by number and version. */
export const orders = (...of: [number, number][]): { key: OrderKey; version: number }[] =>
  of.map(([number, version]) => ({ key: key(number), version }));

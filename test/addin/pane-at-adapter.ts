import { createAttempts } from '../../src/addin/api/attempts';
import { connect } from '../../src/addin/api/connection';
import { orderBookApi } from '../../src/addin/api/order-book';
import { createPane, type Pane } from '../../src/addin/taskpane/store/pane';
import type { PaneState } from '../../src/addin/taskpane/store/state';
import type { Language } from '../../src/language/text';
import type { TestAdapter } from '../adapter/http/adapter';
import type { TestWorkbook } from './excel/workbook';

export interface PaneAtAdapter {
  /** The pane of the running test, started. */
  readonly pane: Pane;
  readonly state: () => PaneState;
  /** English at the start of every test. */
  language: Language;
  /** `method path` of every request of the running test. */
  readonly asked: string[];
}

/** A pane for each test of the surrounding `describe`, between its workbook and its adapter, which it asks over HTTP. */
export function usePaneAtAdapter(adapter: TestAdapter, workbook: TestWorkbook): PaneAtAdapter {
  let baseUrl: string;
  let current: Pane;
  before('have the adapter listen', async () => {
    baseUrl = await adapter.server.listen({ host: '127.0.0.1', port: 0 });
  });
  beforeEach('open the pane', async () => {
    opened.language = 'en';
    opened.asked.length = 0;
    const settings = () => {
      return { baseUrl: '', language: opened.language, company: current.store.getState().company };
    };
    const send = connect(settings, (address, request) => {
      opened.asked.push(`${request.method} ${address.split('?')[0]}`);
      return fetch(new URL(address, baseUrl), request);
    });
    current = createPane({
      api: orderBookApi(send, async () => {}),
      sheet: workbook.sheet,
      attempts: createAttempts(),
      language: () => opened.language,
      defaults: () => ({ sequence: 'byStart', includeHidden: false, posting: null }),
      address: () => baseUrl,
      now: () => Date.parse(adapter.now),
      copy: async () => true,
      openWindow: () => true,
    });
    await current.actions.start();
  });
  const opened: PaneAtAdapter = {
    language: 'en',
    asked: [],
    pane: {
      get actions() {
        return current.actions;
      },
      get store() {
        return current.store;
      },
    },
    state: () => current.store.getState(),
  };
  return opened;
}

import assert from 'node:assert/strict';
import type { SearchReport, Sheet, Writing } from '../../src/addin/sync/sheet';
import type { Ports } from '../../src/addin/taskpane/store/context';
import { createPane, type Pane } from '../../src/addin/taskpane/store/pane';
import { calendarDate } from '../../src/domain/calendar';
import { anOrder, aSearch } from './excel/workbook';

describe('a search that writes the sheet', () => {
  let pane: Pane;
  let write: (writing: Writing) => SearchReport;
  const before = aSearch(7);

  beforeEach(() => {
    const api = {
      search: async () => [anOrder(1), anOrder(2)],
      session: async () => ({ user: 'anna', today: calendarDate('2026-11-20') }),
      policy: async () => null,
    };
    const sheet: Pick<Sheet, 'writeOrders' | 'readMarks' | 'showsMaterials'> = {
      writeOrders: async (_orders, _search, _language, writing = {}) => write(writing),
      readMarks: async () => ({ marked: [], newOrders: [], problems: [] }),
      showsMaterials: async () => true,
    };
    // Nothing else of the surroundings is asked for.
    const ports = {
      ...{ api, sheet, language: () => 'en', address: () => 'https://plant', now: () => 7 },
      defaults: () => ({ sequence: 'byStart', includeHidden: false, posting: null }),
    };
    pane = createPane(ports as unknown as Ports);
    pane.store.setState({ company: 'IT', loaded: before, kept: 2 });
  });

  it('says how far the writing is, and is stopped by Cancel', async () => {
    write = ({ progress, signal }) => {
      progress?.(1, 2);
      const { work } = pane.store.getState();
      assert.deepEqual([work?.kind, work?.done, work?.total], ['write', 1, 2]);
      work?.cancel?.();
      assert.equal(signal?.aborted, true);
      return { kept: 0, filtersLost: [], columnsLeftOut: [], loaded: { ...aSearch(2), written: 1 } };
    };
    await pane.actions.search();
    const { loaded, work, trouble } = pane.store.getState();
    assert.equal(loaded?.written, 1);
    assert.deepEqual([work, trouble], [null, null]);
  });

  it('leaves what the pane says of the sheet where nothing was written', async () => {
    write = () => ({ kept: 0, filtersLost: [], columnsLeftOut: [], loaded: null });
    await pane.actions.search();
    const { loaded, kept } = pane.store.getState();
    assert.deepEqual([loaded, kept], [before, 2]);
  });
});

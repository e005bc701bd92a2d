import assert from 'node:assert/strict';
import { ApiError } from '../../src/addin/api/errors';
import type { OrderBookApi } from '../../src/addin/api/order-book';
import type { Sheet } from '../../src/addin/sync/sheet';
import { base64Of } from '../../src/addin/taskpane/base64';
import { openWindow } from '../../src/addin/taskpane/open-window';
import type { Ports } from '../../src/addin/taskpane/store/context';
import { createPane, type Pane } from '../../src/addin/taskpane/store/pane';
import type { DownloadFormat, Exportable } from '../../src/contract/downloads';
import type { ExportForm } from '../../src/contract/exports';

const found: Exportable = { kind: 'movements', query: { item: 'A%' } };

describe('exports from the pane', () => {
  let pane: Pane;
  let lost: boolean;
  let mayCopy: boolean;
  let mayOpen: boolean;
  let asked: { what: Exportable; form: ExportForm | DownloadFormat }[];
  let opened: string[];
  let copied: string[];
  let windows: string[];

  beforeEach(() => {
    [lost, mayCopy, mayOpen, asked, opened, copied, windows] = [false, true, true, [], [], [], []];
    const api: Pick<OrderBookApi, 'file' | 'fileAddress'> = {
      async file(what, form) {
        asked.push({ what, form });
        if (lost) throw new ApiError('unreachable', '/api/movements/export');
        return new TextEncoder().encode('\uFEFFArticolo\tQuantità\r\n');
      },
      async fileAddress(what, format) {
        asked.push({ what, form: format });
        if (lost) throw new ApiError('unreachable', '/api/downloads');
        return '/api/downloads/C1/secret';
      },
    };
    const sheet: Pick<Sheet, 'openWorkbook'> = { openWorkbook: async (file) => void opened.push(file) };
    // Nothing else of the surroundings is asked for.
    const ports = {
      api,
      sheet,
      language: () => 'en',
      address: () => 'https://plant',
      now: () => 7,
      defaults: () => ({ sequence: 'byStart', includeHidden: false, posting: null }),
      copy: async (text: string) => (mayCopy && copied.push(text), mayCopy),
      openWindow: (address: string) => (mayOpen && windows.push(address), mayOpen),
    };
    pane = createPane(ports as unknown as Ports);
  });
  const exported = () => pane.store.getState().exported;

  it('open as a new workbook', async () => {
    await pane.actions.openAsWorkbook(found, 'movements');
    assert.deepEqual(asked, [{ what: found, form: { format: 'xlsx' } }]);
    assert.equal(Buffer.from(opened[0] ?? '', 'base64').toString(), '\uFEFFArticolo\tQuantità\r\n');
    assert.deepEqual(exported(), { place: 'movements', how: 'workbook' });
  });

  it('are copied as rows a spreadsheet takes up, without the mark that files begin with', async () => {
    await pane.actions.copyRows(found, 'movements');
    assert.deepEqual(asked[0]?.form, { format: 'csv', separator: 'tab' });
    assert.deepEqual(copied, ['Articolo\tQuantità\r\n']);
    assert.deepEqual(exported(), { place: 'movements', how: 'copied' });
  });

  it('say so where the clipboard is closed to the pane', async () => {
    mayCopy = false;
    await pane.actions.copyRows(found, 'movements');
    assert.equal(exported()?.how, 'copyRefused');
  });

  it('are downloaded by a browser, from the address of the order book', async () => {
    const log: Exportable = { kind: 'log', run: 'r17' };
    await pane.actions.download(log, 'csv', 'result');
    assert.deepEqual(asked, [{ what: log, form: 'csv' }]);
    assert.deepEqual(windows, ['https://plant/api/downloads/C1/secret']);
    assert.deepEqual(exported(), { place: 'result', how: 'window' });
  });

  it('leave a link where no window can be opened, which is gone once it was followed', async () => {
    mayOpen = false;
    await pane.actions.download(found, 'xlsx', 'movements');
    const address = 'https://plant/api/downloads/C1/secret';
    assert.deepEqual(exported(), { place: 'movements', how: 'link', address });
    pane.actions.followedLink();
    assert.deepEqual(exported(), { place: 'movements', how: 'window' });
  });

  it('say nothing more once something else is begun', async () => {
    await pane.actions.openAsWorkbook(found, 'movements');
    lost = true;
    await pane.actions.download(found, 'csv', 'movements');
    assert.deepEqual([exported(), windows], [null, []]);
  });

  it('say so where the order book does not answer, and offer to try again', async () => {
    lost = true;
    await pane.actions.openAsWorkbook(found, 'movements');
    assert.deepEqual([opened, exported()], [[], null]);
    lost = false;
    await pane.store.getState().trouble?.retry?.();
    assert.equal(opened.length, 1);
  });

  it('carry any bytes', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_unused, at) => at % 256);
    assert.deepEqual(new Uint8Array(Buffer.from(base64Of(bytes), 'base64')), bytes);
  });
});

describe('a window of a browser', () => {
  const ADDRESS = 'https://plant/api/downloads/C1/secret';
  const known = globalThis as { Office?: unknown; open?: unknown };
  const { Office: office, open } = known;
  afterEach(() => Object.assign(globalThis, { Office: office, open }));

  /** Excel that has, or has not, the way to a browser of its own; a page that may, or may not, open windows. */
  function surroundings(own: boolean, page: () => object | null): string[] {
    const asked: string[] = [];
    known.Office = {
      context: {
        requirements: {
          isSetSupported: (set: string, version: string) =>
            own && set === 'OpenBrowserWindowApi' && version === '1.1',
        },
        ui: { openBrowserWindow: (address: string) => void asked.push(`Office ${address}`) },
      },
    };
    known.open = (address: string, target: string) => (asked.push(`page ${address} ${target}`), page());
    return asked;
  }

  it('is opened by Office where it can', () => {
    const asked = surroundings(true, () => null);
    assert.equal(openWindow(ADDRESS), true);
    assert.deepEqual(asked, [`Office ${ADDRESS}`]);
  });

  it('is opened by the page elsewhere, and does not reach back to it', () => {
    const opened = { opener: globalThis };
    const asked = surroundings(false, () => opened);
    assert.equal(openWindow(ADDRESS), true);
    assert.deepEqual(asked, [`page ${ADDRESS} _blank`]);
    assert.equal(opened.opener, null);
  });

  it('is not there when the browser forbids it', () => {
    surroundings(false, () => null);
    assert.equal(openWindow(ADDRESS), false);
    surroundings(false, () => {
      throw new Error('sandboxed');
    });
    assert.equal(openWindow(ADDRESS), false);
  });
});

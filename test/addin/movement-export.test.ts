import assert from 'node:assert/strict';
import { ApiError } from '../../src/addin/api/errors';
import type { OrderBookApi } from '../../src/addin/api/order-book';
import type { Sheet } from '../../src/addin/sync/sheet';
import { base64Of } from '../../src/addin/taskpane/base64';
import type { Ports } from '../../src/addin/taskpane/store/context';
import { createPane, type Pane } from '../../src/addin/taskpane/store/pane';
import type { ExportForm } from '../../src/contract/exports';
import type { MovementQuery } from '../../src/contract/movements';

describe('the export of movements from the pane', () => {
  let pane: Pane;
  let lost: boolean;
  let mayCopy: boolean;
  let asked: { query: MovementQuery; form: ExportForm }[];
  let opened: string[];
  let copied: string[];

  beforeEach(() => {
    [lost, mayCopy, asked, opened, copied] = [false, true, [], [], []];
    const api: Pick<OrderBookApi, 'movementsFile'> = {
      async movementsFile(query, form) {
        asked.push({ query, form });
        if (lost) throw new ApiError('unreachable', '/api/movements/export');
        return new TextEncoder().encode('\uFEFFArticolo\tQuantità\r\n');
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
    };
    pane = createPane(ports as unknown as Ports);
    const found = { query: { item: 'A%' }, count: 1 } as never;
    pane.store.setState({ movements: { ...pane.store.getState().movements, found } });
    pane.actions.setMovementCriteria({ item: 'B%' });
  });
  const exported = () => pane.store.getState().movements.exported;

  it('opens what the search found as a new workbook, whatever is filled in by then', async () => {
    await pane.actions.openMovementsWorkbook();
    assert.deepEqual(asked, [{ query: { item: 'A%' }, form: { format: 'xlsx' } }]);
    assert.equal(Buffer.from(opened[0] ?? '', 'base64').toString(), '\uFEFFArticolo\tQuantità\r\n');
    assert.equal(exported(), 'workbook');
  });

  it('copies it as rows a spreadsheet takes up, without the mark that files begin with', async () => {
    await pane.actions.copyMovements();
    assert.deepEqual(asked[0]?.form, { format: 'csv', separator: 'tab' });
    assert.deepEqual([copied, exported()], [['Articolo\tQuantità\r\n'], 'copied']);
  });

  it('says so where the clipboard is closed to it', async () => {
    mayCopy = false;
    await pane.actions.copyMovements();
    assert.equal(exported(), 'copyRefused');
  });

  it('says so where the order book does not answer, and offers to try again', async () => {
    lost = true;
    await pane.actions.openMovementsWorkbook();
    assert.deepEqual([opened, exported()], [[], null]);
    lost = false;
    await pane.store.getState().trouble?.retry?.();
    assert.equal(opened.length, 1);
  });

  it('carries any bytes', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_unused, at) => at % 256);
    assert.deepEqual(new Uint8Array(Buffer.from(base64Of(bytes), 'base64')), bytes);
  });
});

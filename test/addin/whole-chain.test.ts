import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { connect } from '../../src/addin/api/connection';
import { type OrderBookApi, orderBookApi } from '../../src/addin/api/order-book';
import type { RunRequest } from '../../src/contract/runs';
import { startsFormula } from '../../src/domain/spreadsheet';
import { newKey, useAdapter } from '../adapter/http/adapter';
import { readXlsx } from '../adapter/exports/read-xlsx';
import { setStock } from '../adapter/orderbook/small-plant';
import { aSearch, rowsOf, useWorkbook } from './excel/workbook';

/** What an item may be called by accident or on purpose. */
const names: readonly string[] = [
  ...['=1+1', '+cmd|calc', '-2+3', '@SUM(A1:A9)', '＝1+1', '=HYPERLINK("http://example.com";"x")'],
  ...['\t=tab', '\rreturn', 'two\r\nlines', ' leading', 'trailing  ', '  '],
  ...["'quoted", "''twice", '"double"', 'semi;colon,comma', '<b>bold</b>', '&amp;', '_x000D_', '%00'],
  ...['007', '1E5', '1-2', 'MAR1', 'TRUE', '#N/A', '10%', '2026/5/1', '12345678901234567890'],
  ...[
    '\u202Eright to left',
    'שלום',
    'e\u0301 not é',
    '\u200Bzero width',
    '👩🏽‍🔧',
    '\uFEFFmark',
    '\u00A0hard space',
  ],
  'x'.repeat(299) + '=',
];

describe('the names of items, on their way from the order book and back', () => {
  const adapter = useAdapter();
  const workbook = useWorkbook();
  const { signal } = new AbortController();
  const quiet = () => undefined;
  let api: OrderBookApi;

  before('an order of each item, that needs the same item; the last one has too little of it', async () => {
    for (const [at, name] of names.entries()) {
      await adapter.pool.query(
        `insert into item
         select company_id, $1, $1, category, unit, procurement, pickup_type, warehouse, reason, stock_managed, lot_managed, blocked, decimals
           from item where item = 'A'`,
        [name],
      );
      await adapter.add({ number: at + 1, item: name, lines: { [name]: '1' } });
      await setStock(adapter.pool, { [name]: at === names.length - 1 ? '0.5' : '9' });
    }
    const baseUrl = await adapter.server.listen({ host: '127.0.0.1', port: 0 });
    const settings = { baseUrl: '', language: 'en', company: null };
    api = orderBookApi(
      connect(
        () => settings,
        (address, request) => fetch(new URL(address, baseUrl), request),
      ),
    );
  });

  const search = async (state: 'launched' | 'executive') => {
    const orders = await api.search({ state: [state] }, 'materials', quiet, signal);
    const sorted = orders.sort((a, b) => numberOf(a.key) - numberOf(b.key));
    await workbook.sheet.writeOrders(sorted, aSearch(orders.length), 'en');
    return sorted;
  };

  it('stay what they are and do nothing: search, sheet, marks, preview, release, movements, CSV and XLSX', async () => {
    await search('launched');
    await assertShown('Orders', names);

    await workbook.sheet.mark('release', 'visible', 'en');
    const { marked, problems } = await workbook.sheet.readMarks();
    assert.deepEqual(problems, []);
    assert.deepEqual(
      marked.map(({ key }) => numberOf(key)),
      names.map((_name, at) => at + 1),
    );
    const request: RunRequest = {
      command: 'release',
      orders: marked.map(({ key, version }) => ({ key, version })),
    };

    const preview = await api.preview(request, signal);
    await workbook.sheet.writePreview(preview.outcomes, 'IT', 'en');
    await assertShown('Orders', names);

    const { run, outcomes } = await api.perform(request, newKey(), quiet, signal);
    assert.equal(run.succeeded, names.length - 1);
    await workbook.sheet.writeResults(outcomes, 'IT', 'en');
    await assertShown('Orders', names);
    const refused = (await rowsOf()).at(-1);
    assert.match(String(refused?.['Result']), /^Refused: x{299}=, MAG1: need 1 /);

    const movements = await api.movements({ run: run.id });
    await workbook.sheet.writeMovements(movements, 'IT', 'en');
    const moved = movements.map(({ item }) => item);
    assert.deepEqual(new Set(moved), new Set(names.slice(0, -1)));
    await assertShown('Movements', moved);

    const places = await api.withdrawals(run.id);
    await workbook.sheet.writeWithdrawals({ company: '=1+1', run, places }, 'en');
    await assertInert();

    const file = async (format: string) =>
      (await adapter.send('GET', `/api/movements/export?run=${run.id}&format=${format}`)).rawPayload;
    const [columns = [], ...lines]: string[][] = parse(await file('csv'), { bom: true });
    const cells = (header: string) => lines.map((line) => line[columns.indexOf(header)] ?? '');
    assert.ok([...cells('Item'), ...cells('Description')].every((cell) => !startsFormula(cell)));
    for (const header of ['Item', 'Description']) assert.deepEqual(cells(header).map(withoutGuard), moved);

    const [sheet] = await readXlsx(await file('xlsx'));
    const [headers = [], ...rows] = sheet?.rows ?? [];
    for (const header of ['Item', 'Description']) {
      const at = headers.indexOf(`s:${header}`);
      assert.deepEqual(
        rows.map((row) => row[at]),
        moved.map((name) => `s:${name}`),
      );
    }

    await search('executive');
    await assertShown('Orders', names);
  });

  /** The table shows these names as item and as description, as text. */
  async function assertShown(table: 'Orders' | 'Movements', expected: readonly string[]): Promise<void> {
    const shown = await rowsOf('values', table);
    for (const header of ['Item', 'Description']) {
      assert.deepEqual(
        shown.map((row) => row[header]),
        expected,
      );
    }
    await assertInert();
  }

  /** Nothing in the workbook computes anything. */
  async function assertInert(): Promise<void> {
    await workbook.excel.workbook.settled();
    for (const sheet of workbook.excel.workbook.sheets) {
      const used = sheet.usedArea(false);
      assert.ok(used === null || !sheet.hasFormula(used), sheet.name);
    }
  }
});

const numberOf = (key: string) => Number(key.split('/')[1]);

/** CSV has an apostrophe before what a spreadsheet could take for a formula. */
function withoutGuard(cell: string): string {
  return cell.startsWith("'") && startsFormula(cell.slice(1)) ? cell.slice(1) : cell;
}

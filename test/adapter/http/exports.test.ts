import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'csv-parse/sync';
import { Movement } from '../../../src/contract/movements';
import { OrderRow } from '../../../src/contract/orders';
import { RunReply, type RunSummary } from '../../../src/contract/runs';
import { WithdrawalList } from '../../../src/contract/withdrawals';
import type { OrderBook } from '../../../src/adapter/orderbook/order-book';
import { createPostgresOrderBook } from '../../../src/adapter/orderbook/postgres/book';
import { readXlsx } from '../exports/read-xlsx';
import { newKey, problemIn, useAdapter } from './adapter';

const italian = { 'accept-language': 'it' };
const linesOf = (body: string): unknown[] =>
  body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

describe('exports', () => {
  const adapter = useAdapter();
  let run: RunSummary;

  before('orders 1 to 3, of which 1 and 3 are released', async () => {
    for (const number of [1, 2, 3])
      await adapter.add({ number, start: `2026-11-2${number}`, lines: { A: '10', E: '2.5' } });
    await adapter.pool.query(`update production_order set customer = '=cmd|x' where number = 1`);
    const orders = [1, 3].map((number) => ({ key: `2026/${number}/0`, version: 1 }));
    const reply = await adapter.send('POST', '/api/runs', {
      key: newKey(),
      payload: { command: 'release', orders },
    });
    run = RunReply.parse(reply.json()).run;
    assert.equal(run.succeeded, 2);
  });

  describe('GET /api/orders/stream', () => {
    it('gives everything a search finds, a JSON object a line', async () => {
      const reply = await adapter.send('GET', '/api/orders/stream?state=launched&state=executive');
      assert.equal(reply.headers['content-type'], 'application/x-ndjson; charset=utf-8');
      const rows = linesOf(reply.body).map((line) => OrderRow.parse(line));
      assert.deepEqual(
        rows.map(({ key, state }) => `${key} ${state}`),
        ['2026/1/0 executive', '2026/2/0 launched', '2026/3/0 executive'],
      );
    });

    it('knows every criterion', async () => {
      const reply = await adapter.send(
        'GET',
        '/api/orders/stream?customer=%3DCMD&mandatory=false&bomLevel=1&startTo=2026-12-31',
      );
      assert.equal(linesOf(reply.body).length, 1);
      problemIn(await adapter.send('GET', '/api/orders/stream?startFrom=tomorrow'), 'invalidRequest', 400);
      problemIn(await adapter.send('GET', '/api/orders/stream?format=pdf'), 'invalidRequest', 400);
    });

    it('gives CSV as the caller accepts it, in the language of the caller, nothing in it a formula', async () => {
      const headers = { accept: 'text/csv', ...italian };
      const reply = await adapter.send('GET', '/api/orders/stream?number=1', { headers });
      assert.equal(reply.headers['content-type'], 'text/csv; charset=utf-8');
      assert.equal(reply.headers['content-disposition'], 'attachment; filename="orders.csv"');
      const [row]: Record<string, string>[] = parse(reply.body, { bom: true, delimiter: ';', columns: true });
      assert.equal(row?.['Ordine'], '2026/1/0');
      assert.equal(row?.['Stato'], 'Esecutivo');
      assert.equal(row?.['Cliente'], `'=cmd|x`);
      assert.equal(row?.['Inizio'], '2026-11-21');
    });

    it('gives CSV with the separators the caller asks for', async () => {
      const address = '/api/orders/stream?number=1&format=csv&separator=semicolon&decimal=comma';
      const reply = await adapter.send('GET', address);
      assert.match(reply.body, /^\uFEFFOrder;State;/);
      const forClipboard = '/api/orders/stream?number=1&format=csv&separator=tab';
      assert.match((await adapter.send('GET', forClipboard)).body, /^\uFEFFOrder\tState\t/);
    });

    it('gives an Excel workbook', async () => {
      const reply = await adapter.send('GET', '/api/orders/stream?format=xlsx');
      assert.match(String(reply.headers['content-disposition']), /orders\.xlsx/);
      const [sheet] = await readXlsx(reply.rawPayload);
      assert.equal(sheet?.name, 'Orders');
      assert.deepEqual(
        sheet?.rows.slice(1).map(([order]) => order),
        ['s:2026/1/0', 's:2026/2/0', 's:2026/3/0'],
      );
    });

    it('answers a failure before the first row with a problem', async () => {
      const book = createPostgresOrderBook(adapter.pool, () => undefined);
      const failing: OrderBook = {
        ...book,
        stream: async function* () {
          yield* [];
          throw new Error('out of order');
        },
      };
      const away = await adapter.another({ book: failing });
      const reply = await away.server.inject({ method: 'GET', url: '/api/orders/stream' });
      problemIn(reply, 'internal', 500);
    });
  });

  describe('over a connection', () => {
    let address: string;
    before(async () => {
      await adapter.pool.query(
        `insert into production_order (company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced, unit,
                start_on, end_on, due_on, work_centre, customer, site, job_order, state, changed_at, changed_by)
         select 'IT', gen_random_uuid(), 2027, n, 0, 'P', '', 1, 0, 'PC', '2027-01-01', '2027-01-02', '2027-01-03', '100',
                repeat('x', 300), 'S1', '', 'launched', now(), 'setup' from generate_series(1, 40000) n`,
      );
      await adapter.server.listen({ host: '127.0.0.1', port: 0 });
      address = `http://127.0.0.1:${(adapter.server.server.address() as AddressInfo).port}`;
    });
    after(() => adapter.pool.query('delete from production_order where year = 2027'));

    const open = (): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        get(`${address}/api/orders/stream?year=2027`, resolve).on('error', reject);
      });
    /** Transactions of streams that are open on the server, waited for until there are `expected`. */
    const cursors = async (expected: number): Promise<void> => {
      for (;;) {
        const { rows } = await adapter.pool.query<{ open: number }>(
          `select count(*)::int as open from pg_stat_activity
            where datname = current_database() and state = 'idle in transaction' and query like 'fetch%'`,
        );
        if (rows[0]?.open === expected) return;
      }
    };

    it('waits for a reader that is slow, and shows the book as it was when the reading began', async () => {
      const reply = await open();
      reply.pause();
      await cursors(1);
      await adapter.pool.query(`update production_order set customer = 'changed' where year = 2027`);
      let body = '';
      for await (const chunk of reply.setEncoding('utf8')) body += chunk;
      const rows = linesOf(body).map((line) => OrderRow.parse(line));
      assert.equal(rows.length, 40_000);
      assert.ok(rows.every(({ customer }) => customer.startsWith('xxx')));
      await cursors(0);
    });

    it('gives its connection back when the reader goes away', async () => {
      const reply = await open();
      reply.pause();
      await cursors(1);
      reply.destroy();
      await cursors(0);
    });

    it('refuses more at once than the database has room for, and serves again when one has ended', async () => {
      const replies = await Promise.all([open(), open(), open(), open()]);
      for (const reply of replies) reply.pause();
      await cursors(4);
      problemIn(await adapter.send('GET', '/api/orders/stream'), 'busy', 503);
      assert.equal((await adapter.send('GET', '/api/orders?limit=1')).statusCode, 200);
      for (const reply of replies) reply.destroy();
      await cursors(0);
      assert.equal((await adapter.send('GET', '/api/orders/stream?year=2026')).statusCode, 200);
    });
  });

  describe('GET /api/movements/export', () => {
    it('gives movements a line each', async () => {
      const reply = await adapter.send('GET', '/api/movements/export?format=ndjson&order=2026/1/0');
      const movements = linesOf(reply.body).map((line) => Movement.parse(line));
      assert.deepEqual(
        movements.map(({ item, quantity }) => `${item} ${quantity}`),
        ['A 10', 'E 2.5'],
      );
    });

    it('gives CSV with moments by the clock of the plant', async () => {
      const reply = await adapter.send('GET', '/api/movements/export?format=csv&item=e', {
        headers: italian,
      });
      const rows: Record<string, string>[] = parse(reply.body, { bom: true, delimiter: ';', columns: true });
      assert.equal(rows.length, 2);
      assert.equal(rows[0]?.['Quantità'], '2,5');
      assert.equal(rows[0]?.['Segno'], 'Scarico');
      assert.equal(rows[0]?.['Registrato il'], '2026-11-20 10:00:00');
    });

    it('gives an Excel workbook with quantities as numbers', async () => {
      const reply = await adapter.send('GET', `/api/movements/export?format=xlsx&runNumber=${run.number}`);
      const [sheet] = await readXlsx(reply.rawPayload);
      assert.equal(sheet?.rows.length, 5);
      assert.equal(sheet?.rows[2]?.[9], '2.5');
    });
  });

  describe('GET /api/runs/:id/withdrawals', () => {
    const list = async (id: string) =>
      WithdrawalList.parse((await adapter.send('GET', `/api/runs/${id}/withdrawals`)).json()).items;

    it('sums up by warehouse, item and lot, and says which order needs what', async () => {
      assert.deepEqual(
        (await list(run.id)).map(({ warehouse, item, quantity, orders }) => [
          ...[warehouse, item, quantity],
          orders.map(({ order, quantity: part }) => `${order}: ${part}`).join(', '),
        ]),
        [
          ['MAG1', 'A', '20', '2026/1/0: 10, 2026/3/0: 10'],
          ['MAG2', 'E', '5', '2026/1/0: 2.5, 2026/3/0: 2.5'],
        ],
      );
    });

    it('as a file has a row for each order, and the sum of a place once', async () => {
      const reply = await adapter.send('GET', `/api/runs/${run.id}/withdrawals?format=csv`);
      assert.match(
        String(reply.headers['content-disposition']),
        new RegExp(`withdrawals-${run.number}\\.csv`),
      );
      const rows: string[][] = parse(reply.body, { bom: true, from: 2 });
      assert.deepEqual(
        rows.map((row) => [row[0], row[2], row[6], row[8], row[9]].join(' ')),
        ['MAG1 A 20 2026/1/0 10', 'MAG1 A  2026/3/0 10', 'MAG2 E 5 2026/1/0 2.5', 'MAG2 E  2026/3/0 2.5'],
      );
      const [sheet] = await readXlsx(
        (await adapter.send('GET', `/api/runs/${run.id}/withdrawals?format=xlsx`)).rawPayload,
      );
      assert.equal(sheet?.rows.length, 5);
    });

    it('leaves out what was taken back, and is empty for a run that withdrew nothing', async () => {
      const payload = { command: 'restore', orders: [{ key: '2026/3/0', version: 2 }] };
      const reply = await adapter.send('POST', '/api/runs', { key: newKey(), payload });
      assert.deepEqual(await list(RunReply.parse(reply.json()).run.id), []);
      assert.deepEqual(
        (await list(run.id)).map(({ item, quantity }) => `${item} ${quantity}`),
        ['A 10', 'E 2.5'],
      );
    });

    it('has nothing where there is no run', async () => {
      for (const id of ['x', '0198f2a0-0000-7000-8000-000000000000'])
        problemIn(await adapter.send('GET', `/api/runs/${id}/withdrawals`), 'notFound', 404);
    });
  });
});

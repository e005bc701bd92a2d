import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { Download } from '../../../src/contract/downloads';
import { RunReply, type RunSummary } from '../../../src/contract/runs';
import { instant } from '../../../src/domain/calendar';
import { readXlsx } from '../exports/read-xlsx';
import { newKey, problemIn, useAdapter } from './adapter';

const italian = { 'accept-language': 'it' };
const orders = { kind: 'orders', query: {}, format: 'csv' };

describe('downloads', () => {
  const adapter = useAdapter();
  let run: RunSummary;

  before('an order whose customer would be a formula, released', async () => {
    await adapter.add({ number: 1, start: '2026-11-21', lines: { A: '10', E: '2.5' } });
    await adapter.pool.query(`update production_order set customer = '=cmd|x'`);
    const payload = { command: 'release', orders: [{ key: '2026/1/0', version: 1 }] };
    run = RunReply.parse((await adapter.send('POST', '/api/runs', { key: newKey(), payload })).json()).run;
  });

  async function ask(payload: object, headers = {}): Promise<Download> {
    const reply = await adapter.send('POST', '/api/downloads', { payload, headers });
    assert.equal(reply.statusCode, 201, reply.body);
    return Download.parse(reply.json());
  }
  /** As a window of a browser opens it. */
  const open = (address: string, headers = {}) => adapter.send('GET', address, { headers });
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  it('gives the file to a browser without headers of ours, to be saved and never kept', async () => {
    const { address } = await ask(orders);
    const reply = await open(address, browser);
    assert.equal(reply.statusCode, 200);
    assert.equal(reply.headers['content-type'], 'text/csv; charset=utf-8');
    assert.equal(reply.headers['content-disposition'], 'attachment; filename="orders.csv"');
    assert.equal(reply.headers['x-content-type-options'], 'nosniff');
    assert.equal(reply.headers['cache-control'], 'no-store');
    assert.equal(reply.headers['referrer-policy'], 'no-referrer');
    assert.match(String(reply.headers['content-security-policy']), /^default-src 'none'/);
    const [row]: Record<string, string>[] = parse(reply.body, { bom: true, columns: true });
    assert.equal(row?.['Order'], '2026/1/0');
  });

  it('once', async () => {
    const { address } = await ask(orders);
    assert.equal((await open(address)).statusCode, 200);
    problemIn(await open(address), 'downloadGone', 410);
  });

  it('once, when two open it at the same moment', async () => {
    const { address } = await ask(orders);
    const codes = (await Promise.all([open(address), open(address)])).map(({ statusCode }) => statusCode);
    assert.deepEqual(codes.sort(), [200, 410]);
  });

  it('is not used up by what only looks at the address', async () => {
    const { address } = await ask(orders);
    assert.equal((await adapter.server.inject({ method: 'HEAD', url: address })).statusCode, 404);
    assert.equal((await open(address)).statusCode, 200);
  });

  it('for five minutes, and keeps no address longer', async () => {
    const { address, expiresAt } = await ask(orders);
    const now = adapter.now;
    assert.equal(Date.parse(expiresAt) - Date.parse(now), 5 * 60_000);
    adapter.now = instant(new Date(expiresAt));
    try {
      problemIn(await open(address), 'downloadGone', 410);
      await ask(orders);
      const kept = await adapter.pool.query<{ expired: number }>(
        'select count(*)::int as expired from download where expires_at <= $1',
        [adapter.now],
      );
      assert.equal(kept.rows[0]?.expired, 0);
    } finally {
      adapter.now = now;
    }
  });

  it('not under the name of another company, nor by guessing', async () => {
    const { address } = await ask(orders);
    await adapter.pool.query(
      `insert into company values ('OTHER', 'Other', 'Europe/Rome', 'refuse', 'none', 0)`,
    );
    try {
      const token = address.slice(address.lastIndexOf('/') + 1);
      problemIn(await open(`/api/downloads/OTHER/${token}`), 'downloadGone', 410);
      problemIn(await open(`/api/downloads/NOBODY/${token}`), 'downloadGone', 410);
      const guessed = address.slice(0, -1) + (address.endsWith('A') ? 'B' : 'A');
      problemIn(await open(guessed), 'downloadGone', 410);
      // Several companies: it needs no header to say which one.
      assert.equal((await open(address)).statusCode, 200);
    } finally {
      await adapter.pool.query(`delete from company where company_id = 'OTHER'`);
    }
  });

  it('not to another user', async () => {
    const { address } = await ask(orders);
    const { server } = await adapter.another({ user: 'bruno' });
    problemIn(await server.inject({ method: 'GET', url: address }), 'downloadGone', 410);
    assert.equal((await open(address)).statusCode, 200);
  });

  it('tells a person in words, in the language of the browser', async () => {
    const { address } = await ask(orders);
    await open(address);
    const english = await open(address, browser);
    assert.equal(english.headers['content-type'], 'text/plain; charset=utf-8');
    assert.match(english.body, /^This download is no longer there\n\n.*ask for the download again\.\n$/);
    const other = await open(address, { ...browser, ...italian });
    assert.equal(other.statusCode, 410);
    assert.match(other.body, /^Questo download non c'è più\n\n/);
  });

  it('in the language it was asked for in, whatever the browser prefers; nothing in it a formula', async () => {
    const { address } = await ask(orders, italian);
    const reply = await open(address, { 'accept-language': 'en' });
    const [row]: Record<string, string>[] = parse(reply.body, { bom: true, delimiter: ';', columns: true });
    assert.equal(row?.['Ordine'], '2026/1/0');
    assert.equal(row?.['Cliente'], `'=cmd|x`);
  });

  it('of orders, movements, the withdrawal list and the log of a run, as the criteria say', async () => {
    const file = async (request: object) => {
      const reply = await open((await ask(request)).address);
      assert.equal(reply.statusCode, 200);
      const name = /filename="(.+)"/.exec(String(reply.headers['content-disposition']))?.[1];
      const [sheet] = await readXlsx(reply.rawPayload);
      return [name, (sheet?.rows.length ?? 0) - 1];
    };
    const format = 'xlsx';
    assert.deepEqual(await file({ kind: 'orders', query: { state: ['executive'] }, format }), [
      'orders.xlsx',
      1,
    ]);
    assert.deepEqual(await file({ kind: 'orders', query: { state: ['launched'] }, format }), [
      'orders.xlsx',
      0,
    ]);
    const movements = { kind: 'movements', query: { runNumber: run.number }, format };
    assert.deepEqual(await file(movements), ['movements.xlsx', run.movements]);
    const list = { kind: 'withdrawals', run: run.id, format };
    assert.deepEqual(await file(list), [`withdrawals-${run.number}.xlsx`, run.movements]);
    assert.deepEqual(await file({ kind: 'log', run: run.id, format }), [`run-${run.number}.xlsx`, 1]);
  });

  it('of warehouse requests, in words, by their criteria', async () => {
    const { pool } = adapter;
    await pool.query(`
      update item set description = '=cmd|x' where item = 'B';
      update warehouse set consumption_handling = 'pick_mandatory' where warehouse = 'MAG1'`);
    await adapter.add({ number: 2, lines: { B: '7.5' } });
    const payload = { command: 'release', orders: [{ key: '2026/2/0', version: 1 }] };
    await adapter.send('POST', '/api/runs', { key: newKey(), payload });
    const file = async (query: object): Promise<Record<string, string>[]> => {
      const { address } = await ask({ kind: 'warehouseRequests', query, format: 'csv' }, italian);
      return parse((await open(address)).body, { bom: true, delimiter: ';', columns: true });
    };
    const [row, ...others] = await file({ order: ['2026/2/0'] });
    assert.deepEqual(others, []);
    assert.deepEqual(
      ['Richiesta', 'Ordine', 'Magazzino', 'Articolo', 'Descrizione', 'Quantità', 'Residua', 'Evasa'].map(
        (header) => row?.[header],
      ),
      ['Prelievo di materiali', '2026/2/0', 'MAG1', 'B', `'=cmd|x`, '7,5', '7,5', ''],
    );
    assert.deepEqual(await file({ kind: 'putAway' }), []);
    problemIn(await adapter.send('GET', '/api/warehouse-requests?kind=throw'), 'invalidRequest', 400);
  });

  it('refuses criteria there are not, forms there are not, and runs there are not', async () => {
    const refuse = (payload: object) => adapter.send('POST', '/api/downloads', { payload });
    problemIn(await refuse({ ...orders, query: { colour: 'red' } }), 'invalidRequest', 400);
    problemIn(await refuse({ ...orders, format: 'pdf' }), 'invalidRequest', 400);
    problemIn(await refuse({ ...orders, kind: 'stock' }), 'invalidRequest', 400);
    const run = '018f4e2c-0000-7000-8000-000000000000';
    problemIn(await refuse({ kind: 'log', run, format: 'csv' }), 'notFound', 404);
  });

  it('leaves the secret out of the log and out of the database', async () => {
    const { address } = await ask(orders);
    const token = address.slice(address.lastIndexOf('/') + 1);
    assert.ok(token.length >= 43);
    const kept = await adapter.pool.query<{ row: string }>('select download::text as row from download');
    const stored = kept.rows.map(({ row }) => row).join();
    const bytes = Buffer.from(token, 'base64url').toString('hex');
    assert.ok(stored !== '' && !stored.includes(token) && !stored.includes(bytes));
    await open(address);
    await open(address);
    const log = adapter.logged.join();
    assert.ok(log.includes('/api/downloads/…'));
    assert.ok(!log.includes(token));
  });
});

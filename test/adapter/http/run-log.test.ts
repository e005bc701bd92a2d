import assert from 'node:assert/strict';
import { RunReply } from '../../../src/contract/runs';
import { RunLogRow } from '../../../src/contract/run-log';
import { setStock } from '../orderbook/small-plant';
import { newKey, problemIn, useAdapter } from './adapter';

describe('the log of a run', () => {
  const adapter = useAdapter();
  let address: string;
  const log = (query: string, headers = {}) =>
    adapter.send('GET', `${address}/log?${query}`, { headers: { 'accept-language': 'en', ...headers } });
  const rowsIn = (body: string) =>
    body
      .trim()
      .split('\n')
      .map((line) => RunLogRow.parse(JSON.parse(line)));

  before('one order goes, one is short and was changed, one does not exist', async () => {
    await adapter.add({ number: 1 }, { number: 2 });
    await setStock(adapter.pool, { A: '1100.5' });
    await adapter.pool.query(`update order_material set quantity = 1000.25 where item = 'A'
      and order_id = (select order_id from production_order where number = 2)`);
    await adapter.pool
      .query(`update production_order set changed_at = '2026-11-20T08:15:00Z', changed_by = 'bruno',
      version = 2 where number = 2`);
    await adapter.pool
      .query(`insert into audit_event (company_id, order_id, run_id, event, from_state, to_state, version, at, actor)
      select company_id, order_id, order_id, 'edit', 'launched', 'launched', 2, now(), 'bruno' from production_order where number = 2`);
    const orders = [1, 2, 3].map((number) => ({ key: `2026/${number}/0`, version: 1 }));
    const reply = await adapter.send('POST', '/api/runs', {
      payload: { command: 'release', orders },
      key: newKey(),
    });
    address = `/api/runs/${RunReply.parse(reply.json()).run.id}`;
  });

  it('has a line for each order: what became of it, why, by whom and when', async () => {
    const reply = await log('');
    assert.match(String(reply.headers['content-type']), /^application\/x-ndjson/);
    assert.match(String(reply.headers['content-disposition']), /filename="run-1\.ndjson"/);
    const common = { run: 1, command: 'release', by: 'anna', at: '2026-11-20T09:00:00.000Z' };
    const [first, second, third] = rowsIn(reply.body);
    assert.deepEqual(first, {
      ...common,
      order: '2026/1/0',
      item: 'P',
      description: 'Finished product',
      result: 'released',
      codes: [],
      reasons: [],
      movements: 3,
    });
    assert.deepEqual([second?.result, second?.codes], ['refused', ['REL-03']]);
    assert.deepEqual([third?.item, third?.codes], ['', ['ORD-01']]);
  });

  it('gives the reasons in the caller’s language, times by the plant’s clock', async () => {
    const [, english] = rowsIn((await log('')).body);
    assert.match(english?.reasons[0] ?? '', /^bruno changed the order at Nov 20, 2026, 9:15/);
    const [, italian] = rowsIn((await log('', { 'accept-language': 'it' })).body);
    assert.match(italian?.reasons[0] ?? '', /bruno.*20 nov 2026, 09:15/);
  });

  it('comes as CSV for a spreadsheet', async () => {
    const reply = await log('format=csv', { 'accept-language': 'it' });
    assert.match(String(reply.headers['content-disposition']), /filename="run-1\.csv"/);
    const [header, first] = reply.body.split('\r\n');
    assert.equal(
      header,
      '\uFEFFElaborazione;Comando;Ordine;Articolo;Descrizione;Esito;Regola;Motivi;Movimenti;Utente;Data e ora',
    );
    assert.equal(first, '1;Rilascio;2026/1/0;P;Finished product;Rilasciato;;;3;anna;2026-11-20 10:00:00');
  });

  it('comes as an Excel workbook', async () => {
    const reply = await log('format=xlsx');
    assert.match(String(reply.headers['content-type']), /spreadsheetml/);
    assert.equal(reply.rawPayload.subarray(0, 2).toString(), 'PK');
  });

  it('comes in the format that Accept asks for', async () => {
    const reply = await log('', { accept: 'text/csv' });
    assert.match(String(reply.headers['content-type']), /^text\/csv/);
  });

  it('is not there for a run there is not, nor in a format there is not', async () => {
    problemIn(await log('format=pdf'), 'invalidRequest', 400);
    problemIn(await adapter.send('GET', '/api/runs/seventeen/log'), 'notFound', 404);
  });
});

import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import https from 'node:https';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import pino from 'pino';
import { generate } from 'selfsigned';
import { serveAddin } from '../../src/adapter/http/addin-files';
import { openBook, serve, type Adapter, type OpenBook } from '../../src/adapter/main';
import { textsIn } from '../../src/adapter/texts';
import { assertExcelRunsOn } from '../../src/cli/excel-platform';
import { findRunningInstance, forgetInstance, recordInstance } from '../../src/cli/instance';
import { addin, buildPages, pagesFolder, stalePages } from '../../src/cli/pages';
import { sentencesOf } from '../../src/cli/sentences';
import { preparePlant } from '../adapter/orderbook/small-plant';
import { temporaryFolder, useDatabase } from '../postgres';

const PROJECT = path.resolve(__dirname, '../..');

describe('npm run excel', () => {
  it('says in both languages that there is no Excel here, and what there is instead', () => {
    const refused = (): void => assertExcelRunsOn('linux', 'Linux');
    assert.throws(refused, (error) => {
      assert.deepEqual(sentencesOf(error, textsIn('en').text), [
        'There is no desktop Excel for Linux. The workbench stands in for Excel, in a browser: npm start',
      ]);
      assert.match(sentencesOf(error, textsIn('it').text).join(), /^Per Linux non esiste Excel.*npm start$/);
      return true;
    });
  });

  it('goes on where there is desktop Excel', () => {
    assertExcelRunsOn('win32', 'Windows_NT');
    assertExcelRunsOn('darwin', 'Darwin');
  });

  it('serves where the manifest looks, and nowhere else', async () => {
    const manifest = await readFile(path.join(PROJECT, 'manifest.xml'), 'utf8');
    const addresses = [...manifest.matchAll(/"(https:[^"]*)"/g)].map(([, address]) => new URL(address ?? ''));
    assert.deepEqual([...new Set(addresses.map(({ origin }) => origin))], ['https://localhost:3000']);
  });
});

describe('the adapter with a certificate', function () {
  // The pane may have to be built.
  this.timeout(120_000);
  const database = useDatabase(preparePlant);
  let open: OpenBook;
  let adapter: Adapter;
  let certificate: string;

  /** Asks as a program that trusts the certificate. */
  const ask = (
    url: string,
    headers: Readonly<Record<string, string>> = {},
    body?: string,
  ): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: string }> =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      https
        .request(
          new URL(url, adapter.url),
          { method, headers, ca: certificate, servername: 'localhost', agent: false },
          (reply) => {
            text(reply).then(
              (said) => resolve({ status: reply.statusCode, headers: reply.headers, body: said }),
              reject,
            );
          },
        )
        .on('error', reject)
        .end(body);
    });
  const release = (origin: string) =>
    ask(
      '/api/runs',
      { origin, 'content-type': 'application/json', 'idempotency-key': origin },
      JSON.stringify({ command: 'release', orders: [{ key: '2026/1/0', version: 1 }] }),
    );

  before('serve the pane of this project', async () => {
    await buildPages(PROJECT, await stalePages(PROJECT, [addin]), new AbortController().signal);
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      keyType: 'ec',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
      ],
    });
    certificate = cert;
    const log = pino({ level: 'silent' });
    open = await openBook(database.connectionString, log);
    adapter = await serve({
      open,
      config: { host: 'localhost', port: 0, user: 'anna', rights: ['release'] },
      version: '1.2.3',
      log,
      tls: { cert, key },
      mount: (server) =>
        serveAddin(server, {
          pages: pagesFolder(PROJECT, 'addin'),
          assets: path.join(PROJECT, 'assets'),
          host: 'excel',
        }),
    });
  });
  after(async () => {
    await adapter?.close();
    await open?.close();
  });

  it('answers over https', async () => {
    assert.match(adapter.url, /^https:\/\/localhost:\d+$/);
    const session = await ask('/api/session');
    assert.equal(session.status, 200);
    assert.match(session.body, /anna/);
  });

  it('serves the pane with Microsoft’s office.js, and lets it load', async () => {
    const pane = await ask('/addin/taskpane.html?_host_Info=Excel$Win32$16.01$en-US');
    assert.match(pane.body, /src="https:\/\/appsforoffice\.microsoft\.com\/lib\/1\/hosted\/office\.js"/);
    assert.doesNotMatch(pane.body, /\/office-js\//);
    const policy = String(pane.headers['content-security-policy']);
    assert.match(policy, /script-src 'self' https:\/\/appsforoffice\.microsoft\.com;/);
    assert.match(policy, /frame-src 'self' https:\/\/appsforoffice\.microsoft\.com;/);
    const own = /src="(\/addin\/[^"]+)"/.exec(pane.body)?.[1] ?? '';
    assert.equal((await ask(own)).status, 200);
    assert.equal((await ask('/assets/icon-32.png')).status, 200);
  });

  it('refuses foreign hosts, and writes of foreign pages', async () => {
    const { port, host } = new URL(adapter.url);
    for (const foreign of [`attacker.example:${port}`, 'attacker.example', 'localhost', 'localhost:1'])
      assert.equal((await ask('/api/session', { host: foreign })).status, 403, foreign);
    for (const origin of ['https://attacker.example', `http://${host}`, 'https://localhost', 'null'])
      assert.equal((await release(origin)).status, 403, origin);
    assert.equal((await release(adapter.url)).status, 200);
  });

  it('is found by a second start', async () => {
    const folder = await temporaryFolder();
    await recordInstance(folder, adapter.url);
    assert.equal((await findRunningInstance(folder))?.url, adapter.url);
    await forgetInstance(folder);
    await rm(folder, { recursive: true });
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { Import, ImportReport } from '../../../src/contract/imports';
import { Problem } from '../../../src/contract/problem';
import { listeningApp, type ListeningApp } from '../../faults/app';
import { useDatabase } from '../../postgres';
import { linesOf, plant } from '../orderbook/import/plant-folder';
import { assertInvariants } from '../orderbook/invariants';
import { preparePlant } from '../orderbook/small-plant';
import { zipOf } from './zip';

/** The plant with a site of this name: what an import that comes again has to write. */
const files = (company: string, site = 'Torino'): Record<string, string> => ({
  'plant.json': JSON.stringify({ company, name: 'Torneria Rossi', timeZone: 'Europe/Rome' }),
  ...Object.fromEntries(Object.keys(plant).map((name) => [name, `${linesOf(name).join('\n')}\n`])),
  'sites.csv': `site,name\nS1,${site}\n`,
});
const OWN = `launchbook-import-${process.pid}-`;
const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith(OWN));
let keys = 0;

describe('imports beside others, over HTTP', () => {
  const database = useDatabase(preparePlant);
  let app: ListeningApp;
  let leftBefore: readonly string[];
  /** Holds the site of TR, so that an import that writes it stands still. */
  let blocker: PoolClient;

  before(async () => {
    app = await listeningApp(database.connectionString);
    assert.equal(Import.parse(await (await post(files('TR'))).json()).state, 'done');
  });
  after(() => app.close());
  beforeEach(async () => {
    leftBefore = leftovers();
    blocker = await database.pool.connect();
    await blocker.query('begin');
    await blocker.query(`select from site where company_id = 'TR' for update`);
  });
  afterEach('everything has ended, and the book is sound', async () => {
    await blocker.query('rollback');
    blocker.release();
    await until(async () => (await openImports()).length === 0 && leftovers().length === leftBefore.length);
    await assertInvariants(database.pool);
    assert.deepEqual(app.failures, []);
  });

  const post = (content: Record<string, string>, more: { signal?: AbortSignal; query?: string } = {}) =>
    fetch(`${app.url}/api/imports${more.query ?? ''}`, {
      ...{
        method: 'POST',
        body: new Uint8Array(zipOf(content)),
        ...(more.signal && { signal: more.signal }),
      },
      headers: {
        ...{ 'content-type': 'application/zip', 'accept-language': 'en' },
        'idempotency-key': `import ${++keys} of all`,
      },
    });
  async function openImports(): Promise<string[]> {
    const { rows } = await database.pool.query<{ id: string }>(
      `select run_id as id from run where state = 'open'`,
    );
    return rows.map(({ id }) => id);
  }
  async function until(reached: () => Promise<boolean>): Promise<void> {
    while (!(await reached())) await delay(10);
  }
  const standsStill = () =>
    until(async () => {
      const { rows } = await database.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    });
  async function problemOf(reply: Response): Promise<Problem> {
    return Problem.parse(await reply.json());
  }
  const siteName = async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `select name from site where company_id = 'TR'`,
    );
    return rows[0]?.name;
  };

  it('are stopped when their client goes away before it is answered', async () => {
    const client = new AbortController();
    const sent = post(files('TR', 'Gone'), { signal: client.signal }).catch(() => undefined);
    await standsStill();
    client.abort();
    await sent;
    const [id] = await openImports();
    await blocker.query('rollback');
    await until(async () => (await openImports()).length === 0);
    const reply = await fetch(`${app.url}/api/imports/TR/${id}`);
    assert.equal(Import.parse(await reply.json()).state, 'cancelled');
    assert.equal(await siteName(), 'Torino');
  });

  it('importRunning: say whose is at work, and go on after a 202 without their client', async () => {
    const first = await post(files('TR', 'Asti'));
    assert.equal(first.status, 202);
    const run = Import.parse(await first.json());
    const second = await post(files('TR', 'Cuneo'));
    const problem = await problemOf(second);
    assert.deepEqual([second.status, problem.code], [409, 'importRunning']);
    assert.match(problem.detail, /^anna has been importing into TR since \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    await blocker.query('rollback');
    await until(async () => (await openImports()).length === 0);
    const reply = await fetch(`${app.url}/api/imports/TR/${run.id}`);
    assert.equal(Import.parse(await reply.json()).state, 'done');
    assert.equal(await siteName(), 'Asti');
  }).timeout(10_000);

  for (const [where, address] of [
    ['as imports', (id: string) => `/api/imports/TR/${id}/cancel`],
    ['as runs', (id: string) => `/api/runs/${id}/cancel`],
  ] as const) {
    it(`can be watched, and cancelled ${where}, while they write`, async () => {
      const first = await post(files('TR', 'Alba'));
      const { id } = Import.parse(await first.json());
      const open = Import.parse(await (await fetch(`${app.url}/api/imports/TR/${id}`)).json());
      assert.deepEqual([open.state, open.progress?.step], ['open', 'writing']);
      const cancelled = fetch(`${app.url}${address(id)}`, { method: 'POST', headers: { 'x-company': 'TR' } });
      await delay(50);
      await blocker.query('rollback');
      const { state } = (await (await cancelled).json()) as { readonly state: string };
      assert.equal(state, 'cancelled');
      assert.notEqual(await siteName(), 'Alba');
    }).timeout(10_000);
  }

  it('tooManyImports: let three in at once, and a dry run beside an import of the same company', async () => {
    const first = await post(files('TR', 'Biella'));
    assert.equal(Import.parse(await first.json()).state, 'open');
    const dry = await post(files('TR', 'Novara'), { query: '?dryRun=true' });
    const { files: reported } = ImportReport.parse(await dry.json());
    assert.equal(reported.find(({ file }) => file === 'sites')?.updated, 1);

    await blocker.query(`select from company for update`);
    const clients = [new AbortController(), new AbortController()];
    const waiting = clients.map(({ signal }, n) => post(files(`X${n}`), { signal }).catch(() => undefined));
    await until(async () => leftovers().length === leftBefore.length + 3);
    const reply = await post(files('X3'));
    assert.deepEqual([reply.status, (await problemOf(reply)).code], [429, 'tooManyImports']);
    for (const client of clients) client.abort();
    await blocker.query('rollback');
    await Promise.all(waiting);
  }).timeout(10_000);

  it('are refused an archive of too many files', async () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`f${n}.csv`, 'site']));
    const reply = await post({ ...files('TR'), ...many });
    assert.deepEqual([reply.status, (await problemOf(reply)).code], [413, 'tooLarge']);
  });

  it('are refused a plant.json of more than a megabyte, unread', async () => {
    const reply = await post({ ...files('TR'), 'plant.json': ' '.repeat(1_100_000) });
    const problem = await problemOf(reply);
    assert.equal(problem.code, 'invalidUpload');
    assert.deepEqual(problem.errors, [{ path: 'plant.json', message: 'plant.json may have 1 MB.' }]);
  });
});

describe('folders of uploads that a killed adapter left behind', () => {
  const database = useDatabase(preparePlant);
  const dead = 2 ** 22 + 1; // above what Linux gives to a process
  const folders = [`launchbook-import-${dead}-0123abcd-x`, `launchbook-import-${process.pid}-0123abcd-x`];
  const others = [`launchbook-import-${process.ppid}-0123abcd-x`];

  before(() => [...folders, ...others].forEach((name) => mkdirSync(path.join(tmpdir(), name))));
  after(() => Promise.all(others.map((name) => rm(path.join(tmpdir(), name), { recursive: true }))));

  it('are removed at the next start; those of a process that lives are not', async () => {
    const app = await listeningApp(database.connectionString);
    await app.close();
    const left = readdirSync(tmpdir()).filter((name) => /^launchbook-import-.*-0123abcd-x$/.test(name));
    assert.deepEqual(left, others);
  });
});

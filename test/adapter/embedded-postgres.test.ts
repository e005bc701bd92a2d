import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/adapter/embedded-postgres';
import { readPostmaster } from '../../src/adapter/embedded-postgres/postmaster-file';
import { SetupError } from '../../src/adapter/errors';
import { temporaryFolder } from '../postgres';

const root = process.getuid?.() === 0;

describe('the embedded PostgreSQL', () => {
  const running: EmbeddedPostgres[] = [];
  const children: ChildProcess[] = [];
  const folders: string[] = [];

  /** Holds a stopped server between the tests; they leave what the others do not look at. */
  let shared = '';

  before(async () => {
    shared = await temporaryFolder();
    await (await start(shared)).stop();
  });

  after(() => rm(shared, { recursive: true, force: true }));

  async function newFolder(): Promise<string> {
    const folder = await temporaryFolder();
    folders.push(folder);
    return folder;
  }

  async function start(dataFolder: string, settings?: Record<string, string>): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({
      dataFolder,
      log: { info: () => undefined, warn: () => undefined },
      settings: { shared_buffers: '32MB', ...settings },
    });
    running.push(postgres);
    return postgres;
  }

  /** Starts `start-postgres.ts` as the leader of a process group. */
  function spawnAdapter(dataFolder: string): ChildProcess {
    const child = spawn(
      process.execPath,
      ['--require', 'tsx/cjs', path.join(__dirname, 'start-postgres.ts'), dataFolder],
      { stdio: ['ignore', 'pipe', 'inherit'], detached: true },
    );
    children.push(child);
    return child;
  }

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const postgres of running.splice(0)) await postgres.stop();
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });

  describe('a start', () => {
    it('makes a durable UTF-8 database that sorts by code point and wants a password', async () => {
      const postgres = await start(path.join(await newFolder(), 'new', 'data folder è'));
      assert.equal(postgres.owned, true);
      const [settings] = await query(
        postgres.connectionString,
        `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
                pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale,
                current_setting('listen_addresses') as listens
           from pg_database where datname = current_database()`,
      );
      assert.deepEqual(settings, {
        fsync: 'on',
        commit: 'on',
        encoding: 'UTF8',
        provider: 'b',
        locale: 'C.UTF-8',
        listens: '127.0.0.1',
      });
      const stranger = new URL(postgres.connectionString);
      stranger.password = 'password';
      await assert.rejects(query(stranger.href, 'select 1'), { code: '28P01' });
    });

    it('after a stop keeps the data and the password', async () => {
      const first = await start(shared);
      await query(first.connectionString, 'create table kept (text text)');
      await first.stop();
      const second = await start(shared);
      assert.equal(second.owned, true);
      assert.deepEqual(await query(second.connectionString, 'select * from kept'), []);
      assert.equal(new URL(second.connectionString).password, new URL(first.connectionString).password);
    });

    it('redoes a cluster whose making was killed', async () => {
      const folder = await newFolder();
      const half = path.join(folder, `postgresql.making-${deadPid()}`);
      await mkdir(path.join(half, 'data'), { recursive: true });
      await writeFile(path.join(half, 'data', 'PG_VERSION'), '18\n');
      const postgres = await start(folder);
      assert.equal((await query(postgres.connectionString, 'select 1 as one')).length, 1);
      assert.deepEqual(
        (await readdir(folder)).filter((name) => name.includes('making')),
        [],
      );
    });

    it('beside another start in the same folder ends at one server', async () => {
      const folder = await newFolder();
      const both = [spawnAdapter(folder), spawnAdapter(folder)];
      const [first, second] = await Promise.all(both.map(started));
      running.push(await start(folder));
      assert.equal(first?.connectionString, second?.connectionString);
    });

    it('takes a record of a process that is no server for what it is', async function () {
      if (process.platform !== 'linux') this.skip();
      for (const pid of [deadPid(), process.pid]) {
        const record = path.join(shared, 'postgresql', 'data', 'postmaster.pid');
        await writeFile(record, `${pid}\n/elsewhere\n0\n1\n\n127.0.0.1\n0 0\nready\n`);
        const postgres = await start(shared);
        assert.equal(postgres.owned, true);
        await postgres.stop();
      }
    });

    it('as root runs the server as somebody else', async function () {
      if (!root) this.skip();
      await start(shared);
      const postmaster = await readPostmaster(path.join(shared, 'postgresql', 'data'));
      assert.notEqual((await stat(`/proc/${postmaster?.pid}`)).uid, 0);
    });
  });

  describe('after a crash', () => {
    it('of the adapter, the next start adopts the server and stops it in the end', async () => {
      const child = spawnAdapter(shared);
      const first = await started(child);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const adopted = await start(shared);
      assert.equal(adopted.owned, false);
      assert.equal(adopted.connectionString, first.connectionString);
      await adopted.stop();
      await assert.rejects(query(adopted.connectionString, 'select 1'), { code: 'ECONNREFUSED' });
    });

    it('of PostgreSQL, the next start recovers what was committed', async () => {
      const first = await start(shared);
      await query(first.connectionString, "create table committed as select 'committed' as text");
      const postmaster = await readPostmaster(path.join(shared, 'postgresql', 'data'));
      assert.ok(postmaster);
      process.kill(postmaster.pid, 'SIGKILL');
      const second = await start(shared);
      assert.equal(second.owned, true);
      assert.deepEqual(await query(second.connectionString, 'select text from committed'), [
        { text: 'committed' },
      ]);
    });
  });

  it('outlives Ctrl-C until the adapter has finished', async function () {
    if (process.platform === 'win32') this.skip();
    const child = spawnAdapter(shared);
    const { connectionString } = await started(child);
    process.kill(-(child.pid ?? 0), 'SIGINT'); // the whole process group, as a terminal does
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 0);
    await assert.rejects(query(connectionString, 'select 1'), { code: 'ECONNREFUSED' });
    const again = await start(shared);
    assert.deepEqual(await query(again.connectionString, 'select text from note'), [
      { text: 'written after Ctrl-C' },
    ]);
  });

  describe('refuses', () => {
    it('a file in place of the folder, and a folder below a file', async () => {
      const file = path.join(await newFolder(), 'file');
      await writeFile(file, 'mine');
      await assertRefused(start(file), 'data-folder-not-a-folder', { folder: file });
      const below = path.join(file, 'below');
      await assertRefused(start(below), 'data-folder-not-a-folder', { folder: below });
    });

    it("somebody else's folder, and touches nothing in it", async () => {
      const folder = await newFolder();
      await writeFile(path.join(folder, 'letter.txt'), 'mine');
      await assertRefused(start(folder), 'data-folder-foreign', { folder });
      assert.deepEqual(await readdir(folder), ['letter.txt']);
    });

    it('a folder named like ours that holds no cluster of ours, and touches nothing in it', async () => {
      const folder = await newFolder();
      await mkdir(path.join(folder, 'postgresql'));
      await writeFile(path.join(folder, 'postgresql', 'letter.txt'), 'mine');
      await assertRefused(start(folder), 'data-folder-foreign', { folder });
      assert.deepEqual(await readdir(path.join(folder, 'postgresql')), ['letter.txt']);
    });

    it('the cluster of another major version', async () => {
      const version = path.join(shared, 'postgresql', 'data', 'PG_VERSION');
      await writeFile(version, '17\n');
      await assertRefused(start(shared), 'data-folder-other-version', {
        folder: shared,
        found: '17',
        expected: '18',
      });
      await writeFile(version, '18\n');
    });

    it('a folder whose record names the server of another folder', async () => {
      const [mine, other] = [shared, await newFolder()];
      await start(other, { fsync: 'off' });
      const record = path.join('postgresql', 'data', 'postmaster.pid');
      await cp(path.join(other, record), path.join(mine, record));
      const owner = await readPostmaster(path.join(other, 'postgresql', 'data'));
      await assertRefused(start(mine), 'data-folder-in-use', { folder: mine, pid: owner?.pid ?? 0 });
      await rm(path.join(mine, record));
    });

    it('a folder that this account may not write to', async function () {
      if (root) this.skip();
      const folder = await newFolder();
      await chmod(folder, 0o555);
      await assertRefused(start(folder), 'data-folder-not-writable', { folder });
      const below = path.join(folder, 'below');
      await assertRefused(start(below), 'data-folder-not-writable', { folder: below });
      await chmod(folder, 0o755);
    });

    it("as root a folder that the server's account cannot get to", async function () {
      if (!root) this.skip();
      const closed = await newFolder();
      await chmod(closed, 0o700);
      const folder = path.join(closed, 'data');
      await assertRefused(start(folder), 'data-folder-closed', { folder, closed });
    });
  });
});

async function query(connectionString: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function started(child: ChildProcess): Promise<{ owned: boolean; connectionString: string }> {
  let printed = '';
  for await (const text of child.stdout ?? []) {
    printed += String(text);
    const line = /^started (.*)$/m.exec(printed)?.[1];
    // Printed by start-postgres.ts.
    if (line !== undefined) return JSON.parse(line) as { owned: boolean; connectionString: string };
  }
  throw new Error(`ended without a start: ${printed}`);
}

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

async function assertRefused(
  attempt: Promise<unknown>,
  code: string,
  params: Record<string, string | number>,
): Promise<void> {
  await assert.rejects(attempt, (error) => {
    assert.ok(error instanceof SetupError, String(error));
    assert.deepEqual(error.problems, [{ code, params }]);
    return true;
  });
}

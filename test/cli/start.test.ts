import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { readPostmaster } from '../../src/adapter/embedded-postgres/postmaster-file';
import { temporaryFolder } from '../postgres';
import { startLaunchbook, type Started } from './started';

describe('npm start', function () {
  // The pages may have to be built, and the sample plant is loaded.
  this.timeout(240_000);
  let folder: string;
  const running = new Set<ChildProcess>();

  function start(environment: Readonly<Record<string, string>> = {}, ...args: string[]): Started {
    const started = startLaunchbook(folder, environment, ...args);
    running.add(started.process);
    void started.ended.then(() => running.delete(started.process));
    return started;
  }
  const databaseServer = () => readPostmaster(path.join(folder, 'postgresql', 'data'));

  before('a first start: makes the database and loads the sample plant', async () => {
    folder = await temporaryFolder();
    const first = start();
    await first.ready();
    assert.match(first.said(), /AdventureWorks Cycles is loaded: [\d,]+ orders, [\d,]+ of them launched/);
    first.process.kill('SIGINT');
    assert.equal(await first.ended, 0);
  });
  afterEach(async () => {
    for (const child of running) child.kill('SIGKILL');
  });
  after(async () => {
    const server = await databaseServer();
    if (server) process.kill(server.pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('serves order book, pane and workbench on one address, and ends cleanly on Ctrl-C', async () => {
    const started = start();
    const url = await started.ready();
    assert.equal((await fetch(`${url}/api/ready`)).status, 200);
    const orders = (await (await fetch(`${url}/api/orders?state=launched&limit=1`)).json()) as {
      total: number;
    };
    assert.ok(orders.total >= 1500);
    assert.match(await (await fetch(`${url}/addin/taskpane.html`)).text(), /src="\/office-js\/office\.js"/);
    assert.match((await fetch(url)).url, /\/workbench\/$/);
    started.process.kill('SIGINT');
    assert.equal(await started.ended, 0, started.said());
    assert.match(started.said(), /Stopped\.\s*$/);
    assert.equal(await databaseServer(), undefined);
  });

  it('says where it runs when it is started a second time', async () => {
    const first = start();
    const url = await first.ready();
    const second = start();
    assert.equal(await second.ended, 0);
    assert.equal(second.said().trim(), `Launchbook is running already: ${url}`);
    assert.equal((await fetch(`${url}/api/ready`)).status, 200);
    first.process.kill('SIGTERM');
    assert.equal(await first.ended, 0);
  });

  it('takes the database over that a killed start left running', async () => {
    const killed = start();
    await killed.ready();
    const before = await databaseServer();
    killed.process.kill('SIGKILL');
    await killed.ended;
    const next = start();
    const url = await next.ready();
    assert.match(next.said(), /database of an earlier start/);
    assert.equal((await databaseServer())?.pid, before?.pid);
    assert.equal((await fetch(`${url}/api/ready`)).status, 200);
    next.process.kill('SIGINT');
    assert.equal(await next.ended, 0);
    assert.equal(await databaseServer(), undefined);
  });

  it('ends cleanly when it is interrupted while it starts', async () => {
    const started = start();
    await started.hears(/Starting the database/);
    started.process.kill('SIGINT');
    assert.equal(await started.ended, 0, started.said());
    assert.equal(await databaseServer(), undefined);
  });

  it('says everything that is wrong with its settings in sentences, and ends 1', async () => {
    const started = start({ PORT: 'x', HOST: '0.0.0.0' });
    assert.equal(await started.ended, 1);
    assert.match(started.said(), /HOST is "0\.0\.0\.0"/);
    assert.match(started.said(), /PORT is "x"/);
    assert.doesNotMatch(started.said(), /\n {4}at /);
  });

  it('speaks the language of the system', async () => {
    const started = start({ PORT: 'x', LC_ALL: 'it_IT.UTF-8' });
    assert.equal(await started.ended, 1);
    assert.match(started.said(), /^Non è stato possibile avviare Launchbook\./);
  });

  it('says so when its port is taken, and leaves nothing running', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    // A server that listens on TCP has an address of this form.
    const { port } = other.address() as AddressInfo;
    const started = start({ PORT: String(port) });
    assert.equal(await started.ended, 1);
    assert.match(started.said(), new RegExp(`Port ${port} of 127\\.0\\.0\\.1 cannot be used`));
    assert.equal(await databaseServer(), undefined);
    other.close();
  });

  it('does not guess what an unknown option means', async () => {
    const started = start({}, '--open-everything');
    assert.equal(await started.ended, 1);
    assert.match(started.said(), /"--open-everything"/);
  });
});

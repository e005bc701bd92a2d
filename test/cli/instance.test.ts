import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findRunningInstance, forgetInstance, recordInstance } from '../../src/cli/instance';

describe('the record of the running instance', () => {
  let folder: string;
  let server: Server;
  let url: string;
  let health: { status: number; body: string };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'launchbook-instance-'));
    health = { status: 200, body: JSON.stringify({ status: 'ok', version: '0.1.0' }) };
    server = createServer((request, response) => {
      response.statusCode = request.url === '/api/health' ? health.status : 404;
      response.end(health.body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    // A server that listens on TCP has an address of this form.
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await rm(folder, { recursive: true, force: true });
  });

  it('says where the instance runs', async () => {
    await recordInstance(folder, url);
    assert.deepEqual(await findRunningInstance(folder), { pid: process.pid, url });
  });

  it('is made in a folder that is not there yet', async () => {
    const below = path.join(folder, 'not', 'there');
    assert.equal(await findRunningInstance(below), undefined);
    await recordInstance(below, url);
    assert.deepEqual(await findRunningInstance(below), { pid: process.pid, url });
  });

  it('is the only thing left in the folder, and gone at a clean end', async () => {
    await recordInstance(folder, url);
    await recordInstance(folder, url);
    assert.deepEqual(await readdir(folder), ['instance.json']);
    await forgetInstance(folder);
    assert.deepEqual(await readdir(folder), []);
    await forgetInstance(folder);
  });

  it('of another process stays when this one ends', async () => {
    const record = { pid: process.ppid, url };
    await writeFile(path.join(folder, 'instance.json'), JSON.stringify(record));
    await forgetInstance(folder);
    assert.deepEqual(await findRunningInstance(folder), record);
  });

  it('of a process that was killed is not believed, though something answers at its address', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(path.join(folder, 'instance.json'), JSON.stringify({ pid, url }));
    assert.equal(await findRunningInstance(folder), undefined);
  });

  it('is not believed when nothing answers at its address', async () => {
    await recordInstance(folder, url);
    await new Promise((closed) => server.close(closed));
    assert.equal(await findRunningInstance(folder), undefined);
  });

  it('is not believed when another program answers', async () => {
    await recordInstance(folder, url);
    for (const answer of [
      { status: 404, body: '{}' },
      { status: 200, body: '<html></html>' },
      { status: 200, body: '{"status":"UP"}' },
    ]) {
      health = answer;
      assert.equal(await findRunningInstance(folder), undefined);
    }
  });

  for (const text of [
    '',
    '{"pid":',
    '[]',
    '{"pid":0,"url":"http://127.0.0.1:1"}',
    '{"pid":1,"url":"file:///etc/passwd"}',
  ]) {
    it(`is not believed when it reads ${text || 'nothing'}`, async () => {
      await writeFile(path.join(folder, 'instance.json'), text);
      assert.equal(await findRunningInstance(folder), undefined);
    });
  }
});

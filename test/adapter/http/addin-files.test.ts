import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { serveAddin } from '../../../src/adapter/http/addin-files';

describe('the pages of the add-in', () => {
  let folder: string;
  let server: FastifyInstance;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'launchbook-addin-'));
    for (const name of ['pages', 'assets']) await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, 'secret.txt'), 'secret');
    await writeFile(path.join(folder, 'pages/taskpane.html'), 'for Excel');
    await writeFile(path.join(folder, 'pages/taskpane.workbench.html'), 'for the workbench');
    await writeFile(path.join(folder, 'pages/taskpane.js'), '1');
    await writeFile(path.join(folder, 'assets/icon-16.png'), 'png');
    server = fastify();
    await serveAddin(server, {
      pages: path.join(folder, 'pages'),
      assets: path.join(folder, 'assets'),
      host: 'workbench',
    });
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('are the workbench’s under the name the manifest gives, with what Office appends', async () => {
    const reply = await server.inject('/addin/taskpane.html?_host_Info=Excel$Web$16.00$en-us');
    assert.equal(reply.body, 'for the workbench');
  });

  it('run only scripts of this origin, and only this origin may frame them', async () => {
    const policy = String((await server.inject('/addin/taskpane.html')).headers['content-security-policy']);
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /frame-ancestors 'self'/);
    assert.equal((await server.inject('/addin/taskpane.html')).headers['x-frame-options'], undefined);
  });

  it('come with their scripts and icons', async () => {
    assert.equal((await server.inject('/addin/taskpane.js')).body, '1');
    assert.equal((await server.inject('/assets/icon-16.png')).statusCode, 200);
  });

  for (const url of [
    '/addin/',
    '/assets/',
    '/assets/..%2fsecret.txt',
    '/addin/%2e%2e/secret.txt',
    '/addin/none.js',
  ]) {
    it(`end at their folders: ${url}`, async () => {
      const reply = await server.inject(url);
      assert.ok(reply.statusCode >= 400);
      assert.notEqual(reply.body, 'secret');
    });
  }
});

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixtureServer } from './fixture-server';

describe('serving the workbench', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof fixtureServer>>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>');
    server = await fixtureServer(folder);
  });

  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const get = (url: string, host = 'localhost:3000') => server.inject({ url, headers: { host } });

  it('leads from the root to the page', async () => {
    assert.equal((await get('/')).headers.location, '/workbench/');
    assert.equal((await get('/?lang=it')).headers.location, '/workbench/?lang=it');
    const page = await get('/workbench/');
    assert.match(page.body, /<title>page/);
    assert.match(
      String(page.headers['content-security-policy']),
      /default-src 'none'.*frame-ancestors 'none'/,
    );
  });

  it('tells the page what add-in it is for', async () => {
    const settings = (await get('/workbench/settings.json')).json<{
      manifest: { id: string };
      excelCommand: string;
    }>();
    assert.equal(settings.manifest.id, '6f1d2a6e-7d5a-4c8e-9d57-2f1f3f7f9a01');
    assert.equal(settings.excelCommand, 'npm run excel');
  });

  it('gives the page what office.js says about its classes', async () => {
    const metadata = (await get('/workbench/metadata.json')).json<{ classes: Record<string, unknown> }>();
    assert.ok('Worksheet' in metadata.classes);
  });

  it("serves Microsoft's files whatever the case of the address, framable by the workbench only", async () => {
    const page = await get('/office-js/AgaveErrorUX/index.html');
    assert.equal(page.statusCode, 200);
    assert.match(String(page.headers['content-security-policy']), /frame-ancestors 'self'/);
    assert.equal((await get('/office-js/office.js')).statusCode, 200);
  });

  it('gives nothing from outside the folders', async () => {
    for (const url of [
      '/office-js/../package.json',
      '/office-js/..%2fpackage.json',
      '/workbench/..%2f..%2fetc/passwd',
    ]) {
      assert.notEqual((await get(url)).statusCode, 200, url);
    }
  });

  it('sends visitors of the bracketed IPv6 address to localhost, where office.js works', async () => {
    const reply = await get('/workbench/?lang=it', '[::1]:3000');
    assert.equal(reply.statusCode, 302);
    assert.equal(reply.headers.location, 'http://localhost:3000/workbench/?lang=it');
  });

  it('has no icon, and says so without an error', async () => {
    assert.equal((await get('/favicon.ico')).statusCode, 204);
  });
});

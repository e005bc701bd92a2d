import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newKey, problemIn, useAdapter } from './adapter';

describe('the guard against pages of other origins', () => {
  const adapter = useAdapter();
  const payload = { command: 'release', orders: [{ key: '2026/1/0', version: 1 }] };
  const write = (origin: string | undefined, host = 'localhost:80') =>
    adapter.send('POST', '/api/runs', {
      payload,
      key: newKey(),
      headers: { host, ...(origin && { origin }) },
    });

  for (const host of ['attacker.example', 'localhost.attacker.example', '127.0.0.1.nip.io', '192.168.1.5']) {
    it(`does not answer as ${host}`, async () => {
      const reply = await adapter.send('GET', '/api/health', { headers: { host } });
      problemIn(reply, 'foreignHost', 403);
    });
  }

  for (const host of ['localhost', '127.0.0.1', '[::1]', 'LocalHost']) {
    it(`answers as ${host}`, async () => {
      const reply = await adapter.send('GET', '/api/health', { headers: { host } });
      assert.equal(reply.statusCode, 200);
    });
  }

  for (const origin of ['http://attacker.example', 'null', 'https://localhost:80', 'http://localhost:81']) {
    it(`takes no write from ${origin}`, async () => {
      problemIn(await write(origin), 'foreignOrigin', 403);
    });
  }

  it('takes writes from its own pages and from programs', async () => {
    await adapter.add({ number: 1 });
    assert.equal((await write('http://localhost:80')).statusCode, 200);
    assert.equal((await write(undefined)).statusCode, 200);
  });

  it('sends what keeps browsers from guessing, caching and framing', async () => {
    const { headers } = await adapter.send('GET', '/api/session');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.match(String(headers['content-security-policy']), /default-src 'none'; frame-ancestors 'none'/);
    assert.equal(headers['access-control-allow-origin'], undefined);
  });

  it('answers only on its own port', async () => {
    await adapter.server.listen({ host: '127.0.0.1', port: 0 });
    // A server that listens on TCP has an address of this form.
    const { port } = adapter.server.server.address() as AddressInfo;
    assert.equal(await statusWithHost(port, `localhost:${port}`), 200);
    assert.equal(await statusWithHost(port, `localhost:${port === 1 ? 2 : 1}`), 403);
    assert.equal(await statusWithHost(port, 'localhost'), 403);
  });
});

function statusWithHost(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/api/health', headers: { host }, agent: false }, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

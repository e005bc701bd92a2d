import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { serveGuide } from '../../src/adapter/http/guide';
import { buildGuide } from '../../src/cli/build-guide';
import { languages } from '../../src/language/text';
import { temporaryFolder } from '../postgres';

describe('the guide as a page', () => {
  let folder: string;
  let server: FastifyInstance;

  before(async () => {
    folder = await temporaryFolder();
    await buildGuide(folder);
    server = fastify();
    await serveGuide(server, folder);
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  for (const language of languages) {
    it(`is there in ${language}, with its pictures, and its links lead somewhere`, async () => {
      const address = new URL(`/guide/${language}`, 'http://localhost');
      const reply = await server.inject(address.pathname);
      assert.equal(reply.statusCode, 200);
      assert.match(String(reply.headers['content-type']), /^text\/html; charset=utf-8/);
      assert.match(reply.body, new RegExp(`<html lang="${language}">`));
      assert.doesNotMatch(reply.body, /\{\{|\.md"/);
      const links = [...reply.body.matchAll(/(?:href|src)="([^"]+)"/g)].map(
        ([, link = '']) => new URL(link, address),
      );
      assert.ok(links.filter(({ pathname }) => pathname.endsWith('.png')).length >= 8);
      for (const { pathname, hash } of links) {
        if (pathname === address.pathname) {
          assert.ok(reply.body.includes(`id="${decodeURIComponent(hash).slice(1)}"`), hash);
        } else if (!pathname.startsWith('/assets/')) {
          assert.equal((await server.inject(pathname)).statusCode, 200, pathname);
        }
      }
    });
  }

  it('runs no script, loads nothing from elsewhere, and is not framed', async () => {
    const policy = String((await server.inject('/guide/it')).headers['content-security-policy']);
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /script-src|unsafe|https?:/);
  });

  it('leads from its address without a language to the reader’s', async () => {
    for (const [wanted, language] of [
      ['it-CH, de;q=0.5', 'it'],
      ['de', 'en'],
    ] as const) {
      const { headers } = await server.inject({ url: '/guide/', headers: { 'accept-language': wanted } });
      assert.equal(headers.location, `/guide/${language}`);
    }
  });
});

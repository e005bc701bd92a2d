import { dirname, join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readManifest } from './page/manifest-reader';
import type { PageSettings } from './page/settings';
import { readInstalledMetadata } from './protocol/read-metadata';

export interface WorkbenchOptions {
  /** Text of the XML manifest of the add-in. */
  readonly manifest: string;
  /** Folder the page was built into. */
  readonly page: string;
  /** What to type to open the add-in in real Excel, e.g. `npm run excel`. */
  readonly excelCommand?: string;
  /** Name shown for the workbook, without an ending. */
  readonly workbookName?: string;
}

const BASE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
];

/** Content security policy of the workbench's own page: nothing from elsewhere, and nobody frames it. */
export const workbenchPolicy = [...BASE_POLICY, "frame-ancestors 'none'"].join('; ');

/** Content security policy for pages shown inside the workbench: the add-in's own and Microsoft's trust page. */
export const framedPolicy = [...BASE_POLICY, "frame-ancestors 'self'"].join('; ');

/**
 * Mounts the workbench on a server: the page at `/workbench/`, Microsoft's office.js, unmodified, at `/office-js/`, and the way
 * from `/` to the page. A fastify plugin without prefix. The add-in's own pages are served by whoever owns them, on the same origin.
 * Refusing foreign host names is the server's task; this only sends IPv6 visitors to `localhost`, because office.js cannot read
 * an address in brackets.
 * @throws ManifestError when the manifest cannot be used.
 */
export async function workbench(server: FastifyInstance, options: WorkbenchOptions): Promise<void> {
  const settings: PageSettings = {
    manifest: readManifest(options.manifest),
    excelCommand: options.excelCommand ?? null,
    workbookName: options.workbookName ?? null,
  };
  const metadata = JSON.stringify(readInstalledMetadata());
  const officeJs = join(dirname(require.resolve('@microsoft/office-js/package.json')), 'dist');

  server.addHook('onRequest', async (request, reply) => {
    const address = /^\[::1\](:\d+)?$/.exec(request.headers.host ?? '');
    if (address) await reply.redirect(`http://localhost${address[1] ?? ''}${request.url}`);
  });
  await server.register(staticFiles, {
    root: options.page,
    prefix: '/workbench/',
    setHeaders: pageHeaders,
    decorateReply: !server.hasReplyDecorator('sendFile'),
  });

  for (const start of ['/', '/workbench']) {
    server.get(start, (request, reply) =>
      reply.redirect(`/workbench/${/\?.*$/.exec(request.url)?.[0] ?? ''}`),
    );
  }
  server.get('/favicon.ico', (_request, reply) => reply.code(204).send());
  server.get('/workbench/settings.json', (_request, reply) => sendFresh(reply).send(settings));
  server.get('/workbench/metadata.json', (_request, reply) =>
    sendFresh(reply).type('application/json').send(metadata),
  );
  // Addresses in office.js are of mixed case (`AgaveErrorUX`), the folders of the package are of lower case.
  server.get<{ Params: { '*': string } }>('/office-js/*', (request, reply) =>
    reply
      .headers({ 'content-security-policy': framedPolicy, 'x-content-type-options': 'nosniff' })
      .sendFile(request.params['*'].toLowerCase(), officeJs),
  );
}

function sendFresh(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache');
}

function pageHeaders(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader('content-security-policy', workbenchPolicy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
}

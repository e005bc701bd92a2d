import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * Pages of the add-in run nothing from elsewhere, and only this origin may frame them. Styles are written by the component
 * library at run time. There is no X-Frame-Options: it would keep the add-in out of its frame.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  // Office.js asks its own trust page in a frame, and waits for ever when it cannot.
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "frame-ancestors 'self'",
].join('; ');

export interface AddinFolders {
  /** What webpack built. */
  readonly pages: string;
  /** The icons the manifest names. */
  readonly assets: string;
}

/**
 * Serves the add-in at `/addin/` and its icons at `/assets/`. The pane takes office.js from `/office-js/` of this origin: the
 * page for the workbench goes by the name that the manifest gives.
 */
export async function serveAddin(server: FastifyInstance, { pages, assets }: AddinFolders): Promise<void> {
  await server.register(async (scope) => {
    await scope.register(staticFiles, {
      root: pages,
      prefix: '/addin/',
      index: false,
      setHeaders: (response) => {
        response.setHeader('content-security-policy', POLICY);
      },
    });
    await scope.register(staticFiles, {
      root: assets,
      prefix: '/assets/',
      index: false,
      decorateReply: false,
    });
    scope.get('/addin/taskpane.html', { schema: { hide: true } }, (_request, reply) =>
      reply.sendFile('taskpane.workbench.html'),
    );
  });
}

import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where Excel loads office.js from, and what office.js loads itself. */
const OFFICE = 'https://appsforoffice.microsoft.com';

/**
 * Pages of the add-in run nothing from elsewhere but office.js, and only this origin may frame them (Excel on the desktop does not
 * frame). Styles are written by the component library at run time. There is no X-Frame-Options: it would keep the add-in out of
 * its frame.
 */
function policyWith(...elsewhere: string[]): string {
  const here = ["'self'", ...elsewhere].join(' ');
  return [
    "default-src 'none'",
    `script-src ${here}`,
    `style-src ${here} 'unsafe-inline'`,
    `img-src ${here} data:`,
    "font-src 'self' data:",
    `connect-src ${here}`,
    // Office.js asks its own trust page in a frame, and waits for ever when it cannot.
    `frame-src ${here}`,
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

export interface AddinFolders {
  /** What the build of the pane made. */
  readonly pages: string;
  /** The icons the manifest names. */
  readonly assets: string;
  /** Who shows the pane: Excel takes office.js from Microsoft, the workbench from `/office-js/` of this origin. */
  readonly host: 'excel' | 'workbench';
}

/** Serves the add-in at `/addin/` and its icons at `/assets/`. The pane for either host goes by the name that the manifest gives. */
export async function serveAddin(
  server: FastifyInstance,
  { pages, assets, host }: AddinFolders,
): Promise<void> {
  const policy = host === 'excel' ? policyWith(OFFICE) : policyWith();
  await server.register(async (scope) => {
    await scope.register(staticFiles, {
      root: pages,
      prefix: '/addin/',
      index: false,
      setHeaders: (response) => {
        response.setHeader('content-security-policy', policy);
      },
    });
    await scope.register(staticFiles, {
      root: assets,
      prefix: '/assets/',
      index: false,
      decorateReply: false,
    });
    if (host === 'workbench') {
      scope.get('/addin/taskpane.html', { schema: { hide: true } }, (_request, reply) =>
        reply.sendFile('taskpane.workbench.html'),
      );
    }
  });
}

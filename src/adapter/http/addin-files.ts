import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * Pages of the add-in run nothing from elsewhere, and only this origin may frame them. Styles are written by the component
 * library at run time. Source of the frame rule: Office add-ins must not send X-Frame-Options.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
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

/** Serves the add-in at `/addin/` and its icons at `/assets/`. */
export async function serveAddin(app: FastifyInstance, { pages, assets }: AddinFolders): Promise<void> {
  // Browsers ask again each time whether a file changed, so that a new build shows at once.
  const shared = { cacheControl: true, maxAge: 0, decorateReply: false, index: false } as const;
  await app.register(staticFiles, {
    ...shared,
    root: pages,
    prefix: '/addin/',
    setHeaders: (response) => {
      response.setHeader('content-security-policy', POLICY);
    },
  });
  await app.register(staticFiles, { ...shared, root: assets, prefix: '/assets/' });
}

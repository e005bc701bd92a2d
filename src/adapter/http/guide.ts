import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { languageOf, languages } from '../../language/text';
import { preferred } from './language';

/** Text, pictures and one style sheet: nothing runs, and nobody frames it. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the planner's guide at `/guide/en` and `/guide/it`, and leads from `/guide` to the reader's language. */
export async function serveGuide(server: FastifyInstance, folder: string): Promise<void> {
  await server.register(async (scope) => {
    await scope.register(staticFiles, {
      root: folder,
      prefix: '/guide/',
      index: false,
      decorateReply: !scope.hasReplyDecorator('sendFile'),
      setHeaders: (response) => {
        response.setHeader('content-security-policy', POLICY);
      },
    });
    for (const language of languages) {
      scope.get(`/guide/${language}`, { schema: { hide: true } }, (_request, reply) =>
        reply.sendFile(`${language}.html`, folder),
      );
    }
    for (const address of ['/guide', '/guide/']) {
      scope.get(address, { schema: { hide: true } }, (request, reply) => {
        const language = languageOf(preferred(request.headers['accept-language'] ?? ''));
        return reply.header('vary', 'accept-language').redirect(`/guide/${language}`);
      });
    }
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem';

/** Room for a run of the most orders there may be, with long keys. */
export const mostBytesOfABody = 4 * 1024 * 1024;

const READS = new Set(['GET', 'HEAD']);
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

const API_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/**
 * Keeps pages of other origins away from an adapter that trusts everybody on this machine: the Host allow-list stops DNS
 * rebinding, the Origin check stops writes from foreign pages, and JSON as the only body keeps browsers from sending
 * writes without a preflight.
 */
export function guardAgainstForeignPages(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    setHeaders(request, reply);
    if (!isOwnHost(request)) throw new ProblemError('foreignHost');
    if (!READS.has(request.method) && !isOwnOrigin(request)) throw new ProblemError('foreignOrigin');
  });
}

function setHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(HEADERS).header('x-request-id', request.id);
  if (request.url.startsWith('/api/')) reply.headers(API_HEADERS);
}

function isOwnHost({ headers: { host = '' }, socket, protocol }: FastifyRequest): boolean {
  const usual = protocol === 'https' ? '443' : '80';
  const [, name = '', port = usual] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host.toLowerCase()) ?? [];
  // Requests injected by tests come over no socket, so there is no port to compare.
  const portFits = socket.localPort === undefined || port === String(socket.localPort);
  return LOOPBACK_NAMES.has(name) && portFits;
}

/** Programs send no Origin; browsers send one with every write. */
function isOwnOrigin({ headers: { host, origin }, protocol }: FastifyRequest): boolean {
  return origin === undefined || origin.toLowerCase() === `${protocol}://${host?.toLowerCase()}`;
}

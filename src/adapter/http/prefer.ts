import type { FastifyReply, FastifyRequest } from 'fastify';

const MOST_SECONDS = 60;

/**
 * How long a caller wants to wait for the end of a run, in milliseconds: `Prefer: wait=20`, at most a minute; undefined when they
 * do not say. The reply says what it went by. Source: RFC 7240.
 */
export function patienceOf({ headers }: FastifyRequest, reply: FastifyReply): number | undefined {
  const preferred = [headers['prefer'] ?? []].flat().join(',');
  const [, wanted] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})/i.exec(preferred) ?? [];
  if (wanted === undefined) return undefined;
  const seconds = Math.min(Number(wanted), MOST_SECONDS);
  reply.header('preference-applied', `wait=${seconds}`);
  return seconds * 1000;
}

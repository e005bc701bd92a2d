import type { FastifyRequest } from 'fastify';
import { idempotencyHeader } from '../../contract/headers';
import { ProblemError } from './problem';

/** Printable ASCII, no blanks at the ends: what every client can send in a header and every log can show. */
const KEY = /^[!-~][ -~]{6,198}[!-~]$/;

/** The key of a write: one per attempt, 8 to 200 printable characters. */
export function idempotencyKeyOf({ headers }: FastifyRequest): string {
  const key = headers[idempotencyHeader];
  if (typeof key !== 'string' || !KEY.test(key)) throw new ProblemError('missingIdempotencyKey');
  return key;
}

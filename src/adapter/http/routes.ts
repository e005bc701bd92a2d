import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Instant } from '../../domain/calendar';
import type { Runner } from '../runs/runner';
import type { Stores } from '../stores';

/** What routes are made of. */
export interface Services extends Stores {
  readonly runner: Runner;
  readonly clock: () => Instant;
  /** Version of this program. */
  readonly version: string;
}

/** A server whose routes are typed and checked by the schemas they declare. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Instant } from '../../domain/calendar';
import type { Downloads } from '../orderbook/downloads';
import type { OrderBook } from '../orderbook/order-book';
import type { StoredDefaults } from '../orderbook/release-defaults';
import type { Importer } from '../orderbook/importer';
import type { SavedSearches } from '../orderbook/saved-searches';
import type { RunLedger } from '../runs/run-ledger';
import type { Runner } from '../runs/runner';

/** What routes are made of. */
export interface Services {
  readonly book: OrderBook;
  readonly ledger: RunLedger;
  readonly runner: Runner;
  readonly searches: SavedSearches;
  readonly defaults: StoredDefaults;
  readonly downloads: Downloads;
  readonly importer: Importer;
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

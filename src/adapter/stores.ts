import type { Downloads } from './orderbook/downloads';
import type { Importer } from './orderbook/importer';
import type { OrderBook } from './orderbook/order-book';
import type { StoredDefaults } from './orderbook/release-defaults';
import type { SavedSearches } from './orderbook/saved-searches';
import type { RunLedger } from './runs/run-ledger';

/** The order book, its runs, and what else is kept beside it. */
export interface Stores {
  readonly book: OrderBook;
  readonly ledger: RunLedger;
  readonly searches: SavedSearches;
  readonly defaults: StoredDefaults;
  readonly downloads: Downloads;
  readonly importer: Importer;
}

import type { Instant } from '../../domain/calendar';
import type { SavedQuery } from '../../contract/saved-searches';

export interface StoredSearch {
  readonly name: string;
  readonly query: SavedQuery;
  readonly changedAt: Instant;
}

/** Searches people keep under a name, each for themselves. Always ours, whatever book the orders are in. */
export interface SavedSearches {
  /** By name. */
  list(company: string, actor: string): Promise<readonly StoredSearch[]>;
  /** Takes the place of what was saved under this name. */
  save(company: string, actor: string, search: StoredSearch): Promise<void>;
  /** False when there is none of this name. */
  remove(company: string, actor: string, name: string): Promise<boolean>;
}

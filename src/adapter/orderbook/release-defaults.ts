import type { ReleaseDefaults } from '../../contract/release-defaults';
import type { Moment } from './order-book';

/** How people like to release, each for themselves in each company. Always ours, whatever book the orders are in. */
export interface StoredDefaults {
  /** Null for whoever saved none. */
  read(company: string, actor: string): Promise<ReleaseDefaults | null>;
  /** Takes the place of what was saved before. */
  save(moment: Moment, defaults: ReleaseDefaults): Promise<void>;
}

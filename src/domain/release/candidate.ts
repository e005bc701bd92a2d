import type { CalendarDate } from '../calendar';
import type { ClosedDay } from '../closed-period';
import type { Candidate } from '../header-rules';
import type { Hold } from '../order';
import type { Quantity } from '../quantity';
import type { ChosenLots, LotNeed } from './lots';
import type { SplitBasis } from './split';
import type { PickNeed } from '../work/plan';
import type { StockNeed } from './stock';

/** An automatic material for which no warehouse with an unload reason for production could be found. */
export interface UnresolvedMaterial {
  readonly line: number;
  readonly item: string;
}

/** A marked order with everything the rules of a release look at. Without an order the rest means nothing. */
export interface ReleaseCandidate extends Candidate {
  readonly item: string;
  /** The item may not be produced. */
  readonly blocked: boolean;
  readonly quantity: Quantity;
  readonly produced: Quantity;
  readonly hold: Hold | null;
  /** Materials are expected and there are none. */
  readonly lacksMaterials: boolean;
  /** The item has a routing and the order no operations. */
  readonly lacksOperations: boolean;
  readonly unresolved: readonly UnresolvedMaterial[];
  /** Its posting day, where it has one of its own; left out where it is that of all. */
  readonly postedOn?: CalendarDate;
  /** Warehouses the order would post to whose books are closed on its posting day. */
  readonly closed: readonly ClosedDay[];
  /** Only the needs from stocks listed in the balances: the others are known to be covered. */
  readonly needs: readonly StockNeed[];
  /** Its lines that are managed by lot and name none; none of them is in `needs`. */
  readonly lotNeeds?: readonly LotNeed[];
  /** The lots the planner wants for some of these. */
  readonly chosenLots?: readonly ChosenLots[];
  /** What a restore right before gives back to those stocks: only of an order that is restored and released in one. */
  readonly returned?: readonly StockNeed[];
  /** Left out where the order is not to be split. */
  readonly split?: SplitBasis | undefined;
  /** What its warehouse fetches for it; left out where a release makes no picking work. */
  readonly picks?: readonly PickNeed[];
}

import { calendarDate, type CalendarDate } from '../calendar';
import type { Quantity } from '../quantity';
import type { StockKey, StockNeed } from './stock';
import type { Refusal } from '../refusals';

/**
 * Which lots are proposed for a material whose line names none: `fifo` those that came first, `expiry` those that expire first and have not
 * expired yet, `manual` none. Source: Fluentis, item parameters (lot picking rule).
 */
export const lotPickings = ['fifo', 'expiry', 'manual'] as const;
export type LotPicking = (typeof lotPickings)[number];

/** One lot of an item in a warehouse. */
export interface Lot {
  readonly lot: string;
  /** Where its balance is kept. */
  readonly stock: StockKey;
  /** Null: nobody knows, so it counts as the oldest. */
  readonly receivedOn: CalendarDate | null;
  /** Its last good day; null: it never expires. */
  readonly expiresOn: CalendarDate | null;
}

/** Whether its last good day is before this one. */
export const hasExpired = ({ expiresOn }: Pick<Lot, 'expiresOn'>, day: CalendarDate): boolean =>
  expiresOn !== null && expiresOn < day;

/** What lies in lots of one item and variant in one warehouse. */
export interface LotStock {
  readonly item: string;
  readonly variant: string;
  readonly warehouse: string;
  readonly unit: string;
  readonly picking: LotPicking;
  readonly lots: readonly Lot[];
}

/** The lots that orders may be given, and the day on which they are withdrawn where an order has none of its own. */
export interface LotFacts {
  /** By item, variant and warehouse: the key of the stock without a lot. */
  readonly stocks: ReadonlyMap<StockKey, LotStock>;
  readonly postedOn: CalendarDate;
}

/** Where nothing is managed by lot, no day matters. */
export const noLots: LotFacts = { stocks: new Map(), postedOn: calendarDate('2000-01-01') };

/** A material line that is managed by lot and names none. */
export interface LotNeed {
  readonly line: number;
  readonly item: string;
  /** Of the item, variant and warehouse, without a lot. */
  readonly stock: StockKey;
  readonly quantity: Quantity;
}

/** So much of one lot. */
export interface LotPart {
  readonly lot: string;
  readonly quantity: Quantity;
}

/** The lots that a planner wants for one material line. */
export interface ChosenLots {
  readonly line: number;
  readonly lots: readonly LotPart[];
}

/** The lots one line takes: its movement has a part for each, in this order, and together they are its need. */
export interface LotLine extends LotNeed {
  readonly parts: readonly LotPart[];
}

/** What lots come to for one order when its turn comes. */
export interface PickedLots {
  /** REL-09: a lot is missing, or what was chosen cannot be taken for this line. */
  readonly missing: readonly Refusal[];
  /** REL-10: the lots do not suffice. */
  readonly shortages: readonly Refusal[];
  /** REL-09 as a warning: a lot it takes has expired. */
  readonly warnings: readonly Refusal[];
  /** By line. Whole only where nothing is missing or short. */
  readonly lines: readonly LotLine[];
  /** What the lines take, by lot. */
  readonly needs: readonly StockNeed[];
}

/** Whether a choice of lots may help: none is made, the one made does not fit, or what there is has expired. */
export function isForChoice({ code, params }: Refusal): boolean {
  return code === 'REL-09' || (code === 'REL-10' && params['context'] === 'expired');
}

/** As lots are proposed: by expiry where the item says so, else by the day they came; then by code. */
export function inOrderOf({ picking, lots }: LotStock): Lot[] {
  const came = ({ receivedOn }: Lot) => receivedOn ?? '';
  const expires = ({ expiresOn }: Lot) => (picking === 'expiry' ? (expiresOn ?? AFTER_EVERY_DAY) : '');
  return [...lots].sort(
    (a, b) => compare(expires(a), expires(b)) || compare(came(a), came(b)) || compare(a.lot, b.lot),
  );
}

const AFTER_EVERY_DAY = '~';
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

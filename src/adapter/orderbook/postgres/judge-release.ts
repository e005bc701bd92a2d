import { sql } from 'kysely';
import type { ClosedDay } from '../../../domain/closed-period';
import type { CalendarDate } from '../../../domain/calendar';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import { belowZero } from '../../../domain/policy';
import { quantity, zero, type Quantity } from '../../../domain/quantity';
import type { ReleaseCandidate } from '../../../domain/release/candidate';
import type { PostingDays } from '../../../domain/release/posting-days';
import type { SplitBasis } from '../../../domain/release/split';
import type { LotNeed, LotStock } from '../../../domain/release/lots';
import { decideRelease, type ReleaseDecision } from '../../../domain/release/decide';
import type { StockBalance, StockKey, StockNeed } from '../../../domain/release/stock';
import { transitions } from '../../../domain/transitions';
import { meanwhile } from '../../meanwhile';
import type { Command } from '../order-book';
import { closedWarehouses } from './closed-days';
import type { CompanyFacts } from './company-facts';
import { holdColumns, holdOf, type HoldColumns, type OrderColumns, type StoredOrder } from './lock-orders';
import { chosenByOrder, lotsAt, lotStocks } from './lots';
import type { ReservedForOrder } from './reservations';
import {
  stockKey,
  type StockHeld,
  type StockPlace,
  type StockRow,
  type StockedItem,
  type WantedPlace,
} from './stock';
import type { Needs, OrderNeed, TotalNeed } from './withdrawals';
import type { Picking } from './work/picking';

export type ReleaseCommand = Extract<Command, { kind: 'release' }>;

/** What the rules of a release look at in an order's own row. Quantities are decimal text, perhaps with trailing zeros. */
interface ReleaseColumns extends HoldColumns {
  readonly item: string;
  readonly quantity: string;
  readonly produced: string;
  readonly blocked: boolean;
  readonly lacksMaterials: boolean;
  readonly lacksOperations: boolean;
}
/** The items are looked up as two sets, each read once for all orders; the second only when an order has no operations. */
export const releaseColumns = (company: string): OrderColumns<ReleaseColumns> => sql`
  ${holdColumns}, o.item, o.quantity::text as quantity, o.quantity_produced::text as produced,
  o.item in (select i.item from item i where i.company_id = ${company} and i.blocked) as blocked,
  o.material_lines = 0 and not o.no_materials as "lacksMaterials",
  o.operation_lines = 0
    and o.item in (select i.item from item i where i.company_id = ${company} and i.routing is not null) as "lacksOperations"`;
export type OrderToRelease = StoredOrder & ReleaseColumns;

/** A stock that is needed, with what it holds where it is locked already. */
export type AskedPlace = WantedPlace & { readonly locked?: StockHeld };

/**
 * How the facts are come by. A release posts provisionally and locks; a preview only reads. Everything else, above all the
 * judging, is the same for both.
 */
export interface ReleaseReader {
  /** Whether all stocks are wanted that orders draw from; otherwise only those that may leave somebody short. */
  readonly everyStock?: boolean;
  totalsOf(orders: readonly StoredOrder[]): Promise<Needs>;
  /** What each order needs of these stocks. */
  needsOf(
    orders: readonly StoredOrder[],
    stocks: readonly StockPlace[],
  ): Promise<ReadonlyMap<string, readonly OrderNeed[]>>;
  /** The lines of each order, by its id, that are drawn from lots at these places and name none. */
  lotNeedsOf(
    orders: readonly StoredOrder[],
    places: readonly StockPlace[],
  ): Promise<ReadonlyMap<string, readonly LotNeed[]>>;
  /** The warehouses each order would post to, by its id. */
  warehousesOf(orders: readonly StoredOrder[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** What these stocks hold, by key; of places that are meant by lot, all their lots. */
  balancesOf(places: readonly AskedPlace[]): Promise<ReadonlyMap<StockKey, StockHeld | StockRow>>;
  closedOf(
    postings: readonly { readonly warehouse: string; readonly day: CalendarDate }[],
  ): Promise<readonly ClosedDay[]>;
  itemsOf(items: readonly string[]): Promise<ReadonlyMap<string, StockedItem>>;
  reservedOf(places: readonly StockPlace[]): Promise<ReadonlyMap<StockKey, string>>;
  reservedFor(
    places: readonly StockPlace[],
    orders: readonly StoredOrder[],
  ): Promise<readonly ReservedForOrder[]>;
  /** What a restore right before the release gives each order back to these stocks, by its id; left out where there is none. */
  returnedOf?(
    orders: readonly StoredOrder[],
    stocks: readonly StockPlace[],
  ): Promise<ReadonlyMap<string, readonly OrderNeed[]>>;
  /** What a split of these orders looks at, by their ids, with their lines of these items; left out where none may be split. */
  splitsOf?(
    orders: readonly StoredOrder[],
    items: readonly string[],
  ): Promise<ReadonlyMap<string, SplitBasis>>;
  /** What the warehouse fetches for these orders, once their stocks are locked; left out where a release makes no picking work. */
  pickingOf?(orders: readonly StoredOrder[]): Promise<Picking>;
}

export interface ReleaseJudgement {
  readonly candidates: readonly ReleaseCandidate[];
  /** In the sequence of the marked orders. */
  readonly decisions: readonly ReleaseDecision[];
  readonly totals: readonly TotalNeed[];
  /** Stocks whose total need exceeds what is free: only these can refuse anybody. */
  readonly contested: ReadonlyMap<StockKey, StockBalance>;
  /** The lots of everything that orders need without naming one; the balance of each is among the contested ones. */
  readonly lots: ReadonlyMap<StockKey, LotStock>;
  /** What restores right before give back to these, all orders together. */
  readonly returned: ReadonlyMap<StockKey, Quantity>;
}

/**
 * Gathers what the rules of a release need to know about these orders, as lists, and lets the domain judge.
 */
export async function judgeRelease(
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, OrderToRelease>,
  command: ReleaseCommand,
  facts: CompanyFacts,
  reader: ReleaseReader,
): Promise<ReleaseJudgement> {
  const { force, asStockAllows, lots: chosen } = command;
  const launched = [...orders.values()].filter(({ state }) => state === transitions.release.from);
  const [{ totals, unresolved }, candidates] = await Promise.all([
    reader.totalsOf(launched),
    meanwhile(() => candidatesOf(marked, orders, command)),
  ]);
  const { contested, lots } = await contestedStocks(totals, launched, facts, reader);
  const short = totals.filter((need) => contested.has(stockKey(need)));
  const needs = await reader.needsOf(launched, short);
  const byLot = await reader.lotNeedsOf(
    launched,
    totals.filter((need) => need.byLot),
  );
  const picking = await reader.pickingOf?.(launched);
  const choices = chosenByOrder(chosen);
  const inStock = launched.filter(({ id }) => needs.has(id) || byLot.has(id));
  const splits = await splitsOf(inStock, contested, command, facts, reader);
  const returned = await reader.returnedOf?.(launched, [...contested.values()]);
  const warehouses = facts.anyClosed ? new Set(totals.map(({ warehouse }) => warehouse)) : new Set<string>();
  const closed = await closedWarehouses(launched, [...warehouses], command, reader);
  const found = [unresolved, closed, needs, byLot, choices, picking?.needs ?? new Map()].some(
    ({ size }) => size > 0,
  );
  for (const { id, key } of found ? launched : []) {
    const candidate = candidates.byId.get(id);
    if (candidate === undefined) continue;
    candidate.unresolved = unresolved.get(id) ?? [];
    candidate.closed = closed.get(id) ?? [];
    candidate.needs = (needs.get(id) ?? []).map(stockNeed);
    candidate.lotNeeds = byLot.get(id) ?? [];
    candidate.chosenLots = choices.get(key) ?? [];
    candidate.split = splits.get(id);
    if (picking) candidate.picks = picking.needs.get(id) ?? [];
    if (returned) candidate.returned = (returned.get(id) ?? []).map(stockNeed);
  }
  return {
    decisions: decideRelease(candidates.all, contested, {
      force: force !== undefined,
      asStockAllows: asStockAllows === true,
      lots: { stocks: lots, postedOn: command.postingDate },
      picking: picking?.stocks ?? null,
    }),
    ...{ candidates: candidates.all, totals, contested, lots },
    returned: sumsByStock([...(returned?.values() ?? [])].flat()),
  };
}

/** What splits of these orders would look at, where the company splits orders and the request lets it split this one. */
async function splitsOf(
  orders: readonly StoredOrder[],
  contested: ReadonlyMap<StockKey, StockBalance>,
  { split, force }: ReleaseCommand,
  facts: CompanyFacts,
  reader: ReleaseReader,
): Promise<ReadonlyMap<string, SplitBasis>> {
  if (facts.shortage !== 'split' || force || !reader.splitsOf) return new Map();
  const divisible = orders.filter(({ key }) => split?.orders[key] ?? split?.allowed ?? true);
  const items = [...contested.values()].map(({ item }) => item);
  return divisible.length === 0 ? new Map() : reader.splitsOf(divisible, items);
}

function sumsByStock(needs: readonly OrderNeed[]): ReadonlyMap<StockKey, Quantity> {
  const sums = new Map<StockKey, Quantity>();
  for (const need of needs) {
    const key = stockKey(need);
    sums.set(key, (sums.get(key) ?? zero).plus(need.quantity));
  }
  return sums;
}

const stockNeed = (need: OrderNeed): StockNeed => ({
  stock: stockKey(need),
  quantity: quantity(need.quantity),
});

type Draft = { -readonly [K in keyof ReleaseCandidate]: ReleaseCandidate[K] };

/** The candidates as far as the orders themselves tell. */
function candidatesOf(
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, OrderToRelease>,
  { postingDates }: PostingDays,
) {
  const byId = new Map<string, Draft>();
  const all = marked.map((mark): Draft => {
    const order = orders.get(mark.key);
    if (order === undefined) return { ...nothingKnown, marked: mark };
    const draft: Draft = {
      marked: mark,
      order,
      item: order.item,
      blocked: order.blocked,
      quantity: quantity(order.quantity),
      produced: quantity(order.produced),
      hold: holdOf(order),
      lacksMaterials: order.lacksMaterials,
      lacksOperations: order.lacksOperations,
      unresolved: [],
      closed: [],
      needs: [],
    };
    const ownDay = postingDates?.[mark.key];
    if (ownDay !== undefined) draft.postedOn = ownDay;
    byId.set(order.id, draft);
    return draft;
  });
  return { all, byId };
}

const nothingKnown: Omit<ReleaseCandidate, 'marked'> = {
  ...{ order: null, item: '', blocked: false, quantity: zero, produced: zero, hold: null },
  ...{ lacksMaterials: false, lacksOperations: false, unresolved: [], closed: [], needs: [] },
};

/**
 * The stocks of which these orders together need more than is on hand and not reserved, and every lot of what they need without
 * naming one.
 */
async function contestedStocks(
  totals: readonly TotalNeed[],
  launched: readonly StoredOrder[],
  facts: CompanyFacts,
  reader: ReleaseReader,
): Promise<{
  readonly contested: ReadonlyMap<StockKey, StockBalance>;
  readonly lots: ReadonlyMap<StockKey, LotStock>;
}> {
  const balances = await reader.balancesOf(totals);
  const byLot = totals.filter((need) => need.byLot);
  const lots = byLot.length === 0 ? [] : lotsAt(byLot, balances);
  const named = byLot.length === 0 ? totals : totals.filter((need) => !need.byLot);
  const reserved = facts.anyReservation
    ? await reader.reservedOf([...named, ...lots])
    : new Map<StockKey, string>();
  const isLot = new Set(lots.map(stockKey));
  const short: StockPlace[] = named.filter((need) => {
    if (reader.everyStock) return true;
    const key = stockKey(need);
    if (isLot.has(key)) return false;
    const onHand = quantity(balances.get(key)?.onHand ?? '0');
    const promised = reserved.get(key);
    return quantity(need.quantity).gt(promised === undefined ? onHand : onHand.minus(promised));
  });
  // Who takes what of them is not known before it is decided, so all of them are looked at.
  short.push(...lots);
  const promised = short.filter((need) => reserved.has(stockKey(need)));
  const reservedFor = byStock(await reader.reservedFor(promised, launched), launched);
  const items = await reader.itemsOf([...short, ...byLot].map(({ item }) => item));
  const contested = new Map(
    short.map((need) => {
      const key = stockKey(need);
      const balance = balances.get(key);
      const item = items.get(need.item);
      const { variant, warehouse, lot } = need;
      // What is not known to be without lots is taken for lot-managed.
      const lotManaged = item?.lotManaged ?? true;
      return [
        key,
        {
          ...{ item: need.item, variant, warehouse, lot, unit: item?.unit ?? '', lotManaged },
          onHand: quantity(balance?.onHand ?? '0'),
          reserved: quantity(reserved.get(key) ?? '0'),
          reservedFor: reservedFor.get(key) ?? noReservations,
          belowZero: belowZero(facts.shortage, balance?.negativeStock ?? false, lotManaged),
        },
      ];
    }),
  );
  return { contested, lots: lotStocks(byLot, lots, items) };
}

const noReservations: ReadonlyMap<OrderKey, Quantity> = new Map();

function byStock(reservations: readonly ReservedForOrder[], orders: readonly StoredOrder[]) {
  const keys = new Map(orders.map(({ id, key }) => [id, key]));
  const stocks = new Map<StockKey, Map<OrderKey, Quantity>>();
  for (const reservation of reservations) {
    const key = keys.get(reservation.order);
    if (key === undefined) continue;
    const stock = stockKey(reservation);
    const ofStock = stocks.get(stock) ?? new Map<OrderKey, Quantity>();
    stocks.set(stock, ofStock.set(key, quantity(reservation.quantity)));
  }
  return stocks;
}

import { createHash } from 'node:crypto';
import { dayIn, type CalendarDate, type Instant } from '../../domain/calendar';
import type { DeclarationStep } from '../../domain/declaration/declaration';
import type { MarkedOrder, OrderKey } from '../../domain/order';
import type { OwnPapers, PaperKind } from '../../domain/papers/paper';
import { quantityText } from '../../domain/quantity';
import type { WorkStep } from '../../domain/work/work';
import { withReferences, type OrderOfRun } from '../../domain/release/references';
import { inSequence } from '../../domain/sequence';
import type { NewOrder } from '../../contract/create-orders';
import type { Company } from '../../contract/plant';
import type { ChosenLotsOfOrder, Command, OrderBook, SplitWish } from '../orderbook/order-book';
import type { Plan } from './run-ledger';

/** A command as it was asked for: what is left open is fixed when the run is opened. */
export type Asked =
  | {
      readonly kind: 'release';
      readonly postingDate: CalendarDate | undefined;
      /** Of orders that are posted on a day of their own. */
      readonly postingDates?: Readonly<Record<OrderKey, CalendarDate>>;
      readonly force?: { readonly reason: string };
      readonly papers?: readonly PaperKind[];
      readonly ownPapers?: OwnPapers;
      readonly asStockAllows?: true;
      readonly lots?: readonly ChosenLotsOfOrder[];
      readonly split?: SplitWish;
      /** Those of the orders whose sub-orders go with them. */
      readonly references?: readonly OrderKey[];
    }
  /** `undoes` is the number of a run: the orders are then what there is left to undo of it. */
  | { readonly kind: 'restore'; readonly undoes?: number }
  | { readonly kind: 'merge' }
  | { readonly kind: 'hold'; readonly reason: string }
  | { readonly kind: 'lift'; readonly reason: string | null }
  | Extract<Command, { kind: 'refresh' | 'change' | 'print' | 'reserve' }>
  | { readonly kind: 'work'; readonly step: WorkStep; readonly postingDate?: CalendarDate | undefined }
  /** The orders of the request are the keys given to these, one by one. */
  | { readonly kind: 'create'; readonly orders: readonly NewOrder[] }
  | {
      readonly kind: 'declare';
      readonly step: DeclarationStep;
      readonly postingDate?: CalendarDate | undefined;
    };

type AskedRelease = Extract<Asked, { kind: 'release' }>;

export interface RunRequest {
  readonly company: Company;
  readonly actor: string;
  readonly asked: Asked;
  /** As the caller gave them; a key given twice acts once. */
  readonly orders: readonly MarkedOrder[];
  readonly sequence: 'byStart' | 'asGiven';
}

/** What a run will do, with nothing left open. `goesWith` says of sub-orders that nobody marked which order takes them along. */
export interface PlanOfRequest extends Plan {
  readonly goesWith: ReadonlyMap<OrderKey, OrderKey>;
}

export async function planOf(book: OrderBook, request: RunRequest, at: Instant): Promise<PlanOfRequest> {
  const found = await ordersInSequence(book, request);
  const goesWith = new Map(found.flatMap(({ key, goesWith: taker }) => (taker ? [[key, taker]] : [])));
  const asked = request.asked.kind === 'release' ? forSubOrders(request.asked, goesWith) : request.asked;
  const orders = found.map(({ key, version }) => ({ key, version }));
  return { command: commandOf({ ...request, asked }, at), orders, goesWith };
}

/** What was said of an order's posting day and papers holds for the sub-orders it takes along. */
function forSubOrders(asked: AskedRelease, goesWith: PlanOfRequest['goesWith']): AskedRelease {
  const withSubOrders = <T>(own: Readonly<Record<OrderKey, T>>): Readonly<Record<OrderKey, T>> => ({
    ...own,
    ...Object.fromEntries(
      [...goesWith].flatMap(([sub, taker]) => {
        const said = own[taker];
        return said === undefined ? [] : [[sub, said]];
      }),
    ),
  });
  const { postingDates, ownPapers } = asked;
  return {
    ...asked,
    ...(postingDates && { postingDates: withSubOrders(postingDates) }),
    ...(ownPapers && { ownPapers: withSubOrders(ownPapers) }),
  };
}

/** The command with nothing left open: an empty posting date is the plant's day at `at`. */
function commandOf({ asked, company, orders }: RunRequest, at: Instant): Command {
  if (asked.kind === 'create') {
    const entered = orders.flatMap(({ key }, place) => {
      const order = asked.orders[place];
      return order ? [[key, order] as const] : [];
    });
    return { kind: asked.kind, orders: Object.fromEntries(entered) };
  }
  if (asked.kind === 'refresh' && asked.executive === 'refuse') return asked;
  switch (asked.kind) {
    case 'release':
    case 'refresh':
    case 'declare':
    case 'work':
      return { ...asked, postingDate: asked.postingDate ?? dayIn(company.timeZone, at) };
    default:
      return asked;
  }
}

/**
 * The orders in the sequence scarce stock is given out, each once; the first of a repeated key counts. With the sub-orders that go along:
 * which these are is settled here, before the run is opened, and no resume finds others.
 */
async function ordersInSequence(
  book: OrderBook,
  { company, asked, orders, sequence }: RunRequest,
): Promise<readonly OrderOfRun[]> {
  const marked = withoutRepeats(orders);
  const references = asked.kind === 'release' ? asked.references : undefined;
  const once = references ? withReferences(marked, await book.subOrders(company.code, references)) : marked;
  // Only a release gives stock out, and a refresh capacity; the sequence of the others is nobody's gain.
  const givesOut = asked.kind === 'release' || asked.kind === 'refresh';
  if (sequence === 'asGiven' || !givesOut || once.length === 1) return once;
  const found = await book.starts(
    company.code,
    once.map(({ key }) => key),
  );
  const starts = new Map(found.map(({ key, start }) => [key, start]));
  return inSequence(once.map((order) => ({ ...order, start: starts.get(order.key) ?? null })));
}

/**
 * Tells whether two requests under one key are the same request. It covers what was asked for, not what was made of it:
 * a replay on the next day, or after an order was moved, is still the same request. An undo asks for a run, not for orders, and new orders
 * have keys only once they are there.
 */
export function hashOf({ asked, orders, sequence }: RunRequest): string {
  const named = asked.kind !== 'create' && !(asked.kind === 'restore' && asked.undoes !== undefined);
  const once = named ? withoutRepeats(orders) : [];
  const canonical = sequence === 'asGiven' ? once : [...once].sort((a, b) => (a.key < b.key ? -1 : 1));
  const body = [canonicalCommand(asked), sequence, canonical.map(({ key, version }) => [key, version])];
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

function canonicalCommand(asked: Asked): readonly unknown[] {
  switch (asked.kind) {
    case 'release':
      return [
        ...[asked.kind, asked.postingDate ?? null],
        ...(asked.force ? [asked.force.reason] : []),
        // The text of a reason is no object.
        ...(asked.papers ? [{ papers: asked.papers }] : []),
        ...(asked.postingDates ? [{ postingDates: byOrder(asked.postingDates) }] : []),
        ...(asked.ownPapers ? [{ ownPapers: byOrder(asked.ownPapers) }] : []),
        ...(asked.asStockAllows ? [{ asStockAllows: true }] : []),
        ...(asked.lots ? [{ lots: canonicalLots(asked.lots) }] : []),
        ...(asked.split ? [{ split: canonicalSplit(asked.split) }] : []),
        ...(asked.references ? [{ references: [...asked.references].sort() }] : []),
      ];
    case 'restore':
      return asked.undoes === undefined ? [asked.kind] : [asked.kind, asked.undoes];
    case 'merge':
      return [asked.kind];
    case 'hold':
    case 'lift':
      return [asked.kind, asked.reason];
    case 'refresh':
      return [asked.kind, ...canonicalRefresh(asked)];
    case 'change':
      return [asked.kind, asked.change];
    case 'print':
      return [asked.kind, asked.papers, ...(asked.ownPapers ? [byOrder(asked.ownPapers)] : [])];
    case 'reserve':
      return [asked.kind, asked.step];
    case 'work':
      return [asked.kind, asked.step, asked.postingDate ?? null];
    case 'create':
      return [asked.kind, asked.orders.map(canonicalOrder)];
    case 'declare':
      return [asked.kind, asked.step.step, ...canonicalStep(asked.step), asked.postingDate ?? null];
  }
}

function canonicalSplit({ allowed, orders }: SplitWish): readonly unknown[] {
  return [allowed, byOrder(orders)];
}

/** The order in which orders are named says nothing. */
function byOrder<T>(said: Readonly<Record<OrderKey, T>>): readonly (readonly [string, T])[] {
  return Object.entries<T>(said).sort(([a], [b]) => (a < b ? -1 : 1));
}

function canonicalRefresh({
  direction,
  calculate: { lines, routings, componentNeed },
  inboundRequest,
  confirmPicked,
  executive,
  postingDate,
  changes,
}: Extract<Asked, { kind: 'refresh' }>): readonly unknown[] {
  const changed = byOrder(changes).map(([key, { quantity, due, start }]) => [
    key,
    quantity ?? null,
    due ?? null,
    start ?? null,
  ]);
  const released = executive === 'refuse' ? [] : [executive, postingDate ?? null];
  return [direction, lines, routings, componentNeed, inboundRequest, confirmPicked, changed, ...released];
}

/** The order in which lines are named says nothing; that of the lots of a line does. */
function canonicalLots(chosen: readonly ChosenLotsOfOrder[]): readonly unknown[] {
  return chosen
    .map(
      ({ order, line, lots }) => [order, line, ...lots.map(({ lot, quantity }) => [lot, quantity])] as const,
    )
    .sort(([orderA, lineA], [orderB, lineB]) =>
      orderA === orderB ? lineA - lineB : orderA < orderB ? -1 : 1,
    );
}

function canonicalOrder({ item, variant, quantity, due, start, site }: NewOrder): readonly unknown[] {
  return [item, variant, quantity, due, start ?? null, site ?? null];
}

function canonicalStep(step: DeclarationStep): readonly unknown[] {
  switch (step.step) {
    case 'open':
      return [step.operation ?? null, quantityText(step.quantity), quantityText(step.scrap), step.closing];
    case 'register':
      return [step.number, step.lot ?? null];
    case 'rollBack':
    case 'delete':
      return [step.number];
  }
}

function withoutRepeats(orders: readonly MarkedOrder[]): readonly MarkedOrder[] {
  const seen = new Set<OrderKey>();
  return orders.filter(({ key }) => {
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

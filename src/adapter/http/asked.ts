import type * as z from 'zod/mini';
import type { RunRequest } from '../../contract/runs';
import type { OrdersCommand } from '../../domain/transitions';
import { wantsSomething } from '../../contract/refresh';
import type { OrderKey } from '../../domain/order';
import { defaultOptions } from '../../domain/refresh/options';
import { inPaperOrder } from '../../domain/papers/paper';
import type { Right } from '../../domain/rights';
import type { Asked } from '../runs/request';

type Body = z.output<typeof RunRequest>;
type AskedRelease = Extract<Asked, { kind: 'release' }>;

/** The right to a command is also the right to stop it. */
export const rightTo = {
  release: 'release',
  restore: 'restore',
  merge: 'release',
  hold: 'hold',
  lift: 'hold',
  refresh: 'refresh',
  create: 'refresh',
  change: 'refresh',
  reserve: 'refresh',
  print: 'release',
  work: 'pick',
  declare: 'declare',
  import: 'import',
} as const satisfies Record<
  OrdersCommand | 'create' | 'change' | 'reserve' | 'print' | 'work' | 'declare' | 'import',
  Right
>;

/** The rights that carrying out this request, or previewing it, needs. */
export function rightsFor({ command, force, executive }: Body): Right[] {
  if (executive === 'restoreAndRelease') return ['refresh', 'restore', 'release'];
  return force === undefined ? [rightTo[command]] : [rightTo[command], 'force'];
}

/** What a checked request asks for. */
export function askedOf(body: Body): Asked {
  const { command, postingDate, force, asStockAllows, lots, reason } = body;
  switch (command) {
    case 'release':
      return {
        kind: command,
        postingDate,
        ...(force && { force }),
        ...(body.papers && { papers: inPaperOrder(body.papers) }),
        ...postingDatesOf(body),
        ...ownPapersOf(body),
        ...(asStockAllows && { asStockAllows }),
        ...(lots && { lots }),
        ...splitOf(body),
        ...referencesOf(body),
      };
    case 'restore':
    case 'merge':
      return { kind: command };
    case 'hold':
      // Without a reason it has not passed the check.
      return { kind: command, reason: reason ?? '' };
    case 'lift':
      return { kind: command, reason: reason ?? null };
    case 'refresh':
      return refreshOf(body);
  }
}

type OrderOfBody = Body['orders'][number];

/** What is said of single orders; undefined where nothing is. Of a repeated key the first counts, here as in the plan. */
function saidOfOrders<T>(
  orders: readonly OrderOfBody[],
  said: (order: OrderOfBody) => T | undefined,
): Readonly<Record<OrderKey, T>> | undefined {
  if (orders.every((order) => said(order) === undefined)) return undefined;
  const first = new Map<OrderKey, T | undefined>();
  for (const order of orders) if (!first.has(order.key)) first.set(order.key, said(order));
  const own = [...first].flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return own.length === 0 ? undefined : Object.fromEntries(own);
}

/** Nothing where all are posted on one day. */
function postingDatesOf({ postingDate, orders }: Body): Pick<AskedRelease, 'postingDates'> {
  const postingDates = saidOfOrders(orders, ({ postingDate: own }) =>
    own === postingDate ? undefined : own,
  );
  return postingDates ? { postingDates } : {};
}

/** Nothing where all are to have the same papers. */
function ownPapersOf({ papers = [], orders }: Body): Pick<AskedRelease, 'ownPapers'> {
  const ofAll = inPaperOrder(papers).join();
  const ownPapers = saidOfOrders(orders, ({ papers: own }) => {
    const kinds = own && inPaperOrder(own);
    return kinds?.join() === ofAll ? undefined : kinds;
  });
  return ownPapers ? { ownPapers } : {};
}

/** Nothing where every order may be split. */
function splitOf({ split, orders }: Body): Pick<AskedRelease, 'split'> {
  const own = saidOfOrders(orders, (order) => order.split);
  if (split === undefined && own === undefined) return {};
  return { split: { allowed: split ?? true, orders: own ?? {} } };
}

/** Nothing where every order goes alone. */
function referencesOf({ references: all = false, orders }: Body): Pick<AskedRelease, 'references'> {
  const wanted = saidOfOrders(orders, ({ references = all }) => references || undefined);
  return wanted ? { references: Object.keys(wanted) as OrderKey[] } : {};
}

function refreshOf(body: Body): Asked {
  const { orders, direction, calculate, inboundRequest, confirmPicked, executive, postingDate } = body;
  return {
    kind: 'refresh',
    direction: direction ?? defaultOptions.direction,
    calculate: calculate ?? defaultOptions.calculate,
    inboundRequest: inboundRequest ?? defaultOptions.inboundRequest,
    confirmPicked: confirmPicked ?? defaultOptions.confirmPicked,
    executive: executive ?? defaultOptions.executive,
    postingDate,
    changes: Object.fromEntries(
      orders
        .filter(wantsSomething)
        // Of a repeated key the first counts, here as in the plan.
        .reverse()
        .map(({ key, quantity, due, start }) => [key, { quantity, due, start }]),
    ),
  };
}

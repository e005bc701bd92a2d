import type * as z from 'zod/mini';
import type { RunRequest } from '../../contract/runs';
import type { OrdersCommand } from '../../domain/transitions';
import { wantsSomething } from '../../contract/refresh';
import type { OrderKey } from '../../domain/order';
import { defaultOptions } from '../../domain/refresh/options';
import { inPaperOrder } from '../../domain/papers/paper';
import type { Right } from '../../domain/rights';
import type { SplitWish } from '../orderbook/order-book';
import type { Asked } from '../runs/request';

type Body = z.output<typeof RunRequest>;

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

/** Nothing where every order may be split. Of a repeated key the first counts, here as in the plan. */
function splitOf({ split, orders }: Body): { readonly split?: SplitWish } {
  const named = orders.flatMap(({ key, split: own }) => (own === undefined ? [] : [[key, own] as const]));
  if (split === undefined && named.length === 0) return {};
  return { split: { allowed: split ?? true, orders: Object.fromEntries(named.reverse()) } };
}

/** Nothing where every order goes alone. Of a repeated key the first counts. */
function referencesOf({ references: all = false, orders }: Body): { readonly references?: OrderKey[] } {
  const wanted = new Map<OrderKey, boolean>();
  for (const { key, references = all } of orders) if (!wanted.has(key)) wanted.set(key, references);
  const references = [...wanted].flatMap(([key, takes]) => (takes ? [key] : []));
  return references.length === 0 ? {} : { references };
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

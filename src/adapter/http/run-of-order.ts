import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import type { OrderDetail } from '../../contract/orders';
import { RunReply } from '../../contract/runs';
import type { OrderKey } from '../../domain/order';
import type { OrderBook } from '../orderbook/order-book';
import type { Asked } from '../runs/request';
import { rightTo } from './asked';
import { requireRight } from './auth';
import { idempotencyKeyOf } from './idempotency-key';
import { type OrderAddress, orderKeyAt } from './order-address';
import { ProblemError, problemReplies } from './problem';
import type { Services } from './routes';
import { runOnce, runReply } from './run-reply';

/** What the routes answer that carry out a run of one order. */
export const runReplies = { 200: RunReply, 202: RunReply, ...problemReplies };

type Address = z.infer<typeof OrderAddress>;
export type OrderRequest = FastifyRequest & { readonly params: Address };

/** The order that is to be changed. */
interface Wanted {
  /** Left out where the rules of the step look at no version: a replay must find the same request. */
  readonly version?: number;
  /** Whether the order has the part that the step is about. */
  readonly has?: (order: OrderDetail) => boolean;
}

/** Carries out a step with the order at the address, as a run of its own. What the step's rules refuse is a problem. */
export async function runOfOrder(
  services: Services,
  request: OrderRequest,
  reply: FastifyReply,
  asked: Extract<Asked, { kind: keyof typeof rightTo }>,
  { version = 0, has }: Wanted = {},
): Promise<RunReply> {
  const { book, runner } = services;
  requireRight(request, rightTo[asked.kind]);
  const { company, actor, params } = request;
  const idempotencyKey = idempotencyKeyOf(request);
  const key = has ? orderKeyAt(params) : await orderAt(book, company.code, params);
  if (has && !(await book.read(company.code, [key])).some(has)) throw new ProblemError('notFound');
  const run = { company, actor, asked, orders: [{ key, version }], sequence: 'asGiven' } as const;
  const answer = await runReply(services, reply, company.code, await runOnce(runner, run, idempotencyKey));
  const [outcome] = answer.outcomes.items;
  if (outcome?.result === 'refused') throw new ProblemError('refused', { refusals: outcome.refusals });
  return answer;
}

/** The key of the order at an address; a problem where none is there. */
export async function orderAt(book: OrderBook, company: string, address: Address): Promise<OrderKey> {
  const key = orderKeyAt(address);
  const [order] = await book.rows(company, [key]);
  if (order === undefined) throw new ProblemError('notFound');
  return key;
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import { CancelReservations, ReservationList, ReserveAgain } from '../../contract/reservations';
import { RunReply } from '../../contract/runs';
import type { ReservationStep } from '../../domain/reservation/reservation';
import { requireRight } from './auth';
import { idempotencyKeyOf } from './idempotency-key';
import { OrderAddress, orderKeyAt, orderPath } from './order-address';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';
import { runOnce, runReply } from './run-reply';

const reservationsPath = `${orderPath}/reservations` as const;
const replies = { 200: RunReply, 202: RunReply, ...problemReplies };
const description =
  'A run of one order: needs an Idempotency-Key and the right to refresh. All of them go, or none: a refused step answers 409 `refused` ' +
  'with its refusals. The version of the order stays, so that it can be refreshed as it was loaded.';

export function reservationRoutes(api: Api, services: Services): void {
  const { book, runner } = services;

  const take = async (
    request: FastifyRequest & { readonly params: z.infer<typeof OrderAddress> },
    reply: FastifyReply,
    step: ReservationStep,
  ) => {
    requireRight(request, 'refresh');
    const { company, actor, params } = request;
    const idempotencyKey = idempotencyKeyOf(request);
    const key = orderKeyAt(params);
    const [order] = await book.rows(company.code, [key]);
    if (order === undefined) throw new ProblemError('notFound');
    // The rules of reservations look at no version, and a replay must find the same request.
    const orders = [{ key, version: 0 }];
    const run = { company, actor, asked: { kind: 'reserve', step }, orders, sequence: 'asGiven' } as const;
    const answer = await runReply(services, reply, company.code, await runOnce(runner, run, idempotencyKey));
    const [outcome] = answer.outcomes.items;
    if (outcome?.result === 'refused') throw new ProblemError('refused', { refusals: outcome.refusals });
    return answer;
  };

  api.get(
    reservationsPath,
    {
      schema: {
        tags: ['Reservations'],
        summary: 'What is reserved of the output of an order and for its materials',
        description: 'Those that were cancelled come along: they can be reserved again.',
        params: OrderAddress,
        response: { 200: ReservationList, ...problemReplies },
      },
    },
    async ({ company, params }) => {
      const key = orderKeyAt(params);
      const [order] = await book.rows(company.code, [key]);
      if (order === undefined) throw new ProblemError('notFound');
      return { items: [...(await book.reservations(company.code, key))] };
    },
  );

  api.post(
    `${reservationsPath}/cancel`,
    {
      schema: {
        tags: ['Reservations'],
        summary: 'Cancel reservations of an order, so that it can be refreshed',
        description,
        params: OrderAddress,
        body: CancelReservations,
        response: replies,
      },
    },
    async (request, reply) => take(request, reply, { step: 'cancel', ...request.body }),
  );

  api.post(
    `${reservationsPath}/reserve`,
    {
      schema: {
        tags: ['Reservations'],
        summary: 'Reserve again what was cancelled',
        description: `${description} No more than is free, and of a component no more than the order still needs.`,
        params: OrderAddress,
        body: ReserveAgain,
        response: replies,
      },
    },
    async (request, reply) => take(request, reply, { step: 'reserve', ...request.body }),
  );
}

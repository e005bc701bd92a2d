import type { FastifyReply } from 'fastify';
import { CancelReservations, ReservationList, ReserveAgain } from '../../contract/reservations';
import type { ReservationStep } from '../../domain/reservation/reservation';
import { OrderAddress, orderPath } from './order-address';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';
import { orderAt, type OrderRequest, runOfOrder, runReplies } from './run-of-order';

const reservationsPath = `${orderPath}/reservations` as const;
const description =
  'A run of one order: needs an Idempotency-Key and the right to refresh. All of them go, or none: a refused step answers 409 `refused` ' +
  'with its refusals. The version of the order stays, so that it can be refreshed as it was loaded.';

export function reservationRoutes(api: Api, services: Services): void {
  const { book } = services;
  const take = (request: OrderRequest, reply: FastifyReply, step: ReservationStep) =>
    runOfOrder(services, request, reply, { kind: 'reserve', step });

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
      const key = await orderAt(book, company.code, params);
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
        response: runReplies,
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
        response: runReplies,
      },
    },
    async (request, reply) => take(request, reply, { step: 'reserve', ...request.body }),
  );
}

import type { FastifyReply } from 'fastify';
import * as z from 'zod/mini';
import { Declaration, OpenDeclaration, RegisterDeclaration } from '../../contract/declarations';
import type { CalendarDate } from '../../domain/calendar';
import type { DeclarationStep } from '../../domain/declaration/declaration';
import { quantity } from '../../domain/quantity';
import { numberAt, OrderAddress, orderKeyAt, orderPath } from './order-address';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';
import { type OrderRequest, runOfOrder, runReplies } from './run-of-order';

const DeclarationList = z.object({ items: z.array(Declaration) });
const DeclarationAddress = z.extend(OrderAddress, { declaration: z.string() });
const declarationsPath = `${orderPath}/declarations` as const;

/** `number` is the order's in these paths, so a declaration's number is called `declaration`. */
const declarationPath = `${declarationsPath}/:declaration` as const;

const stepDescription =
  'A run of one order: needs an Idempotency-Key. A refused step answers 409 `refused` with its refusals, one that failed 200 with the outcome `failed`; the run stays recorded.';

export function declarationRoutes(api: Api, services: Services): void {
  const { book } = services;
  const take = (
    request: OrderRequest,
    reply: FastifyReply,
    step: DeclarationStep,
    postingDate?: CalendarDate,
  ) => runOfOrder(services, request, reply, { kind: 'declare', step, postingDate });

  api.get(
    declarationsPath,
    {
      schema: {
        tags: ['Declarations'],
        summary: 'Declarations of an order',
        params: OrderAddress,
        response: { 200: DeclarationList, ...problemReplies },
      },
    },
    async ({ company, params }) => {
      const [order] = await book.read(company.code, [orderKeyAt(params)]);
      if (order === undefined) throw new ProblemError('notFound');
      return { items: order.declarations };
    },
  );

  api.post(
    declarationsPath,
    {
      schema: {
        tags: ['Declarations'],
        summary: 'Open a declaration',
        description: stepDescription,
        params: OrderAddress,
        body: OpenDeclaration,
        response: runReplies,
      },
    },
    async (request, reply) => {
      const { operation, quantity: good, scrap, closing } = request.body;
      const pieces = { quantity: quantity(good), scrap: quantity(scrap) };
      const step = { step: 'open', operation, ...pieces, closing } as const;
      return take(request, reply, step);
    },
  );

  api.post(
    `${declarationPath}/register`,
    {
      schema: {
        tags: ['Declarations'],
        summary: 'Register a declaration',
        description: `${stepDescription} The closing declaration of the last productive and movable operation fulfils the order and posts its output and its manual materials.`,
        params: DeclarationAddress,
        body: z.nullish(RegisterDeclaration),
        response: runReplies,
      },
    },
    async (request, reply) => {
      const { postingDate, lot } = request.body ?? {};
      const number = numberAt(request.params.declaration);
      return take(request, reply, { step: 'register', number, lot }, postingDate);
    },
  );

  const steps = [
    {
      method: 'POST',
      path: `${declarationPath}/roll-back`,
      step: 'rollBack',
      summary: 'Take the registration of a declaration back, with the very movements it posted',
    },
    {
      method: 'DELETE',
      path: declarationPath,
      step: 'delete',
      summary: 'Delete an unregistered declaration',
    },
  ] as const;

  for (const { method, path, step, summary } of steps) {
    api.route({
      method,
      url: path,
      schema: {
        tags: ['Declarations'],
        summary,
        description: stepDescription,
        params: DeclarationAddress,
        response: runReplies,
      },
      handler: async (request, reply) =>
        take(request, reply, {
          step,
          number: numberAt(request.params.declaration),
        }),
    });
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { Declaration, OpenDeclaration, RegisterDeclaration } from '../../contract/declarations';
import { RunReply } from '../../contract/runs';
import type { CalendarDate } from '../../domain/calendar';
import type { DeclarationStep } from '../../domain/declaration/declaration';
import type { OrderKey } from '../../domain/order';
import { quantity } from '../../domain/quantity';
import { requireRight } from './auth';
import { idempotencyKeyOf } from './idempotency-key';
import { OrderAddress, orderKeyAt, orderPath } from './order-address';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';
import { runOnce, runReply } from './run-reply';

const DeclarationList = z.object({ items: z.array(Declaration) });
const DeclarationAddress = z.extend(OrderAddress, { declaration: z.string() });
const declarationsPath = `${orderPath}/declarations` as const;

/** `number` is the order's in these paths, so a declaration's number is called `declaration`. */
const declarationPath = `${declarationsPath}/:declaration` as const;

const stepReplies = { 200: RunReply, 202: RunReply, ...problemReplies };
const stepDescription =
  'A run of one order: needs an Idempotency-Key. A refused step answers 409 `refused` with its refusals, one that failed 200 with the outcome `failed`; the run stays recorded.';

export function declarationRoutes(api: Api, services: Services): void {
  const { book, runner } = services;

  /** Takes one step with the declarations of one order, as a run. */
  const take = async (
    request: FastifyRequest,
    reply: FastifyReply,
    key: OrderKey,
    step: DeclarationStep,
    postingDate?: CalendarDate,
  ) => {
    requireRight(request, 'declare');
    const { company, actor } = request;
    const idempotencyKey = idempotencyKeyOf(request);
    const [order] = await book.rows(company.code, [key]);
    if (order === undefined) throw new ProblemError('notFound');
    // The rules of declarations look at no version, and a replay must find the same request.
    const orders = [{ key, version: 0 }];
    const run = {
      company,
      actor,
      asked: { kind: 'declare', step, postingDate },
      orders,
      sequence: 'asGiven',
    } as const;
    const answer = await runReply(services, reply, company.code, await runOnce(runner, run, idempotencyKey));
    const [outcome] = answer.outcomes.items;
    if (outcome?.result === 'refused') throw new ProblemError('refused', { refusals: outcome.refusals });
    return answer;
  };

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
        response: stepReplies,
      },
    },
    async (request, reply) => {
      const { operation, quantity: good, scrap, closing } = request.body;
      const pieces = { quantity: quantity(good), scrap: quantity(scrap) };
      const step = { step: 'open', operation, ...pieces, closing } as const;
      return take(request, reply, orderKeyAt(request.params), step);
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
        response: stepReplies,
      },
    },
    async (request, reply) => {
      const { postingDate, lot } = request.body ?? {};
      const number = declarationNumber(request.params.declaration);
      return take(request, reply, orderKeyAt(request.params), { step: 'register', number, lot }, postingDate);
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
        response: stepReplies,
      },
      handler: async (request, reply) =>
        take(request, reply, orderKeyAt(request.params), {
          step,
          number: declarationNumber(request.params.declaration),
        }),
    });
  }
}

function declarationNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new ProblemError('notFound');
  return Number(text);
}

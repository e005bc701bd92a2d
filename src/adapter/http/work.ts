import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { RunReply } from '../../contract/runs';
import { ConfirmLine, MakeWork, WorkList, WorkPage, WorkSearch } from '../../contract/work';
import type { CalendarDate } from '../../domain/calendar';
import { quantity } from '../../domain/quantity';
import type { WorkStep } from '../../domain/work/work';
import { requireRight } from './auth';
import { idempotencyKeyOf } from './idempotency-key';
import { OrderAddress, orderKeyAt, orderPath } from './order-address';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';
import { runOnce, runReply } from './run-reply';

const WorkAddress = z.extend(OrderAddress, { work: z.string() });
const LineAddress = z.extend(WorkAddress, { line: z.string() });
const worksPath = `${orderPath}/work` as const;
const workPath = `${worksPath}/:work` as const;
const linePath = `${workPath}/lines/:line` as const;

const replies = { 200: RunReply, 202: RunReply, ...problemReplies };
const description =
  'A run of one order: needs an Idempotency-Key and the right to pick. A refused step answers 409 `refused` with its refusals. The version ' +
  'of the order stays: picking is not what a planner saw of it.';

export function workRoutes(api: Api, services: Services): void {
  const { book, runner } = services;

  const take = async (
    request: FastifyRequest & { readonly params: z.infer<typeof OrderAddress> },
    reply: FastifyReply,
    step: WorkStep,
    postingDate?: CalendarDate,
  ) => {
    requireRight(request, 'pick');
    const { company, actor, params } = request;
    const idempotencyKey = idempotencyKeyOf(request);
    const key = orderKeyAt(params);
    const [order] = await book.rows(company.code, [key]);
    if (order === undefined) throw new ProblemError('notFound');
    // The rules of picking look at no version, and a replay must find the same request.
    const orders = [{ key, version: 0 }];
    const asked = { kind: 'work', step, postingDate } as const;
    const run = { company, actor, asked, orders, sequence: 'asGiven' } as const;
    const answer = await runReply(services, reply, company.code, await runOnce(runner, run, idempotencyKey));
    const [outcome] = answer.outcomes.items;
    if (outcome?.result === 'refused') throw new ProblemError('refused', { refusals: outcome.refusals });
    return answer;
  };

  api.get(
    '/work',
    {
      schema: {
        tags: ['Picking work'],
        summary: 'Picking work that is open or in process, by number',
        querystring: WorkSearch,
        response: { 200: WorkPage, ...problemReplies },
      },
    },
    async ({ company, query }) => {
      const { items, next, total } = await book.workInHand(company.code, query);
      return { items: [...items], next, total };
    },
  );

  api.get(
    worksPath,
    {
      schema: {
        tags: ['Picking work'],
        summary: 'The picking work of an order, whatever has become of it',
        params: OrderAddress,
        response: { 200: WorkList, ...problemReplies },
      },
    },
    async ({ company, params }) => {
      const key = orderKeyAt(params);
      const [order] = await book.rows(company.code, [key]);
      if (order === undefined) throw new ProblemError('notFound');
      return { items: [...(await book.work(company.code, key))] };
    },
  );

  api.post(
    worksPath,
    {
      schema: {
        tags: ['Picking work'],
        summary: 'Make picking work for what remains to be fetched for an executive order',
        description: `${description} With \`quantity\`, for so many pieces of the order. No more than is there.`,
        params: OrderAddress,
        body: z.nullish(MakeWork),
        response: replies,
      },
    },
    async (request, reply) => {
      const pieces = request.body?.quantity;
      return take(request, reply, {
        step: 'make',
        ...(pieces !== undefined && { quantity: quantity(pieces) }),
      });
    },
  );

  api.post(
    `${linePath}/confirm`,
    {
      schema: {
        tags: ['Picking work'],
        summary: 'Confirm that a line was picked and put to the input location',
        description: `${description} Starts open work, and closes it with its last line. \`quantity\` is for less than the line says; the rest of the line is given up.`,
        params: LineAddress,
        body: z.nullish(ConfirmLine),
        response: replies,
      },
    },
    async (request, reply) => {
      const { quantity: found, postingDate } = request.body ?? {};
      const at = { work: numberIn(request.params.work), line: numberIn(request.params.line) };
      const step = {
        step: 'confirm',
        ...at,
        ...(found !== undefined && { quantity: quantity(found) }),
      } as const;
      return take(request, reply, step, postingDate);
    },
  );

  api.post(
    `${linePath}/reverse`,
    {
      schema: {
        tags: ['Picking work'],
        summary: 'Take the confirmation of a line back, with the very movements it posted',
        description: `${description} Closed work is in process again.`,
        params: LineAddress,
        response: replies,
      },
    },
    async (request, reply) => {
      const { work, line } = request.params;
      return take(request, reply, { step: 'reverse', work: numberIn(work), line: numberIn(line) });
    },
  );

  const steps = [
    ['start', 'Start picking work: from now on a restore does not cancel it'],
    ['close', 'Close work before its last line; the rest is given up'],
    ['cancel', 'Cancel work of which nothing was picked'],
  ] as const;
  for (const [step, summary] of steps) {
    api.post(
      `${workPath}/${step}`,
      { schema: { tags: ['Picking work'], summary, description, params: WorkAddress, response: replies } },
      async (request, reply) => take(request, reply, { step, work: numberIn(request.params.work) }),
    );
  }
}

function numberIn(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new ProblemError('notFound');
  return Number(text);
}

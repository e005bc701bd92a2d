import type { FastifyReply } from 'fastify';
import * as z from 'zod/mini';
import { ConfirmAll, ConfirmLine, MakeWork, WorkList, WorkPage, WorkSearch } from '../../contract/work';
import type { CalendarDate } from '../../domain/calendar';
import { quantity } from '../../domain/quantity';
import { eachOnce } from '../../domain/release/free-lots';
import type { WorkStep } from '../../domain/work/work';
import { numberAt, OrderAddress, orderPath } from './order-address';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';
import { orderAt, type OrderRequest, runOfOrder, runReplies } from './run-of-order';

const WorkAddress = z.extend(OrderAddress, { work: z.string() });
const LineAddress = z.extend(WorkAddress, { line: z.string() });
const worksPath = `${orderPath}/work` as const;
const workPath = `${worksPath}/:work` as const;
const linePath = `${workPath}/lines/:line` as const;

const description =
  'A run of one order: needs an Idempotency-Key and the right to pick. A refused step answers 409 `refused` with its refusals. The version ' +
  'of the order stays: picking is not what a planner saw of it.';

export function workRoutes(api: Api, services: Services): void {
  const { book } = services;
  const take = (request: OrderRequest, reply: FastifyReply, step: WorkStep, postingDate?: CalendarDate) =>
    runOfOrder(services, request, reply, { kind: 'work', step, postingDate });

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
      const key = await orderAt(book, company.code, params);
      return { items: [...(await book.work(company.code, key))] };
    },
  );

  api.post(
    worksPath,
    {
      schema: {
        tags: ['Picking work'],
        summary: 'Make picking work for what remains to be fetched for an executive order',
        description: `${description} With \`quantity\`, for so much of what the order makes, in \`unit\`. No more than is there, and only where the company works by picking work (WRK-09).`,
        params: OrderAddress,
        body: z.nullish(MakeWork),
        response: runReplies,
      },
    },
    async (request, reply) => {
      const { quantity: part, unit } = request.body ?? {};
      return take(request, reply, {
        step: 'make',
        ...(part !== undefined && { quantity: quantity(part) }),
        ...(unit !== undefined && { unit }),
      });
    },
  );

  api.post(
    `${linePath}/confirm`,
    {
      schema: {
        tags: ['Picking work'],
        summary: 'Confirm that a line was picked and put to the input location',
        description: `${description} Starts open work, and closes it with its last line. \`quantity\` is for less than the line says; the rest of the line is given up. \`lots\` says from which lots it was picked: each further one becomes a line of its own.`,
        params: LineAddress,
        body: z.nullish(ConfirmLine),
        response: runReplies,
      },
    },
    async (request, reply) => {
      const { quantity: found, lots, postingDate } = request.body ?? {};
      const at = { work: numberAt(request.params.work), line: numberAt(request.params.line) };
      const step = {
        step: 'confirm',
        ...at,
        ...(found !== undefined && { quantity: quantity(found) }),
        ...(lots && {
          lots: eachOnce(lots.map((part) => ({ lot: part.lot, quantity: quantity(part.quantity) }))),
        }),
      } as const;
      return take(request, reply, step, postingDate);
    },
  );

  api.post(
    `${workPath}/confirm`,
    {
      schema: {
        tags: ['Picking work'],
        summary: 'Confirm all open lines of picking work as they say',
        description: `${description} All of them or none; a refusal names the lines it keeps. Closes the work.`,
        params: WorkAddress,
        body: z.nullish(ConfirmAll),
        response: runReplies,
      },
    },
    async (request, reply) =>
      take(
        request,
        reply,
        { step: 'confirmAll', work: numberAt(request.params.work) },
        request.body?.postingDate,
      ),
  );

  api.post(
    `${linePath}/reverse`,
    {
      schema: {
        tags: ['Picking work'],
        summary: 'Take the confirmation of a line back, with the very movements it posted',
        description: `${description} Closed work is in process again.`,
        params: LineAddress,
        response: runReplies,
      },
    },
    async (request, reply) => {
      const { work, line } = request.params;
      return take(request, reply, { step: 'reverse', work: numberAt(work), line: numberAt(line) });
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
      { schema: { tags: ['Picking work'], summary, description, params: WorkAddress, response: runReplies } },
      async (request, reply) => take(request, reply, { step, work: numberAt(request.params.work) }),
    );
  }
}

import { CreateOrders } from '../../contract/create-orders';
import { RunReply } from '../../contract/runs';
import { dayIn } from '../../domain/calendar';
import { requireRight } from './auth';
import { idempotencyKeyOf } from './idempotency-key';
import { patienceOf } from './prefer';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';
import { runOnce, runReply } from './run-reply';

export function createOrderRoutes(api: Api, services: Services): void {
  const { book, runner, clock } = services;

  api.post(
    '/orders',
    {
      schema: {
        tags: ['Orders'],
        summary: 'Enter new orders',
        description:
          'Makes launched orders without materials and operations, which a refresh then calculates; the outcomes come in the sequence of ' +
          'the request, each with its order. Numbers count on in the year of the plant and are never given twice. A run like every ' +
          'write over orders: it needs an Idempotency-Key, and the right to refresh.',
        body: CreateOrders,
        response: { 200: RunReply, 202: RunReply, ...problemReplies },
      },
    },
    async (request, reply) => {
      const { company, actor, body } = request;
      requireRight(request, 'refresh');
      const key = idempotencyKeyOf(request);
      const year = Number(dayIn(company.timeZone, clock()).slice(0, 4));
      const keys = await book.newKeys(company.code, year, body.orders.length);
      const run = {
        ...{ company, actor, asked: { kind: 'create' as const, orders: body.orders } },
        ...{ orders: keys.map((each) => ({ key: each, version: 0 })), sequence: 'asGiven' as const },
      };
      const ran = await runOnce(runner, run, key, patienceOf(request, reply));
      return runReply(services, reply, company.code, ran);
    },
  );
}

import * as z from 'zod/mini';
import { OutcomePage, OutcomeSearch, Preview, RunReply, RunRequest, RunSummary } from '../../contract/runs';
import { Cursor, Limit, Slice } from '../../contract/values';
import type { Asked } from '../runs/request';
import { requireRight } from './auth';
import { idempotencyKeyOf } from './idempotency-key';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';
import { runOnce, runReply, withOrders } from './run-reply';

const RunSearch = z.object({ limit: z._default(Limit, 50), cursor: z.optional(Cursor) });
export const RunPage = Slice(RunSummary);
const RunAddress = z.object({ id: z.string() });
const isRunId = (text: string): boolean => z.uuid().safeParse(text).success;

export function runRoutes(api: Api, services: Services): void {
  const { book, ledger, runner, clock } = services;

  /** The run at an address. What is no uuid names no run. */
  const runAt = async (company: string, id: string): Promise<RunSummary> => {
    const run = isRunId(id) ? await ledger.summary(company, id) : undefined;
    if (run === undefined) throw new ProblemError('notFound');
    return run;
  };

  api.post(
    '/runs',
    {
      schema: {
        tags: ['Runs'],
        summary: 'Release or restore many orders, or preview it',
        description:
          'Needs an Idempotency-Key (8 to 200 printable characters), one per attempt: the same key with the same body ' +
          'returns the stored outcomes, with another body it is refused. Answers 200 when the run is done within about ' +
          'two seconds, otherwise 202 with the open run, which goes on. With `dryRun` nothing is written, no key is ' +
          'needed, and the answer is a preview.',
        body: RunRequest,
        response: { 200: z.union([RunReply, Preview]), 202: RunReply, ...problemReplies },
      },
    },
    async (request, reply) => {
      const { company, actor, body } = request;
      const { command, orders, sequence, postingDate } = body;
      requireRight(request, command);
      const asked: Asked = command === 'release' ? { kind: command, postingDate } : { kind: command };
      const run = { company, actor, asked, orders, sequence };
      if (body.dryRun) return runner.preview(run);
      const ran = await runOnce(runner, run, idempotencyKeyOf(request));
      if (ran.run.state === 'open') {
        reply.code(202).headers({ location: `/api/runs/${ran.run.id}`, 'retry-after': '1' });
      }
      return runReply(services, company.code, ran);
    },
  );

  api.get(
    '/runs',
    {
      schema: {
        tags: ['Runs'],
        summary: 'Runs, newest first',
        querystring: RunSearch,
        response: { 200: RunPage, ...problemReplies },
      },
    },
    async ({ company, query }) => {
      const { items, next, total } = await ledger.list(company.code, query);
      return { items: [...items], next, total };
    },
  );

  api.get(
    '/runs/:id',
    {
      schema: {
        tags: ['Runs'],
        summary: 'How far a run is',
        params: RunAddress,
        response: { 200: RunSummary, ...problemReplies },
      },
    },
    async ({ company, params }) => runAt(company.code, params.id),
  );

  api.get(
    '/runs/:id/outcomes',
    {
      schema: {
        tags: ['Runs'],
        summary: 'What became of each order, in the sequence of the run',
        description: 'While the run is open, the outcomes so far.',
        params: RunAddress,
        querystring: OutcomeSearch,
        response: { 200: OutcomePage, ...problemReplies },
      },
    },
    async ({ company, params, query }) => {
      const run = await runAt(company.code, params.id);
      const { items, next, total } = await ledger.outcomes(company.code, run.id, query);
      return { items: await withOrders(book, company.code, items), next, total };
    },
  );

  api.post(
    '/runs/:id/cancel',
    {
      schema: {
        tags: ['Runs'],
        summary: 'Stop a run before its next chunk',
        description: 'What is done stays done. A run that has ended is returned as it is.',
        params: RunAddress,
        response: { 200: RunSummary, ...problemReplies },
      },
    },
    async ({ company, params }) => {
      const { id } = await runAt(company.code, params.id);
      return (await ledger.cancel(company.code, id, clock())) ?? runAt(company.code, id);
    },
  );
}

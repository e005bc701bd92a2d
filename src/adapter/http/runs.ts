import * as z from 'zod/mini';
import {
  OutcomePage,
  OutcomeSearch,
  Preview,
  RunPage,
  RunReply,
  RunRequest,
  RunSearch,
  RunSummary,
} from '../../contract/runs';
import { addDays, dayBegins, dayIn, type CalendarDate, type Instant } from '../../domain/calendar';
import type { RunQuery } from '../runs/run-ledger';
import { askedOf, rightsFor, rightTo } from './asked';
import { requireRight } from './auth';
import { idempotencyKeyOf } from './idempotency-key';
import { patienceOf } from './prefer';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';
import { RunAddress, runAt } from './run-address';
import { allWithUndoable, runOnce, runReply, withMovements, withOrders, withUndoable } from './run-reply';

export function runRoutes(api: Api, services: Services): void {
  const { book, ledger, importer, runner, clock } = services;

  api.post(
    '/runs',
    {
      schema: {
        tags: ['Runs'],
        summary: 'Release, restore, refresh, hold or lift the hold of many orders, or preview it',
        description:
          'Needs an Idempotency-Key (8 to 200 printable characters), one per attempt: the same key with the same body ' +
          'returns the stored outcomes, with another body it is refused. A key belongs to its user. Answers 200 when the ' +
          'run is done within about two seconds (`Prefer: wait=…` asks for more or less), otherwise 202 with the open run, ' +
          'which goes on. Refusals marked `forceable` become warnings when a release says why with `force.reason`. With `dryRun` nothing is written, no key is needed, and the answer is a preview. ' +
          'A release may say of single orders, beside their keys, whether they may be split, whether their sub-orders go with them, their ' +
          'posting day and their papers; of a key given twice the first counts. ' +
          'A refresh calculates orders anew from bill and routing, to the quantity and dates that stand beside their keys.',
        body: RunRequest,
        response: { 200: z.union([RunReply, Preview]), 202: RunReply, ...problemReplies },
      },
    },
    async (request, reply) => {
      const { company, actor, body } = request;
      const { orders, sequence } = body;
      for (const right of rightsFor(body)) requireRight(request, right);
      const run = { company, actor, asked: askedOf(body), orders, sequence };
      if (body.dryRun) return runner.preview(run);
      const ran = await runOnce(runner, run, idempotencyKeyOf(request), patienceOf(request, reply));
      return runReply(services, reply, company.code, ran);
    },
  );

  api.get(
    '/runs',
    {
      schema: {
        tags: ['Runs'],
        summary: 'Runs, newest first',
        description:
          'Criteria combine with AND. `from` and `to` are days of the plant on which runs were opened, or `today`; `mine` are ' +
          'those of whoever asks; `order` finds the runs that tried to change an order. `undoable` says how many orders of a ' +
          'release an undo would restore now.',
        querystring: RunSearch,
        response: { 200: RunPage, ...problemReplies },
      },
    },
    async ({ company, actor, query: { limit, cursor, ...asked } }) => {
      const { code, timeZone } = company;
      const query = runQuery(asked, actor, timeZone, clock());
      const { items, next, total } = await ledger.list(code, query, { limit, cursor });
      return { items: await allWithUndoable(book, code, items), next, total };
    },
  );

  api.get(
    '/runs/:id',
    {
      schema: {
        tags: ['Runs'],
        summary: 'How far a run is',
        description:
          'With `Prefer: wait=20` it answers when the run has ended, or after 20 seconds; a minute at most.',
        params: RunAddress,
        response: { 200: RunSummary, ...problemReplies },
      },
    },
    async (request, reply) => {
      const { code } = request.company;
      const patience = patienceOf(request, reply);
      const run = await runAt(ledger, code, request.params.id);
      const later = patience === undefined ? undefined : await runner.ended(code, run.id, patience);
      return withUndoable(book, code, later ?? run);
    },
  );

  api.get(
    '/runs/:id/outcomes',
    {
      schema: {
        tags: ['Runs'],
        summary: 'What became of each order, in the sequence of the run',
        description:
          'While the run is open, the outcomes so far. Each comes with its order as it is now, and with `include=movements` with ' +
          'the movements that this run posted or took back.',
        params: RunAddress,
        querystring: OutcomeSearch,
        response: { 200: OutcomePage, ...problemReplies },
      },
    },
    async ({ company, params, query }) => {
      const { id } = await runAt(ledger, company.code, params.id);
      const { items, next, total } = await ledger.outcomes(company.code, id, query, query.result);
      const outcomes = await withOrders(book, company.code, items);
      const whole = query.include?.includes('movements') ?? false;
      return { items: whole ? await withMovements(book, company.code, id, outcomes) : outcomes, next, total };
    },
  );

  api.post(
    '/runs/:id/cancel',
    {
      schema: {
        tags: ['Runs'],
        summary: 'Stop a run before its next chunk',
        description:
          'What is done stays done; an import is stopped as a whole. A run that has ended is returned as it is.',
        params: RunAddress,
        response: { 200: RunSummary, ...problemReplies },
      },
    },
    async (request) => {
      const { company, params } = request;
      const { id, command } = await runAt(ledger, company.code, params.id);
      requireRight(request, rightTo[command]);
      if (command === 'import') await importer.cancel(company.code, id);
      else await ledger.cancel(company.code, id, clock());
      return withUndoable(book, company.code, await runAt(ledger, company.code, id));
    },
  );
}

/** Days are the plant's, so a run of 23:30 belongs to the day it was there. */
function runQuery(
  { from, to, mine, actor, state, command, order }: Omit<z.infer<typeof RunSearch>, 'limit' | 'cursor'>,
  caller: string,
  timeZone: string,
  now: Instant,
): RunQuery {
  const begins = (day: CalendarDate | 'today', later = 0) =>
    dayBegins(timeZone, addDays(day === 'today' ? dayIn(timeZone, now) : day, later));
  const asked = actor === undefined ? undefined : [actor];
  return {
    openedFrom: from && begins(from),
    openedBefore: to && begins(to, 1),
    actors: mine === undefined ? asked : [caller].filter((me) => asked?.includes(me) ?? true),
    states: state,
    commands: command,
    order,
  };
}

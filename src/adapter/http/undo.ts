import * as z from 'zod/mini';
import { Preview, RunReply, UndoRequest } from '../../contract/runs';
import type { MarkedOrder } from '../../domain/order';
import { hashOf, type RunRequest } from '../runs/request';
import type { RunRecord } from '../runs/run-ledger';
import { requireRight } from './auth';
import { idempotencyKeyOf } from './idempotency-key';
import { patienceOf } from './prefer';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';
import { RunAddress, runAt } from './run-address';
import { runOnce, runReply } from './run-reply';

export function undoRoutes(api: Api, services: Services): void {
  const { book, ledger, runner } = services;

  /** The orders that are released by this run to this day, with the versions it left them at. */
  const stillReleased = async (company: string, run: RunRecord): Promise<MarkedOrder[]> => {
    const released = await ledger.released(company, run.id);
    const rows = await book.rows(
      company,
      released.map(({ key }) => key),
    );
    const byThisRun = new Set(rows.filter((row) => row.runNumber === run.number).map(({ key }) => key));
    return released.filter(({ key }) => byThisRun.has(key));
  };

  api.post(
    '/runs/:id/undo',
    {
      schema: {
        tags: ['Runs'],
        summary: 'Undo a release: restore exactly its orders',
        description:
          'A restore run over the orders that this run released and that are still released by it, at the versions it left ' +
          'them at: an order that somebody touched since is refused by name (RES-07), the others go. Needs an ' +
          'Idempotency-Key; with `dryRun` nothing is written and the answer is a preview. Answers 409 when the run is no ' +
          'release (`notUndoable`), has not ended (`runStillOpen`), or nothing is left to undo (`nothingToUndo`).',
        params: RunAddress,
        // Nothing need be said, so the body may be left out.
        body: z.nullish(UndoRequest),
        response: { 200: z.union([RunReply, Preview]), 202: RunReply, ...problemReplies },
      },
    },
    async (request, reply) => {
      const { company, actor, params } = request;
      requireRight(request, 'restore');
      const dryRun = request.body?.dryRun ?? false;
      const key = dryRun ? null : idempotencyKeyOf(request);
      const run = await runAt(ledger, company.code, params.id);
      const named = { params: { run: String(run.number) } };
      if (run.command !== 'release') throw new ProblemError('notUndoable', named);
      if (run.state === 'open') throw new ProblemError('runStillOpen', named);

      const orders = await stillReleased(company.code, run);
      const asked = { kind: 'restore', undoes: run.number } as const;
      const undo: RunRequest = { company, actor, asked, orders, sequence: 'asGiven' };
      const nothing = new ProblemError('nothingToUndo', named);
      if (key === null) {
        if (orders.length === 0) throw nothing;
        return runner.preview(undo);
      }
      // The same undo again finds nothing left, and gets what it came to.
      const known = await ledger.find({ company: company.code, actor, key }, hashOf(undo));
      if (orders.length === 0 && known === undefined) throw nothing;
      const ran = await runOnce(runner, undo, key, patienceOf(request, reply));
      return runReply(services, reply, company.code, ran);
    },
  );
}

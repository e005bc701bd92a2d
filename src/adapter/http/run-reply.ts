import type { FastifyReply } from 'fastify';
import type { Movement } from '../../contract/movements';
import type { Outcome, RunReply, RunSummary } from '../../contract/runs';
import { otherHalf } from '../../domain/merge/other-half';
import type { OrderKey } from '../../domain/order';
import type { OrderBook, StoredOutcome } from '../orderbook/order-book';
import type { RunRequest } from '../runs/request';
import type { RunLedger, RunRecord } from '../runs/run-ledger';
import type { Ran, Runner } from '../runs/runner';
import { ProblemError } from './problem';

/** How many outcomes come along with a run; the rest is fetched page by page. */
const FIRST_PAGE = 1000;
/** Movements are read in pages of this size. */
const MOVEMENTS_AT_ONCE = 5000;

type Finished = Extract<Ran, { kind: 'run' }>;

/** Carries out a request under its key. Another request under the same key is a problem. */
export async function runOnce(
  runner: Runner,
  request: RunRequest,
  key: string,
  patience?: number,
): Promise<Finished> {
  const ran = await runner.run(request, key, patience);
  if (ran.kind === 'otherBody') throw new ProblemError('keyOfOtherRequest');
  return ran;
}

/** The reply to a run. An open one comes as 202, without outcomes, and says where to ask how far it is. */
export async function runReply(
  { book, ledger }: { readonly book: OrderBook; readonly ledger: RunLedger },
  reply: FastifyReply,
  company: string,
  ran: Finished,
): Promise<RunReply> {
  const { replayed } = ran;
  const run = await summaryOf(book, company, ran);
  if (run.state === 'open') {
    reply.code(202).headers({ location: `/api/runs/${run.id}`, 'retry-after': '1' });
    return { run, replayed, outcomes: { items: [], next: null, total: null } };
  }
  const { items, next, total } = await ledger.outcomes(company, run.id, { limit: FIRST_PAGE });
  return { run, replayed, outcomes: { items: await withOrders(book, company, items), next, total } };
}

/** All that a release has just done can be undone, so there is nothing to ask the book for. */
async function summaryOf(book: OrderBook, company: string, { run, replayed }: Finished): Promise<RunSummary> {
  if (run.command === 'release' && run.state === 'done' && !replayed)
    return { ...run, undoable: run.succeeded };
  return withUndoable(book, company, run);
}

/** A run with how many of its orders could still be undone. */
export async function withUndoable(book: OrderBook, company: string, run: RunRecord): Promise<RunSummary> {
  const [summary] = await allWithUndoable(book, company, [run]);
  // One comes for each.
  return summary as RunSummary;
}

export async function allWithUndoable(
  book: OrderBook,
  company: string,
  runs: readonly RunRecord[],
): Promise<RunSummary[]> {
  const releases = runs.filter(({ command, succeeded }) => command === 'release' && succeeded > 0);
  const undoable = await book.undoable(
    company,
    releases.map(({ id }) => id),
  );
  return runs.map((run) => ({ ...run, undoable: undoable.get(run.id) ?? 0 }));
}

/** The stored outcomes, each with its order as it is now. */
export async function withOrders(
  book: OrderBook,
  company: string,
  outcomes: readonly StoredOutcome[],
): Promise<Outcome[]> {
  const others = outcomes.map(({ key, warnings }) => otherHalf(key, warnings));
  const rows = await book.rows(company, [
    ...outcomes.map(({ key }) => key),
    ...others.filter((key) => key !== null),
  ]);
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const rowOf = (key: OrderKey | null | undefined) => (key ? byKey.get(key) : undefined);
  return outcomes.map(({ key, result, refusals, warnings, movements }, place) => {
    const other = rowOf(others[place]);
    return {
      ...{ key, result, refusals: [...refusals], warnings: [...warnings], movements },
      order: rowOf(key) ?? null,
      ...(other && { other }),
    };
  });
}

/** The outcomes, each with the movements that the run posted or took back for it. */
export async function withMovements(
  book: OrderBook,
  company: string,
  run: string,
  outcomes: readonly Outcome[],
): Promise<Outcome[]> {
  const order = outcomes.filter(({ movements }) => movements > 0).map(({ key }) => key);
  const found = new Map<OrderKey, Movement[]>();
  let cursor: string | undefined;
  while (order.length > 0) {
    const { items, next } = await book.movements(
      company,
      { run, order },
      { limit: MOVEMENTS_AT_ONCE, cursor },
    );
    for (const movement of items) {
      const list = found.get(movement.order);
      if (list) list.push(movement);
      else found.set(movement.order, [movement]);
    }
    if (next === null) break;
    cursor = next;
  }
  return outcomes.map((outcome) => ({ ...outcome, movementList: found.get(outcome.key) ?? [] }));
}

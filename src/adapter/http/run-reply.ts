import type { Outcome, RunReply } from '../../contract/runs';
import type { OrderBook, StoredOutcome } from '../orderbook/order-book';
import type { RunLedger } from '../runs/run-ledger';
import type { RunRequest } from '../runs/request';
import type { Ran, Runner } from '../runs/runner';
import { ProblemError } from './problem';

/** How many outcomes come along with a run; the rest is fetched page by page. */
const FIRST_PAGE = 1000;

type Finished = Extract<Ran, { kind: 'run' }>;

/** Carries out a request under its key. Another request under the same key is a problem. */
export async function runOnce(runner: Runner, request: RunRequest, key: string): Promise<Finished> {
  const ran = await runner.run(request, key);
  if (ran.kind === 'otherBody') throw new ProblemError('keyOfOtherRequest');
  return ran;
}

/** The reply to a run: an open one comes without outcomes. */
export async function runReply(
  { book, ledger }: { readonly book: OrderBook; readonly ledger: RunLedger },
  company: string,
  { run, replayed }: Finished,
): Promise<RunReply> {
  if (run.state === 'open') return { run, replayed, outcomes: { items: [], next: null, total: null } };
  const { items, next, total } = await ledger.outcomes(company, run.id, { limit: FIRST_PAGE });
  return { run, replayed, outcomes: { items: await withOrders(book, company, items), next, total } };
}

/** The stored outcomes, each with its order as it is now. */
export async function withOrders(
  book: OrderBook,
  company: string,
  outcomes: readonly StoredOutcome[],
): Promise<Outcome[]> {
  const rows = await book.rows(
    company,
    outcomes.map(({ key }) => key),
  );
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return outcomes.map(({ refusals, warnings, ...outcome }) => ({
    ...outcome,
    refusals: [...refusals],
    warnings: [...warnings],
    order: byKey.get(outcome.key) ?? null,
  }));
}

import type { Outcome, OutcomePage, RunReply, RunSummary } from '../../contract/runs';
import { ApiError } from './errors';
import { readAll } from './pages';

export type Progress = (done: number, total: number) => void;

export interface RunDone {
  readonly run: RunSummary;
  /** True when the run had been carried out before this request. */
  readonly replayed: boolean;
  readonly outcomes: readonly Outcome[];
}

/** The four requests a run is made of. */
export interface RunCalls {
  open(): Promise<RunReply>;
  summary(id: string): Promise<RunSummary>;
  outcomes(id: string, cursor: string | undefined): Promise<OutcomePage>;
  cancel(id: string): Promise<RunSummary>;
}

const POLL_MS = 700;
/** A poll is only a question: this many in a row may stay without an answer before the planner hears of it. */
const POLLS_LOST = 4;

/**
 * Opens a run and follows it to its end. Cancelling stops the orders that are not yet in hand: what is done stays done,
 * and its outcomes come back. Fails with ApiError; `undecided` then says whether the run may be under way.
 */
export async function performRun(
  calls: RunCalls,
  onProgress: Progress,
  signal: AbortSignal,
  pause: (ms: number) => Promise<void> = later,
): Promise<RunDone> {
  const reply = await calls.open();
  return toItsEnd(calls, reply, onProgress, signal, pause).catch((error: unknown) => {
    throw afterAcceptance(error);
  });
}

async function toItsEnd(
  calls: RunCalls,
  reply: RunReply,
  onProgress: Progress,
  signal: AbortSignal,
  pause: (ms: number) => Promise<void>,
): Promise<RunDone> {
  const { replayed } = reply;
  onProgress(reply.run.done, reply.run.total);
  const run =
    reply.run.state === 'open' ? await follow(calls, reply.run, onProgress, signal, pause) : reply.run;
  const complete = reply.run.state !== 'open' && reply.outcomes.next === null;
  const outcomes = complete
    ? reply.outcomes.items
    : await readAll(
        (cursor) => calls.outcomes(run.id, cursor),
        (outcome) => outcome.key,
      );
  return { run, replayed, outcomes };
}

/** A refused question about an open run says nothing about the run: it is under way all the same. */
function afterAcceptance(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.undecided) return error;
  return new ApiError(error.code, error.path, error.problem, { cause: error }, true);
}

async function follow(
  calls: RunCalls,
  opened: RunSummary,
  onProgress: Progress,
  signal: AbortSignal,
  pause: (ms: number) => Promise<void>,
): Promise<RunSummary> {
  let run = opened;
  let cancelled = false;
  let lost = 0;
  while (run.state === 'open') {
    await pause(POLL_MS);
    try {
      run = signal.aborted && !cancelled ? await calls.cancel(run.id) : await calls.summary(run.id);
      cancelled = signal.aborted;
      lost = 0;
    } catch (error) {
      lost += 1;
      const unanswered = error instanceof ApiError && error.code === 'unreachable';
      if (!unanswered || lost >= POLLS_LOST) throw error;
    }
    onProgress(run.done, run.total);
  }
  return run;
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

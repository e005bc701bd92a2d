import { setTimeout as delay } from 'node:timers/promises';
import type { Instant } from '../../domain/calendar';
import type { Preview } from '../../contract/runs';
import { countOutcomes } from '../orderbook/count-outcomes';
import { ClaimLost, type OrderBook, type StoredOutcome } from '../orderbook/order-book';
import { meanwhile } from '../meanwhile';
import { hasEnded } from './holder';
import { hashOf, planOf, type RunRequest } from './request';
import type { Lease, Plan, RequestKey, RunLedger, RunRecord } from './run-ledger';

export interface RunnerOptions {
  readonly book: OrderBook;
  readonly ledger: RunLedger;
  readonly clock: () => Instant;
  /** Names this process in leases; another process needs another name. */
  readonly holder: string;
  readonly log: { error(fields: object, message: string): void };
  /** Orders per transaction. */
  readonly chunkSize?: number;
  /** How long a caller waits for a run to be done, in milliseconds; then it goes on without them. */
  readonly replyWithin?: number;
  /** How often lapsed runs are looked for, in milliseconds. */
  readonly resumeEvery?: number;
}

export type Ran =
  | {
      readonly kind: 'run';
      /** Open when it takes longer than the caller waits, or somebody else works on it. */
      readonly run: RunRecord;
      /** The request had been carried out before. */
      readonly replayed: boolean;
    }
  /** The key was used with another body. Nothing was done. */
  | { readonly kind: 'otherBody' };

/**
 * Carries out commands over many orders: opens the run first, performs it in chunks, closes it. Whatever breaks in between
 * leaves an open run, which some process takes over at its first order without an outcome once the lease has lapsed.
 */
export interface Runner {
  /** `patience` is how long the caller waits for the end of the run, in milliseconds. */
  run(request: RunRequest, key: string, patience?: number): Promise<Ran>;
  /** The run as soon as it has ended, or as it is after `patience` milliseconds; undefined when there is none. */
  ended(company: string, run: string, patience: number): Promise<RunRecord | undefined>;
  /** What `run` would do now. Nothing is written. */
  preview(request: RunRequest): Promise<Preview>;
  /** Takes over runs that nobody works on any more, one after the other, until there is none left. */
  resume(): Promise<void>;
  /** Resumes lapsed runs now and from time to time. */
  start(): void;
  /** Waits for the running chunks and lets the leases go, so that the next start resumes at once. */
  shutdown(): Promise<void>;
}

export function createRunner(options: RunnerOptions): Runner {
  const { book, ledger, clock, holder, log } = options;
  const { chunkSize = 1000, replyWithin = 2000, resumeEvery = 5000 } = options;
  /** What this process works on, by run: the finished run, or undefined when it was interrupted. A job never rejects. */
  const jobs = new Map<string, Promise<RunRecord | undefined>>();
  /** Runs of this process that broke off and whose leases it still holds. */
  const interrupted = new Set<Lease>();
  /** Requests whose opening was not answered: the run may be open all the same, and nobody works on it. */
  const unanswered = new Set<Opening>();
  let resuming: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;

  function begin(lease: Lease, plan: Plan, actor: string, opened: RunRecord | undefined, from = 0) {
    const job = work(lease, plan, actor, opened, from)
      .catch((error: unknown) => {
        if (error instanceof ClaimLost) return undefined;
        log.error({ err: error, run: lease.run }, 'run interrupted');
        interrupted.add(lease);
        return undefined;
      })
      .finally(() => jobs.delete(lease.run));
    jobs.set(lease.run, job);
    return job;
  }

  async function work(
    lease: Lease,
    plan: Plan,
    actor: string,
    opened: RunRecord | undefined,
    from: number,
  ): Promise<RunRecord | undefined> {
    const { company, run } = lease;
    let record = opened;
    for (let place = from; place < plan.orders.length; place += chunkSize) {
      if (stopping) {
        await ledger.letGo(lease, clock());
        return undefined;
      }
      const chunk = plan.orders.slice(place, place + chunkSize);
      const at = clock();
      const outcomes = await book.perform(
        plan.command,
        chunk,
        { run, holder, from: place },
        { company, actor, at },
      );
      record = record && after(record, outcomes, at);
    }
    // What was carried through from its opening on is known here; only a run that was taken over has to be asked for.
    return record?.state === 'done' ? record : ledger.close(lease);
  }

  async function resumeAll(): Promise<void> {
    await ledger.endLeases(hasEnded, clock());
    // Those that break off again in this very round wait for the next one: what fails every time is not tried in a tight loop.
    await letGoInterrupted();
    while (!stopping) {
      const lapsed = await ledger.takeLapsed(holder, clock());
      if (lapsed === undefined) return;
      await begin(lapsed.lease, lapsed.plan, lapsed.actor, undefined, lapsed.done);
    }
  }

  /** Gives up every lease that nobody works under. */
  async function letGoInterrupted(): Promise<void> {
    for (const lease of [...interrupted]) {
      await ledger.letGo(lease, clock());
      interrupted.delete(lease);
    }
    for (const opening of [...unanswered]) {
      const found = await ledger.find(opening.request, opening.hash);
      unanswered.delete(opening);
      if (found?.kind !== 'inFlight' || jobs.has(found.run.id)) continue;
      await ledger.letGo({ company: opening.request.company, run: found.run.id, holder }, clock());
    }
  }

  /** Looks from time to time, for a run that another process works on. */
  async function endedElsewhere(company: string, run: string, patience: number) {
    const deadline = performance.now() + patience;
    for (;;) {
      const found = await ledger.summary(company, run);
      const left = deadline - performance.now();
      if (found?.state !== 'open' || left <= 0 || stopping) return found;
      await delay(Math.min(LOOK_EVERY, left));
    }
  }

  const runner: Runner = {
    async run(request, key, patience = replyWithin) {
      const { company, actor } = request;
      const at = clock();
      const [plan, hash] = await Promise.all([planOf(book, request, at), meanwhile(() => hashOf(request))]);
      const opening = { request: { company: company.code, actor, key }, hash };
      const opened = await ledger.open(opening.request, opening.hash, plan, at).catch((error: unknown) => {
        unanswered.add(opening);
        throw error;
      });
      if (opened.kind === 'otherBody') return opened;
      if (opened.kind === 'replay') return { kind: 'run', run: opened.run, replayed: true };
      const { id } = opened.run;
      const job = opened.kind === 'opened' ? begin(opened.lease, plan, actor, opened.run) : undefined;
      const finished = job && (await within(patience, job));
      const run = finished ?? (await runner.ended(company.code, id, job ? 0 : patience)) ?? opened.run;
      return { kind: 'run', run, replayed: opened.kind === 'inFlight' && run.state !== 'open' };
    },

    async ended(company, run, patience) {
      const job = jobs.get(run);
      const finished = job && (await within(patience, job));
      return finished ?? endedElsewhere(company, run, job ? 0 : patience);
    },

    async preview(request) {
      const at = clock();
      const { company, actor } = request;
      const { command, orders, goesWith } = await planOf(book, request, at);
      const preview = await book.preview(command, orders, { company: company.code, actor, at }, chunkSize);
      if (goesWith.size === 0) return preview;
      const outcomes = preview.outcomes.map((outcome) => {
        const taker = goesWith.get(outcome.key);
        return taker === undefined ? outcome : { ...outcome, goesWith: taker };
      });
      return { ...preview, outcomes };
    },

    resume() {
      return (resuming ??= resumeAll().finally(() => {
        resuming = undefined;
      }));
    },

    start() {
      const look = (): void => {
        runner.resume().catch((error: unknown) => log.error({ err: error }, 'lapsed runs not resumed'));
      };
      look();
      timer = setInterval(look, resumeEvery);
      timer.unref();
    },

    async shutdown() {
      stopping = true;
      clearInterval(timer);
      await resuming?.catch(() => undefined);
      await Promise.all(jobs.values());
      // A database that is away now keeps them until they lapse.
      await letGoInterrupted().catch((error: unknown) => log.error({ err: error }, 'leases not let go'));
    },
  };
  return runner;
}

/** The run after one more chunk, as the book has stored it with these outcomes. */
function after(run: RunRecord, outcomes: readonly StoredOutcome[], at: Instant): RunRecord {
  const counts = countOutcomes(outcomes);
  const done = run.done + outcomes.length;
  return {
    ...run,
    done,
    succeeded: run.succeeded + counts.succeeded,
    refused: run.refused + counts.refused,
    skipped: run.skipped + counts.skipped,
    failed: run.failed + counts.failed,
    movements: outcomes.reduce((sum, { movements }) => sum + movements, run.movements),
    ...(done === run.total && { state: 'done', closedAt: at }),
  };
}

interface Opening {
  readonly request: RequestKey;
  readonly hash: string;
}

/** How often the ledger is asked about a run of another process, in milliseconds. */
const LOOK_EVERY = 200;

/** What `job` gives, or undefined when it takes longer than `milliseconds`. */
async function within<T>(milliseconds: number, job: Promise<T>): Promise<T | undefined> {
  const waiting = new AbortController();
  const patience = delay(milliseconds, undefined, { signal: waiting.signal }).catch(() => undefined);
  const first = await Promise.race([job, patience]);
  waiting.abort();
  return first;
}

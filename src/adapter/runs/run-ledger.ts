import type { Instant } from '../../domain/calendar';
import type { MarkedOrder, OrderKey } from '../../domain/order';
import type { AskedPapers } from '../../domain/papers/paper';
import type { OutcomeResult, RunSummary } from '../../contract/runs';
import type { Command, Page, Slice, StoredOutcome } from '../orderbook/order-book';

/** What identifies an attempt: a key belongs to its user in its company. */
export interface RequestKey {
  readonly company: string;
  readonly actor: string;
  readonly key: string;
}

/** What a run will do, fixed when it is opened: the command and the orders in sequence. */
export interface Plan {
  readonly command: Command;
  readonly orders: readonly MarkedOrder[];
}

/** The right to work on a run until it lapses: whoever holds it is the only one who performs chunks. */
export interface Lease {
  readonly company: string;
  readonly run: string;
  readonly holder: string;
}

/** A run as the ledger knows it. What can still be undone of it, only the book knows. */
export type RunRecord = Omit<RunSummary, 'undoable'>;

/** Criteria combine with AND. */
export interface RunQuery {
  readonly openedFrom?: Instant | undefined;
  readonly openedBefore?: Instant | undefined;
  readonly actors?: readonly string[] | undefined;
  readonly states?: readonly RunRecord['state'][] | undefined;
  readonly commands?: readonly RunRecord['command'][] | undefined;
  /** Runs that changed it, or could not. */
  readonly order?: OrderKey | undefined;
}

/** An outcome with the moment it was stored. */
export interface TimedOutcome extends StoredOutcome {
  readonly at: Instant;
}

export type Opened =
  /** New: its first row is committed, and the caller holds the lease. */
  | { readonly kind: 'opened'; readonly run: RunRecord; readonly lease: Lease }
  /** Done before under this key with this body: the stored outcomes are the answer. */
  | { readonly kind: 'replay'; readonly run: RunRecord }
  /** Open under this key with this body, worked on by somebody at this moment. */
  | { readonly kind: 'inFlight'; readonly run: RunRecord }
  /** This key was used with another body. Nothing is done. */
  | { readonly kind: 'otherBody' };

/** A run whose lease lapsed, taken over: to be resumed at its first order without an outcome. */
export interface Lapsed {
  readonly lease: Lease;
  readonly plan: Plan;
  readonly done: number;
  readonly actor: string;
}

/** The book of runs. Always ours, always PostgreSQL. Every write over orders begins with a committed row in here. */
export interface RunLedger {
  open(request: RequestKey, bodyHash: string, plan: Plan, at: Instant): Promise<Opened>;
  /** What `open` would say of a request that was opened before; undefined when it was not. Nothing is written. */
  find(request: RequestKey, bodyHash: string): Promise<Opened | undefined>;
  /** Ends the leases of holders that `ended` says will never come back, so that their runs can be taken over at once. */
  endLeases(ended: (holder: string) => boolean, at: Instant): Promise<void>;
  /** Takes over one open run whose lease lapsed before `at`, or gives undefined. */
  takeLapsed(holder: string, at: Instant): Promise<Lapsed | undefined>;
  /** Asks for a stop before the next chunk. What is done stays done. */
  cancel(company: string, run: string, at: Instant): Promise<RunRecord | undefined>;
  /** What a run came to. It is done with its last outcome, in the same transaction; throws when there are some missing. */
  close(lease: Lease): Promise<RunRecord>;
  /** Gives the lease up early, so that the next start resumes the run at once. */
  letGo(lease: Lease, at: Instant): Promise<void>;
  summary(company: string, run: string): Promise<RunRecord | undefined>;
  /** Newest first. */
  list(company: string, query: RunQuery, page: Page): Promise<Slice<RunRecord>>;
  /** Outcomes in the run's sequence: those with one of these results, or all. */
  outcomes(
    company: string,
    run: string,
    page: Page,
    results?: readonly OutcomeResult[],
  ): Promise<Slice<TimedOutcome>>;
  /** The orders a release released, in its sequence, with the versions it left them at. */
  released(company: string, run: string): Promise<readonly MarkedOrder[]>;
  /** What a release asked to be printed. */
  askedPapers(company: string, run: string): Promise<AskedPapers>;
}

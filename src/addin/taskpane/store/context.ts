import type { StoreApi } from 'zustand/vanilla';
import type { Action } from '../../../domain/transitions';
import type { Language } from '../../../language/text';
import type { Attempts } from '../../api/attempts';
import { ApiError } from '../../api/errors';
import type { OrderBookApi } from '../../api/order-book';
import type { Sheet, Writing } from '../../sync/sheet';
import type { Preferences } from '../preferences';
import { markedFor, type MarkedSummary, marksOf } from './marked';
import type { PaneState, WorkKind } from './state';

/** What holds for a search or a run where the planner says nothing else. */
export type Defaults = Pick<Preferences, 'sequence' | 'includeHidden' | 'posting'>;

/** What the pane works with: the order book, the workbook, and the surroundings of both. */
export interface Ports {
  readonly api: OrderBookApi;
  readonly sheet: Sheet;
  readonly attempts: Attempts;
  readonly language: () => Language;
  /** How this planner likes to work. */
  readonly defaults: () => Defaults;
  /** Origin of the order book that requests go to now. */
  readonly address: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Puts text on the clipboard; false where nothing lets us. */
  readonly copy: (text: string) => Promise<boolean>;
  /** Opens an address in a window of a browser; false where nothing lets us. */
  readonly openWindow: (address: string) => boolean;
}

/** Enough to see a pattern; nobody reads more. */
const FAILURES_KEPT = 20;

export interface Job {
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
  /** The part of the work that writes the sheet, which can be cancelled as the rest can. */
  readonly writing: Writing;
  /** The same where outcomes are written that are there already: they must all arrive. */
  readonly writingAll: Pick<Writing, 'progress'>;
  /** What follows of the work from now on, with its own progress; it cannot be cancelled. */
  readonly telling: (of: WorkKind) => Required<Pick<Writing, 'progress'>>;
}

/** What every action is made with. */
export interface PaneContext extends Ports {
  readonly get: () => PaneState;
  readonly set: (change: Partial<PaneState>) => void;
  /** Does one piece of work at a time; what fails becomes `trouble`, with `job` itself as the way to try again. */
  readonly work: (kind: WorkKind, job: (job: Job) => Promise<void>, cancellable?: boolean) => Promise<void>;
  /** For what fails within work that must not be repeated as a whole. */
  readonly failed: (error: unknown, retry: (() => Promise<void>) | null) => void;
  /** Code of the company to ask about; the order book is asked for its only one while none is known. */
  readonly company: () => Promise<string>;
  /** Where the plant's clock goes. */
  readonly zone: () => Promise<string>;
  /** Reads the marks anew, into the state. */
  readonly readMarks: () => Promise<void>;
  /** The marks of an action: by default of the one in view. */
  readonly marked: (action?: Action) => MarkedSummary;
}

export function paneContext(ports: Ports, store: StoreApi<PaneState>): PaneContext {
  const context: PaneContext = {
    ...ports,
    get: store.getState,
    set: (change) => store.setState(change),
    failed: (error, retry) => fail(ports, store, error, retry),
    async company() {
      const known = store.getState().company;
      if (known !== null) return known;
      const { code } = (await ports.api.session()).company;
      store.setState({ company: code });
      return code;
    },
    async zone() {
      const session = store.getState().session ?? (await ports.api.session());
      return session.company.timeZone;
    },
    async readMarks() {
      const marks = await ports.sheet.readMarks();
      store.setState({ marks: marksOf(store.getState().company, marks) });
    },
    marked: (action) => {
      const { view, marks, includeHidden, leftOut } = store.getState();
      return markedFor(action ?? view, marks, includeHidden, leftOut);
    },
    async work(kind, job, cancellable = false) {
      if (store.getState().work !== null) return;
      const abort = new AbortController();
      const cancel = cancellable ? () => abort.abort() : null;
      const { signal } = abort;
      const telling = (of: WorkKind, stop: (() => void) | null) => (done: number, total: number) =>
        store.setState({ work: { kind: of, done, total, cancel: stop } });
      const progress = telling(kind, cancel);
      const writing = { progress: telling('write', cancel), signal };
      const writingAll = { progress: telling('write', null) };
      const following = (of: WorkKind) => {
        const told = { progress: telling(of, null) };
        told.progress(0, 0);
        return told;
      };
      store.setState({ trouble: null, exported: null, applied: null });
      progress(0, 0);
      try {
        await job({ signal, progress, writing, writingAll, telling: following });
      } catch (error) {
        fail(ports, store, error, () => context.work(kind, job, cancellable));
      } finally {
        store.setState({ work: null });
      }
    },
  };
  return context;
}

function fail(
  { now }: Ports,
  store: StoreApi<PaneState>,
  error: unknown,
  retry: (() => Promise<void>) | null,
): void {
  if (error instanceof ApiError && error.code === 'cancelled') return;
  if (error instanceof ApiError && (error.code === 'unreachable' || error.code === 'signedOut')) {
    store.setState({ connection: error.code });
  }
  const failures = [{ at: now(), error }, ...store.getState().failures].slice(0, FAILURES_KEPT);
  store.setState({ trouble: { error, retry }, failures });
}

import type { Preview, RunRequest, RunSummary } from '../../../contract/runs';
import type { OrderKey } from '../../../domain/order';
import type { Action } from '../../../domain/transitions';
import { uuidv7 } from 'uuidv7';
import { ApiError } from '../../api/errors';
import { type ChangedChoice, isChangedElsewhere } from '../../sync/changed-elsewhere';
import { inPriority } from '../../sync/in-priority';
import type { PendingRun, UndoRequest } from '../../sync/sheet';
import { unlikePreview } from '../unlike-preview';
import type { Job, PaneContext } from './context';
import { marksToRetry } from './marked';
import { mayAskAgain } from './pending';
import type { RunResult } from './state';

export interface RunActions {
  /** Says what a run over the marked orders would do. Nothing is written. */
  readonly preview: () => Promise<void>;
  /** Releases or restores the marked orders, as the view says. */
  readonly commit: () => Promise<void>;
  /** Sends those orders of the last run again that failed and are still marked, and no others. */
  readonly retryFailed: () => Promise<void>;
  /** Does what the planner chose with rows whose orders somebody else changed. */
  readonly settleChanged: (orders: readonly OrderKey[], choice: ChangedChoice) => Promise<void>;
  /** Sends an interrupted run again under its own key, where it was sent and by whom: it is carried out once at most. */
  readonly resume: () => Promise<void>;
  /** Forgets an interrupted run, whatever became of it. Nothing is sent. */
  readonly giveUp: () => Promise<void>;
  /** Restores what is left of the last release: exactly its orders. */
  readonly undoRun: () => Promise<void>;
  readonly showMovements: () => Promise<void>;
}

export function runActions(pane: PaneContext): RunActions {
  const { get, set, api, sheet, work, readMarks } = pane;

  const readRequest = async (command: Action, retried?: RunResult): Promise<RunRequest | null> => {
    // Whose rows count is known before they are read.
    await pane.company();
    await readMarks();
    const going = retried === undefined ? pane.marked(command).going : marksToRetry(retried, get().marks);
    if (going.length === 0) return null;
    // Only a release gives out stock that may be scarce.
    const sequenced = command === 'release' ? inPriority(going) : null;
    const orders = (sequenced ?? going).map(({ key, version }) => ({ key, version }));
    return { command, orders, ...(sequenced !== null && { sequence: 'asGiven' }) };
  };

  const settle = async (pending: PendingRun | null) => {
    await sheet.savePendingRun(pending);
    set({ pendingRun: pending });
  };

  const fetchMovements = async (query: Parameters<typeof api.movements>[0]) => {
    const company = await pane.company();
    await sheet.writeMovements(await api.movements(query), company, pane.language());
  };

  const showInRows = async ({ outcomes }: Preview) => {
    const { filtersLost } = await sheet.writePreview(outcomes, await pane.company(), pane.language());
    set({ filtersLost });
  };

  /** Invariant: the key is in the workbook before the request leaves, and stays until its outcomes are in the sheet. */
  const perform = async (pending: PendingRun, { signal, progress }: Job) => {
    await settle(pending);
    const { request, key } = pending;
    const done = await (
      'undoes' in request
        ? api.undo(request.undoes, key, progress, signal)
        : api.perform(request, key, progress, signal)
    ).catch(async (error: unknown) => {
      if (error instanceof ApiError && !error.undecided) await settle(null);
      throw error;
    });
    const { preview } = get();
    const judged = !('undoes' in request) && preview?.command === request.command ? preview : null;
    const result = { ...done, unlikePreview: unlikePreview(done.outcomes, judged) };
    const report = await sheet.writeResults(done.outcomes, await pane.company(), pane.language());
    await settle(null);
    const changed = done.outcomes.filter(isChangedElsewhere);
    set({ result, changed, preview: null, ...report, connection: 'ready', syncedAt: pane.now() });
    // The planner took hidden rows along in this run, not in the next one.
    set({ includeHidden: false });
    const follow = () => followUp(done.run);
    await follow().catch((error: unknown) => pane.failed(error, () => work('movements', follow)));
  };

  /** What is left to do when a run is over. Trying this again must not commit whatever is still marked. */
  const followUp = async (run: RunSummary) => {
    await readMarks();
    set({ lastRelease: await api.lastRelease() });
    if (run.movements > 0) await fetchMovements({ run: run.id });
  };

  /** Asked anew before every run: another window may have changed the address, and another user may have signed in. */
  const whoAndWhere = async () => {
    const address = pane.address();
    const session = await api.session();
    const company = session.company.code;
    set({ address, session, company, connection: 'ready', syncedAt: pane.now() });
    return { user: session.user, company, address };
  };

  const start = (command: Action, request: () => Promise<PendingRun['request'] | null>) =>
    work(
      command,
      async (job) => {
        const here = await whoAndWhere();
        // An interrupted run goes first: its orders would otherwise be judged twice.
        const waiting = get().pendingRun;
        if (waiting !== null) {
          if (mayAskAgain(waiting, get())) await perform(waiting, job);
          return;
        }
        const asked = await request();
        if (asked !== null) await perform({ key: uuidv7(), ...here, request: asked }, job);
      },
      true,
    );

  return {
    preview: () =>
      work(
        'preview',
        async ({ signal }) => {
          const request = await readRequest(get().view);
          const preview = request === null ? null : await api.preview(request, signal);
          const changed = preview?.outcomes.filter(isChangedElsewhere) ?? [];
          set({ preview, changed, result: null, connection: 'ready', syncedAt: pane.now() });
          if (preview === null) return;
          const show = () => showInRows(preview);
          await show().catch((error: unknown) => pane.failed(error, () => work('sheet', show)));
        },
        true,
      ),
    commit() {
      const command = get().view;
      return start(command, () => readRequest(command));
    },
    async retryFailed() {
      const { result } = get();
      const command = result?.run.command;
      if (result === null || (command !== 'release' && command !== 'restore')) return;
      await start(command, () => readRequest(command, result));
    },
    async resume() {
      const waiting = get().pendingRun;
      if (waiting === null) return;
      const { command } = waiting.request;
      // The pane sends no other commands.
      if (command === 'release' || command === 'restore') await start(command, async () => null);
    },
    settleChanged: (keys, choice) =>
      work('sheet', async () => {
        const [chosen, changed] = [true, false].map((of) =>
          get().changed.filter(({ key }) => keys.includes(key) === of),
        );
        if (chosen === undefined || chosen.length === 0) return;
        const company = await pane.company();
        const { filtersLost } = await sheet.settleChanged(chosen, choice, company, pane.language());
        // The rows are others now: what the preview said of all of them together no longer holds.
        set({ changed: changed ?? [], preview: null, filtersLost });
        await readMarks();
      }),
    giveUp: () => work('sheet', () => settle(null)),
    async undoRun() {
      const { lastRelease } = get();
      if (lastRelease === null) return;
      const { id, undoable } = lastRelease;
      const undo: UndoRequest = { command: 'restore', undoes: id, count: undoable };
      await start('restore', async () => undo);
    },
    showMovements: () =>
      work('movements', async () => {
        const { result, loaded, selected } = get();
        if (result !== null) await fetchMovements({ run: result.run.id });
        else if (selected !== null) await fetchMovements({ order: [selected.key] });
        else if (loaded !== null) {
          const orders = pane.marked().going.map(({ key }) => key);
          if (orders.length > 0) await fetchMovements({ order: orders });
        }
        await sheet.showMovements();
      }),
  };
}

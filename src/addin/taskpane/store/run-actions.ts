import type { Outcome, Preview, RunRequest } from '../../../contract/runs';
import type { OrderKey } from '../../../domain/order';
import type { Action } from '../../../domain/transitions';
import { type ChangedChoice, isChangedElsewhere } from '../../sync/changed-elsewhere';
import { inPriority } from '../../sync/in-priority';
import { SheetError, type UndoRequest } from '../../sync/sheet';
import { forceableOutcomes } from '../forceable';
import { postingDay } from '../preferences';
import type { Job, PaneContext } from './context';
import { marksAmong, marksToRetry } from './marked';
import { listSubOrders } from './confirm-actions';
import { chosenLots } from './lot-actions';
import type { Performing } from './perform';
import type { RunResult } from './state';
import { saidOf, withoutListed } from './release-choices';
import { askedAgain, orderOf } from './request';

export interface RunActions {
  /** Says what a run over the marked orders would do. Nothing is written. */
  readonly preview: () => Promise<void>;
  /** Says what forcing those refused orders would do that may be forced, and no others. */
  readonly previewForced: (reason: string) => Promise<void>;
  /** Says what releasing as many of the marked orders as stock allows would do. */
  readonly previewAsStockAllows: () => Promise<void>;
  /** Releases or restores the marked orders, as the view says and as they were previewed; under the preview of a forced release the forced ones alone. */
  readonly commit: () => Promise<void>;
  /** Sends those orders of the last run again that failed and are still marked, and no others. */
  readonly retryFailed: () => Promise<void>;
  /** Puts the orders of the rows selected in the sheet on hold, or lifts their hold. An empty reason counts as none. */
  readonly hold: (command: 'hold' | 'lift', reason: string) => Promise<void>;
  /** Says what a merge of the rows selected in the sheet would put together, or why not; null where that could not be asked. */
  readonly previewMerge: () => Promise<readonly Outcome[] | null>;
  /** Merges the split orders of the rows selected in the sheet with their other halves. */
  readonly merge: () => Promise<void>;
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

/** Which of the marked orders a request is about, where it is not about all that are going. */
interface Chosen {
  readonly orders: readonly OrderKey[];
  /** Why they are released in spite of what may be forced; null where nothing is. */
  readonly force: string | null;
}

const keysOf = (outcomes: readonly Outcome[]) => outcomes.map(({ key }) => key);

export function runActions(pane: PaneContext, { start, settle, fetchMovements }: Performing): RunActions {
  const { get, set, api, sheet, work, readMarks } = pane;

  const readRequest = async (
    command: Action,
    chosen?: Chosen,
    asStockAllows = false,
  ): Promise<RunRequest | null> => {
    // Whose rows count is known before they are read.
    await pane.company();
    await readMarks();
    const going =
      chosen === undefined ? pane.marked(command).going : marksAmong(chosen.orders, command, get().marks);
    if (going.length === 0) return null;
    // Only a release gives out stock that may be scarce.
    const sequenced = command === 'release' ? inPriority(going, pane.defaults().sequence) : null;
    const { refreshOptions, releaseChoices } = get();
    const orders = (sequenced ?? going).map((row) => ({
      ...orderOf(row, refreshOptions.direction),
      ...(command === 'release' && saidOf(releaseChoices, row.key, get().session)),
    }));
    const papers = command === 'release' ? [...releaseChoices.papers] : [];
    const lots = command === 'release' ? await chosenLots(pane, orders) : [];
    const force = chosen?.force ?? null;
    const posting = command === 'release' ? postingDay(pane.defaults().posting, get().session) : null;
    return {
      command,
      orders,
      ...(sequenced !== null && { sequence: 'asGiven' }),
      ...(force !== null && { force: { reason: force } }),
      ...(asStockAllows && { asStockAllows }),
      ...(posting !== null && { postingDate: posting }),
      ...(papers.length > 0 && { papers }),
      ...(lots.length > 0 && { lots }),
      ...(command === 'refresh' && get().refreshOptions),
    };
  };

  const showInRows = async (preview: Preview, { writingAll }: Job) => {
    const { outcomes, refresh } = preview;
    const company = await pane.company();
    const changes = new Map(refresh?.orders.map((order) => [order.key, order.changes.length]));
    const writing = { ...writingAll, changes };
    const { filtersLost } = await sheet.writePreview(outcomes, company, pane.language(), writing);
    set({ filtersLost });
    // A sheet that is there never shows an earlier preview than the rows do.
    if (preview.command === 'release') await sheet.updateLots(preview, company, pane.language(), writingAll);
    if (refresh !== undefined && (await sheet.hasChanges()))
      await sheet.writeChanges(refresh, await pane.zone(), pane.language(), writingAll);
  };

  const previewOf = (request: () => Promise<RunRequest | null>) =>
    work(
      'preview',
      async (job) => {
        const asked = await request();
        const found = asked === null ? null : await api.preview(asked, job.signal);
        const preview = found && {
          ...found,
          forced: asked?.force?.reason ?? null,
          asStockAllows: asked?.asStockAllows === true,
          chosenLots: asked?.lots ?? [],
        };
        const changed = preview?.outcomes.filter(isChangedElsewhere) ?? [];
        set({ preview, lotsInSheet: null, changed, result: null, connection: 'ready', syncedAt: pane.now() });
        if (asked === null || preview === null) return;
        await listSubOrders(pane, asked, preview.outcomes);
        const show = (of: Job) => showInRows(preview, of);
        await show(job).catch((error: unknown) => pane.failed(error, () => work('sheet', show)));
      },
      true,
    );

  /** As {@link readRequest}, with the sub-orders that are to go along marked before: a run takes what is marked, and nothing else. */
  const readWhole: typeof readRequest = async (...of) => {
    const asked = await readRequest(...of);
    if (asked === null || !asked.orders.some(({ references }) => references === true)) return asked;
    await listSubOrders(pane, asked, (await api.preview(asked, new AbortController().signal)).outcomes);
    return readRequest(...of);
  };

  /** What failed of a run and is still marked, asked for as it was. */
  const readAgain = async (result: RunResult, before: RunRequest): Promise<RunRequest | null> => {
    await pane.company();
    await readMarks();
    const rows = marksToRetry(result, get().marks);
    if (rows.length === 0) return null;
    const asked = askedAgain(before, rows);
    const lots = asked.command === 'release' ? await chosenLots(pane, asked.orders) : [];
    return { ...asked, ...(lots.length > 0 && { lots }) };
  };

  /** The orders of the selected rows, as the sheet shows them. */
  const readSelected = async (): Promise<RunRequest['orders']> => {
    const company = await pane.company();
    const selected = (await sheet.readSelected()).filter((row) => row.company === company);
    if (selected.length === 0) throw new SheetError('nothingSelected');
    return selected.map(({ key, version }) => ({ key, version }));
  };

  return {
    preview: () => previewOf(() => readRequest(get().view)),
    previewAsStockAllows: () => previewOf(() => readRequest('release', undefined, true)),
    async previewForced(reason) {
      const { result, preview } = get();
      const orders = keysOf(forceableOutcomes((result ?? preview)?.outcomes ?? []));
      if (orders.length === 0) return;
      await previewOf(() => readRequest('release', { orders, force: reason }));
    },
    async commit() {
      const { view, preview } = get();
      const forced = preview !== null && preview.forced !== null ? preview : null;
      await start(view, () =>
        forced === null
          ? readWhole(view, undefined, view === 'release' && preview?.asStockAllows === true)
          : readRequest('release', {
              orders: keysOf(forced.outcomes.filter(({ refusals }) => refusals.length === 0)),
              force: forced.forced,
            }),
      );
      set({ releaseChoices: withoutListed(get().releaseChoices) });
    },
    async retryFailed() {
      const { result } = get();
      const asked = result?.asked ?? null;
      if (result !== null && asked !== null) await start(asked.command, () => readAgain(result, asked));
    },
    hold: (command, reason) =>
      start(command, async () => ({
        command,
        orders: await readSelected(),
        ...(reason.trim() !== '' && { reason: reason.trim() }),
      })),
    async previewMerge() {
      let outcomes: readonly Outcome[] | null = null;
      await work(
        'preview',
        async ({ signal }) => {
          ({ outcomes } = await api.preview({ command: 'merge', orders: await readSelected() }, signal));
        },
        true,
      );
      return outcomes;
    },
    merge: () => start('merge', async () => ({ command: 'merge', orders: await readSelected() })),
    async resume() {
      const waiting = get().pendingRun;
      if (waiting !== null) await start(waiting.request.command, async () => null);
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
      work('movements', async (job) => {
        const { result, loaded, selected } = get();
        if (result !== null) await fetchMovements({ run: result.run.id }, job);
        else if (selected !== null) await fetchMovements({ order: [selected.key] }, job);
        else if (loaded !== null) {
          const orders = pane.marked().going.map(({ key }) => key);
          if (orders.length > 0) await fetchMovements({ order: orders }, job);
        }
        await sheet.showMovements();
      }),
  };
}

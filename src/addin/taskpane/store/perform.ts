import { uuidv7 } from 'uuidv7';
import type { MovementQuery } from '../../../contract/movements';
import type { RunSummary } from '../../../contract/runs';
import { ApiError } from '../../api/errors';
import type { RunDone } from '../../api/perform-run';
import { isChangedElsewhere } from '../../sync/changed-elsewhere';
import type { PendingRun } from '../../sync/sheet';
import { unlikePreview } from '../unlike-preview';
import type { Job, PaneContext } from './context';
import { mayAskAgain } from './pending';
import { withoutReleased } from './release-choices';
import { askedIn } from './request';
import type { SelectedOrders } from './selected-order';

export interface Performing {
  /** Carries out what `request` asks for, under the key it is told; null asks for nothing. An interrupted run goes first, and alone. */
  readonly start: (
    command: PendingRun['request']['command'],
    request: (key: string) => Promise<PendingRun['request'] | null>,
  ) => Promise<void>;
  /** Notes the run that waits for its answer, in the workbook and in the pane; null when there is none. */
  readonly settle: (pending: PendingRun | null) => Promise<void>;
  /** Reads movements into their sheet, as a part of that work. */
  readonly fetchMovements: (query: MovementQuery, job: Pick<Job, 'telling'>) => Promise<void>;
}

/** How a run is sent so that it is carried out once at most, and its outcomes reach the rows. */
export function performing(pane: PaneContext, { refresh }: Pick<SelectedOrders, 'refresh'>): Performing {
  const { get, set, api, sheet, work, readMarks } = pane;

  const settle = async (pending: PendingRun | null) => {
    await sheet.savePendingRun(pending);
    set({ pendingRun: pending });
  };

  const fetchMovements: Performing['fetchMovements'] = async (query, { telling }) => {
    telling('movements');
    const [movements, company] = [await api.movements(query), await pane.company()];
    await sheet.writeMovements(movements, company, pane.language(), telling('writeMovements'));
  };

  const send = ({ request, key }: PendingRun, progress: Job['progress'], signal: AbortSignal) => {
    if ('undoes' in request) return api.undo(request.undoes, key, progress, signal);
    if (request.command === 'create') return api.create(request.orders, key, progress, signal);
    return api.perform(request, key, progress, signal);
  };

  /** Invariant: the key is in the workbook before the request leaves, and stays until its outcomes are in the sheet. */
  const perform = async (pending: PendingRun, { signal, progress, telling }: Job) => {
    await settle(pending);
    const { request, key } = pending;
    const done = await send(pending, progress, signal).catch(async (error: unknown) => {
      if (error instanceof ApiError && !error.undecided) await settle(null);
      throw error;
    });
    const { preview } = get();
    const judged = !('undoes' in request) && preview?.command === request.command ? preview : null;
    const force = 'force' in request ? request.force : undefined;
    const result = {
      ...done,
      unlikePreview: unlikePreview(done.outcomes, judged),
      forced: force?.reason ?? null,
      asked: askedIn(request),
      madeWork: null,
    };
    const company = await pane.company();
    const writing = telling('outcomes');
    const report =
      request.command === 'create'
        ? await sheet.writeCreated(key, done.outcomes, company, pane.language(), writing)
        : await sheet.writeResults(done.outcomes, company, pane.language(), writing);
    await settle(null);
    const changed = done.outcomes.filter(isChangedElsewhere);
    set({
      result,
      changed,
      preview: null,
      leftOut: [],
      releaseChoices: withoutReleased(get().releaseChoices, done.outcomes),
      ...report,
      connection: 'ready',
      syncedAt: pane.now(),
    });
    // The planner took hidden rows along in this run, not in the next one.
    set({ includeHidden: false });
    const follow = (of: Pick<Job, 'telling'>) => followUp(done, of);
    await follow({ telling }).catch((error: unknown) => pane.failed(error, () => work('movements', follow)));
  };

  const readMadeWork = async ({ id, command, succeeded }: RunSummary) => {
    if (command !== 'release' || succeeded === 0 || get().policy?.picking !== 'work') return;
    const madeWork = await api.workOfRun(id);
    const { result } = get();
    if (result?.run.id === id) set({ result: { ...result, madeWork } });
  };

  /** What is left to do when a run is over. Trying this again must not commit whatever is still marked. */
  const followUp = async ({ run, outcomes }: RunDone, job: Pick<Job, 'telling'>) => {
    job.telling('sheet');
    await readMarks();
    if (run.command === 'release') {
      // Lots go with the order they were chosen for.
      const told = { lots: [], lotStocks: [], outcomes: [...outcomes] };
      await sheet.updateLots(told, await pane.company(), pane.language());
    }
    await readMadeWork(run);
    await refresh(outcomes.map(({ key }) => key));
    set({ lastRelease: await api.lastRelease() });
    if (run.movements > 0) await fetchMovements({ run: run.id }, job);
  };

  /** Asked anew before every run: another window may have changed the address, and another user may have signed in. */
  const whoAndWhere = async () => {
    const address = pane.address();
    const session = await api.session();
    const company = session.company.code;
    set({ address, session, company, connection: 'ready', syncedAt: pane.now() });
    return { user: session.user, company, address };
  };

  const start: Performing['start'] = (command, request) =>
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
        const key = uuidv7();
        const asked = await request(key);
        if (asked !== null) await perform({ key, ...here, request: asked }, job);
      },
      true,
    );

  return { start, settle, fetchMovements };
}

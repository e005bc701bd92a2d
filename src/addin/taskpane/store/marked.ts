import type { OrderKey } from '../../../domain/order';
import { type Action, actions, isFor } from '../../../domain/transitions';
import type { MarkedRow, Marks, NewOrderRow, PendingRun } from '../../sync/sheet';
import type { RunResult, ShownPreview } from './state';

/**
 * The marks of the workbook's company. A row of another one is named instead: its order must never be taken for ours, which
 * may have the same key. While no company is known, nothing can be sent and all marks count.
 */
export function marksOf(company: string | null, { marked, newOrders, problems }: Marks): Marks {
  const isOurs = (row: MarkedRow) => company === null || row.company === company;
  const foreign = marked.filter((row) => !isOurs(row));
  return {
    marked: marked.filter(isOurs),
    newOrders,
    problems: [
      ...problems,
      ...foreign.map((row) => ({ code: 'otherCompany' as const, row: row.row, text: row.company })),
    ],
  };
}

/** The marks of one action, as the pane counts them. */
export interface MarkedSummary {
  /** What a run would take: visible rows, and hidden ones if the planner said so, without orders that are left out. */
  readonly going: readonly MarkedRow[];
  readonly hidden: readonly MarkedRow[];
  /** Marked, but the order is not in the state the action starts from. */
  readonly elsewhere: readonly MarkedRow[];
}

export function markedFor(
  action: Action,
  marks: Marks,
  includeHidden: boolean,
  leftOut: readonly OrderKey[] = [],
): MarkedSummary {
  const ours = marks.marked.filter((row) => row.action === action);
  const out = new Set(leftOut);
  return {
    going: ours.filter((row) => (includeHidden || !row.hidden) && !out.has(row.key)),
    hidden: ours.filter((row) => row.hidden),
    elsewhere: ours.filter(({ state }) => state === null || !isFor(action, state)),
  };
}

/** The orders to create: visible rows, and hidden ones if the planner said so. Those whose run waits for its answer are not among them. */
export function newOrdersIn(
  { newOrders }: Marks,
  includeHidden: boolean,
  pending: PendingRun | null,
): NewOrderRow[] {
  return newOrders.filter(
    ({ sentWith, hidden }) => (includeHidden || !hidden) && (sentWith === null || sentWith !== pending?.key),
  );
}

/**
 * The marks of orders that failed in this run: what can be tried again as it was. A refused order is left out, since first
 * something has to change. Hidden rows are among them: they were in the run, too.
 */
export function marksToRetry({ run, outcomes }: RunResult, marks: Marks): MarkedRow[] {
  const failed = outcomes.flatMap(({ key, result }) => (result === 'failed' ? [key] : []));
  const action = actions.find((each) => each === run.command);
  return action === undefined ? [] : marksAmong(failed, action, marks);
}

/** The marks of those orders that the preview of a forced release lets go. */
export function forcedMarks({ outcomes }: ShownPreview, marks: Marks): MarkedRow[] {
  const going = outcomes.flatMap(({ key, refusals }) => (refusals.length === 0 ? [key] : []));
  return marksAmong(going, 'release', marks);
}

/** The marks of these orders, hidden ones too: whoever names them has seen them. */
export function marksAmong(orders: readonly OrderKey[], action: Action, { marked }: Marks): MarkedRow[] {
  const wanted = new Set(orders);
  return marked.filter((row) => row.action === action && wanted.has(row.key));
}

import { type Action, transitions } from '../../../domain/transitions';
import type { MarkedRow, Marks } from '../../sync/sheet';
import type { RunResult } from './state';

/**
 * The marks of the workbook's company. A row of another one is named instead: its order must never be taken for ours, which
 * may have the same key. While no company is known, nothing can be sent and all marks count.
 */
export function marksOf(company: string | null, { marked, problems }: Marks): Marks {
  const isOurs = (row: MarkedRow) => company === null || row.company === company;
  const foreign = marked.filter((row) => !isOurs(row));
  return {
    marked: marked.filter(isOurs),
    problems: [
      ...problems,
      ...foreign.map((row) => ({ code: 'otherCompany' as const, row: row.row, text: row.company })),
    ],
  };
}

/** The marks of one action, as the pane counts them. */
export interface MarkedSummary {
  /** What a run would take: visible rows, and hidden ones if the planner said so. */
  readonly going: readonly MarkedRow[];
  readonly hidden: readonly MarkedRow[];
  /** Marked, but the order is not in the state the action starts from. */
  readonly elsewhere: readonly MarkedRow[];
}

export function markedFor(action: Action, marks: Marks, includeHidden: boolean): MarkedSummary {
  const ours = marks.marked.filter((row) => row.action === action);
  return {
    going: ours.filter((row) => includeHidden || !row.hidden),
    hidden: ours.filter((row) => row.hidden),
    elsewhere: ours.filter((row) => row.state !== transitions[action].from),
  };
}

/**
 * The marks of orders that failed in this run: what can be tried again as it was. A refused order is left out, since first
 * something has to change. Hidden rows are among them: they were in the run, too.
 */
export function marksToRetry({ run, outcomes }: RunResult, { marked }: Marks): MarkedRow[] {
  const failed = new Set(outcomes.flatMap(({ key, result }) => (result === 'failed' ? [key] : [])));
  return marked.filter(({ key, action }) => action === run.command && failed.has(key));
}

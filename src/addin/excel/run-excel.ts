import { SheetError, type SheetErrorCode } from '../sync/sheet';

export type Job<T> = (context: Excel.RequestContext) => Promise<T>;
/** `oneUndo` makes all that a job writes one step for Undo, where Excel can. */
export type RunExcel = <T>(job: Job<T>, undo?: 'oneUndo') => Promise<T>;
/** Whether Excel waits for the planner to end editing a cell. */
export type OnWaiting = (waiting: boolean) => void;

const PATIENCE_MS = 1000;

/**
 * The one way to the workbook. A job waits while a cell is being edited – clicking into the pane does not end an edit – and
 * `onWaiting` hears of it after `patience` milliseconds, so that the pane can say why; also where the edit begins amid the job.
 * Fails with SheetError only.
 *
 * Invariant: a job with `oneUndo` may be started anew after it broke off, since it plans from the workbook as it is.
 */
export function excelRunner(onWaiting: OnWaiting, patience = PATIENCE_MS): RunExcel {
  return async (job, undo) => {
    const known = await isEditingCell();
    const watched: typeof job = (context) => {
      announceEdits(context, onWaiting, patience, known);
      return job(context);
    };
    try {
      return await (undo === 'oneUndo' ? runAsOneUndo(watched) : Excel.run(WAITING, watched));
    } catch (error) {
      throw asSheetError(error);
    }
  };
}

const WAITING = { delayForCellEdit: true } as const;

/** One step where Excel groups steps (ExcelApi 1.20). Excel fails a group with anything in it that it cannot undo. */
async function runAsOneUndo<T>(job: Job<T>): Promise<T> {
  if (!Office.context.requirements.isSetSupported('ExcelApi', '1.20')) return Excel.run(WAITING, job);
  try {
    return await Excel.run({ ...WAITING, mergeUndoGroup: true }, job);
  } catch (error) {
    if (codeOf(error) !== 'UndoNotSupported') throw error;
    return Excel.run(WAITING, job);
  }
}

/** Says of each sync that takes long whether it waits for a cell edit; `known` says it of the first one. */
function announceEdits(
  context: Excel.RequestContext,
  onWaiting: OnWaiting,
  patience: number,
  known: boolean,
): void {
  const sync = context.sync.bind(context);
  let isFirst = true;
  context.sync = async (passThrough) => {
    const isEditing = known && isFirst ? () => Promise.resolve(true) : isEditingCell;
    isFirst = false;
    const wait = announce(isEditing, onWaiting, patience);
    try {
      return await sync(passThrough);
    } finally {
      wait.over();
    }
  };
}

function announce(isEditing: () => Promise<boolean>, onWaiting: OnWaiting, patience: number) {
  let state: 'waiting' | 'said' | 'over' = 'waiting';
  const timer = setTimeout(() => {
    void isEditing().then((editing) => {
      if (!editing || state === 'over') return;
      state = 'said';
      onWaiting(true);
    });
  }, patience);
  return {
    over() {
      clearTimeout(timer);
      if (state === 'said') onWaiting(false);
      state = 'over';
    },
  };
}

/** Asked by a batch that refuses to wait: one that waits cannot be told from a slow one. */
async function isEditingCell(): Promise<boolean> {
  try {
    await Excel.run(async (context) => {
      context.workbook.load('name');
      await context.sync();
    });
    return false;
  } catch (error) {
    return codeOf(error) === 'InvalidOperationInCellEditMode';
  }
}

/** Excel's codes by what the planner can do about them. Source: Excel JavaScript API error handling. */
const CODES: Readonly<Record<string, SheetErrorCode>> = {
  InvalidOperationInCellEditMode: 'cellEdit',
  InactiveWorkbook: 'otherWorkbook',
  InvalidSelection: 'otherWorkbook',
  AccessDenied: 'readOnly',
  RequestPayloadSizeLimitExceeded: 'tooLarge',
  ResponsePayloadSizeLimitExceeded: 'tooLarge',
};

/** Where Excel says only GeneralException when another workbook is in front. Source: Excel add-in troubleshooting. */
const NEED_FOCUS: ReadonlySet<string> = new Set([
  'Range.select',
  'Worksheet.activate',
  'WorksheetCollection.add',
  'WorksheetFreezePanes.freezeAt',
  'Table.clearFilters',
]);

function asSheetError(error: unknown): SheetError {
  if (error instanceof SheetError) return error;
  const code = codeOf(error);
  const place = error instanceof OfficeExtension.Error ? String(error.debugInfo?.errorLocation ?? '') : '';
  const detail = [code ?? String(error), place].filter((part) => part !== '').join(', ');
  const noFocus = code === 'GeneralException' && NEED_FOCUS.has(place);
  return new SheetError(noFocus ? 'otherWorkbook' : (CODES[code ?? ''] ?? 'excel'), detail, { cause: error });
}

function codeOf(error: unknown): string | null {
  return error instanceof OfficeExtension.Error ? error.code : null;
}

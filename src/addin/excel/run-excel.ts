import { SheetError, type SheetErrorCode } from '../sync/sheet';

export type Job<T> = (context: Excel.RequestContext) => Promise<T>;
export type RunExcel = <T>(job: Job<T>) => Promise<T>;

const PATIENCE_MS = 1000;

/**
 * The one way to the workbook. A job waits while a cell is being edited – clicking into the pane does not end an edit – and
 * `onWaiting` hears of it after `patience` milliseconds, so that the pane can say why. Fails with SheetError only.
 */
export function excelRunner(onWaiting: (waiting: boolean) => void, patience = PATIENCE_MS): RunExcel {
  return async (job) => {
    const wait = (await isEditingCell()) ? announce(onWaiting, patience) : null;
    try {
      return await Excel.run({ delayForCellEdit: true }, job);
    } catch (error) {
      throw asSheetError(error);
    } finally {
      wait?.over();
    }
  };
}

function announce(onWaiting: (waiting: boolean) => void, patience: number): { over(): void } {
  let said = false;
  const timer = setTimeout(() => {
    said = true;
    onWaiting(true);
  }, patience);
  return {
    over() {
      clearTimeout(timer);
      if (said) onWaiting(false);
    },
  };
}

/** Asked beforehand by a batch that refuses to wait: one that waits cannot be told from a slow one. */
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

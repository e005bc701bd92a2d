import { ICommandService, type IRange, type Univer } from '@univerjs/core';
import {
  type ISetSelectionsOperationParams,
  ScrollToCellOperation,
  ScrollToRangeOperation,
  SetSelectionsOperation,
} from '@univerjs/preset-sheets-core';
import { firstInView, workbookOf } from './in-view';

/**
 * Brings cells into view that are gone to by keyboard, by the name box, or by the add-in. Univer stays where it is when their column
 * is frozen: then the rows are scrolled for, by way of the first column that is not frozen and in view.
 */
export function revealFrozenColumns(univer: Univer): void {
  const injector = univer.__getInjector();
  const commands = injector.get(ICommandService);
  commands.onCommandExecuted(({ id, params }) => {
    const range = revealedRange(id, params);
    const freeze = workbookOf(injector)?.getActiveSheet()?.getFreeze();
    if (!range || !freeze || range.endColumn >= freeze.startColumn) return;
    const { column } = firstInView(injector);
    const rows = { startRow: range.startRow, endRow: range.endRow, startColumn: column, endColumn: column };
    commands.syncExecuteCommand(ScrollToRangeOperation.id, { range: rows });
  });
}

/** What a command wants to be seen; undefined when it does not scroll. */
function revealedRange(id: string, params: object | undefined): IRange | undefined {
  if (id === SetSelectionsOperation.id) {
    const { reveal, selections } = params as ISetSelectionsOperationParams; // of this command id
    return reveal ? selections.at(-1)?.range : undefined;
  }
  if (id !== ScrollToCellOperation.id && id !== ScrollToRangeOperation.id) return undefined;
  return (params as { readonly range: IRange }).range; // of these command ids
}

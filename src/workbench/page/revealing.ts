import {
  ICommandService,
  type IRange,
  IUniverInstanceService,
  type Univer,
  UniverInstanceType,
  type Workbook,
} from '@univerjs/core';
import {
  IRenderManagerService,
  type ISetSelectionsOperationParams,
  ScrollToCellOperation,
  ScrollToRangeOperation,
  SetSelectionsOperation,
  SheetScrollManagerService,
} from '@univerjs/preset-sheets-core';

/**
 * Brings cells into view that are gone to by keyboard, by the name box, or by the add-in. Univer stays where it is when their column
 * is frozen: then the rows are scrolled for, by way of the first column that is not frozen and in view.
 */
export function revealFrozenColumns(univer: Univer): void {
  const injector = univer.__getInjector();
  const commands = injector.get(ICommandService);
  commands.onCommandExecuted(({ id, params }) => {
    const range = revealedRange(id, params);
    const book = injector
      .get(IUniverInstanceService)
      .getCurrentUnitOfType<Workbook>(UniverInstanceType.UNIVER_SHEET);
    const freeze = book?.getActiveSheet()?.getFreeze();
    if (!range || !book || !freeze || range.endColumn >= freeze.startColumn) return;
    const scroll = injector
      .get(IRenderManagerService)
      .getRenderById(book.getUnitId())
      ?.with(SheetScrollManagerService)
      .getCurrentScrollState();
    const column = (scroll?.sheetViewStartColumn ?? 0) + freeze.xSplit;
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
